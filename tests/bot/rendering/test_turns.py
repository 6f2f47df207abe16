"""A conversation as HTML: what belongs to an answer stands with it."""

from html import unescape

import pytest

from bot.rendering.frame import foot_html, head_html, memory_html
from bot.rendering.turns import Shown, welcome_html
from bot.talk import Told
from bot.words import load_wording
from tests.bot.rendering.test_sources import ATTACK, Tags

WORDING = load_wording()


@pytest.fixture
def shown(desk):
    return Shown(WORDING, desk.bot.index.passages, ())


@pytest.fixture
def turns(ask):
    return [Told(question, "", ask(question)) for question in ("德清首次通过绿色产品认证奖多少", "充电宝要不要做3C")]


def test_sources_and_the_mark_stand_with_their_answer(shown, turns):
    for html, turn in zip(shown.talk(turns), turns, strict=True):
        assert turn.question in unescape(html)
        assert html.count('<details class="source"') == len(turn.answer["citations"])
        assert turn.answer["notice"] in html


def test_every_id_is_used_once(shown, turns):
    html = "".join(shown.talk(turns))
    identities = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(identities) == len(set(identities))
    for target in {part.split('"')[0] for part in html.split('href="#')[1:]}:
        assert target in identities


def test_only_the_last_turn_offers_what_to_ask_next(shown, turns):
    first, last = shown.talk(turns)
    assert 'class="offered' not in first
    assert all(f'data-ask="{one}"' in unescape(last) for one in turns[1].answer["suggestions"])


def test_choices_of_a_question_asked_back_are_named_as_such(shown, ask):
    answer = ask("鼓楼区有什么补贴")
    assert answer["status"] == "clarify"
    assert WORDING.say("page.choose") in shown.talk([Told("鼓楼区有什么补贴", "", answer)])[0]


def test_at_most_four_are_offered(shown, turns):
    many = {**turns[0].answer, "suggestions": list("甲乙丙丁戊己")}
    assert shown.talk([Told("问", "", many)])[0].count("data-ask") == 4


def test_a_turn_under_way_is_busy_and_shows_what_there_is(shown):
    (waiting,) = shown.talk([Told("问")])
    assert 'aria-busy="true"' in waiting
    assert WORDING.say("page.wait") in waiting
    assert "奖20万元" in shown.talk([Told("问", "奖20万元")])[0]


def test_a_vote_given_is_thanked_for_and_not_asked_again(shown, turns):
    voted = Told("问", "", turns[0].answer, "", [("up", "")])
    (html,) = shown.talk([voted])
    assert WORDING.say("page.thanks") in html
    assert 'data-vote="up"' not in html
    assert 'data-vote="error"' in html


def test_a_question_too_long_is_echoed_short(shown):
    (html,) = shown.talk([Told("长" * 600, advice="太长")])
    assert html.count("长") < 200


def test_a_hostile_question_or_suggestion_stays_text(shown, turns):
    for turn in (
        Told(ATTACK, advice=ATTACK),
        Told(ATTACK, ATTACK),
        Told(
            ATTACK, "", {**turns[0].answer, "answer": ATTACK, "notice": ATTACK, "suggestions": [ATTACK], "id": ATTACK}
        ),
    ):
        found = Tags(shown.talk([turn])[0])
        assert not found.tags & {"script", "img"}
        assert not any(name.startswith("on") for name in found.attributes)


def test_an_empty_conversation_offers_six_questions(shown):
    assert shown.talk([]) == [welcome_html(WORDING)]
    assert welcome_html(WORDING).count("data-ask") == 6


def test_the_head_says_who_answers_and_offers_the_other_language():
    html = head_html(WORDING, [load_wording("en")])
    assert WORDING.say("page.who") in html
    assert 'data-language="en"' in html


def test_what_is_remembered_can_be_forgotten():
    profile = {
        "region": "浙江省湖州市德清县",
        "industry": "家具",
        "certificates": ["3C认证", "ISO 9001"],
        "language": "en",
    }
    html = memory_html(profile, WORDING)
    assert html.count("data-forget") == 4
    assert 'data-value="ISO 9001"' in html
    assert WORDING.say("page.nowhere") in memory_html({}, WORDING)


def test_the_foot_links_every_answer_in_every_form():
    html = foot_html(["a", "b"], {"docx": "Word", "pdf": "PDF"}, WORDING)
    assert html.count("answer=a&amp;answer=b&amp;language=zh") == 2
    assert foot_html([], {"docx": "Word"}, WORDING) == ""
