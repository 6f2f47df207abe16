"""What the knowledge consists of, and plans whose day has passed."""

from pathlib import Path

from corpus.load import load
from corpus.stats import overdue, stats

DAY = "2026-11-24"


def test_everything_is_counted_once(folder: Path) -> None:
    said = stats(load((folder,)), DAY)
    assert "1 documents, 1 passages, 1 facts" in said
    assert "1 浙江省杭州市桐庐县" in said
    assert "1 unknown" in said


def test_a_plan_whose_day_has_passed_is_listed(folder: Path, change) -> None:
    change("documents/tonglu.md", "一次性奖励8万元。", "一次性奖励8万元，计划2024年发放。")
    known = load((folder,))
    assert [line.split(":")[0] for line in overdue(known.passages, known.facts, DAY)] == ["sub-tonglu"]
    assert not list(overdue(known.passages, known.facts, "2023-01-01"))


def test_a_plan_known_to_have_lapsed_is_not(folder: Path, change) -> None:
    change("documents/tonglu.md", "一次性奖励8万元。", "一次性奖励8万元，计划2024年发放。")
    change("facts/tonglu.yaml", "state: unknown", "state: lapsed")
    known = load((folder,))
    assert not list(overdue(known.passages, known.facts, DAY))
