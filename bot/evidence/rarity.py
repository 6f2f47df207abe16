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

    def likeness(self, question: str, text: str) -> float:
        """Share of the question's characters and bigrams, weighted by idf, that the text has: 0 to 1. For ranking."""
        return self._share(grams(question), grams(text))

    def coverage(self, question: str, text: str) -> float:
        """The same of bigrams alone: single characters are shared by chance too often to prove anything."""
        return self._share(bigrams(question), bigrams(text))

    def rarest_missing(self, things: Iterable[str], text: str) -> float:
        """How rare the rarest of the things is of which the text has not a single bigram: 0 (none missing) to 1."""
        there = bigrams(text)
        missing = [bigrams(thing) for thing in things if not bigrams(thing) & there]
        rare = (max(self._idf.get(gram, self._unseen) for gram in grams_of) for grams_of in missing)
        return max(rare, default=0.0) / self._unseen

    def _share(self, asked: frozenset[str], there: frozenset[str]) -> float:
        # fsum: exact, so that the order in which a set is walked never changes a score
        total = math.fsum(self._idf.get(gram, self._unseen) for gram in asked)
        held = math.fsum(self._idf.get(gram, self._unseen) for gram in asked & there)
        return held / total if total else 0.0


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """The character bigrams of a text's words: spaces and punctuation part them."""
    return frozenset(run[i : i + 2] for run in _runs(text) for i in range(max(1, len(run) - 1)))


@lru_cache(maxsize=8192)
def grams(text: str) -> frozenset[str]:
    """The characters and character bigrams of a text's words."""
    return bigrams(text) | frozenset("".join(_runs(text)))


def _runs(text: str) -> list[str]:
    return "".join(c.lower() if c.isalnum() else " " for c in plain_text(text)).split()
