"""The default model with the adapter trained on owners' questions. `trained:/path/to/adapter.npz` takes one of your own.

Computed by onnxruntime out of the package's weights: neither torch nor sentence-transformers is loaded, and nothing is written.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.adapter import SHIPPED, Adapter, read_adapter
from index.embedders import Asking, Sentence, Vectors
from index.embedders._e5 import FOLDER, packaged
from index.embedders._network import Network
from index.embedders.sentence import unit

QUESTION, PASSAGE = "query: ", "passage: "
"""What the model was taught to find before a text."""


def create(argument: str, data: Path) -> "Trained":
    """The default model under the shipped adapter, or under the one in the file `argument`. Raises OSError, ValueError or KeyError where it
    cannot be read."""
    return Trained(read_adapter(Path(argument) if argument else SHIPPED))


class Trained:
    """See the module. Safe for many threads. First use raises WeightsUnavailable, or KeyError where the adapter is another model's."""

    def __init__(self, adapter: Adapter, in_bytes: bool = True) -> None:
        self._adapter, self._in_bytes = adapter, in_bytes
        self._lock = Lock()
        self.name = f"{'bytes' if in_bytes else 'sentence'}:{FOLDER}+{self._adapter.digest}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(PASSAGE, texts)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(QUESTION, texts)

    def question(self, text: str) -> Vectors:
        vector: Vectors = self.questions([text])[0]
        return vector

    def passages_in_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[tuple[Vectors, NDArray[np.int32]]]]:
        project = self._adapter.projection.passage
        found = self._network.read(PASSAGE, texts, lambda pieces, begins: (pieces.mean(0), (project(pieces), begins)))
        return unit([vector for vector, _ in found]), [pieces for _, pieces in found]

    def question_in_pieces(self, text: str) -> Asking:
        (found,) = self._network.read(QUESTION, [text], lambda pieces, _: pieces)
        return Asking(unit(found.mean(0)), *self._adapter.projection.question(found))

    def odds(self, asking: Asking, sentences: Sequence[Sentence]) -> list[float] | None:
        network = self._adapter.interaction
        return network.odds(asking, sentences) if network else None

    def _vectors(self, prompt: str, texts: Sequence[str]) -> Vectors:
        return unit(self._network.read(prompt, texts, lambda pieces, _: pieces.mean(0)))

    @property
    def _network(self) -> Network:
        with self._lock:  # whoever comes first loads it, once
            return self._loaded

    @cached_property
    def _loaded(self) -> Network:
        content = packaged()
        for name, addition in self._adapter.additions():
            content.weights[f"{name}.weight"] += addition
        return Network(content, self._in_bytes)
