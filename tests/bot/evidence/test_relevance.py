"""The order of candidates, and each one's place among the others."""

import pytest

from bot.evidence.candidates import Candidate
from bot.evidence.relevance import WEIGHTS, ranked, score
from corpus.document import Passage, Source, Validity
from corpus.fact import Fact

PASSAGE = Passage("p", "d", "某文", "补贴", "话。", Source("文件"), Validity(), "全国", "绿色产品认证")


@pytest.fixture
def candidate():
    """Makes a candidate that states a fact, with some features; all others are 0."""

    def makes(fact="a", found=0.0, **features):
        facts = (Fact(fact, "subsidy", "全国", Source("文件")),)
        return Candidate(
            PASSAGE,
            "话。",
            facts,
            {**dict.fromkeys(WEIGHTS, 0.0), "foreign": 0.0, **features},
            found,
            "",
            0.0,
            3.0,
            False,
        )

    return makes


def test_the_higher_the_features_the_earlier_it_stands(candidate):
    order = ranked([candidate("low", standing=0.2), candidate("high", standing=0.9)])
    assert [one.facts[0].id for one in order] == ["high", "low"]


def test_of_statements_alike_the_one_under_the_heading_asked_for_stands_first(candidate):
    order = ranked([candidate("what", standing=0.9), candidate("papers", standing=0.7, headed=1.0)])
    assert [one.facts[0].id for one in order] == ["papers", "what"]


def test_the_best_found_of_the_subject_has_the_first_place_and_the_last_none(candidate):
    order = ranked([candidate("a", found=3.0), candidate("b", found=1.0), candidate("c", found=2.0)])
    places = {one.facts[0].id: one.features["search"] for one in order}
    assert places == {"a": 1.0, "b": 0.0, "c": 0.5}


def test_what_is_of_another_subject_has_no_place(candidate):
    order = ranked([candidate("a", found=1.0), candidate("b", found=9.0, foreign=1.0)])
    assert {one.facts[0].id: one.features["search"] for one in order}["b"] == 0.0


def test_the_lead_is_the_distance_to_the_best_of_another_fact(candidate):
    first, twin, other = ranked(
        [candidate("a", standing=0.9), candidate("a", standing=0.8), candidate("b", standing=0.5)]
    )
    assert first.facts == twin.facts
    assert first.features["lead"] == pytest.approx(score(first.features) - score(other.features))
    assert other.features["lead"] < 0
