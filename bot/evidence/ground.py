"""What gathering looks things up in: one version of the index, with what is rare in it, and the fixed words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.evidence.rarity import Rarity
from corpus.document import Passage
from corpus.fact import SUBSIDY, Fact
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
    facts: Mapping[str, Fact]
    """All facts, by id and by the ids joined into them."""
    places: Mapping[str, tuple[str, str]]
    """Subject and aspect under which each fact is stated."""
    stating: Mapping[str, tuple[str, ...]]
    """Ids of the passages that state each fact."""
    of_subject: Mapping[str, frozenset[str]]
    """By subject the ids of its passages; those of none by the empty name."""
    twins: Mapping[str, frozenset[str]]
    """By fact that tells what a place pays for a certificate, those that tell what others pay for it."""
    voices: Mapping[str, str]
    """By fact, all that owners ask of it: the words that it answers to beside its own."""


def ground_of(index: Index, regions: Regions, terms: Terms, home: Region) -> Ground:
    """The ground over the version of the index in use."""
    passages, facts = tuple(index.passages.values()), index.facts
    stating: dict[str, tuple[str, ...]] = {}
    for passage in passages:
        for fact in passage.facts:
            stating[fact] = (*stating.get(fact, ()), passage.id)
    places = {fact: (passage.subject, passage.aspect) for passage in passages for fact in passage.facts}
    return Ground(
        index=index,
        rarity=Rarity(passage.searchable for passage in passages),
        regions=regions,
        terms=terms,
        home=home,
        facts=facts,
        places=places,
        stating=stating,
        of_subject=_by_subject(passages),
        twins=_twins(facts.values(), places),
        voices=_voices(index.ways),
    )


def _by_subject(passages: Iterable[Passage]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for passage in passages:
        found.setdefault(passage.subject, set()).add(passage.id)
    return {subject: frozenset(ids) for subject, ids in found.items()}


def _twins(facts: Iterable[Fact], places: Mapping[str, tuple[str, str]]) -> dict[str, frozenset[str]]:
    paid = [fact for fact in facts if fact.kind == SUBSIDY and fact.certificates and fact.id in places]

    def alike(one: Fact, other: Fact) -> bool:
        same_aspect = places[one.id][1] == places[other.id][1]  # a loan is no twin of an award
        return one.region != other.region and same_aspect and bool(set(one.certificates) & set(other.certificates))

    return {one.id: frozenset(other.id for other in paid if alike(one, other)) for one in paid}


def _voices(ways: Iterable[Way]) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for way in (way for way in ways if way.fact):
        said.setdefault(way.fact, []).append(way.text)
    return {fact: " ".join(texts) for fact, texts in said.items()}
