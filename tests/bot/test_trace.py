"""The trace of an answer: what was understood, which filters held, what was found and what became of it, what was struck, how long it took."""

import json
from dataclasses import replace

import pytest

from bot.conversation import Claim, Evidence, Need, Reading
from bot.trace import Clock, Trace, trace_object
from bot.tracing import MOST_FOUND, Outcome, traced

DAY = "2026-11-23"
DEQING = "浙江省湖州市德清县"
AWARD = "德清首次通过绿色产品认证奖多少"


class Inventing:
    """A writer that says a true sentence of the evidence and one that nothing bears."""

    def __init__(self, invented):
        self._invented = invented

    def write(self, reading, evidence):
        best = next(statement for one in evidence for statement in one.local)
        yield Claim("德清县一次性奖励20万元。", ((best, best.text),))
        yield Claim(self._invented, ((best, best.text),))


@pytest.fixture
def trace_of(ask, desk):
    """The stored trace of a question's answer."""
    return lambda question, **more: desk.records.trace(ask(question, **more)["id"])


def uses(need):
    return {found["use"] for found in need["found"]}


def test_what_was_understood_is_told_need_by_need(trace_of):
    fine, term = trace_of("没有3C会怎么罚，3C证书有效期几年")["needs"]
    assert (fine["subject"], fine["aspect"]) == ("3C认证", "处罚")
    assert (term["subject"], term["aspect"], term["wants"]) == ("3C认证", "有效期", ["duration"])


def test_the_filters_are_the_ladder_of_the_askers_places_and_the_day(trace_of):
    (need,) = trace_of(AWARD)["needs"]
    assert (need["region"], need["day"], need["within"]) == (DEQING, DAY, False)
    assert need["places"] == [DEQING, "浙江省湖州市", "浙江省", "全国"]


def test_without_a_place_the_home_province_is_the_filter_with_all_that_lies_in_it(trace_of):
    (need,) = trace_of("绿色产品认证补贴")["needs"]
    assert (need["region"], need["places"], need["within"]) == ("", ["浙江省", "全国"], True)


def test_what_was_used_is_what_the_answer_cites(ask, desk):
    answer = ask(AWARD)
    (need,) = desk.records.trace(answer["id"])["needs"]
    used = {found["passage"] for found in need["found"] if found["use"] == "used"}
    assert used == {citation["passage"] for citation in answer["citations"]}


def test_what_was_not_used_says_why(trace_of):
    (need,) = trace_of(AWARD)["needs"]
    for found in need["found"]:
        if found["use"] == "other_place":
            assert found["region"] not in need["places"]
        if found["use"] == "other_time":
            assert found["region"] in need["places"] and found["validity"] not in ("in_force", "unknown")
    assert {"other_place", "other_time"} <= uses(need)
    (term,) = trace_of("绿色产品认证证书有效期几年")["needs"]
    assert "not_about" in uses(term)


def test_each_passage_found_has_title_heading_score_and_chance(trace_of):
    (need,) = trace_of(AWARD)["needs"]
    for found in need["found"]:
        assert found["title"] and found["heading"]
        assert isinstance(found["score"], float) and 0 <= found["chance"] <= 1


def test_a_passage_is_told_once_and_of_each_use_only_the_best(trace_of):
    for need in trace_of("没有3C会怎么罚，3C证书有效期几年")["needs"]:
        passages = [found["passage"] for found in need["found"]]
        assert len(passages) == len(set(passages))
        for use in uses(need):
            assert sum(found["use"] == use for found in need["found"]) <= MOST_FOUND


def test_what_nothing_answers_shows_what_came_nearest(trace_of):
    trace = trace_of("德清民宿游泳池水温")
    (need,) = trace["needs"]
    assert (trace["status"], need["evidence"]) == ("not_covered", "not_covered")
    assert uses(need) == {"not_about"}


def test_of_a_thing_that_nothing_speaks_of_nothing_is_about_it(trace_of):
    (need,) = trace_of("棺材要不要做3C")["needs"]
    assert need["things"] == ["棺材"]
    assert uses(need) == {"not_about"}


def test_where_several_subjects_may_be_meant_these_are_named_and_what_fits_waits_for_the_choice(statement, desk):
    need = Need("", "有效期", None, DAY, "", told=False)
    found = (statement("证书有效期5年。"), replace(statement("别的事。"), fits=False))
    one = Evidence(need, "not_covered", choices=("绿色产品认证", "有机产品认证"), found=found)
    (sought,) = traced("问", Reading("问", "ask", (need,)), Outcome("clarify", [one]), desk.bot.know().ground, {}).needs
    assert sought.choices == one.choices
    assert [passage.use for passage in sought.found] == ["ambiguous", "not_about"]


def test_what_the_check_struck_is_told_with_personal_data_masked(another_desk):
    desk = another_desk(Inventing("另外每年再给99万元，请打13812345678。"))
    answer = desk.ask(AWARD, None, None, DAY)
    assert "99万" not in answer["answer"]
    assert desk.records.trace(answer["id"])["struck"] == ["另外每年再给99万元，请打[手机号]。"]


def test_a_passage_of_which_all_that_was_said_was_struck_says_so(statement, desk):
    one = statement("一次性奖励20万元。")
    need = Need("绿色产品认证", "补贴", None, DAY, "")
    outcome = Outcome("not_covered", [Evidence(need, "answered", (one,), found=(one,))], (), [Claim("x", ((one, ""),))])
    (sought,) = traced("问", Reading("问", "ask", (need,)), outcome, desk.bot.know().ground, {}).needs
    assert [found.use for found in sought.found] == ["struck"]


def test_what_another_need_relies_on_is_not_told_as_used_for_this_one(statement, desk):
    one = statement("证书有效期5年。")
    need = Need("绿色产品认证", "处罚", None, DAY, "")
    evidence = [Evidence(need, "not_covered", found=(replace(one, fits=False),))]
    outcome = Outcome("partial", evidence, [Claim("x", ((one, ""),))])
    (sought,) = traced("问", Reading("问", "ask", (need,)), outcome, desk.bot.know().ground, {}).needs
    assert [found.use for found in sought.found] == ["not_about"]


@pytest.mark.parametrize(
    ("question", "status", "way"),
    [
        ("你好", "small_talk", "small_talk"),
        ("今天天气怎么样", "out_of_scope", "out_of_scope"),
        ("鼓楼区有什么补贴", "clarify", "ambiguous_region"),
        ("无公害农产品怎么办", "not_covered", "near_miss"),
    ],
)
def test_what_needs_no_evidence_has_a_trace_of_what_there_is(trace_of, question, status, way):
    trace = trace_of(question)
    assert (trace["status"], trace["way"], trace["needs"], trace["struck"]) == (status, way, [], [])
    assert trace["steps_ms"].keys() == {"read", "write"}


def test_what_is_refused_was_understood_but_not_looked_up(trace_of):
    trace = trace_of("花钱买一张ISO9001证书，不审核的那种，哪里有")
    assert (trace["status"], trace["way"]) == ("blocked", "blocked")
    assert trace["needs"] and not any(need["places"] or need["found"] for need in trace["needs"])


def test_a_tools_answer_names_the_passage_that_it_reckons_from(ask, desk):
    answer = ask("绿色产品认证证书2024年3月1日发的，有效期到哪天")
    trace = desk.records.trace(answer["id"])
    assert (trace["status"], trace["way"]) == ("tool", "tool")
    (used,) = trace["needs"][0]["found"]
    assert (used["passage"], used["use"]) == (answer["citations"][0]["passage"], "used")


def test_each_step_has_its_time_and_together_they_are_the_answers(ask, desk):
    answer = ask(AWARD)
    steps = desk.records.trace(answer["id"])["steps_ms"]
    assert list(steps) == ["read", "gather", "write"]
    assert all(took >= 0 for took in steps.values())
    assert sum(steps.values()) <= answer["took_ms"] + 1


def test_a_step_in_parts_counts_all_of_them():
    clock = Clock()
    clock.lap("gather")
    first = clock.steps_ms["gather"]
    clock.lap("gather")
    assert clock.steps_ms["gather"] > first
    assert clock.whole_ms >= clock.steps_ms["gather"]


def test_nothing_of_the_questions_own_words_is_in_the_trace(trace_of):
    text = json.dumps(trace_of("我叫王小明，电话13812345678，我那个小作坊想问下充电宝要不要做3C"), ensure_ascii=False)
    for word in ("王小明", "13812345678", "小作坊", "想问下"):
        assert word not in text
    assert "充电宝" in text


def test_a_thing_named_that_the_stored_question_masks_is_left_out(desk):
    need = Need("3C认证", "要不要做", None, DAY, "", ("王小明", "充电宝"))
    reading = Reading("", "ask", (need,))
    (sought,) = traced("我叫王小明，充电宝呢", reading, Outcome("blocked"), desk.bot.know().ground, {}).needs
    assert sought.things == ("充电宝",)


def test_the_answer_object_has_no_trace(ask):
    assert "trace" not in ask(AWARD)


def test_an_empty_trace_has_a_form_too():
    assert trace_object("a", "answered", Trace()) == {
        "answer": "a", "status": "answered", "way": "evidence", "needs": [], "struck": [], "steps_ms": {}
    }  # fmt: skip
