"""The wording of one language, read from `wording/`. Filling in is `say`; choosing what to say is the callers'."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.rows import read_yaml

FOLDER = Path(__file__).parent / "wording"


class Wording:
    """Sentences by key; `say("other_region", region=…)` fills one in."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = entries

    def say(self, key: str, **names: object) -> str:
        """The sentence `key`, filled in. A dot goes into a group: `status.lapsed`. Raises KeyError for an unknown key."""
        entry: Any = self._entries
        for part in key.split("."):
            entry = entry[part]
        return str(entry).format(**names)

    def list(self, key: str) -> tuple[str, ...]:
        """The sentences of a list: `page.examples`."""
        entry: Any = self._entries
        for part in key.split("."):
            entry = entry[part]
        return tuple(map(str, entry))

    def small_talk(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Cues and what is said back."""
        return tuple((tuple(row["cues"]), str(row["say"])) for row in self._entries["small_talk"])


def load_wording(language: str = "zh") -> Wording:
    """The wording of a language. Raises FileNotFoundError."""
    path = FOLDER / f"{language}.yaml"
    return Wording(read_yaml(path.read_text(encoding="utf-8"), path))
