"""The default model with the adapter trained on owners' questions. `trained:/path/to/adapter.npz` takes one of your own."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.adapter import SHIPPED, read_adapter
from index.embedders import Asking, Vectors
from index.embedders.sentence import BATCH, Sentence, begins_of, fastest, pieces_of, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def create(argument: str, data: Path) -> "Trained":
    """The default model under the shipped adapter, or under the one in the file `argument`."""
    return Trained(data / "model", Path(argument) if argument else SHIPPED)


class Trained(Sentence):
    """See the module. Raises OSError or ValueError where the adapter cannot be read."""

    def __init__(self, models: Path, path: Path) -> None:
        super().__init__("", models)
        self._adapter = read_adapter(path)
        self.name = f"{self.name}+{self._adapter.digest}"

    def passages_in_pieces(self, texts: Sequence[str]) -> tuple[Vectors, list[tuple[Vectors, NDArray[np.int32]]]]:
        with self._lock:
            found = self._model.encode_document(
                list(texts), batch_size=BATCH, output_value=None, show_progress_bar=False
            )
            begins = [begins_of(self._model, text) for text in texts]
        pieces = [
            (self._adapter.projection.passage(pieces_of(one)), begin) for one, begin in zip(found, begins, strict=True)
        ]
        return unit([one["sentence_embedding"].float().numpy() for one in found]), pieces

    def question_in_pieces(self, text: str) -> Asking:
        with self._lock:
            found = self._model.encode_query(text, output_value=None, show_progress_bar=False)
        pieces, shares = self._adapter.projection.question(pieces_of(found))
        return Asking(unit(found["sentence_embedding"].float().numpy()), pieces, shares)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        import torch

        model = self.loaded(torch.float32)  # bfloat16 would round the small additions away
        self._adapter.merge(model[0].auto_model)
        return model.to(fastest())
