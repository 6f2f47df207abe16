"""Gathers evidence for a need: searches, parts what holds here and now from what holds elsewhere or at another time, judges enough.

Region and validity are conditions: a statement of another place or time never counts as local and current.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation import Evidence, Need, Statement, Status
from bot.evidence.candidates import Candidate, asked_of, examine
from bot.evidence.close import odds_of, read_closely
from bot.evidence.enough import enough, possible, probability
from bot.evidence.ground import Ground
from bot.evidence.overview import overview
from bot.evidence.places import SETTLED, holds_for
from bot.evidence.relevance import ranked, score
from corpus.fact import Fact
from corpus.regions import Region, Regions

SURE = 0.6
"""Chance from which a follow-up is answered as it stands, and another place's statement is told though no subject was named."""
LIKELY = 0.45
"""Chance from which a yes or no holds for a thing that the statement calls otherwise: at 0.34 a rice cooker for export was let off as an embassy's."""
ABOUT_AS_WELL = 0.08
"""Within how much of the best score another subject's statement makes a question without a subject ambiguous."""
ABOUT_ALIKE = 0.5
"""Within how much of the best score a statement under the same heading says the same, for a place nearer to the asker."""
CLEAR = 0.3
"""Chance from which a statement answers a question that names no subject, however near others come."""
NEARLY = 0.5
"""Share of a thing that a statement must hold to speak of it."""
AS_GOOD = 1.0
"""How much worse a statement of the same facts may fit, under the heading asked for, to be told first."""
OUTDONE = 0.6
"""How much better another must answer than the statement that answered the question before, for that to be passed over."""
SHOWN = 3
"""Statements of a need that are told at most, besides in an overview."""
MUCH_BETTER = 0.15
"""How much better what is past must fit than what holds, to be said first."""


Told = frozenset[str]
"""Texts of statements that were told already: another statement of the same fact tells something else of it, as its fine."""


def gather(need: Need, ground: Ground, told: Told = frozenset()) -> Evidence:
    """The evidence for a need, without what was told, best first in each part, and the status that it allows."""
    if whole := overview(need, ground):
        return whole
    need = replace(need, overview=False)
    return _following(need, ground, told) if need.before else _gathered(need, ground, need, told)


def _following(need: Need, ground: Ground, told: Told) -> Evidence:
    """A question that follows another is meant of its subject, alone or with the words before it; where that finds nothing, of
    something new."""
    alone = replace(need, before="")
    ways = [_gathered(alone, ground, alone, told)]
    if need.before not in need.text and trust(ways[0]) < SURE:
        whole = replace(alone, text=f"{need.before} {need.text}", own=need.text)
        done = outdone(need.said, ways[0].found) | _of_another_heading(need, ways[0].found)
        ways.append(_gathered(whole, ground, alone, told | done))
    best = max(ways, key=lambda one: (one.status != "not_covered", trust(one)))
    anew = replace(alone, subject="", objects=())
    return best if best.status != "not_covered" else _gathered(anew, ground, anew, told)


def outdone(said: str, found: Sequence[Statement]) -> Told:
    """The statement that answered the question before, if another answers the next one better: both questions together would lead to it
    again."""
    fitting = [statement for statement in found if statement.fits]
    told = next((statement for statement in found if said and said in statement.text), None)
    best = max((statement.score for statement in fitting if statement != told), default=0.0)
    return frozenset((told.text,)) if told and best > told.score + OUTDONE else frozenset()


def _of_another_heading(need: Need, found: Sequence[Statement]) -> Told:
    """The statement that answered the question before, if something under the heading asked for now is on record."""
    if not need.aspect or not any((s.passage.subject, s.passage.aspect) == (need.subject, need.aspect) for s in found):
        return frozenset()
    told = (s for s in found if need.said and need.said in s.text and s.passage.aspect != need.aspect)
    return frozenset(statement.text for statement in told)


def trust(one: Evidence) -> float:
    """How likely what leads answers."""
    return max((statement.chance for statement in (*one.local[:1], *one.past[:1])), default=0.0)


def _gathered(need: Need, ground: Ground, asked: Need, without: Told) -> Evidence:
    """The evidence for a need, some statements left out; its sentences are to answer `asked`, which may be a part of it."""
    found = tuple(rank(need, ground))
    fitting = [statement for statement in found if statement.fits and statement.text not in without]
    if thing := _unknown_thing(need, fitting, ground):
        strange = tuple(replace(statement, fits=False) for statement in found)
        return Evidence(replace(need, objects=(thing,)), "not_covered", found=strange)
    if choices := _subjects_meant(need, fitting, ground):
        return Evidence(need, "not_covered", choices=choices, found=found)
    return replace(_parted(need, fitting, ground, asked), found=found)


def _parted(need: Need, fitting: Sequence[Statement], ground: Ground, asked: Need) -> Evidence:
    """What fits, parted by where and when it holds."""
    asker = need.region or ground.home
    here = [s for s in fitting if holds_for(s.passage.region, asker, ground.regions)]
    local = tuple(s for s in here if s.state in SETTLED)
    past = tuple(s for s in here if s.state not in SETTLED)
    others = [s for s in fitting if s not in here and s.state in SETTLED and (need.subject or s.chance >= SURE)]
    elsewhere = sorted(others, key=lambda s: -_shared_rungs(s, asker, ground.regions))
    local = headed_first(need, _nearest_first(need, local, asker, ground.regions))
    local, past = (_with_sentences(some, asked, ground) for some in (local, past))
    if past and local and _outdoes(past[0], local[0], asker, ground.regions):
        local = tuple(s for s in local if _stays_beside(past[0], s, asker, ground.regions))
        status: Status = "answered" if local else "not_in_force"
        return Evidence(need, status, local, tuple(elsewhere), past, leads_with_past=True)
    if not (local or past or others):
        return Evidence(need, "not_covered", near=_nearness(need, ground))
    evidence = Evidence(need, _status(local, past, others), local, tuple(elsewhere), past)
    return replace(evidence, conflicts=tuple(_conflicts(evidence)))


def _nearness(need: Need, ground: Ground) -> float:
    """How near the nearest of the owners' questions is to a need."""
    return asked_of(need, ground).nearness


def rank(need: Need, ground: Ground) -> list[Statement]:
    """All statements that may answer, best first, whether they are enough or not."""
    asker = need.region or ground.home
    found = [candidate for candidate in examine(need, ground) if possible(need, candidate, ground.terms)]
    here: list[Candidate] = []
    away: list[Candidate] = []  # another county's twin is no rival of the asker's own
    for one in found:
        (here if holds_for(one.passage.region, asker, ground.regions) else away).append(one)
    both = [
        _statement(need, candidate, ground)
        for part in (here, away)
        for candidate in ranked(read_closely(need, part, ground))
    ]
    return sorted(_of_the_day(both), key=lambda statement: -statement.score)


def _of_the_day(statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements, each one that holds on the day as good as the one that it replaces or that replaces it and does not hold."""
    stating = {fact.id: statement for statement in statements for fact in statement.facts}
    pairs = [(new, stating[fact.replaces]) for new in statements for fact in new.facts if fact.replaces in stating]
    instead_of = {
        holds.text: gone
        for new, old in pairs
        for holds, gone in ((new, old), (old, new))
        if holds.state in SETTLED and gone.state not in SETTLED
    }
    for one in statements:
        gone = instead_of.get(one.text, one)
        score, chance = max(one.score, gone.score), max(one.chance, gone.chance)
        yield replace(one, score=score, chance=chance, fits=one.fits or gone.fits)


def _statement(need: Need, candidate: Candidate, ground: Ground) -> Statement:
    passage = candidate.passage
    fits, state = enough(need, candidate, ground.terms), passage.validity.on(need.day).state
    return Statement(
        passage,
        candidate.text,
        candidate.facts,
        state,
        score(candidate.features),
        fits,
        probability(candidate.features),
        voted=candidate.voted,
    )


def _with_sentences(statements: tuple[Statement, ...], need: Need, ground: Ground) -> tuple[Statement, ...]:
    """The first ones, which are shown, with how likely each of their sentences answers."""
    read = (replace(s, odds=odds_of(need, s.passage, s.text, ground)) for s in statements[:SHOWN])
    return (*read, *statements[SHOWN:])


def _shared_rungs(statement: Statement, asker: Region, regions: Regions) -> int:
    """How near another place is: divisions that both lie in."""
    other = regions.find(statement.passage.region)
    return len(set(regions.chain(other)) & set(regions.chain(asker)))


def _outdoes(past: Statement, local: Statement, asker: Region, regions: Regions) -> bool:
    """Whether what is past answers better: it fits much better, or it held for the whole place where the other holds for a part."""
    if not regions.covers(regions.find(past.passage.region), asker) or _on_the_same(past, local, asker, regions):
        return False
    return past.score > local.score + MUCH_BETTER or _goes_with(past, local, asker, regions)


def _on_the_same(past: Statement, local: Statement, asker: Region, regions: Regions) -> bool:
    """Whether what holds says today, in the same place or nearer to the asker, what is past: then the past has nothing to add."""
    now, then = regions.find(local.passage.region), regions.find(past.passage.region)
    as_near = regions.covers(now, asker) and now.level >= then.level
    same_kind = {fact.kind for fact in past.facts} == {fact.kind for fact in local.facts}
    return as_near and same_kind and past.passage.aspect == local.passage.aspect


def _stays_beside(past: Statement, local: Statement, asker: Region, regions: Regions) -> bool:
    """Whether what holds is to be told after what is past: it is of a part of the place, or the city, province or nation pays for
    the very thing that the county paid for, and is known to do so today."""
    then, now = past.passage, local.passage
    over = local.state == "in_force" and regions.covers(regions.find(now.region), asker)
    money = all(fact.kind == "subsidy" for fact in (*past.facts, *local.facts))
    same = money and (now.subject, now.aspect) == (then.subject, then.aspect)
    return (over and same) or _goes_with(past, local, asker, regions)


def _goes_with(past: Statement, local: Statement, asker: Region, regions: Regions) -> bool:
    """Whether what holds for a part of the place says today what is past for the whole."""
    of_part = regions.find(local.passage.region).level > asker.level >= regions.find(past.passage.region).level > 0
    return of_part and past.passage.aspect == local.passage.aspect


def _status(local: Sequence[Statement], past: Sequence[Statement], elsewhere: Sequence[Statement]) -> Status:
    if local:
        return "answered"
    if past:
        return "not_in_force"
    return "other_region" if elsewhere else "not_covered"


def _unknown_thing(need: Need, statements: Sequence[Statement], ground: Ground) -> str:
    """What a question of yes or no is about, if no statement speaks of it and none holds for everything; else nothing."""
    if need.objects or not need.aspect or "verdict" not in ground.terms.aspects[need.aspect].wants:
        return ""
    if any(statement.chance >= LIKELY for statement in statements):
        return ""
    verdicts = [fact for s in statements for fact in s.facts if fact.verdict]
    if not verdicts or any(fact.verdict in ("yes", "no") and not fact.objects for fact in verdicts):
        return ""
    spoken_of = [statement.text for statement in statements]
    for thing in ground.terms.things(need.text):
        if max((ground.rarity.coverage(thing, text) for text in spoken_of), default=0.0) < NEARLY:
            return thing
    return ""


def _subjects_meant(need: Need, ranked: Sequence[Statement], ground: Ground) -> tuple[str, ...]:
    """The subjects for which a question that names none is answered about as well, if there are several not of one family."""
    if need.subject or (ranked and ranked[0].chance >= CLEAR):
        return ()
    best = [s for s in ranked if s.score >= ranked[0].score - ABOUT_AS_WELL]
    subjects = tuple(dict.fromkeys(s.passage.subject for s in best if s.passage.subject))
    return () if all(subject in ground.terms.kin(subjects[0]) for subject in subjects) else subjects


def _nearest_first(
    need: Need, statements: Sequence[Statement], asker: Region, regions: Regions
) -> tuple[Statement, ...]:
    """The ladder: for one and the same thing asked, the county's own before the city's, the province's, the nation's."""

    def rung(statement: Statement) -> int:
        level = regions.find(statement.passage.region).level
        return asker.level - level if level <= asker.level else level

    money = [s for s in statements if any(fact.kind == "subsidy" for fact in s.facts)]
    if not money or statements[0] not in money:
        alike = [s for s in statements if _rivals(s, statements[0], whatever=bool(need.side))]
        return tuple(sorted(statements, key=lambda s: (s not in alike, rung(s) if s in alike else 0, -s.score)))
    return tuple(sorted(statements, key=lambda s: (s not in money, rung(s), -s.score)))


def headed_first(need: Need, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Of two statements of the same facts the one under the heading asked for first, if it is about as good."""
    lead, *others = statements or (None,)
    if lead is None or not need.aspect or lead.passage.aspect == need.aspect:
        return statements
    headed = (s for s in others if s.facts == lead.facts and s.passage.aspect == need.aspect)
    first = next((s for s in headed if s.score >= lead.score - AS_GOOD), None)
    return statements if first is None else (first, *(s for s in statements if s is not first))


def _rivals(one: Statement, best: Statement, whatever: bool) -> bool:
    """Whether a statement says about as well what the best one says under the same heading, or `whatever` its heading."""
    same = whatever or (one.passage.subject, one.passage.aspect) == (best.passage.subject, best.passage.aspect)
    return same and one.score >= best.score - ABOUT_ALIKE


def _conflicts(evidence: Evidence) -> Iterator[Statement]:
    """Statements that contradict the first one about the same moment, whichever of the two says so."""
    lead: tuple[Fact, ...] = evidence.local[0].facts if evidence.local else ()
    ids, others = {fact.id for fact in lead}, {identity for fact in lead for identity in fact.conflict}
    for statement in (*evidence.local[1:], *evidence.elsewhere):
        if any(fact.id in others or ids & set(fact.conflict) for fact in statement.facts):
            yield statement
