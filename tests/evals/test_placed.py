"""Made-up money tells which fact an amount was taken from, and an answer is judged by its place and its day."""

from pathlib import Path

import pytest

from bot.conversation import Answer, Session
from bot.words import load_wording
from corpus.check import check
from corpus.regions import Regions
from evals.judge import OTHER_TIMES
from evals.made_money import MADE_UP, Money, made_cells, said, write
from evals.placed import ELSEWHERE, HOLDS_NOW, MARKS, OF_A_KIND, THEN, Asking, askings, judged, report
from settings import CHECKOUT

WORDS = CHECKOUT / "corpus" / "words"
REGIONS = Regions.load(WORDS)
CELLS = made_cells(REGIONS)
MONEY = [money for cell in CELLS for money in cell.money]
SUBJECT = "绿色产品认证"
DEQING, ANJI, HUZHOU = map(REGIONS.find, ("德清", "安吉", "湖州"))


def money(state="in_force", since="2025-01-01", last="", place=DEQING, amount="12300元"):
    return Money("made", SUBJECT, place, (amount,), state, since, last, last)


def finding(text, *facts, asker=DEQING, day="2026-11-24", status="answered"):
    """What is found where `facts` are on record and the bot says `text`."""
    asking = Asking("kind", ("问",), SUBJECT, (asker,), day=day)
    answer = Answer("i", text, status, (), (), Session(), "", "2026-11-24")
    return judged(asking, answer, {amount: one for one in facts for amount in one.amounts}, REGIONS)


def test_there_are_at_least_200_facts_and_no_amount_stands_twice():
    amounts = [amount for one in MONEY for amount in one.amounts]
    assert len(MONEY) >= 200
    assert len(set(amounts)) == len(amounts)


def test_they_are_of_every_level_and_state_and_the_same_each_time():
    assert {one.place.level for one in MONEY} == {0, 1, 2, 3}
    assert {one.state for one in MONEY} == {"in_force", "lapsed", "not_yet", "draft", "unknown"}
    assert made_cells(REGIONS) == CELLS


def test_the_folder_is_sound_and_says_that_it_is_made_up(tmp_path: Path):
    write(CELLS, tmp_path / "made", WORDS)
    assert check((tmp_path / "made",)) == []
    rows = [row for path in (tmp_path / "made" / "facts").iterdir() for row in path.read_text("utf-8").splitlines()]
    assert len(rows) == len(MONEY)
    assert all(MADE_UP in row for row in rows)


@pytest.mark.parametrize("cell", CELLS[:: len(CELLS) // 33], ids=lambda cell: cell.place.full_name)
def test_a_place_is_called_by_a_name_that_means_it_alone(cell):
    mentions = REGIONS.mentions(f"{said(cell.place, REGIONS)}补贴")
    assert [mention.region for mention in mentions] == [cell.place]


@pytest.mark.parametrize(
    ("one", "day", "state"),
    [
        (money(), "2024-12-31", "not_yet"),
        (money(), "2025-01-01", "current"),
        (money(last="2026-06-30"), "2026-06-30", "current"),
        (money(last="2026-06-30"), "2026-07-01", "lapsed"),
        (money("lapsed", "", ""), "2020-01-01", "lapsed"),
        (money("draft", "", ""), "2026-01-01", "draft"),
        (money("unknown", "", ""), "2026-01-01", "current"),
    ],
)
def test_a_fact_stands_on_a_day_as_its_days_say(one, day, state):
    assert one.on(day) == state


def test_every_kind_of_question_is_asked_often_but_not_without_end():
    kinds = [asking.kind for asking in askings(CELLS, REGIONS)]
    assert {kinds.count(kind) for kind in kinds} == {OF_A_KIND}


def test_the_marks_looked_for_are_those_that_the_bot_sets():
    said_of = {state: load_wording().say(state, since="", sentence="") for state in MARKS}
    assert all(mark in said_of[state] for state, mark in MARKS.items())
    assert all(any(word in mark for word in OTHER_TIMES) for mark in MARKS.values())
    assert ELSEWHERE in load_wording().say("example", region="", sentence="")
    assert load_wording().say("status.in_force") == HOLDS_NOW
    assert THEN in load_wording().say("then", state="")


def test_the_askers_own_amount_is_right():
    found = finding("德清县奖12300元。[1]", money())
    assert (found.holds, found.right, found.stale, found.foreign) == (True, True, (), ())


@pytest.mark.parametrize(
    "one", [money(last="2025-12-31"), money("draft", ""), money("not_yet", "2027-01-01"), money("lapsed", "")]
)
def test_what_does_not_hold_that_day_offends_unless_the_sentence_says_so(one):
    mark = MARKS[one.on("2026-11-24")]
    assert finding("德清县奖12300元。", one).stale == ("德清县奖12300元。",)
    assert finding(f"{mark}：德清县奖12300元。", one).stale == ()
    assert finding(f"{mark}：德清县有奖。再奖12300元。", one).stale == ("再奖12300元。",)


def test_what_held_on_the_day_asked_for_is_right_but_does_not_hold_now():
    one = money(last="2025-12-31")
    assert finding("德清县奖12300元。适用：德清县；当时现行有效。", one, day="2025-06-01").stale == ()
    assert finding("德清县奖12300元。适用：德清县；现行有效。", one, day="2025-06-01").stale == (
        "适用：德清县；现行有效。",
    )


def test_another_countys_amount_offends_unless_the_sentence_names_it_and_says_that_it_is_elsewhere():
    assert finding("德清县奖12300元。", money(), asker=ANJI).foreign
    assert finding("别处的做法只供参考：奖12300元。", money(), asker=ANJI).foreign
    assert not finding("别处的做法只供参考（浙江省湖州市德清县）：奖12300元。", money(), asker=ANJI).foreign


def test_a_city_may_be_told_of_its_county_under_the_countys_name():
    assert not finding("德清县奖12300元。", money(), asker=HUZHOU).foreign
    assert finding("奖12300元。", money(), asker=HUZHOU).foreign


def test_right_is_what_the_nearest_rung_pays():
    county, city = money(), money(place=HUZHOU, amount="45600元")
    assert not finding("湖州市奖45600元。", county, city).right
    assert finding("德清县奖12300元。湖州市奖45600元。", county, city).right


def test_the_report_counts_by_kind_and_has_a_line_for_each_offence():
    good, bad = finding("德清县奖12300元。", money()), finding("德清县奖12300元。", money(), asker=ANJI)
    text, offending = report([good, bad])
    assert offending == 1
    assert text.splitlines()[0].startswith("foreign as local: kind")
    assert text.splitlines()[-1].split() == ["all", "2", "1", "1", "0", "0", "1"]
