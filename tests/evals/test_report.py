"""A fall beyond tolerance is told; latency never is."""

import json
from pathlib import Path

from evals.case import Case
from evals.judge import Outcome, Verdict
from evals.report import falls, figures, misses, read_baseline, table, write_baseline
from evals.run import Run

CASES = [
    Case("a", ("问一",), ("answered",), ("答",), subject="s", gold=(("g",),)),
    Case("b", ("问二",), ("not_covered",), ("没",), subject="s"),
]
OUTCOMES = {"a": Outcome("错了。", "not_covered", (), 5.0), "b": Outcome("没有。", "not_covered", (), 9.0)}
RUN = Run(OUTCOMES, {"a": Verdict(False, ("says 10万元",)), "b": Verdict(True, ())}, {"hit@5": 0.5})


def test_shares_are_counted_over_the_cases_that_they_are_about() -> None:
    found = figures(CASES, RUN)
    assert (found["right"], found["answerable right"], found["unanswerable refused"]) == (0.5, 0.0, 1.0)
    assert (found["answerable refused"], found["neighbour's figure"], found["hit@5"]) == (1.0, 0.5, 0.5)


def test_every_miss_is_printed_with_question_faults_and_answer() -> None:
    text = misses(CASES, RUN)
    assert "问一" in text and "says 10万元" in text and "错了。" in text
    assert "问二" not in text


def test_a_fall_beyond_tolerance_is_told() -> None:
    assert falls({"right": 0.90}, {"right": 0.95})
    assert not falls({"right": 0.94}, {"right": 0.95})


def test_the_very_figures_that_were_accepted_are_no_fall(tmp_path: Path) -> None:
    now = {"unanswerable refused": 8 / 9, "neighbour's figure": 1 / 3, "right": 2 / 3}
    write_baseline(now, tmp_path / "baseline.json")
    assert not falls(now, read_baseline(tmp_path / "baseline.json"))


def test_a_rise_of_what_should_be_low_is_told() -> None:
    assert falls({"neighbour's figure": 0.1}, {"neighbour's figure": 0.0})


def test_latency_is_no_matter() -> None:
    assert not falls({"p95 ms": 9000.0}, {"p95 ms": 1.0})


def test_an_accepted_baseline_is_read_again_without_times(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline({"right": 0.91234567, "p50 ms": 12.0}, path)
    assert read_baseline(path) == {"right": 0.9123}
    assert json.loads(path.read_text(encoding="utf-8"))
    assert read_baseline(tmp_path / "none.json") == {}


def test_columns_stand_side_by_side() -> None:
    assert table({"now": {"right": 0.5}, "baseline": {}}).splitlines()[1].split() == ["right", "0.500"]


def test_a_subject_with_few_cases_has_no_line_of_its_own() -> None:
    assert "· others" in figures(CASES, RUN)
    many = [Case(f"m{n}", ("问",), ("answered",), ("答",), subject="s") for n in range(8)]
    run = Run({c.id: OUTCOMES["a"] for c in many}, {c.id: Verdict(True, ()) for c in many}, {})
    assert figures(many, run)["· s"] == 1.0
