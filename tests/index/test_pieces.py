"""Late interaction: each piece of a question is met by the best piece of a passage, and what counts more weighs more."""

import random

import numpy as np
import pytest
import torch

from index.embedders import Asking
from index.pieces import Pieces, Projection, as_part, open_pieces, sentence_of, write_pieces
from index.training.projecting import Task, trained

EAST, NORTH = np.eye(2, dtype=np.float32)
BEGINS = np.array([0, 4], np.int32)


@pytest.fixture
def pieces(tmp_path):
    """Two passages: one of both words, one of the first word twice."""
    write_pieces(tmp_path, [as_part(np.array([EAST, NORTH]), BEGINS), as_part(np.array([EAST, EAST]), BEGINS)])
    return open_pieces(tmp_path)


def asked(*words, shares=None):
    return Asking(EAST, np.array(words), np.array(shares or [1 / len(words)] * len(words), np.float32))


def test_a_passage_that_has_all_pieces_meets_the_question_wholly(pieces):
    assert pieces.met(asked(EAST, NORTH), [0, 1]) == pytest.approx([1.0, 0.5], abs=0.01)


def test_a_piece_counts_by_its_share(pieces):
    assert pieces.met(asked(EAST, NORTH, shares=[0.9, 0.1]), [1]) == pytest.approx([0.9], abs=0.01)


def test_a_sentence_has_the_pieces_of_its_title_before_its_own(pieces):
    part = pieces.of(0)
    kept, own = sentence_of(part, 4, 8, always=4)
    assert (len(kept), own.tolist()) == (2, [False, True])
    kept, own = sentence_of(part, 0, 4, always=0)
    assert (len(kept), own.tolist()) == (1, [True])


def test_an_embedder_without_pieces_leaves_none(tmp_path):
    assert open_pieces(tmp_path) is None


def test_a_projection_makes_unit_vectors_and_shares_that_sum_to_one():
    vectors, shares = Projection(np.eye(2, dtype=np.float32), EAST).question(np.array([[3, 0], [0, 2]], np.float32))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])
    assert shares.sum() == pytest.approx(1)
    assert shares[0] > shares[1]


def test_training_learns_which_of_two_features_tells_statements_apart():
    """Statements differ in the second half of their numbers; the first half is noise that is louder."""
    random.seed(3)
    torch.manual_seed(3)
    numbers = np.random.default_rng(3)
    told = numbers.normal(size=(40, 8)).astype(np.float32)
    loud = numbers.normal(size=(80, 8)).astype(np.float32) * 3
    statements = [np.concatenate([loud[n], told[n]])[None].astype(np.float32) for n in range(40)]
    questions = [np.concatenate([loud[40 + n], told[n]])[None].astype(np.float32) for n in range(40)] * 40
    candidates = np.array([[n % 40, *random.sample([m for m in range(40) if m != n % 40], 16)] for n in range(1600)])
    task = Task(questions, statements, candidates, np.zeros(candidates.shape, np.float32))
    learned = trained(task)
    plain = Projection(np.eye(16, dtype=np.float32), np.zeros(16, np.float32))
    assert _right(learned, questions, statements) > _right(plain, questions, statements) + 0.2


def _right(projection, questions, statements):
    parts = [as_part(projection.passage(one), np.zeros(1, np.int32)) for one in statements]
    pieces = Pieces(
        np.concatenate([vectors for vectors, _ in parts]), np.zeros(len(parts), np.int32), np.arange(1, len(parts) + 1)
    )
    found = [pieces.met(Asking(EAST, *projection.question(one)), range(40)).argmax() for one in questions[:40]]
    return float(np.mean(np.array(found) == np.arange(40)))
