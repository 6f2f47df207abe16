"""What reading knows: terms, regions, and the things (objects) that rows speak of. Made anew when the index changes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.words import Wording
from corpus.document import Passage
from corpus.fact import Fact
from corpus.figures import plain_text
from corpus.regions import Region, Regions
from corpus.terms import Terms


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the knowledge in use. `objects` maps a thing's name to the subject whose rows speak of it."""

    terms: Terms
    regions: Regions
    wording: Wording
    objects: Mapping[str, str]
    object_pattern: re.Pattern[str]
    home: Region
    default_region: Region | None = None

    def objects_in(self, text: str) -> tuple[str, ...]:
        """Names of things in `text`, the longest at each place."""
        plain = plain_text(text).lower()
        return tuple(dict.fromkeys(plain[start:end] for start, end in self.object_spots(text)))

    def object_spots(self, text: str) -> list[tuple[int, int]]:
        """Where things are named in `text`."""
        return [match.span() for match in self.object_pattern.finditer(plain_text(text).lower())]


def objects_of(passages: Iterable[Passage], facts: Mapping[str, Fact]) -> dict[str, str]:
    """Each thing that a row names, with the subject of the document that states the row."""
    return {
        plain_text(name).lower(): passage.subject
        for passage in passages
        for identity in passage.facts
        if identity in facts
        for name in facts[identity].objects
    }


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of `names`, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")
