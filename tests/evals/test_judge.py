"""What counts as a right answer."""

from dataclasses import replace

import pytest

from evals.case import Case
from evals.judge import Outcome, holds, judge

CASE = Case(
    id="money",
    turns=("德清头一张绿标给几万",),
    status=("answered",),
    direct=("20万元",),
    gold=(("sub-deqing", "sub-joined"),),
    require=("确认|核实",),
    never=("10万元",),
)
RIGHT = Outcome("德清奖200,000元，待确认。另有说明。", "answered", {"sub-joined"}, 1.0)


def faults(case: Case = CASE, **changes: object) -> tuple[str, ...]:
    return judge(case, replace(RIGHT, **changes), lambda part: "诸暨" in part).faults  # type: ignore[arg-type]


def test_a_right_answer_has_no_faults_however_its_amount_is_written() -> None:
    assert faults() == ()


@pytest.mark.parametrize("text", ["奖二十万元，待确认。", "奖20万，待确认。", "奖200000元，待确认。"])
def test_a_quantity_is_the_same_in_every_way_of_writing_it(text: str) -> None:
    assert holds(text, "20万元")


def test_a_quantity_is_not_found_inside_another() -> None:
    assert not holds("奖120万元。", "20万元")


def test_the_first_sentence_must_answer() -> None:
    assert faults(text="先说明一下。德清奖20万元，待确认。")


def test_what_is_required_must_appear_somewhere() -> None:
    assert faults(text="德清奖20万元。") == ("lacks 确认|核实",)


def test_a_neighbours_figure_said_as_ones_own_is_a_fault() -> None:
    assert faults(text="德清奖20万元，待确认。另奖10万元。") == ("says 10万元",)


def test_a_neighbours_figure_named_as_such_after_the_first_sentence_is_an_example() -> None:
    assert faults(text="德清奖20万元，待确认。诸暨奖10万元。") == ()


def test_a_neighbours_figure_in_the_first_sentence_is_a_fault_even_if_named() -> None:
    assert "says 10万元" in faults(text="诸暨奖10万元，德清20万元，待确认。")


def test_a_figure_of_another_time_after_the_first_sentence_is_history() -> None:
    assert faults(text="德清奖20万元，待确认。已失效，只供了解过去：奖10万元。") == ()


def test_any_fact_of_a_group_must_be_cited() -> None:
    assert faults(facts={"another"})


def test_refusing_what_can_be_answered_is_a_fault() -> None:
    assert any(fault.startswith("refused") for fault in faults(status="not_covered"))


def test_answering_what_cannot_be_answered_is_a_fault() -> None:
    case = Case(id="x", turns=("嘉兴呢",), status=("other_region",), direct=("嘉兴",))
    assert faults(case, text="嘉兴奖20万元。") == ("status answered, not other_region",)


def test_a_pipeline_without_statuses_counts_as_always_answering() -> None:
    assert faults(status="") == ()
    case = Case(id="x", turns=("嘉兴呢",), status=("other_region",), direct=("嘉兴",))
    assert faults(case, text="嘉兴。", status="")
