"""BM25 over segmented words and character bigrams together. Knows only texts and their order; ids are the caller's.

Words and bigrams in one bag did best on Chinese policy questions (nDCG@10 0.76 against 0.72 for words; retrieval notes).
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray
from rjieba import Jieba
from scipy.sparse import csc_matrix

from corpus.figures import plain_text
from corpus.whole import write_whole

K1, B = 1.5, 0.75
"""Robertson and Zaragoza (2009), the usual values."""


class Lexical:
    """An index of texts in memory: 20,000 passages in about two seconds. `names` are words that are not cut."""

    def __init__(self, texts: Sequence[str], names: Iterable[str] = ()) -> None:
        self._names, self._size = tuple(names), len(texts)
        self._segmenter = _segmenter(self._names)
        self._bm25 = bm25s.BM25(k1=K1, b=B)
        if texts:
            self._bm25.index([self.tokens(text) for text in texts], show_progress=False)
        self._scored = lru_cache(maxsize=8)(self._score)  # one question is searched for in several parts

    def write(self, folder: Path) -> None:
        """Writes the index into a folder of its own, names included, so that `read` cuts a question as the texts were cut."""
        folder.mkdir(exist_ok=True)
        write_whole(folder / "words.json", json.dumps({"names": self._names, "size": self._size}, ensure_ascii=False))
        if self._size:
            self._bm25.save(folder, show_progress=False)

    @classmethod
    def read(cls, folder: Path) -> "Lexical":
        """The index that was written into a folder."""
        told = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        made = cls((), told["names"])
        if told["size"]:
            made._size, made._bm25 = told["size"], bm25s.BM25.load(folder, show_progress=False)
        return made

    def own_scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The score that each of the texts indexed, handed in again in their order, has for itself as the query; shape (number of texts,).

        From the index's own matrix of texts and tokens: asking text by text takes the square of their number.
        """
        if not self._size:
            return np.zeros(0, np.float32)
        known, stored = self._bm25.vocab_dict, self._bm25.scores
        asked = [[known[token] for token in self.tokens(text) if token in known] for text in texts]
        rows = np.repeat(np.arange(self._size), [len(tokens) for tokens in asked])
        columns = np.array([token for tokens in asked for token in tokens], int)
        shape = (self._size, len(stored["indptr"]) - 1)
        counts = csc_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape)
        matrix = csc_matrix((stored["data"], stored["indices"], stored["indptr"]), shape)
        return np.asarray(matrix.multiply(counts).sum(1), np.float32).ravel()

    def tokens(self, text: str) -> list[str]:
        """Words and character bigrams of a text, lower case."""
        return self.words(text) + self.bigrams(text)

    def words(self, text: str) -> list[str]:
        """Words, cut for search."""
        plain = plain_text(text).lower()
        return [word for word in self._segmenter.cut_for_search(plain) if word.strip() and word[0].isalnum()]

    def bigrams(self, text: str) -> list[str]:
        """Character bigrams; none crosses a mark."""
        plain = plain_text(text).lower()
        runs = "".join(character if character.isalnum() else " " for character in plain).split()
        return [run[i : i + 2] for run in runs for i in range(len(run) - 1)]

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every text, shape (number of texts,); not to be written to."""
        return self._scored(query)

    def _score(self, query: str) -> NDArray[np.float32]:
        tokens = self.tokens(query)
        found = self._bm25.get_scores(tokens) if self._size and tokens else np.zeros(self._size)
        scores = np.asarray(found, np.float32)
        scores.setflags(write=False)
        return scores


@cache
def _segmenter(names: tuple[str, ...]) -> Jieba:
    made = Jieba()
    for name in names:
        if len(name) > 1:
            made.add_word(name, None, None)
    return made
