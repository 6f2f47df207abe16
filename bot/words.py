"""The wording of one language, read from `wording/`. Filling in is `say`; choosing what to say is the callers'."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.romanising import romanised
from corpus.regions import AmbiguousRegion, Regions, UnknownRegion
from corpus.rows import read_yaml

FOLDER = Path(__file__).parent / "wording"


class UnknownLanguage(LookupError):
    """There is no wording in that language."""


class Wording:
    """Sentences by key; `say("other_region", region=…)` fills one in. Names of places are put into the language where `regions` is given."""

    def __init__(self, entries: Mapping[str, Any], language: str = "zh", regions: Regions | None = None) -> None:
        self._entries, self.language, self._regions = entries, language, regions

    def say(self, key: str, **names: object) -> str:
        """The sentence `key`, filled in. A dot goes into a group: `status.lapsed`. Raises KeyError for an unknown key."""
        entry: Any = self._entries
        for part in key.split("."):
            entry = entry[part]
        return str(entry).format(**names)

    def nothing_in(self, region: str, subject: str, aspect: str) -> str:
        """That a place has nothing on record: of an aspect, or of what else was asked of the subject."""
        key = "other_region" if aspect else "other_region_point"
        return self.say(key, region=region, subject=subject, aspect=aspect)

    def name(self, of: str) -> str:
        """A subject or aspect in this language; as it is where the language has no other name for it."""
        return str(self._entries.get("names", {}).get(of, of))

    def listed(self, names: Iterable[str]) -> str:
        """Subjects, aspects or other names one after the other."""
        return self.say("between").join(map(self.name, names))

    def place(self, full_name: str) -> str:
        """A division in this language; as it is where the language writes Chinese names, and where there is none of that name (any more)."""
        places = self._entries.get("places")
        if not places or not self._regions:
            return full_name
        try:
            chain = self._regions.chain(self._regions.find(full_name))
        except (UnknownRegion, AmbiguousRegion):
            return full_name
        return romanised(chain, places["names"], places["kinds"])

    def list(self, key: str) -> tuple[str, ...]:
        """The sentences of a list: `page.examples`."""
        entry: Any = self._entries
        for part in key.split("."):
            entry = entry[part]
        return tuple(map(str, entry))

    def small_talk(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Cues and what is said back."""
        return tuple((tuple(row["cues"]), str(row["say"])) for row in self._entries["small_talk"])


def load_wording(language: str = "zh", regions: Regions | None = None) -> Wording:
    """The wording of a language: all files of its folder together. Raises UnknownLanguage."""
    if language not in languages():
        raise UnknownLanguage(f"there is no wording in {language!r}; there are: {', '.join(languages())}")
    entries: dict[str, Any] = {}
    for path in sorted((FOLDER / language).glob("*.yaml")):
        entries |= read_yaml(path.read_text(encoding="utf-8"), path)
    return Wording(entries, language, regions)


def languages() -> tuple[str, ...]:
    """The languages that there is wording for."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if any(path.glob("*.yaml"))))
