"""How much two texts share, by characters and their bigrams, counting what is rare."""

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from corpus.figures import plain_text


class Rarity:
    """Inverse document frequency of characters and their bigrams over all passages: what most texts share counts little.

    idf as in BM25 (Robertson and Zaragoza, 2009, eq. 3.1 smoothed): ln(1 + (N - n + 0.5) / (n + 0.5)).
    """

    def __init__(self, texts: Iterable[str]) -> None:
        seen = [grams(text) for text in texts]
        counts = Counter(gram for text in seen for gram in text)
        total = len(seen)
        self._idf = {gram: math.log(1 + (total - n + 0.5) / (n + 0.5)) for gram, n in counts.items()}
        self._unseen = math.log(1 + (total + 0.5) / 0.5)
        self._by_all = lru_cache(maxsize=512)(lambda text: self._weighed(grams(text)))
        self._by_bigrams = lru_cache(maxsize=512)(lambda text: self._weighed(bigrams(text), alone=" "))

    def likeness(self, question: str, text: str) -> float:
        """Share of the question's characters and bigrams, weighted by idf, that the text has: 0 to 1. For ranking."""
        return _share(self._by_all(question), text)

    def coverage(self, question: str, text: str) -> float:
        """The same of bigrams alone: single characters are shared by chance too often to prove anything."""
        return _share(self._by_bigrams(question), text)

    def rarest_missing(self, things: Iterable[str], text: str) -> float:
        """How rare the rarest of the things is of which the text has not a single bigram: 0 (none missing) to 1."""
        there = _spaced(text)
        missing = [thing for thing in things if not any(gram in there for gram, _ in self._by_bigrams(thing)[0])]
        rare = (max((weight for _, weight in self._by_all(thing)[0]), default=self._unseen) for thing in missing)
        return max(rare, default=0.0) / self._unseen

    def _weighed(self, asked: Iterable[str], alone: str = "") -> "_Weighed":
        """Grams with their idf, in an order of their own; a character that is a word by itself with what stands around it."""
        weights = [(gram, self._idf.get(gram, self._unseen)) for gram in sorted(asked)]
        spelled = tuple((gram if len(gram) > 1 else f"{alone}{gram}{alone}", weight) for gram, weight in weights)
        return spelled, math.fsum(weight for _, weight in weights)


_Weighed = tuple[tuple[tuple[str, float], ...], float]
"""Grams with their weight, and the weight of all."""


def _share(asked: _Weighed, text: str) -> float:
    """The part of the weight asked that a text has. Searched for in the text as it is: nothing need be kept of it."""
    there, (grams_asked, total) = _spaced(text), asked
    return math.fsum([weight for gram, weight in grams_asked if gram in there]) / total if total else 0.0


@lru_cache(maxsize=8192)
def _spaced(text: str) -> str:
    """The words of a text, parted and enclosed by single spaces."""
    return f" {' '.join(_runs(text))} "


@lru_cache(maxsize=1024)  # of questions too, which never come again: more is memory that grows with every one
def bigrams(text: str) -> frozenset[str]:
    """The character bigrams of a text's words: spaces and punctuation part them."""
    return frozenset(run[i : i + 2] for run in _runs(text) for i in range(max(1, len(run) - 1)))


def grams(text: str) -> frozenset[str]:
    """The characters and character bigrams of a text's words."""
    return bigrams(text) | frozenset("".join(_runs(text)))


def _runs(text: str) -> list[str]:
    return "".join(c.lower() if c.isalnum() else " " for c in plain_text(text)).split()
