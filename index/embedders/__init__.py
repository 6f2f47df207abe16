"""Models that turn text into vectors, a module each: `create(argument, data) -> Embedder`. One new file adds one.

`argument` is what follows the colon in the setting (`sentence:/path/to/model`), `data` the folder where a model may be kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

Sentence = tuple[NDArray[np.int8], NDArray[np.bool_]]
"""The word pieces of a sentence as bytes, shape (pieces, width), those of its title and heading before them, and which are its own."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as a model sees it: its vector, and from some models a vector for each of its word pieces, shape (pieces, width),
    with the share that each has in what is asked."""

    vector: Vectors
    pieces: Vectors | None = None
    shares: Vectors | None = None


class Embedder(Protocol):
    """Vectors of unit length, so that their dot product is the cosine. Making one is cheap; a model is loaded when first used.

    One whose cosines tell shared characters and not meaning says `semantic = False`: nothing is then concluded from how high they are.
    """

    @property
    def name(self) -> str:
        """Identity of model and parameters: an index remembers it, and one made with another is built afresh."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimension of the model)."""
        ...

    def question(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension of the model,)."""
        ...

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of many questions at once, shape (len(texts), dimension of the model)."""
        ...


@runtime_checkable
class InPieces(Protocol):
    """What an embedder has besides, if it also gives vectors of word pieces in their context (see index/pieces.py)."""

    def passages_in_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[tuple[Vectors, NDArray[np.int32]]]]:
        """Vectors of passages, and for each of them those of its pieces with the character at which each begins."""
        ...

    def question_in_pieces(self, text: str) -> Asking:
        """The question with its pieces."""
        ...

    def odds(self, asking: Asking, sentences: Sequence[Sentence]) -> list[float] | None:
        """For each sentence how likely it answers the question, as logarithms of odds (see index/interaction.py); None where that was not learned."""
        ...
