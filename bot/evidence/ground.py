"""What gathering looks things up in: one version of the index, with what is rare in it, and the fixed words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.evidence.rarity import Rarity
from bot.evidence.signs import topics_of
from corpus.document import Passage
from corpus.regions import Region, Regions
from corpus.terms import Terms
from corpus.ways import Way
from index.search import Index


@dataclass(frozen=True, slots=True)
class Ground:
    """See the module. Made by `ground_of` once for each version of the index."""

    index: Index
    rarity: Rarity
    regions: Regions
    terms: Terms
    home: Region
    topics: Mapping[str, tuple[frozenset[str], ...]]
    """Special topics by passage id."""
    heads: frozenset[str]
    """Ids of the passages that begin a section: what it says first is the most general."""
    places: Mapping[str, tuple[str, str]]
    """Subject and aspect under which each fact is stated."""
    voices: Mapping[str, str]
    """By fact, all that owners ask of it: the words that it answers to beside its own."""


def ground_of(index: Index, regions: Regions, terms: Terms, home: Region) -> Ground:
    """The ground over the version of the index in use."""
    passages = tuple(index.passages.values())
    return Ground(
        index=index,
        rarity=Rarity(passage.searchable for passage in passages),
        regions=regions,
        terms=terms,
        home=home,
        topics={passage.id: topics_of(passage, terms, regions) for passage in passages},
        heads=_heads(passages),
        places={fact: (passage.subject, passage.aspect) for passage in passages for fact in passage.facts},
        voices=_voices(index.ways),
    )


def _voices(ways: Iterable[Way]) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for way in ways:
        said.setdefault(way.fact, []).append(way.text)
    return {fact: " ".join(texts) for fact, texts in said.items()}


def _heads(passages: Iterable[Passage]) -> frozenset[str]:
    """The first passage of each section of each document."""
    first: dict[tuple[str, str], str] = {}
    for passage in passages:
        first.setdefault((passage.document, passage.heading), passage.id)
    return frozenset(first.values())
