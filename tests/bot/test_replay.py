"""A conversation handed in as questions is remembered as if each had been asked."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from bot.capacity import PATIENCE, Busy, Capacity
from bot.guard import cleaned
from bot.maintenance import Closed, close
from bot.replay import MOST_CHARACTERS, MOST_REPLAYED, ask_after, replayed
from tests.bot.conftest import DAY

QUESTIONS = ("德清首次通过绿色产品认证奖多少", "我们是做家具的小微企业", "证书有效期几年")


def test_the_session_is_the_one_that_asking_gives(desk):
    session = None
    for question in QUESTIONS:
        session = desk.ask(question, None, session, DAY)["session"]
    assert ask_after(desk, QUESTIONS, None, DAY)["session"] == session


def test_the_region_of_the_profile_goes_with_the_first_question_only(desk):
    assert ask_after(desk, (), {"region": "德清"}) == {"profile": {"region": "德清"}, "session": None, "on": None}
    later = ask_after(desk, QUESTIONS[2:], {"region": "德清"})
    assert later["profile"] is None
    assert later["session"]["profile"]["region"] == "浙江省湖州市德清县"


def test_a_question_that_cannot_be_used_is_passed_over(desk):
    assert ask_after(desk, (" ", QUESTIONS[0], "问" * 1000))["session"] == ask_after(desk, QUESTIONS[:1])["session"]


def test_of_a_long_conversation_the_newest_counts(desk):
    assert ask_after(desk, (QUESTIONS[0],) + ("你好",) * MOST_REPLAYED)["session"]["turns"] == ()


@pytest.mark.parametrize(
    ("earlier", "chosen"),
    [
        (["一"] * 20, ["一"] * MOST_REPLAYED),
        (["旧" * 500, "中" * 499, "新" * 499], ["中" * 499, "新" * 499]),
        (["旧", "问" * 501, "新"], ["旧", "新"]),
        ([" ", "新"], ["新"]),
        (["\u200b" * 900 + "旧", "新"], ["\u200b" * 900 + "旧", "新"]),
        ([], []),
    ],
)
def test_what_is_gone_through_has_an_end_in_number_and_in_length(earlier, chosen):
    assert replayed(earlier) == chosen
    assert sum(map(len, map(cleaned, chosen))) <= MOST_CHARACTERS


def test_nothing_is_stored(desk):
    before = stored(desk)
    ask_after(desk, QUESTIONS)
    assert stored(desk) == before
    desk.ask(QUESTIONS[0])
    assert stored(desk) == before + 1


def stored(desk):
    with closing(sqlite3.connect(desk.settings.data / "records.db")) as database:
        return database.execute("select count(*) from answers").fetchone()[0]


@pytest.mark.parametrize("profile", [{"region": "亚特兰蒂斯"}])
def test_a_region_that_is_none_is_refused(desk, profile):
    with pytest.raises(ValueError, match="亚特兰蒂斯"):
        ask_after(desk, QUESTIONS, profile)


def test_earlier_questions_take_the_room_that_a_question_takes(desk):
    full = replace(desk, capacity=Capacity(1, _mean=PATIENCE * 2))
    with full.place():
        assert ask_after(full, ()) == {"profile": None, "session": None, "on": None}
        with pytest.raises(Busy):
            ask_after(full, QUESTIONS)


def test_while_nothing_is_answered_earlier_questions_are_not_gone_through(town):
    desk = town()
    close(desk.settings, "")
    with pytest.raises(Closed):
        ask_after(desk, QUESTIONS)
