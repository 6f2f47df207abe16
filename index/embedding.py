"""From the setting `name[:argument]` to an Embedder of index/embedders/."""

from pathlib import Path
from typing import cast

from corpus import registry
from index.embedders import Embedder


def embedder(setting: str, data: Path) -> Embedder:
    """The embedder of a setting; a model is loaded when first used. Raises registry.UnknownPlugin."""
    name, _, argument = setting.partition(":")
    return cast(Embedder, registry.load(name, "index.embedders").create(argument, data))
