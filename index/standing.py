"""How far similarities stand above the ordinary, in standard deviations: e5's cosines are squeezed, and no fixed number of them means the
same for two questions or two models."""

import numpy as np

from index.embedders import Vectors


def standing(values: Vectors, usual: Vectors) -> Vectors:
    """The z-scores of `values` by mean and deviation of `usual`, those of ordinary texts for the same question; shape of `values`."""
    return np.asarray((values - usual.mean()) / max(float(usual.std()), 1e-6), np.float32)
