"""Tells requests that nobody is helped with from honest ones that sound alike, where likeness alone cannot: a linear model over a
question's vector and its hashed character n-grams, fitted on the ways in when a version is built.

Logistic regression; at even chances, of the first 172 refused requests and 119 honest ones close to them, each fifth judged by the other four, 62 % were
told and 5 % of those honest ones taken for them, and 0.3 % of 6,400 owners' questions (vectors alone: 54 % at 4 % and 0.9 %; n-grams: 48 % at 3 % and 0.1 %;
the nearest way in: 7 % at 8 %, for an adapted model puts a fraud beside the rule that forbids it). With more and harder ones, of 219 refused
requests 37 % are told and 0.3 % of 2,626 honest ones taken for them, by scikit-learn's hashing and exact vectors 39 % at 0.4 %.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix, hstack

from corpus.figures import plain_text
from corpus.whole import whole
from index.embedders import Vectors

GRAMS, PLACES, LOUDNESS, VECTOR_SCALE = (1, 3), 2**15, 1.5, 20.0
"""Lengths of n-grams, places they are hashed to, and the weights of both halves of the features against each other.
They are baked into the weights that a version stores: whoever changes one raises `FORMAT` (index/store.py)."""
LEANS = 37.6
"""What counts, beside the logarithm of the odds, how much nearer the refused requests are than the honest ones (a difference of cosines). Fitted on
14,000 questions, each fifth by the other four: where 0.2 % of the honest ones are taken for refused, 65 % of those are told instead of 55 %."""
SURE = -0.5
"""Logarithm of odds, with what leans, from which a request is declined: to take an honest owner for a cheat is worse than to answer a cheat with the rule.
Of 40 hostile requests never seen 30 are told, and none of 1,615 cases taken for them (of our field; the nearest stands at -0.9)."""
HARDLY = -4.7
"""The same below which a request is honest even if the vector is that of a text that only begins otherwise (its subject put in front): in 540
questions the odds fell by at most one to seventy."""
NAME = "refusing.npz"


@dataclass(frozen=True, slots=True)
class Refusing:
    """The fitted model of one version: `weights`, shape (dimension + PLACES,), for a vector less `mean` by `spread` and the hashed
    n-grams behind it; `bias`, shape (1,). Made by index/training/refusing.py."""

    weights: Vectors
    bias: Vectors
    mean: Vectors
    spread: Vectors

    def odds(self, text: str, vector: Vectors) -> float:
        """That a request is one that nobody is helped with, as the logarithm of the odds."""
        found = features([text], (vector[None] - self.mean) / self.spread)
        return float((found @ self.weights + self.bias)[0])


def write_refusing(folder: Path, refusing: Refusing) -> None:
    """Writes the model of a version."""
    with whole(folder / NAME) as file:
        np.savez_compressed(file, **asdict(refusing))


def read_refusing(folder: Path) -> Refusing | None:
    """The model of a version; None where too few were refused."""
    if not (folder / NAME).exists():
        return None
    with np.load(folder / NAME, allow_pickle=False) as content:
        return Refusing(**{name: content[name] for name in content.files})


def features(texts: Sequence[str], vectors: Vectors) -> Any:
    """Sparse, shape (len(texts), dimension + PLACES)."""
    counted = [_hashed(text) for text in texts]
    ends = np.cumsum([0, *(len(counts) for counts in counted)])
    places = np.array([place for counts in counted for place in counts], np.int32)
    values = np.array([value for counts in counted for value in counts.values()], np.float32)
    words = csr_matrix((values, places, ends), (len(texts), PLACES))
    return hstack([csr_matrix(vectors / VECTOR_SCALE), words]).tocsr()


def _hashed(text: str) -> dict[int, float]:
    """How often each n-gram of a text comes, whatever stands between its words, by the place it is hashed to; as a whole LOUDNESS long. Without scikit-learn, which takes a second
    to import: a process that starts again serves the sooner."""
    plain = "".join(character for character in plain_text(text).lower() if character.isalnum())
    grams = (plain[i : i + size] for size in range(GRAMS[0], GRAMS[1] + 1) for i in range(len(plain) - size + 1))
    counts = Counter(crc32(gram.encode()) % PLACES for gram in grams)
    length = math.hypot(*counts.values()) or 1.0
    return {place: LOUDNESS * count / length for place, count in counts.items()}
