"""Keeps cases apart from each other and from the corpus: a case that repeats either measures nothing.

No two cases of one subject and aspect share more than half of their character bigrams, nor a case with a gold passage.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from bot.evidence.rarity import bigrams
from corpus.document import Passage
from evals.case import Case

MOST_SHARED = 0.5


def lint(cases: Sequence[Case], passages: Sequence[Passage]) -> list[str]:
    """What is wrong, a line each."""
    by_fact: dict[str, list[Passage]] = {}
    for passage in passages:
        for fact in passage.facts:
            by_fact.setdefault(fact, []).append(passage)
    return [*_unknown(cases, by_fact), *_alike(cases), *_copied(cases, by_fact)]


def _unknown(cases: Sequence[Case], by_fact: Mapping[str, Sequence[Passage]]) -> Iterator[str]:
    for case in cases:
        for fact in (fact for group in case.gold for fact in group if fact not in by_fact):
            yield f"{case.id}: gold {fact} is stated in no document"
        if case.answerable and not case.gold:
            yield f"{case.id}: expects an answer and names no gold fact"


def _alike(cases: Sequence[Case]) -> Iterator[str]:
    for one, other in combinations(cases, 2):
        if (one.subject, one.aspect) == (other.subject, other.aspect):
            a, b = bigrams(one.turns[-1]), bigrams(other.turns[-1])
            shared = len(a & b) / min(len(a), len(b))
            if shared > MOST_SHARED:
                yield f"{one.id} and {other.id} share {shared:.0%} of their bigrams: ask it in other words"


def _copied(cases: Sequence[Case], by_fact: Mapping[str, Sequence[Passage]]) -> Iterator[str]:
    for case in cases:
        asked = bigrams(case.turns[-1])
        for passage in {p.id: p for group in case.gold for fact in group for p in by_fact.get(fact, ())}.values():
            shared = len(asked & bigrams(passage.text)) / len(asked)
            if shared > MOST_SHARED:
                yield f"{case.id} shares {shared:.0%} of its bigrams with {passage.id}: ask it in an owner's words"
