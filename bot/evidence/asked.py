"""What the owners' questions nearest to a need lead to: facts, by their votes an aspect, or nothing that is on record."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.fact import Fact
from corpus.ways import Way
from index.ways import Near

VOTERS = 12
"""Nearest ways in that vote."""
USUAL_STANDING = 5.0
"""Standard deviations by which a right way's cosine stands above the ordinary, so that the feature is about 1."""

KEENNESS = 7.5
"""How much a nearer way in counts for more than one less near, in units of closeness (softmax)."""

Place = tuple[str, str]
"""Subject and aspect."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Each value 0 (nothing near) to about 1. `facts` by id: the nearest way to the fact; votes are shares."""

    facts: Mapping[str, float]
    shares: Mapping[str, float]
    """By fact: its part of all that is near, the nearer the more."""
    aspects: Mapping[str, float]
    places: Mapping[Place, float]
    """By subject and aspect: the nearest way that points to no one fact."""
    gap: float
    """The nearest question that nothing on record answers."""

    def of(self, facts: Iterable[Fact], place: Place) -> float:
        """How near the nearest way in to a statement is."""
        own = (self.facts.get(fact.id, 0.0) for fact in facts)
        return max(self.places.get(place, 0.0), max(own, default=0.0))

    @property
    def nearness(self) -> float:
        """How near the nearest question is, whatever it leads to."""
        return max((self.gap, *self.facts.values(), *self.places.values()))

    def nearest(self, number: int) -> list[str]:
        """The facts to which the nearest ways lead, nearest first."""
        return sorted(self.facts, key=lambda fact: -self.facts[fact])[:number]

    def share_of(self, facts: Iterable[Fact]) -> float:
        """The part of all near ways that leads to a statement."""
        return sum({fact.id: self.shares.get(fact.id, 0.0) for fact in facts}.values())


def asked(near: Iterable[Near], places: Mapping[str, Place]) -> Asked:
    """What the ways near a need lead to; `places` has the subject and aspect under which each fact is stated."""
    ranked = sorted(((closeness(one), one.way) for one in near if not one.way.refuse), key=lambda pair: -pair[0])
    leading = [(how_near, way) for how_near, way in ranked if not way.gap]
    facts: dict[str, float] = {}
    pointing: dict[Place, float] = {}
    aspects: dict[str, float] = {}
    for number, (how_near, way) in enumerate(leading):
        place = (way.subject, way.aspect) if way.subject else places.get(way.fact, ("", ""))
        if way.fact:
            facts[way.fact] = max(facts.get(way.fact, 0.0), how_near)
        else:
            pointing[place] = max(pointing.get(place, 0.0), how_near)
        if number < VOTERS:
            aspects[place[1]] = aspects.get(place[1], 0.0) + how_near**2
    gap = next((how_near for how_near, way in ranked if way.gap), 0.0)
    return Asked(facts, _parts(leading), _shares(aspects), pointing, gap)


def _parts(leading: Iterable[tuple[float, Way]]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for how_near, way in leading:
        name = way.fact or f"{way.subject} {way.aspect}"
        weights[name] = weights.get(name, 0.0) + math.exp(KEENNESS * how_near)
    return _shares(weights)


def closeness(near: Near) -> float:
    """Of a way in to the question: meaning and words, half each; words alone where there is no meaning yet."""
    if near.standing is None:
        return near.likeness
    return max(0.0, 0.5 * near.standing / USUAL_STANDING + 0.5 * near.likeness)


def _shares(votes: Mapping[str, float]) -> dict[str, float]:
    total = sum(votes.values())
    return {name: vote / total for name, vote in votes.items()} if total else {}
