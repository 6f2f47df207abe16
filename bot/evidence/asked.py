"""What the owners' questions nearest to a need lead to: facts, by their votes an aspect, or nothing that is on record."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
class Lead:
    """A way in near to a need, to a fact: how near it is, 0 to about 1; its part of all that is near, the nearer the more; and how
    the sentence begins that answers it, empty where that is not known."""

    nearness: float
    share: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Each value 0 (nothing near) to about 1. `leads` by fact."""

    leads: Mapping[str, Sequence[Lead]]
    aspects: Mapping[str, float]
    """By aspect: its share of the votes."""
    places: Mapping[Place, float]
    """By subject and aspect: the nearest way that points to no one fact."""
    gap: float
    """The nearest question that nothing on record answers."""
    gap_share: float
    """The part of all near ways that nothing on record answers."""

    def of(self, facts: Iterable[Fact], place: Place, text: str) -> float:
        """How near the nearest way in to a statement is."""
        own = (lead.nearness for lead in self._to(facts, text))
        return max(self.places.get(place, 0.0), max(own, default=0.0))

    @property
    def nearness(self) -> float:
        """How near the nearest question is, whatever it leads to."""
        return max(self.gap, self.nearness_answered)

    @property
    def nearness_answered(self) -> float:
        """How near the nearest question is that something on record answers."""
        return max((0.0, *self._nearest().values(), *self.places.values()))

    def nearest(self, number: int) -> list[str]:
        """The facts to which the nearest ways lead, nearest first."""
        nearest = self._nearest()
        return sorted(nearest, key=lambda fact: -nearest[fact])[:number]

    def share_of(self, facts: Iterable[Fact], text: str) -> float:
        """The part of all near ways that leads to a statement."""
        return sum(lead.share for lead in self._to(facts, text))

    def sentences(self, facts: Iterable[Fact], text: str) -> dict[str, float]:
        """Of the near ways to a statement that know their sentence the share of each sentence, by how it begins."""
        shares: dict[str, float] = {}
        for lead in self._to(facts, text):
            if lead.sentence:
                shares[lead.sentence] = shares.get(lead.sentence, 0.0) + lead.share
        return dict(zip(shares, _shares(shares.values()), strict=True))

    def _nearest(self) -> dict[str, float]:
        return {fact: max(lead.nearness for lead in leads) for fact, leads in self.leads.items()}

    def _to(self, facts: Iterable[Fact], text: str) -> Iterator[Lead]:
        """The ways to a statement: a fact may be stated in several places, and a way may know which answers it."""
        for identity in {fact.id: None for fact in facts}:
            yield from (lead for lead in self.leads.get(identity, ()) if lead.sentence in text)


def asked(near: Iterable[Near], places: Mapping[str, Place], twins: Mapping[str, Collection[str]]) -> Asked:
    """What the ways near a need lead to. `places` has the subject and aspect under which each fact is stated; `twins` gives, for a fact
    of another place, those that say the same for the asker's own: what is asked there is asked here as well."""
    ranked = sorted(((closeness(one), one.way) for one in near if not one.way.refuse), key=lambda pair: -pair[0])
    leading = [(how_near, way) for how_near, way in ranked if not way.gap]
    leads: dict[str, list[Lead]] = {}
    pointing: dict[Place, float] = {}
    aspects: dict[str, float] = {}
    for number, ((how_near, way), share) in enumerate(zip(leading, _keen(leading), strict=True)):
        place = (way.subject, way.aspect) if way.subject else places.get(way.fact, ("", ""))
        if way.fact:
            leads.setdefault(way.fact, []).append(Lead(how_near, share, way.sentence))
            for twin in twins.get(way.fact, ()):
                leads.setdefault(twin, []).append(Lead(how_near, share, ""))
        else:
            pointing[place] = max(pointing.get(place, 0.0), how_near)
        if number < VOTERS:
            aspects[place[1]] = aspects.get(place[1], 0.0) + how_near**2
    gap = next((how_near for how_near, way in ranked if way.gap), 0.0)
    gap_share = sum(share for share, (_, way) in zip(_keen(ranked), ranked, strict=True) if way.gap)
    votes = dict(zip(aspects, _shares(aspects.values()), strict=True))
    return Asked(leads, votes, pointing, gap, gap_share)


def closeness(near: Near) -> float:
    """Of a way in to the question: meaning and words, half each; words alone where there is no meaning yet."""
    if near.standing is None:
        return near.likeness
    return max(0.0, 0.5 * near.standing / USUAL_STANDING + 0.5 * near.likeness)


def _keen(near: Sequence[tuple[float, Way]]) -> list[float]:
    """The part of each way in all, the nearer the more (softmax)."""
    return _shares([math.exp(KEENNESS * how_near) for how_near, _ in near])


def _shares(weights: Collection[float]) -> list[float]:
    """The part of each of their sum."""
    total = sum(weights)
    return [weight / total if total else 0.0 for weight in weights]
