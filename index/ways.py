"""Finds the owners' questions that are nearest to one: by words and by meaning. Exact: a few thousand vectors need no graph.

What they lead to is a fact, or a subject and an aspect; how much that counts is the bot's to say.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from corpus.ways import Way
from corpus.whole import write_whole
from index.embedders import Vectors
from index.lexical import Lexical
from index.pieces import save_array
from index.standing import standing

ORDINARY, FEWEST_ORDINARY = 512, 50
"""Questions that a cosine is compared with, at most and at least (as in search.py)."""

LIKEST = 3
"""Requests, refused and honest, whose likeness to one is averaged."""


@dataclass(frozen=True, slots=True)
class Near:
    """A way in near to a question. `likeness` is its BM25 as a share of the best possible (the question found whole), 0 to 1;
    `standing` how far its cosine stands above that of ordinary ways, in standard deviations, None while no model is loaded."""

    way: Way
    likeness: float
    standing: float | None


class Ways:
    """The ways in of one version with their `vectors`, shape (len(ways), dimension). Read by `read_ways`."""

    def __init__(self, ways: Sequence[Way], vectors: Vectors, words: Lexical, own: Vectors) -> None:
        self.all, self.vectors, self._words, self._own = tuple(ways), vectors, words, own
        self._refused = np.array([way.is_refused for way in ways], bool)
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

    def nearest_refused(self, vector: Vectors) -> tuple[str, float]:
        """The reason of the refused request nearest to a question, empty where there is none, and by how much the LIKEST refused requests are
        nearer than the LIKEST honest ones, as a difference of cosines."""
        if not self._refused.any() or self._refused.all():
            return "", 0.0
        cosines = self.vectors @ vector
        refused, honest = (np.flatnonzero(which) for which in (self._refused, ~self._refused))
        nearest = self.all[refused[int(cosines[refused].argmax())]]
        near, far = (np.sort(cosines[which])[-LIKEST:].mean() for which in (refused, honest))
        return nearest.refuse, float(near - far)

    def _standing(self, vector: Vectors | None) -> Vectors | None:
        if vector is None or len(self.all) < FEWEST_ORDINARY or len(self.vectors) != len(self.all):
            return None
        cosines = self.vectors @ vector
        return standing(cosines, cosines[self._some])


def write_ways(folder: Path, ways: Sequence[Way], vectors: Vectors, names: Iterable[str] = ()) -> None:
    """Writes the ways in of a version, and all that can be reckoned before the first question: what each scores for itself too."""
    texts = [way.text for way in ways]
    words = Lexical(texts, names)
    write_whole(folder / "ways.json", json.dumps([asdict(way) for way in ways], ensure_ascii=False))
    save_array(folder / "ways.npy", vectors)
    save_array(folder / "ways-own.npy", words.own_scores(texts))
    words.write(folder / "ways")


def read_ways(folder: Path) -> Ways:
    """The ways in of a version."""
    rows = json.loads((folder / "ways.json").read_text(encoding="utf-8"))
    vectors, own = np.load(folder / "ways.npy"), np.load(folder / "ways-own.npy")
    return Ways([Way(**row) for row in rows], vectors, Lexical.read(folder / "ways"), own)


def _best(scores: Vectors, limit: int) -> list[int]:
    """The places of the `limit` highest scores, in no order; of equal ones the first."""
    if len(scores) <= limit:
        return list(range(len(scores)))
    least = np.partition(scores, -limit)[-limit]
    above, ties = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    return [int(place) for place in (*above, *ties[: limit - len(above)])]
