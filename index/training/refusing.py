"""Learns from the ways in which requests nobody is helped with; index/refusing.py uses what is learned."""

from collections.abc import Sequence

import numpy as np

from corpus.ways import Way
from index.embedders import Vectors
from index.refusing import Refusing, features

STRENGTH, WEIGHT = 10.0, 2.0
"""Inverse of the regularisation; weight of a refused request among so many more honest ones. Baked in likewise. With 1,576 refused
requests a weight of 1 missed the plainest (buying a certificate without an audit), 4 told one of 40 more."""
FEWEST = 20
"""Refused requests from which anything can be learned."""


def fitted(ways: Sequence[Way], vectors: Vectors) -> Refusing | None:
    """The model over the ways in and their vectors, shape (len(ways), dimension); None where too few are refused."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - takes a second to import, and a server does without

    refused = np.array([way.is_refused for way in ways], bool)
    if refused.sum() < FEWEST or refused.all():
        return None
    mean, spread = vectors.mean(0), np.maximum(vectors.std(0), 1e-6)
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    known = features([way.text for way in ways], (vectors - mean) / spread)
    model.fit(known, refused, sample_weight=np.where(refused, WEIGHT, 1.0))
    weights, bias = (np.asarray(part, np.float32).ravel() for part in (model.coef_, model.intercept_))
    return Refusing(weights, bias, mean, spread)
