"""How to find the original of a document that we may not link to: by its number, else by its title (`words/originals.yaml`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Source
from corpus.rows import MalformedFile, read_yaml


@dataclass(frozen=True, slots=True)
class Original:
    """Where documents of a kind are published; `url` is an official database."""

    say: str
    url: str | None
    number: tuple[str, ...] = ()
    title: tuple[str, ...] = ()

    def fits(self, source: Source) -> bool:
        """Whether a source is of this kind."""
        number = (source.number or "").replace(" ", "")
        return any(number.startswith(start.replace(" ", "")) for start in self.number) or any(
            word in source.title for word in self.title
        )


def load_originals(folders: Sequence[Path]) -> tuple[Original, ...]:
    """The kinds of all folders, in order. Raises MalformedFile."""
    paths = [folder / "words" / "originals.yaml" for folder in folders]
    return tuple(original for path in paths if path.exists() for original in _read(path))


def original_of(source: Source, originals: Sequence[Original]) -> Original | None:
    """The first kind that a source is of."""
    return next((original for original in originals if original.fits(source)), None)


def _read(path: Path) -> list[Original]:
    rows = read_yaml(path.read_text(encoding="utf-8"), path)
    if not isinstance(rows, list) or any(not row.get("say") for row in rows):
        raise MalformedFile(path, 1, "is no list of kinds: write `- {number: [GB], say: …, url: …}`")
    return [_original(row) for row in rows]


def _original(row: Mapping[str, Any]) -> Original:
    return Original(row["say"], row.get("url"), tuple(row.get("number") or ()), tuple(row.get("title") or ()))
