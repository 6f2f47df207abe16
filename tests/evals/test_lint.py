"""Cases are kept apart from each other and from the corpus."""

from corpus.document import Passage, Source, Span, Validity
from evals.case import Case
from evals.lint import lint

PASSAGE = Passage(
    "p",
    "d",
    "绿色产品认证",
    "补贴",
    "德清县一次性奖励20万元。",
    Source("报道"),
    Validity(),
    "全国",
    spans=(Span(0, 14, ("gold",)),),
)


def case(identity: str, question: str, **more: object) -> Case:
    return Case(identity, (question,), ("answered",), ("答",), subject="s", aspect="a", gold=(("gold",),), **more)  # type: ignore[arg-type]


def test_two_cases_in_nearly_the_same_words_are_named() -> None:
    problems = lint([case("one", "头一张绿标能拿几万"), case("two", "头一张绿标能领几万")], [PASSAGE])
    assert len(problems) == 1
    assert "one and two" in problems[0]


def test_the_same_words_about_another_aspect_are_no_matter() -> None:
    other = Case("two", ("头一张绿标能领几万",), ("answered",), ("答",), subject="s", aspect="b", gold=(("gold",),))
    assert lint([case("one", "头一张绿标能拿几万"), other], [PASSAGE]) == []


def test_a_case_in_the_words_of_its_gold_passage_is_named() -> None:
    assert "p" in lint([case("one", "德清县一次性奖励多少")], [PASSAGE])[0]


def test_an_unknown_gold_fact_is_named() -> None:
    unknown = Case("one", ("绿标几万",), ("answered",), ("答",), gold=(("nowhere",),))
    assert "nowhere" in lint([unknown], [PASSAGE])[0]


def test_an_answerable_case_without_a_gold_fact_is_named() -> None:
    assert lint([Case("one", ("绿标几万",), ("answered",), ("答",))], [PASSAGE])
