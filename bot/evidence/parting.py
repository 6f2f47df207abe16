"""What fits a need, parted by where and when it holds, best first in each part, with how likely each sentence answers.

Region and validity are conditions: a statement of another place or time never counts as local and current.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.conversation import Evidence, Need, Statement, Status
from bot.evidence.candidates import asked_of
from bot.evidence.close import odds_of
from bot.evidence.ground import Ground
from bot.evidence.places import SETTLED, holds_for
from bot.evidence.precedence import (
    headed_first,
    nearest_first,
    outdoes,
    own_place_first,
    shared_rungs,
    stays_beside,
    without_wider,
)
from corpus.fact import FIGURE, Fact
from corpus.regions import Region, Regions

SURE = 0.6
"""Chance from which a follow-up is answered as it stands, and another place's statement is told though no subject was named."""
ELSEWHERE = 2.0
"""What counts against a sentence that tells of another place alone, beside the logarithm of the odds that it answers."""
SHOWN = 3
"""Statements of a need that are told at most, besides in an overview."""


def parted(need: Need, fitting: Sequence[Statement], ground: Ground, asked: Need) -> Evidence:
    """What fits a need, parted by where and when it holds; its sentences are to answer `asked`, which may be a part of it."""
    asker = need.region or ground.home
    here = [s for s in fitting if _is_own(s, need, asker, ground)]
    local = tuple(s for s in here if _counts(s, need))
    past = tuple(s for s in here if s not in local)
    others = [s for s in fitting if s not in here and s.state in SETTLED and (need.subject or s.chance >= SURE)]
    elsewhere = sorted(others, key=lambda s: -shared_rungs(s, asker, ground.regions))
    kinds = ground.terms.aspects[need.aspect].wants if need.aspect else ()
    only_that = bool(need.told or need.before) and ground.terms.names_nothing(ground.terms.left(need.text))
    local = headed_first(need, nearest_first(need, local, asker, ground.regions), kinds, only_that)
    local = without_wider(own_place_first(need, local), ground.regions)
    local, past = (_with_sentences(some, asked, ground) for some in (local, past))
    if past and local and outdoes(past[0], local[0], asker, ground.regions):
        local = tuple(s for s in local if stays_beside(past[0], s, asker, ground.regions))
        status: Status = "answered" if local else "not_in_force"
        return Evidence(need, status, local, tuple(elsewhere), past, leads_with_past=True)
    if not (local or past or others):
        return Evidence(need, "not_covered", near=_nearness(need, ground))
    evidence = Evidence(need, _status(local, past, others), local, tuple(elsewhere), past)
    return replace(evidence, conflicts=tuple(_conflicts(evidence)))


def _is_own(statement: Statement, need: Need, asker: Region, ground: Ground) -> bool:
    """Whether a statement holds for the asker; how many there are in the province tells nothing of the city that is named."""
    place = statement.passage.region
    numbers = "count" in need.wants and bool(statement.facts) and all(fact.kind == FIGURE for fact in statement.facts)
    wider = need.placed and ground.regions.find(place).level < asker.level
    return holds_for(place, asker, ground.regions) and not (numbers and wider)


def _counts(statement: Statement, need: Need) -> bool:
    """Whether a statement holds on the day, or will: whoever asks from when, or of what is ahead, is answered with what is to come."""
    return statement.state in SETTLED or (need.ahead and statement.state == "not_yet")


def _nearness(need: Need, ground: Ground) -> float:
    """How near the nearest of the owners' questions is to a need."""
    return asked_of(need, ground).nearness


def _with_sentences(statements: tuple[Statement, ...], need: Need, ground: Ground) -> tuple[Statement, ...]:
    """The first ones, which are shown, with how likely each of their sentences answers."""
    read = (replace(s, odds=_for_the_asker(need, s, ground)) for s in statements[:SHOWN])
    return (*read, *statements[SHOWN:])


def _for_the_asker(need: Need, statement: Statement, ground: Ground) -> Mapping[str, float]:
    """How likely each sentence answers; one that tells of another place alone much less."""
    odds = odds_of(need, statement.passage, statement.text, ground)
    asker, regions = need.region or ground.home, ground.regions
    return {text: value - ELSEWHERE * tells_of_another_place(text, asker, regions) for text, value in odds.items()}


def tells_of_another_place(sentence: str, asker: Region, regions: Regions) -> bool:
    """Whether a sentence names places, and none that holds the asker or lies within what is asked for: 德清的民宿, asked from 松阳."""
    named = [mention.region for mention in regions.mentions(sentence) if mention.region and mention.region.level]
    return bool(named) and not any(regions.covers(place, asker) or regions.within(place, asker) for place in named)


def _status(local: Sequence[Statement], past: Sequence[Statement], elsewhere: Sequence[Statement]) -> Status:
    if local:
        return "answered"
    if past:
        return "not_in_force"
    return "other_region" if elsewhere else "not_covered"


def _conflicts(evidence: Evidence) -> Iterator[Statement]:
    """Statements that contradict the first one about the same moment, whichever of the two says so."""
    lead: tuple[Fact, ...] = evidence.local[0].facts if evidence.local else ()
    ids, others = {fact.id for fact in lead}, {identity for fact in lead for identity in fact.conflict}
    for statement in (*evidence.local[1:], *evidence.elsewhere):
        if any(fact.id in others or ids & set(fact.conflict) for fact in statement.facts):
            yield statement
