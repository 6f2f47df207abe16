"""The default model with the adapter trained on owners' questions. `trained:/path/to/adapter.npz` takes one of your own."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.adapter import SHIPPED, read_adapter
from index.embedders import Asking, Vectors
from index.embedders.sentence import BATCH, Sentence, fastest, pieces_of, unit

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
            begins = [self._begins(text) for text in texts]
        pieces = [
            (self._adapter.projection.passage(pieces_of(one)), begin) for one, begin in zip(found, begins, strict=True)
        ]
        return unit([one["sentence_embedding"].float().numpy() for one in found]), pieces

    def question_in_pieces(self, text: str) -> Asking:
        with self._lock:
            found = self._model.encode_query(text, output_value=None, show_progress_bar=False)
        pieces, shares = self._adapter.projection.question(pieces_of(found))
        return Asking(unit(found["sentence_embedding"].float().numpy()), pieces, shares)

    def _begins(self, text: str) -> NDArray[np.int32]:
        """The character of a passage at which each piece begins; the prompt and the marks at both ends count as its first."""
        prompt = self._model.prompts["document"]
        cut = self._model.tokenizer(
            prompt + text, return_offsets_mapping=True, truncation=True, max_length=self._model.max_seq_length
        )
        return np.array([max(0, begin - len(prompt)) for begin, _ in cut["offset_mapping"]], np.int32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        import torch

        model = self.loaded(torch.float32)  # bfloat16 would round the small additions away
        self._adapter.merge(model[0].auto_model)
        return model.to(fastest())
