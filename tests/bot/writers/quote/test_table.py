"""A comparison: the sides named first, then a row a side."""

import pytest

from bot.conversation import Evidence, Need
from bot.words import load_wording
from bot.writers.quote.table import table


@pytest.fixture
def rows(statement):
    def makes(*sides):
        evidence = [
            Evidence(
                Need("绿色产品认证", "补贴", None, "2026-11-23", "哪边多", side=name),
                "answered",
                (statement(text),) if text else (),
            )
            for name, text in sides
        ]
        claims = table(evidence, load_wording())
        return "".join(claim.before + claim.text + claim.after for claim in claims).split("\n")

    return makes


def test_the_first_sentence_names_the_sides_and_each_has_a_row(rows):
    lines = rows(("德清", "德清奖20万元。"), ("余杭", "余杭奖10万元。"))
    assert "德清" in lines[0] and "余杭" in lines[0]
    assert lines[-2:] == ["| 德清 | 德清奖20万元。 |", "| 余杭 | 余杭奖10万元。 |"]


def test_a_side_without_a_record_says_so(rows):
    assert load_wording().say("compare.nothing") in rows(("德清", "奖20万元。"), ("安吉", ""))[-1]


def test_a_bar_within_a_sentence_does_not_break_the_row(rows):
    assert rows(("甲", "一|二。"), ("乙", "三。"))[-2].count("|") == 3
