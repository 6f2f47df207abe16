"""Where words begin and end: a word of a list that stands across two others (安|全体|系) is none."""

from functools import cache, lru_cache
from itertools import accumulate

from rjieba import Jieba


@lru_cache(maxsize=512)
def word_bounds(text: str) -> frozenset[int]:
    """The places where a word begins or ends."""
    return frozenset((0, *accumulate(len(word) for word in _segmenter().cut(text))))


@cache
def _segmenter() -> Jieba:
    return Jieba()
