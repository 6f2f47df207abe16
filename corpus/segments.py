"""Words of Chinese text, by the segmenter's own dictionary; the index has one of its own, which knows the names of its subjects."""

from functools import cache, lru_cache
from itertools import accumulate

from rjieba import Jieba


@cache
def segmenter() -> Jieba:
    """The one that all share: its dictionary takes a while to load, and nobody adds a word to it."""
    return Jieba()


@lru_cache(maxsize=512)
def word_bounds(text: str, guesses: bool = True) -> frozenset[int]:
    """The places where a word begins or ends. It `guesses` words that stand in no dictionary, such as names of people; not to be
    wanted where such a guess would join a place to what follows it."""
    return frozenset(accumulate(map(len, segmenter().cut(text, guesses)), initial=0))
