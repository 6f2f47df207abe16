"""The default model with the adapter trained on owners' questions over its vectors. `trained:/path/to/adapter.npz` takes one of your own."""

from collections.abc import Sequence
from pathlib import Path

from index.adapter import SHIPPED, read_adapter
from index.embedders import Vectors, sentence


def create(argument: str, data: Path) -> "Trained":
    """The default model under the shipped adapter, or under the one in the file `argument`."""
    return Trained(sentence.create("", data), Path(argument) if argument else SHIPPED)


class Trained:
    """See the module. Raises OSError or ValueError where the adapter cannot be read."""

    def __init__(self, model: sentence.Sentence, path: Path) -> None:
        self._model, self._adapter = model, read_adapter(path)
        self.name = f"{model.name}+{self._adapter.digest}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._adapter(self._model.passages(texts))

    def question(self, text: str) -> Vectors:
        return self._adapter(self._model.question(text))

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._adapter(self._model.questions(texts))
