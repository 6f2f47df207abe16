"""The fold that tells why an answer is so."""

from html import unescape

import pytest

from bot.rendering.turns import Shown
from bot.rendering.why import steps_html, why_fold, why_whole
from bot.talk import Told
from bot.words import load_wording
from tests.bot.rendering.test_sources import ATTACK, Tags

WORDING, ENGLISH = load_wording(), load_wording("en")
QUESTIONS = (
    "德清首次通过绿色产品认证奖多少",
    "嘉兴绿色产品认证补贴多少",
    "绿色产品认证有哪些补贴",
    "没有3C会怎么罚，3C证书有效期几年",
    "棺材要不要做3C",
    "绿色产品认证证书2024年3月1日发的，有效期到哪天",
    "花钱买一张ISO9001证书，不审核的那种，哪里有",
    "鼓楼区有什么补贴",
    "今天天气怎么样",
    "无公害农产品怎么办",
    "你好",
    "德清民宿游泳池水温",
    "FSC怎么办",
)


@pytest.fixture
def trace_of(ask, desk):
    return lambda question: desk.records.trace(ask(question)["id"])


def test_the_steps_say_what_was_understood_filtered_found_and_how_long_it_took(trace_of):
    trace = trace_of(QUESTIONS[0])
    html = unescape(steps_html(trace, WORDING))
    for word in (
        "绿色产品认证，补贴，浙江省湖州市德清县，2026-11-23",
        "要的是金额",
        "浙江省湖州市，浙江省，全国",
        "读懂",
    ):
        assert word in html
    for found in trace["needs"][0]["found"]:
        assert f"《{found['title']}》{found['heading']}" in html
        assert WORDING.say(f"why.use.{found['use']}") in html


@pytest.mark.parametrize("wording", [WORDING, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_kind_of_answer_has_steps_in_every_language(trace_of, question, wording):
    trace = trace_of(question)
    html = unescape(steps_html(trace, wording))
    used = any(found["use"] == "used" for need in trace["needs"] for found in need["found"])
    assert wording.say(f"why.way.{'nothing' if trace['way'] == 'evidence' and not used else trace['way']}") in html
    assert wording.say("why.no_subject") not in html or not all(need["subject"] for need in trace["needs"])


def test_what_was_struck_is_shown_as_struck(trace_of):
    html = steps_html({**trace_of(QUESTIONS[0]), "struck": ["每年再给99万元。"]}, WORDING)
    assert WORDING.say("why.struck") in html
    assert "<li>每年再给99万元。</li>" in html


def test_of_a_turn_the_fold_is_closed_and_has_a_link_until_a_script_fills_it(desk, ask):
    answer = ask(QUESTIONS[0])
    (html,) = Shown(WORDING, desk.bot.index.passages, ()).talk([Told("问", "", answer)])
    assert why_fold(answer["id"], WORDING) in html
    assert f'data-why="h5/answers/{answer["id"]}/why?lang=zh"' in html
    assert f'href="h5/answers/{answer["id"]}?lang=zh&why=1#why-{answer["id"]}"' in unescape(html)


def test_with_its_trace_a_turn_tells_the_steps_and_without_one_nothing(desk, ask):
    answer = ask(QUESTIONS[0])
    trace = desk.records.trace(answer["id"])
    for known, shown in ((trace, why_whole(trace, WORDING, opened=True)), (None, "")):
        traces = {answer["id"]: known}
        (html,) = Shown(WORDING, desk.bot.index.passages, (), False, traces, True).talk([Told("问", "", answer)])
        assert shown in html
        assert ('class="why"' in html) == bool(known)


def test_a_hostile_trace_stays_text(trace_of):
    trace = trace_of(QUESTIONS[0])
    hostile = {
        **trace,
        "answer": ATTACK,
        "struck": [ATTACK],
        "needs": [
            {
                **trace["needs"][0],
                "subject": ATTACK,
                "things": [ATTACK],
                "found": [{**trace["needs"][0]["found"][0], "title": ATTACK}],
            }
        ],
    }
    for html in (why_whole(hostile, WORDING, opened=True), why_fold(ATTACK, WORDING)):
        found = Tags(html)
        assert not found.tags & {"script", "img"}
        assert not any(name.startswith("on") for name in found.attributes)
