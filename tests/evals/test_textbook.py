"""The pipeline to compare with really is the textbook's."""

from pathlib import Path

from corpus.load import load
from evals.textbook import SIZE, Textbook
from index.embedders.hashing import Hashing
from settings import CHECKOUT


def test_it_finds_chunks_of_at_most_the_size_and_knows_which_facts_they_state(tmp_path: Path) -> None:
    documents = load((CHECKOUT / "corpus",)).documents
    pipeline = Textbook(documents, Hashing(), tmp_path)
    assert all(len(chunk.text) <= SIZE for chunk in pipeline.chunks)
    stated = {fact for chunk in pipeline.chunks for fact in chunk.facts}
    marked = {
        fact
        for document in documents
        for section in document.sections
        for block in section.blocks
        for fact in block.facts
    }
    assert stated == marked
    best = pipeline.search("余杭区首次获得绿色产品认证的企业给多少资助")
    assert len(best) == 4
    assert "sub-yuhang-green-product-2022" in best[0].facts
