"""Retrieval metrics over ranked lists with binary relevance. Checked against pytrec_eval in the tests.

Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), chapter 8.
"""

import math
from collections.abc import Collection, Sequence
from statistics import quantiles


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of the relevant that stand among the first k."""
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant)) if relevant else 0.0


def success(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 if any relevant one stands among the first k, else 0 (hit@k)."""
    return float(bool(set(ranked[:k]) & set(relevant)))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 / rank of the first relevant one; 0 without."""
    return next((1 / rank for rank, identity in enumerate(ranked, 1) if identity in relevant), 0.0)


def ndcg(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """DCG / ideal DCG at k, gain 1, discount log2(rank + 1) (Järvelin and Kekäläinen, 2002)."""
    gained = sum(1 / math.log2(rank + 1) for rank, identity in enumerate(ranked[:k], 1) if identity in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(set(relevant))) + 1))
    return gained / ideal if ideal else 0.0


def percentile(values: Sequence[float], share: int) -> float:
    """The `share`-th percentile, inclusive; the only value of one, 0 of none."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[share - 1]
