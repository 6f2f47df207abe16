"""Vectors without a model: character bigrams and trigrams hashed into a few hundred places. Offline, instant, the same everywhere.

Feature hashing after Weinberger et al. (2009): a hash chooses the place and the sign. Knows no meaning, only shared characters.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from math import log1p
from pathlib import Path

import numpy as np

from corpus.figures import plain_text
from index.embedders import Vectors

DIMENSION = 512


def create(argument: str, data: Path) -> "Hashing":
    """The hashing embedder; the argument is its dimension (default 512)."""
    return Hashing(int(argument or DIMENSION))


class Hashing:
    """See the module."""

    semantic = False

    def __init__(self, dimension: int = DIMENSION) -> None:
        self._dimension = dimension
        self.name = f"hashing-{dimension}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        return (
            np.stack([self.question(text) for text in texts]) if texts else np.zeros((0, self._dimension), np.float32)
        )

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self.passages(texts)

    def question(self, text: str) -> Vectors:
        vector = np.zeros(self._dimension, np.float32)
        for gram, count in Counter(_grams(text)).items():
            number = int.from_bytes(blake2b(gram.encode(), digest_size=8).digest())
            vector[number % self._dimension] += log1p(count) * (1 if number >> 63 else -1)
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector


def _grams(text: str) -> list[str]:
    plain = "".join(character.lower() for character in plain_text(text) if character.isalnum())
    return [plain[start : start + size] for size in (2, 3) for start in range(len(plain) - size + 1)] or [plain]
