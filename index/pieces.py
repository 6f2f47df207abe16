"""Late interaction: how well each word piece of a question, in its context, is met by the best piece of a passage.

ColBERT (Khattab and Zaharia, 2020), with a learned share for each piece of the question: one vector a text says what it is about,
this says whether just the thing asked for stands there. Vectors of passages are kept as bytes: 8 kB a passage of 66 pieces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.whole import whole
from index.embedders import Asking, Sentence, Vectors

SCALE = 127


@dataclass(frozen=True, slots=True)
class Projection:
    """From a model's vectors of pieces to those compared: `matrix`, shape (width, dimension); `weigher`, shape (dimension,), tells
    how much a piece of a question counts."""

    matrix: Vectors
    weigher: Vectors

    def passage(self, pieces: Vectors) -> Vectors:
        """Unit vectors of a passage's pieces, shape (pieces, width)."""
        projected = pieces @ self.matrix.T
        return np.asarray(projected / np.maximum(np.linalg.norm(projected, axis=1, keepdims=True), 1e-9), np.float32)

    def question(self, pieces: Vectors) -> tuple[Vectors, Vectors]:
        """The same of a question's pieces, and the share of each; the shares sum to one."""
        weights = pieces @ self.weigher
        shares = np.exp(weights - weights.max())
        return self.passage(pieces), np.asarray(shares / shares.sum(), np.float32)


Part = tuple[NDArray[np.int8], NDArray[np.int32]]
"""The pieces of one passage, shape (pieces, width), and the character of its text at which each begins."""


class Pieces:
    """The pieces of all passages of a version, by the passages' places."""

    def __init__(self, vectors: NDArray[np.int8], begins: NDArray[np.int32], ends: NDArray[np.int64]) -> None:
        self._vectors, self._begins, self._ends = vectors, begins, ends

    def of(self, place: int) -> Part:
        """Those of one passage."""
        part = slice(self._ends[place - 1] if place else 0, self._ends[place])
        return self._vectors[part], self._begins[part]

    def met(self, asking: Asking, places: Sequence[int]) -> Vectors:
        """For each place how well the question is met there, at most 1; shape (len(places),)."""
        assert asking.pieces is not None
        assert asking.shares is not None
        parts = [self.of(place)[0] for place in places]
        if not parts:
            return np.zeros(0, np.float32)
        cosines = np.concatenate(parts).astype(np.float32) @ asking.pieces.T / SCALE
        starts = np.cumsum([0, *(len(part) for part in parts[:-1])])
        return np.asarray(np.maximum.reduceat(cosines, starts, axis=0) @ asking.shares, np.float32)


def sentence_of(part: Part, start: int, end: int, always: int) -> Sentence:
    """The pieces of a range of characters of a passage, after those that begin before the character `always` (its title and heading)."""
    vectors, begins = part
    own = (begins >= max(start, always)) & (begins < end)
    kept = np.flatnonzero((begins < always) | own)
    return vectors[kept], own[kept]


def as_part(pieces: Vectors, begins: NDArray[np.int32]) -> Part:
    """Unit vectors as bytes."""
    return np.asarray(np.rint(pieces * SCALE), np.int8), begins


def write_pieces(folder: Path, parts: Sequence[Part]) -> None:
    """Writes the pieces of all passages of a version, in their order."""
    save_array(folder / "pieces.npy", np.concatenate([vectors for vectors, _ in parts]))
    save_array(folder / "pieces-begin.npy", np.concatenate([begins for _, begins in parts]))
    save_array(folder / "pieces-end.npy", np.cumsum([len(begins) for _, begins in parts], dtype=np.int64))


def open_pieces(folder: Path) -> Pieces | None:
    """The pieces of a version, mapped into memory; none if its embedder gives none."""
    if not (folder / "pieces.npy").exists():
        return None
    begins, ends = (np.load(folder / f"pieces-{side}.npy") for side in ("begin", "end"))
    vectors = np.asarray(np.load(folder / "pieces.npy", mmap_mode="r"))  # mapped still, but quicker to cut
    return Pieces(vectors, begins, ends)


def save_array(path: Path, values: Any) -> None:
    """Writes an array to the disk."""
    with whole(path) as file:
        np.save(file, values)
