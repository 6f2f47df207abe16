"""The default model with the adapter trained on owners' questions. `trained:/path/to/adapter.npz` takes one of your own."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.adapter import SHIPPED, read_adapter
from index.embedders.sentence import Sentence, fastest

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

    @cached_property
    def _model(self) -> "SentenceTransformer":
        import torch

        model = self.loaded(torch.float32)  # bfloat16 would round the small additions away
        self._adapter.merge(model[0].auto_model)
        return model.to(fastest())
