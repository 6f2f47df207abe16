"""Leave-one-out: a fact taken out leaves neither row nor words nor ways in."""

from pathlib import Path

from corpus.load import load
from evals.without import without
from settings import CHECKOUT

FACT = "sub-deqing-green-product-first-200k"


def test_a_fact_taken_out_is_gone_with_its_words_and_questions() -> None:
    whole = load((CHECKOUT / "corpus",))
    text = next(p.text[s.start : s.end] for p in whole.passages for s in p.spans if FACT in s.facts)
    left = without(whole, {FACT})
    assert FACT not in left.facts
    assert all(FACT not in passage.facts and text not in passage.text for passage in left.passages)
    assert all(way.fact != FACT for way in left.ways)
    assert len(whole.facts) - len(left.facts) == 1


def test_what_stands_beside_it_stays(tmp_path: Path) -> None:
    whole = load((CHECKOUT / "corpus",))
    left = without(whole, {FACT})
    ids = {fact for passage in left.passages for fact in passage.facts}
    assert ids == {fact for passage in whole.passages for fact in passage.facts} - {FACT}
    for passage in left.passages:
        assert all(passage.text[span.start : span.end].strip() for span in passage.spans)
