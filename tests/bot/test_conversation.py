"""Values that pass through the bot, and the session as JSON: what comes back in is untrusted."""

import json

import pytest

from bot.conversation import (
    LONGEST_TURN,
    REFUSALS,
    REMEMBERED_TURNS,
    SESSION_BYTES,
    STATUSES,
    InvalidSession,
    Profile,
    Session,
    Turn,
    session_from_json,
    session_to_json,
)

TALK = Session(
    Profile("浙江省湖州市德清县"),
    (Turn("充电宝要不要做3C", "3C认证", ("要不要做",), "", ("充电宝",)), Turn("", region="浙江省嘉兴市")),
)


def through_json(session):
    return json.loads(json.dumps(session_to_json(session), ensure_ascii=False))


def test_a_session_comes_back_from_its_json_as_it_was():
    assert session_from_json(through_json(TALK)) == TALK


def test_no_session_is_an_empty_one():
    assert session_from_json(None) == Session()


@pytest.mark.parametrize("version", [0, 2, "1", None, [1]])
def test_a_session_of_an_unknown_version_starts_afresh(version):
    assert session_from_json({**through_json(TALK), "version": version}) == Session()


def test_a_session_without_version_starts_afresh():
    assert session_from_json({}) == Session()


@pytest.mark.parametrize(
    "broken",
    [
        {"turns": None},
        {"turns": 7},
        {"turns": [{}]},
        {"turns": [{"question": 1, "subject": "", "region": ""}]},
        {"turns": [{"question": "", "subject": "", "region": "", "aspects": [{}]}]},
        {"turns": [{"question": "", "subject": None, "region": ""}]},
        {"profile": {"region": ["德清"]}},
        {"profile": {"region": "德清", "admin": "yes"}},
        {"profile": {"certificates": "3C认证"}},
        {"turns": [{"question": "", "subject": "", "region": "", "aspects": "补贴"}]},
        {"turns": [{"question": "", "subject": "", "region": "", "objects": [""] * 64}]},
        {"turns": [{"question": "", "subject": "", "region": "", "aspects": [""]}]},
        {"turns": "text"},
        {"turns": [7]},
        {"turns": {"question": ""}},
        {"profile": None},
        {"profile": []},
        {"profile": {"industry": "\ud800"}},
    ],
)
def test_a_broken_session_is_refused(broken):
    with pytest.raises(InvalidSession):
        session_from_json({**through_json(TALK), **broken})


@pytest.mark.parametrize("missing", ["turns", "profile"])
def test_a_session_that_lacks_a_part_is_refused(missing):
    whole = through_json(TALK)
    del whole[missing]
    with pytest.raises(InvalidSession):
        session_from_json(whole)


@pytest.mark.parametrize("value", ["abc", 7, [1], True])
def test_a_session_that_is_no_object_is_refused(value):
    with pytest.raises(InvalidSession):
        session_from_json(value)


def test_of_an_earlier_question_that_is_longer_than_any_only_the_beginning_counts():
    long = Session(turns=(Turn("长" * 5 * LONGEST_TURN),))
    assert session_from_json(through_json(long)).turns == (Turn("长" * LONGEST_TURN),)


def test_a_session_over_16_kb_is_refused():
    large = Session(turns=(Turn("长" * (SESSION_BYTES // 3)),))
    with pytest.raises(InvalidSession, match=str(SESSION_BYTES)):
        session_from_json(through_json(large))


def test_of_a_long_session_only_the_last_turns_are_remembered():
    turns = tuple(Turn(f"问题{number}", "3C认证") for number in range(REMEMBERED_TURNS + 5))
    assert session_from_json(through_json(Session(turns=turns))).turns == turns[5:]


def test_the_last_turn_is_the_last_that_was_about_a_subject():
    assert TALK.last == TALK.turns[0]


def test_a_session_without_a_subject_has_no_last_turn():
    assert Session(turns=(Turn("", region="浙江省嘉兴市"),)).last is None


def test_what_counts_as_refused_is_a_status():
    assert set(REFUSALS) < set(STATUSES)


def test_asking_back_is_no_refusal():
    assert "clarify" not in REFUSALS


def test_a_long_conversation_stays_small_enough_to_be_handed_back(ask):
    session = None
    for number in range(2 * REMEMBERED_TURNS):
        question = f"第{number}次问：德清的绿色产品认证补贴是多少" + "，请讲讲清楚" * 60
        session = ask(question, session=session)["session"]
    assert len(json.dumps(session, ensure_ascii=False).encode()) <= SESSION_BYTES
    assert len(session["turns"]) == REMEMBERED_TURNS
