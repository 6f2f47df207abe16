"""A conversation as a door with a screen keeps it."""

import json
import threading
import time
from dataclasses import replace

import pytest

from bot.capacity import PATIENCE, Capacity
from bot.memory import MOST_CERTIFICATES
from bot.records.store import UnknownAnswer
from bot.talk import MOST_EARLIER, MOST_WAITING, Talk, Told
from bot.words import load_wording

WORDING = load_wording()
QUESTION = "德清首次通过绿色产品认证奖多少"


def ask(talk, text, desk):
    """Asks to the end; the last turn."""
    *_, turn = talk.ask(text, desk, WORDING)
    return turn


def test_a_question_is_answered_piece_by_piece(desk):
    talk = Talk()
    seen = [(turn.text, turn.done) for turn in talk.ask(QUESTION, desk, WORDING)]
    assert seen[0] == ("", False)
    assert seen[-1][1]
    assert talk.answers == [talk.last.answer["id"]]
    assert "session" not in talk.last.answer


def test_the_next_question_follows_the_one_before(desk):
    talk = Talk()
    ask(talk, QUESTION, desk)
    assert "嘉兴" in ask(talk, "嘉兴呢", desk).answer["answer"].split("。")[0]


def test_the_region_said_is_remembered(desk):
    talk = Talk()
    ask(talk, QUESTION, desk)
    assert talk.profile["region"] == "浙江省湖州市德清县"
    ask(talk, "嘉兴呢", desk)
    assert talk.profile["region"] == "浙江省嘉兴市"


def test_a_region_forgotten_is_not_answered_for(desk):
    talk = Talk()
    ask(talk, QUESTION, desk)
    talk.forget("region", "浙江省湖州市德清县")
    assert ask(talk, "3C证书有效期几年", desk).answer["region"] == ""


def test_what_a_browser_keeps_brings_the_conversation_back(desk):
    talk = Talk()
    ask(talk, QUESTION, desk)
    talk.vote(talk.answers[0], "down", "金额过时", "", desk)
    again = Talk.brought_back(json.loads(json.dumps(talk.kept())), desk)
    assert [turn.question for turn in again.turns] == [QUESTION]
    assert again.last.votes == [("down", "")]
    assert json.dumps(again.kept()) == json.dumps(talk.kept())
    assert json.dumps(again.last.answer) == json.dumps(talk.last.answer)
    assert "嘉兴" in ask(again, "嘉兴呢", desk).answer["answer"].split("。")[0]


@pytest.mark.parametrize(
    "vote", [("up", "x" * 2001, ""), ("up", "", "p" * 129), ("z" * 300, "", ""), ("up", 5, ""), (["up"], "", "")]
)
def test_a_vote_that_the_contract_does_not_know_is_none(vote, desk):
    talk = Talk()
    ask(talk, QUESTION, desk)
    talk.vote(talk.answers[0], *vote, desk)
    assert desk.records.feedback(talk.answers[0]) == []
    assert talk.last.votes == []


@pytest.mark.parametrize(
    "kept",
    [
        None, [], "text", {}, {"answers": "x", "session": 1, "profile": []}, {"answers": [1, None, "gone"], "earlier": {}},
        {"session": {"version": 1, "turns": 3, "profile": {}}}, {"profile": {"region": "没有这个地方", "other": 1}},
        {"profile": {"region": ["德清"], "industry": 5, "language": {"a": 1}, "certificates": [{}, ["x"], "\ud800"]}},
        {"profile": {"industry": "\ud800", "size": {"a": 1}, "certificates": "text"}, "answers": ["\ud800", "a\nb"]},
    ],
)  # fmt: skip
def test_whatever_a_browser_kept_begins_a_conversation(kept, desk):
    talk = Talk.brought_back(kept, desk)
    assert talk.turns == []
    assert ask(talk, "3C是什么", desk).answer["status"] == "answered"


def test_a_session_of_another_version_holds_nothing_that_is_not_ours(desk):
    talk = Talk.brought_back({"session": {"version": 99, "turns": 5, "other": {}}}, desk)
    talk.forget("region")
    assert set(talk.session) == {"version", "profile", "turns"}


def test_certificates_that_are_no_list_are_none(desk):
    assert Talk.brought_back({"profile": {"certificates": "3C认证", "size": "小微企业"}}, desk).profile == {
        "size": "小微企业"
    }


def test_no_more_answers_are_deleted_than_a_browser_can_have_kept(desk):
    assert len(Talk.brought_back({"earlier": ["nowhere"] * 5000}, desk).earlier) == MOST_EARLIER


def test_what_is_longer_than_anything_of_ours_is_not_brought_back(desk):
    long = "长" * 1000
    kept = {
        "answers": [long],
        "earlier": [long, "a"],
        "profile": {"industry": long, "certificates": [long, "3C认证"] * 99},
    }
    talk = Talk.brought_back(kept, desk)
    assert talk.earlier == ["a"]
    assert talk.profile == {"certificates": ["3C认证"] * MOST_CERTIFICATES}


def test_a_browser_keeps_little_however_long_the_conversation(desk):
    talk = Talk()
    ask(talk, QUESTION, desk)
    talk.earlier = [f"{number:022}" for number in range(5000)]
    assert len(json.dumps(talk.kept())) < 40_000


def test_language_and_certificates_reach_the_bot_as_it_takes_them(desk):
    talk = Talk.brought_back({"profile": {"language": "en", "certificates": ["3C认证"]}}, desk)
    ask(talk, QUESTION, desk)
    assert talk.session["profile"]["language"] == "en"
    assert talk.session["profile"]["certificates"] == ("3C认证",)


def test_an_unusable_question_gets_advice_that_the_next_replaces(desk):
    talk = Talk()
    turn = ask(talk, "长" * 600, desk)
    assert "500" in turn.advice
    assert talk.answers == []
    ask(talk, QUESTION, desk)
    assert len(talk.turns) == 1


def test_a_question_that_comes_meanwhile_waits_its_turn(desk):
    talk, order = Talk(), []
    first = talk.ask(QUESTION, desk, WORDING)
    next(first), next(first)
    thread = threading.Thread(target=lambda: order.append(ask(talk, "嘉兴呢", desk)))
    thread.start()
    while len(talk.turns) < 2:
        time.sleep(0.01)
    assert order == []
    list(first)
    thread.join(20)
    assert "嘉兴" in order[0].answer["answer"].split("。")[0]
    assert [turn.question for turn in talk.turns] == [QUESTION, "嘉兴呢"]


def test_those_that_wait_are_answered_in_their_order(desk):
    talk, order = Talk(), []
    first = talk.ask(QUESTION, desk, WORDING)
    next(first), next(first)
    threads = []
    for number, question in enumerate(("嘉兴呢", "湖州呢", "3C是什么"), 2):
        threads.append(threading.Thread(target=lambda text=question: order.append(ask(talk, text, desk).question)))
        threads[-1].start()
        while len(talk.turns) < number:
            time.sleep(0.01)
    list(first)
    for thread in threads:
        thread.join(20)
    assert order == ["嘉兴呢", "湖州呢", "3C是什么"]


def test_a_question_whose_reader_left_while_it_waited_holds_nobody_up(desk):
    talk = Talk()
    first, left = (talk.ask(text, desk, WORDING) for text in (QUESTION, "嘉兴呢"))
    next(first), next(left)
    left.close()
    list(first)
    assert ask(talk, "3C是什么", desk).answer


def test_not_too_many_may_wait(desk):
    talk = Talk(turns=[Told(str(number)) for number in range(MOST_WAITING + 1)])
    assert ask(talk, QUESTION, desk).advice == WORDING.say("page.too_many")


def test_a_reader_who_leaves_lets_the_next_in(desk):
    talk = Talk()
    left = talk.ask(QUESTION, desk, WORDING)
    next(left), next(left)
    left.close()
    assert talk.last.advice == WORDING.say("page.failed")
    assert ask(talk, QUESTION, desk).answer


def test_begun_anew_it_keeps_who_asks_and_nothing_of_what_was_asked(desk):
    talk = Talk()
    ask(talk, QUESTION, desk)
    answers = talk.answers
    talk.restart()
    assert (talk.turns, talk.session, talk.earlier) == ([], None, answers)
    assert talk.profile["region"] == "浙江省湖州市德清县"


def test_an_answer_that_comes_after_a_new_beginning_changes_nothing(desk):
    talk = Talk()
    late = talk.ask(QUESTION, desk, WORDING)
    next(late), next(late)
    talk.restart()
    list(late)
    assert (talk.turns, talk.session) == ([], None)


def test_deleting_takes_all_answers_of_the_browser_off_the_records(desk):
    talk = Talk()
    ask(talk, QUESTION, desk)
    talk.vote(talk.answers[0], "error", "过时", "p", desk)
    talk.restart()
    ask(talk, "3C是什么", desk)
    answers = [*talk.earlier, *talk.answers]
    assert talk.delete(desk) == 2
    assert talk.kept() == {"answers": [], "session": None, "profile": {}, "earlier": []}
    for one in answers:
        with pytest.raises(UnknownAnswer):
            desk.records.answer(one)


def test_a_browser_brought_back_deletes_its_own_answers_and_no_others(desk):
    talk = Talk()
    ask(talk, QUESTION, desk)
    talk.restart()
    ask(talk, QUESTION, desk)
    read = desk.ask("3C是什么")["id"]
    kept = json.loads(json.dumps(talk.kept()))
    again = Talk.brought_back({**kept, "earlier": [*kept["earlier"], read, f"{read}.{'0' * 24}"]}, desk)
    assert again.answers == talk.answers
    assert again.delete(desk) == 2
    assert desk.records.answer(read)
    desk.records.forget(read)


def test_who_is_turned_away_is_told_in_the_conversation_and_may_ask_again(desk):
    crowded, talk = replace(desk, capacity=Capacity(1, "请{seconds}秒后再问", _mean=PATIENCE * 2)), Talk()
    with crowded.place():
        turn = ask(talk, QUESTION, crowded)
    assert (turn.advice, turn.retry_after) == (f"请{2 * PATIENCE:.0f}秒后再问", 2 * PATIENCE)
    assert ask(talk, QUESTION, crowded).answer
