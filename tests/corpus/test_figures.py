"""Quantities and dates have one form however they are written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures import figures, forms, is_count, is_date, is_duration, is_money, is_score, is_share, same

WAYS = {
    "200000元": ["20万元", "200,000元", "200000元", "二十万元", "20万", "２０万元", "20 万元"],
    "90天": ["90天", "九十天", "90日"],
    "5年": ["5年", "五年", "60个月"],
    "0.15": ["15%", "百分之十五", "15％"],
    "0.0315": ["3.15%", "百分之三点一五"],
    "2025-08-15": ["2025年8月15日", "2025-08-15", "2025/8/15"],
    "2024-11": ["2024年11月", "2024年11月份"],
    "2500元/人日": ["2500元/人日", "2500元／人日"],
    "70分": ["70分", "七十分"],
    "50家": ["50家", "五十家"],
}


@pytest.mark.parametrize(("form", "text"), [(form, text) for form, texts in WAYS.items() for text in texts])
def test_every_way_of_writing_a_quantity_gives_its_one_form(form: str, text: str) -> None:
    assert forms(text) == {form}


@given(st.integers(1, 9999))
def test_tens_of_thousands_and_plain_digits_agree(amount: int) -> None:
    assert forms(f"{amount}万元") == forms(f"{amount * 10_000}元") == forms(f"{amount * 10_000:,}元")


@pytest.mark.parametrize(
    "text",
    [
        "GB/T 33761—2024",
        "RB/T 081—2022",
        "国办发〔2016〕86号",
        "2024年第26号公告",
        "第三方",
        "第五十三条",
        "《十条意见》",
        "一种",
        "十分重要",
    ],
)
def test_document_numbers_titles_and_ordinals_are_no_quantities(text: str) -> None:
    assert figures(text) == ()


def test_numbers_of_a_range_share_the_unit() -> None:
    assert forms("5万元至20万元") == forms("5至20万元") == {"50000元", "200000元"}
    assert forms("8、15、30毫米") == {"8毫米", "15毫米", "30毫米"}


def test_a_figure_stands_where_it_was_found() -> None:
    (figure,) = figures("奖励20万元。")
    assert (figure.start, figure.end) == (2, 6)


def test_a_month_agrees_with_a_day_in_it_and_with_no_other() -> None:
    assert same("2025-08", "2025-08-15")
    assert not same("2025-08", "2025-09-15")
    assert not same("200000元", "20000元")


def test_kinds_of_form_are_told_apart() -> None:
    kinds = (is_money, is_duration, is_score, is_count, is_date, is_share)
    samples = ("20元", "3年", "70分", "50家", "2025-08", "0.15")
    assert [[kind(sample) for kind in kinds].index(True) for sample in samples] == list(range(6))


def test_letters_without_end_are_read_in_no_time():
    started = time.process_time()
    assert forms("A" * 1500) == frozenset()
    assert time.process_time() - started < 2


def test_a_range_shares_its_scale_only_where_that_makes_a_range() -> None:
    assert forms("5至20万元") == {"50000元", "200000元"}
    assert forms("5000到5万元") == forms("五千到五万元") == {"5000元", "50000元"}


def test_a_clause_of_a_standard_is_no_quantity() -> None:
    assert forms("ISO 9001条款7.1.5要求") == frozenset()
