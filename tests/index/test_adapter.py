"""The layer over a model's vectors: of unit length, kept whole on disk, and trained the same each time."""

import numpy as np
import pytest

from corpus.document import Passage, Source, Span, Validity
from corpus.fact import Fact
from corpus.load import Knowledge
from corpus.ways import Way
from index.adapter import SHIPPED, Adapter, Origin, read_adapter, write_adapter
from index.embedders.hashing import Hashing
from index.training import is_held_out, train

ORIGIN = Origin("m", 7, "d", 1, {}, {})


@pytest.fixture
def adapter():
    random = np.random.default_rng(1)
    return Adapter(
        random.normal(size=(16, 4)).astype(np.float16).astype(np.float32) * 0.5, np.zeros((4, 16), np.float32)
    )


@pytest.fixture
def knowledge():
    """Twenty facts, each asked for in two ways."""
    facts = {f"f{n}": Fact(f"f{n}", "definition", "全国", Source("甲")) for n in range(20)}
    texts = {fact: f"第{n}件事由第{n * 7 % 13}条规定。" for n, fact in enumerate(facts)}
    passages = tuple(
        Passage(f"p-{f}", "d", "某文", "规定", t, Source("甲"), Validity(), "全国", "", (Span(0, len(t), (f,)),))
        for f, t in texts.items()
    )
    ways = tuple(Way(f"{n}号事{how}", f"f{n}") for n in range(20) for how in ("咋说", "怎么规定"))
    return Knowledge((), facts, passages, ways)


def test_moved_vectors_have_unit_length(adapter):
    moved = adapter(np.eye(16, dtype=np.float32))
    assert np.linalg.norm(moved, axis=1) == pytest.approx(np.ones(16), abs=1e-5)


def test_one_that_adds_nothing_moves_nothing(adapter):
    assert adapter(np.eye(16, dtype=np.float32)) == pytest.approx(np.eye(16))


def test_it_is_read_as_it_was_written_and_says_how_it_was_made(adapter, tmp_path):
    path = tmp_path / "model" / "adapter.npz"
    write_adapter(path, adapter, ORIGIN)
    assert read_adapter(path).digest == adapter.digest
    assert '"seed": 7' in path.with_suffix(".json").read_text()


def test_the_shipped_one_is_small_and_can_be_read():
    assert SHIPPED.stat().st_size < 5_000_000
    assert read_adapter().down.shape[0] == read_adapter().up.shape[1]


def test_two_trainings_make_the_same(knowledge):
    one, origin = train(knowledge, Hashing(64))
    other, _ = train(knowledge, Hashing(64))
    assert np.allclose(one.down, other.down, atol=1e-4)
    assert origin.pairs == 40


def test_what_is_held_out_is_told_by_the_id_alone():
    held = [is_held_out(f"fact-{n}") for n in range(500)]
    assert 60 < sum(held) < 140
    assert held == [is_held_out(f"fact-{n}") for n in range(500)]
