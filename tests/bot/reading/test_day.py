"""As of when a question asks."""

import pytest

from bot.reading.day import day_asked

TODAY = "2026-11-24"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年那会儿民宿罚多少", "2024-12-28"),
        ("2025年3月的时候多少", "2025-03-28"),
        ("去年那时奖几万", "2025-12-28"),
        ("前年当时怎么规定", "2024-12-28"),
    ],
)
def test_a_time_said_is_the_day_asked_for(text, day):
    assert day_asked(text, TODAY) == day


@pytest.mark.parametrize("text", ["2024年的政策还有效吗", "去年拿的证要年审吗", "现在奖多少"])
def test_a_year_merely_named_is_no_day(text):
    assert day_asked(text, TODAY) == TODAY


def test_no_day_lies_after_today():
    assert day_asked("2026年的时候", TODAY) == TODAY
