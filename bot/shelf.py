"""The documents of the index as a person browses them: by subject, region, validity and date. Searches nothing (the index does)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Passage, State
from corpus.regions import Region, Regions


@dataclass(frozen=True, slots=True)
class Book:
    """A document with the passages of it that were asked for, in their order, as of a day."""

    id: str
    title: str
    subject: str
    passages: tuple[Passage, ...]
    states: Mapping[State, int]
    """How many of the passages are in which state of validity."""

    @property
    def regions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(passage.region for passage in self.passages))

    @property
    def issued(self) -> str | None:
        """The latest day on which one of its sources was issued."""
        return max((passage.source.issued for passage in self.passages if passage.source.issued), default=None)

    @property
    def facts(self) -> int:
        return len({fact for passage in self.passages for fact in passage.facts})


def books(passages: Iterable[Passage], day: str) -> tuple[Book, ...]:
    """The documents that the passages belong to, each with these passages."""
    grouped: dict[str, list[Passage]] = {}
    for passage in passages:
        grouped.setdefault(passage.document, []).append(passage)
    return tuple(_book(group, day) for group in grouped.values())


def chosen(
    passages: Iterable[Passage],
    day: str,
    regions: Regions,
    subject: str = "",
    region: Region | None = None,
    state: str = "",
    since: str = "",
) -> tuple[Passage, ...]:
    """The passages of a subject, that hold in a region or within it, in a state of validity, issued in or after a year."""
    return tuple(
        passage
        for passage in passages
        if (not subject or passage.subject == subject)
        and (not state or passage.validity.on(day).state == state)
        and (not since or (passage.source.issued or "") >= since)
        and (region is None or _holds(passage, region, regions))
    )


def _holds(passage: Passage, region: Region, regions: Regions) -> bool:
    place = regions.find(passage.region)
    return regions.covers(place, region) or regions.within(place, region)


def _book(group: Sequence[Passage], day: str) -> Book:
    first = group[0]
    states = Counter(passage.validity.on(day).state for passage in group)
    return Book(first.document, first.title, first.subject, tuple(group), dict(states))
