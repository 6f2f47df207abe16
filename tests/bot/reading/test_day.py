"""As of when a question asks."""

import pytest

from bot.reading.day import day_asked, looks_ahead, year_named, years_compared

TODAY = "2026-11-24"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年那会儿民宿罚多少", "2024-12-28"),
        ("2025年3月的时候多少", "2025-03-28"),
        ("去年那时奖几万", "2025-12-28"),
        ("前年当时怎么规定", "2024-12-28"),
        ("2025年那阵子隔几个月", "2025-12-28"),
        ("去年我店里装修贷了款 那会儿的贴息多少", "2025-12-28"),
    ],
)
def test_a_time_said_is_the_day_asked_for(text, day):
    assert day_asked(text, TODAY) == day


@pytest.mark.parametrize("text", ["2024年的政策还有效吗", "去年拿的证要年审吗", "现在奖多少"])
def test_a_year_merely_named_is_no_day(text):
    assert day_asked(text, TODAY) == TODAY


def test_no_day_lies_after_today():
    assert day_asked("2026年的时候", TODAY) == TODAY


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("去年5月贷的款贴多少", "2025-12-28"),
        ("去年贷的款现在贴多少", ""),
        ("2026年贷的款贴多少", ""),
        ("贷款贴多少", ""),
    ],
)
def test_a_year_gone_by_is_kept_where_nothing_else_is_spoken_of(text, year):
    assert year_named(text, TODAY) == year


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("去年和今年一家各多少", {"去年": "2025-12-28", "今年": TODAY}),
        ("贴息今年跟2024年比", {"今年": TODAY, "2024年": "2024-12-28"}),
        ("去年做了500万，现在按几个点交", {}),
    ],
)
def test_years_are_compared_where_they_stand_beside_each_other(text, years):
    assert years_compared(text, TODAY) == years


def test_what_is_ahead_is_told_by_its_words():
    assert looks_ahead("听说明年改了")
    assert not looks_ahead("今年改了")
