"""What reading knows: terms, regions, and the things (objects) that rows speak of. Made anew when the index changes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.reading.profile import Telling
from bot.reading.spelling import Speller
from bot.words import Wording
from corpus.document import Passage
from corpus.fact import Fact
from corpus.figures import plain_text
from corpus.places import without_places
from corpus.regions import PROVINCE, Region, Regions
from corpus.rows import read_yaml
from corpus.terms import Terms

_DENIED = re.compile(r"(?:(?<!是)不是|(?<!在)不在|不属于|不归)(?:在|问)?$")
"""What stands before the name of a place that is not meant."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the knowledge in use. `objects` maps a thing's name to the subject whose rows speak of it."""

    terms: Terms
    regions: Regions
    wording: Wording
    objects: Mapping[str, str]
    object_pattern: re.Pattern[str]
    home: Region
    speller: Speller
    english: Mapping[str, str]
    """English phrases and their Chinese."""
    telling: Telling
    default_region: Region | None = None
    recorded: frozenset[str] = frozenset()
    """Full names of the places of which something is on record."""

    def placed(self, text: str, near: Region) -> tuple[str, tuple[Region, ...]]:
        """The text without the names of places, and the places.

        Of several of one name the only one in the province of `near` is meant, else the only one of which something is on record;
        one that stays ambiguous counts as none, and so does one that is denied: 我是德清的，不是安吉.
        """
        bare, mentions = without_places(text, self.terms, self.regions)
        meant = [mention for mention in mentions if not _DENIED.search(text[: mention.start])]
        found = (mention.region or self.nearby(mention.choices, near) for mention in meant)
        return bare, tuple(dict.fromkeys(region for region in found if region))

    def nearby(self, choices: tuple[Region, ...], near: Region) -> Region | None:
        """The only one of the choices that lies in the province of `near`, or of which something is on record."""
        provinces = [region for region in self.regions.chain(near) if region.level == PROVINCE]
        inside = [choice for choice in choices for province in provinces if self.regions.within(choice, province)]
        recorded = [choice for choice in choices if choice.full_name in self.recorded]
        return next((few[0] for few in (inside, recorded) if len(few) == 1), None)

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


def load_english(folders: Sequence[Path]) -> dict[str, str]:
    """English phrases and their Chinese, of all folders. Raises MalformedFile."""
    paths = [folder / "words" / "english.yaml" for folder in folders]
    rows = [read_yaml(path.read_text(encoding="utf-8"), path) for path in paths if path.exists()]
    return {
        str(phrase): name for row in rows for name, phrases in row.items() if name != "__line__" for phrase in phrases
    }


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of `names`, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")
