"""Batches hold each question once and no fact twice; the loss falls as questions come nearer to their own statements."""

import random

import pytest
import torch

from index.training import loss
from index.training.pairs import EACH, FACTS, RUN, Group, Pair, batches, is_held_out


def pair(fact, question, region="全国", aspect="时限", subject="s"):
    return Pair(question, f"statement {fact}", fact, subject, aspect, region)


PAIRS = [
    pair(f"f{n}", f"q{n}-{k}", subject=f"s{n // 20}", aspect=f"a{n}") for n in range(100) for k in range(n % 9 + 1)
]


@pytest.fixture(autouse=True)
def seeded():
    random.seed(7)


def test_no_question_is_shown_twice_and_few_are_left_out_for_want_of_a_full_batch():
    seen = [question for batch in batches(PAIRS) for group in batch for question in group.questions]
    assert len(set(seen)) == len(seen) > len(PAIRS) - 2 * FACTS * EACH


def test_no_fact_stands_twice_in_a_batch_nor_more_than_so_many_questions_of_it():
    for batch in batches(PAIRS):
        facts = [group.pair.fact for group in batch]
        assert len(set(facts)) == len(facts) == FACTS
        assert all(1 <= len(group.questions) <= EACH for group in batch)


def test_a_batch_is_made_of_runs_of_one_subject_so_that_others_are_hard():
    first = next(batches(PAIRS))
    assert len({group.pair.subject for group in first}) <= FACTS // RUN + 2


UNIT = torch.eye(4)
TWO = [Group(pair("a", "q1", aspect="x"), ("q1", "q2")), Group(pair("b", "q3", aspect="y"), ("q3",))]


def test_the_loss_is_small_where_questions_lie_at_their_own_statement_and_large_at_another():
    asked = UNIT[[0, 0, 1]]
    assert float(loss(asked, UNIT[[0, 1]], TWO)) < 1e-6
    assert float(loss(asked, UNIT[[1, 0]], TWO)) > 10


def test_questions_of_one_fact_are_drawn_together():
    apart, together = UNIT[[0, 2, 1]], UNIT[[0, 0, 1]]
    told = UNIT[[3, 3]]
    assert float(loss(apart, told, TWO)) > float(loss(together, told, TWO)) + 0.1


def test_a_twin_in_another_place_is_no_wrong_answer():
    twins = [Group(pair("a", "q1", "德清县"), ("q1",)), Group(pair("b", "q2", "安吉县"), ("q2",))]
    others = [Group(pair("a", "q1", "德清县"), ("q1",)), Group(pair("b", "q2", "德清县"), ("q2",))]
    asked, told = UNIT[[0, 0]], UNIT[[0, 0]]
    assert float(loss(asked, told, twins)) < 1e-6 < float(loss(asked, told, others))


def test_the_fifth_held_out_is_fixed_by_the_id():
    held = [fact for fact in (f"fact-{n}" for n in range(1000)) if is_held_out(fact)]
    assert 150 < len(held) < 250
    assert held == [fact for fact in held if is_held_out(fact)]
