"""The metrics are those of the textbooks: worked examples, and the same figures as trec_eval's on random rankings."""

import math
import random

import pytest
import pytrec_eval

from evals.metrics import ndcg, percentile, recall, reciprocal_rank, success


def rankings(number: int) -> list[tuple[list[str], set[str]]]:
    """Random rankings of 30 with 1 to 8 relevant, some of which are not retrieved."""
    chance = random.Random(7)
    found = []
    for _ in range(number):
        pool = [f"d{i}" for i in range(40)]
        chance.shuffle(pool)
        found.append((pool[:30], set(chance.sample(pool, chance.randint(1, 8)))))
    return found


@pytest.mark.parametrize(("ranked", "relevant"), rankings(60))
def test_the_metrics_agree_with_trec_eval(ranked: list[str], relevant: set[str]) -> None:
    run = {"q": {identity: float(len(ranked) - place) for place, identity in enumerate(ranked)}}
    judged = pytrec_eval.RelevanceEvaluator(
        {"q": dict.fromkeys(relevant, 1)}, {"recall.5", "ndcg_cut.10", "recip_rank", "success.1,5"}
    ).evaluate(run)["q"]
    assert recall(ranked, relevant, 5) == pytest.approx(judged["recall_5"])
    assert ndcg(ranked, relevant, 10) == pytest.approx(judged["ndcg_cut_10"])
    assert reciprocal_rank(ranked, relevant) == pytest.approx(judged["recip_rank"])
    assert success(ranked, relevant, 1) == judged["success_1"]
    assert success(ranked, relevant, 5) == judged["success_5"]


def test_ndcg_of_a_worked_example() -> None:
    ideal = 1 + 1 / math.log2(3)
    assert ndcg(["a", "x", "b"], {"a", "b"}, 10) == pytest.approx((1 + 1 / 2) / ideal)


def test_nothing_relevant_counts_nothing() -> None:
    assert recall(["a"], set(), 5) == ndcg(["a"], set(), 10) == reciprocal_rank(["a"], set()) == 0


def test_a_percentile_lies_between_its_neighbours() -> None:
    assert percentile([1, 2, 3, 4, 5], 50) == 3
    assert percentile([10.0], 95) == 10
    assert percentile([], 95) == 0
