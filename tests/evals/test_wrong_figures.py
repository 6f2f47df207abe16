"""A figure that no gold fact states and nobody asked about is wrong."""

from corpus.document import Passage, Source, Span, Validity
from evals.case import Case
from evals.judge import Outcome
from evals.wrong_figures import wrong_figures

TEXT = "德清奖20万元，证书有效期5年。"
PASSAGE = Passage("p", "d", "某文", "补贴", TEXT, Source("甲"), Validity(), "德清", "", (Span(0, len(TEXT), ("g",)),))
CASE = Case("a", ("要花8000元吗",), ("answered",), ("20万元",), gold=(("g",),))


def wrong(text: str) -> set[str]:
    found = wrong_figures(CASE, Outcome(text, "answered", ("g",), 1.0), {}, (PASSAGE,), lambda part: "诸暨" in part)
    return set(found)


def test_figures_of_the_gold_fact_and_of_the_question_are_right() -> None:
    assert wrong("德清奖200,000元。证书管5年，不是8000元。") == set()


def test_any_other_amount_duration_share_or_score_is_wrong() -> None:
    assert wrong("奖30万元。打9分，管3年，占15%。") == {"300000元", "9分", "3年", "0.15"}


def test_counts_and_dates_are_not_judged() -> None:
    assert wrong("2024年有30家。") == set()


def test_the_third_sentence_is_not_judged_nor_is_an_example_of_another_place() -> None:
    assert wrong("奖20万元。诸暨奖10万元。还有3万元。") == set()
