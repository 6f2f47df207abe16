"""Fuses the scores of words and of vectors: the weighted sum of their z-scores."""

import numpy as np
from numpy.typing import NDArray

LEXICAL_WEIGHT, DENSE_WEIGHT = 0.55, 0.45
"""Weighted z-scores did better than rank fusion and than either half alone (retrieval notes: 0.786 against 0.719 and 0.760)."""


def fused(lexical: NDArray[np.float32], dense: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """The weighted sum of the z-scores of both halves; of words alone where there is no dense half."""
    if dense is None:
        return z_scores(lexical)
    return np.asarray(LEXICAL_WEIGHT * z_scores(lexical) + DENSE_WEIGHT * z_scores(dense), np.float32)


def z_scores(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """(x - mean) / standard deviation; zeros where all are equal."""
    deviation = float(values.std())
    return np.asarray((values - values.mean()) / deviation if deviation > 1e-9 else np.zeros_like(values), np.float32)
