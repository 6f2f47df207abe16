"""Models that turn text into vectors, a module each: `create(argument, data) -> Embedder`. One new file adds one.

`argument` is what follows the colon in the setting (`sentence:/path/to/model`), `data` the folder where a model may be kept.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


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
