"""A document's own questions: which are found among the first, and which are not."""

from evals.questions import Sought, report


def test_the_share_and_each_miss_are_told() -> None:
    said = report([Sought("a", "甲", 1), Sought("b", "乙", 5), Sought("c", "丙", 6), Sought("d", "丁", None)])
    assert "2 of 4" in said and "0.500" in said
    assert "c: 丙 (rank 6)" in said
    assert "d: 丁 (rank none)" in said
    assert "a: 甲" not in said
