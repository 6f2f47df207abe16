"""Finds the owners' questions that are nearest to one: by words and by meaning. Exact: a few thousand vectors need no graph.

What they lead to is a fact, or a subject and an aspect; how much that counts is the bot's to say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.ways import Way
from index.embedders import Vectors
from index.lexical import Lexical
from index.standing import standing

ORDINARY, FEWEST_ORDINARY = 512, 50
"""Questions that a cosine is compared with, at most and at least (as in search.py)."""


@dataclass(frozen=True, slots=True)
class Near:
    """A way in near to a question. `likeness` is its BM25 as a share of the best possible (the question found whole), 0 to 1;
    `standing` how far its cosine stands above that of ordinary ways, in standard deviations, None while no model is loaded."""

    way: Way
    likeness: float
    standing: float | None


class Ways:
    """The ways in of one version with their vectors, shape (len(ways), dimension)."""

    def __init__(self, ways: Sequence[Way], vectors: Vectors, names: Iterable[str] = ()) -> None:
        self.all, self._vectors = tuple(ways), vectors
        texts = [way.text for way in ways]
        self._words = Lexical(texts, names)
        self._own = self._words.own_scores(texts)
        self._some = slice(None, None, max(1, len(ways) // ORDINARY))

    def near(self, question: str, vector: Vectors | None, limit: int) -> tuple[Near, ...]:
        """The `limit` nearest by words and the `limit` nearest by meaning, in no order. `vector` is the question's."""
        if not self.all:
            return ()
        words = np.minimum(self._words.scores(question) / np.maximum(self._own, 1e-6), 1.0)
        meaning = self._standing(vector)
        chosen = {*_best(words, limit), *(_best(meaning, limit) if meaning is not None else ())}
        return tuple(
            Near(self.all[i], float(words[i]), None if meaning is None else float(meaning[i])) for i in sorted(chosen)
        )

    def nearest_refused(self, vector: Vectors) -> str:
        """The reason of the refused request nearest to a question; empty where there is none."""
        refused = [place for place, way in enumerate(self.all) if way.is_refused]
        return self.all[refused[int((self._vectors[refused] @ vector).argmax())]].refuse if refused else ""

    def _standing(self, vector: Vectors | None) -> Vectors | None:
        if vector is None or len(self.all) < FEWEST_ORDINARY or len(self._vectors) != len(self.all):
            return None
        cosines = self._vectors @ vector
        return standing(cosines, cosines[self._some])


def _best(scores: Vectors, limit: int) -> list[int]:
    """The places of the `limit` highest scores, in no order; of equal ones the first."""
    if len(scores) <= limit:
        return list(range(len(scores)))
    least = np.partition(scores, -limit)[-limit]
    above, ties = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    return [int(place) for place in (*above, *ties[: limit - len(above)])]
