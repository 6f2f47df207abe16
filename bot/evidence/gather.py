"""Gathers evidence for a need: searches, ranks, judges what is enough; for a follow-up, of what it is meant. parting.py parts what is found."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation import Evidence, Need, Statement
from bot.evidence.candidates import Candidate, examine
from bot.evidence.close import read_closely
from bot.evidence.enough import enough, possible, probability
from bot.evidence.ground import Ground
from bot.evidence.overview import overview
from bot.evidence.parting import SURE, parted
from bot.evidence.places import SETTLED, holds_for
from bot.evidence.relevance import ranked, score
from bot.evidence.signs import asks_money, lacks_all, pays_for_another_thing
from bot.evidence.unknown import unknown_thing
from corpus.document import Passage
from corpus.fact import SUBSIDY
from corpus.figures import plain_text
from corpus.terms import Terms

CLEARLY = 0.15
"""By how much a follow-up must be answered better as a question of its own, for it to be of something new."""
SAYS_MUCH, ABOUT_AS_GOOD = 10, -0.03
"""Characters of a follow-up's own beyond subject, aspect and figure from which it needs no subject from before: then about as good will do."""
ABOUT_AS_WELL = 0.08
"""Within how much of the best score another subject's statement makes a question without a subject ambiguous."""
CLEAR = 0.3
"""Chance from which a statement answers a question that names no subject, however near others come."""
OUTDONE = 0.6
"""How much better another must answer than the statement that answered the question before, for that to be passed over."""
WHEN = frozenset(("date", "duration"))
"""A term tells until when, and a day how long."""
_NUMBERS = re.compile(r"\d+[年月日号]?")
"""A day says nothing of what is asked about."""
_PRONOUN = re.compile("[他她它]")
"""上哪告他: whom, the question before tells."""

Told = frozenset[str]
"""Texts of statements that were told already: another statement of the same fact tells something else of it, as its fine."""


def gather(need: Need, ground: Ground, told: Told = frozenset()) -> Evidence:
    """The evidence for a need, without what was told, best first in each part, and the status that it allows."""
    if whole := overview(need, ground):
        return whole
    if not need.subject and need.region is None and ground.terms.names_nothing(ground.terms.left(need.text)):
        return Evidence(need, "not_covered")  # 那个能补多少钱啊: anything would be a guess
    need = replace(need, overview=False)
    found = _following(need, ground, told) if need.before else _as_asked(need, ground, told)
    told_before = bool(need.before and need.said)
    again = (s for s in found.local[:1] if told_before and need.said in s.text and s.chance < CLEAR)
    kinds = {*need.wants, *(WHEN if {*need.wants} & WHEN else ())}
    if any(lacks_all(sorted(kinds), s.text) for s in again):
        return Evidence(need, "not_covered", found=found.found)  # what was told already, and has no such figure
    return _of_that_year(need, found, ground, told) if need.year else found


def _as_asked(need: Need, ground: Ground, told: Told) -> Evidence:
    """The evidence for a need; where there is none, for what it asks without what was told before it and the things that it names: what a
    certificate costs, how long it lasts, what must be handed in is not told of each product. Whether something holds is."""
    found = _gathered(need, ground, need, told)
    judges = need.aspect and "verdict" in ground.terms.aspects[need.aspect].wants
    if found.status != "not_covered" or not (need.told and need.aspect) or judges:
        return found
    text = need.own or need.text
    for thing in need.objects:
        text = text.replace(thing, " ")
    bare = replace(need, text=" ".join(text.split()), own="", objects=())
    again = found if bare.text == need.text else _gathered(bare, ground, bare, told)
    return again if again.status == "answered" and trust(again) >= CLEAR else found


def _of_that_year(need: Need, found: Evidence, ground: Ground, told: Told) -> Evidence:
    """What was paid in the year that is named, where what is paid now came only later: a loan of last year has last year's terms."""
    lead = next(iter(found.local), None)
    pays = any(fact.kind == SUBSIDY for fact in lead.facts) if lead else asks_money(need, ground.terms)
    if not pays or (lead and (lead.passage.validity.since or "") <= need.year):
        return found
    then = gather(replace(need, day=need.year, then=True, year=""), ground, told)
    if then.status != "answered" or (lead and _place(then.local[0]) != _place(lead)):
        return found
    return then


def _place(statement: Statement) -> tuple[str, str]:
    return statement.passage.subject, statement.passage.aspect


def _following(need: Need, ground: Ground, told: Told) -> Evidence:
    """A question that follows another is meant of its subject, alone or with the words before it; of something new where that answers
    clearly better, or the others nothing."""
    alone = replace(need, before="")
    ways = [_gathered(alone, ground, alone, told)]
    if need.before not in need.text and (trust(ways[0]) < SURE or ways[0].status != "answered"):
        whole = replace(alone, text=f"{need.before} {need.text}", own=need.text)
        asker = need.region or ground.home
        own = [one for one in ways[0].found if holds_for(one.passage.region, asker, ground.regions)]
        done = outdone(need.said, own) | _of_another_heading(need, ways[0].found)
        ways.append(_gathered(whole, ground, alone, told | done))
    best = max(ways, key=worth)
    if trust(best) < SURE and (same := _on_the_same_matter(alone, ways[0].found, ground)):
        return replace(parted(alone, same, ground, alone), found=ways[0].found)
    if trust(best) >= SURE or ground.terms.names_nothing(ground.terms.left(need.own or need.text)):
        return best
    new = replace(alone, subject="", objects=())
    anew = _gathered(new, ground, new, told)
    return (
        anew
        if best.status == "not_covered" or is_something_new(need.own or need.text, anew, best, ground.terms)
        else best
    )


def _on_the_same_matter(need: Need, found: Sequence[Statement], ground: Ground) -> Sequence[Statement]:
    """What stands under the heading asked for on the very matter that the question before was answered with: 处罚：未成年人 after 要求：未成年人."""
    passages = ground.index.passages.values()
    told = next((passage for passage in passages if need.said and need.said in passage.text), None)
    if told is None or not need.aspect or told.aspect == need.aspect:
        return ()
    facts = {identity for span in told.spans for identity in span.facts}
    matter = _matter(told)
    headed = (s for s in found if (s.passage.subject, s.passage.aspect) == (told.subject, need.aspect))
    same = (s for s in headed if (matter and _matter(s.passage) == matter) or facts & {fact.id for fact in s.facts})
    return [replace(statement, fits=True) for statement in same]


def _matter(passage: Passage) -> str:
    """What a heading says beyond its aspect: 未成年人, of 处罚：未成年人."""
    return passage.heading.partition("：")[2]


def is_something_new(said: str, anew: Evidence, best: Evidence, terms: Terms) -> bool:
    """Whether a follow-up is answered clearly better as a question of its own, or says enough of its own to be one and is answered as well."""
    if anew.status != "answered" or _PRONOUN.search(said):
        return False
    says_much = len("".join(_NUMBERS.sub("", terms.left(said)).split())) >= SAYS_MUCH
    return trust(anew) >= trust(best) + (ABOUT_AS_GOOD if says_much else CLEARLY)


def outdone(said: str, found: Sequence[Statement]) -> Told:
    """The statement that answered the question before, if another answers the next one better: both questions together would lead to it
    again."""
    fitting = [statement for statement in found if statement.fits]
    told = next((statement for statement in found if said and said in statement.text), None)
    others = (s for s in fitting if s != told and s.state in SETTLED)
    best = max((statement.score for statement in others), default=0.0)
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


def worth(one: Evidence) -> tuple[bool, bool, float]:
    """By what one reading of a follow-up goes before another: something before nothing, what holds before what lapsed, then how likely it answers."""
    return one.status != "not_covered", one.status == "answered", trust(one)


def _gathered(need: Need, ground: Ground, asked: Need, without: Told) -> Evidence:
    """The evidence for a need, some statements left out; its sentences are to answer `asked`, which may be a part of it."""
    found = tuple(rank(need, ground))
    fitting = [s for s in found if s.fits and s.text not in without and not tells_nothing_new(asked, s, ground)]
    if thing := unknown_thing(need, fitting, ground):
        strange = tuple(replace(statement, fits=False) for statement in found)
        return Evidence(replace(need, objects=(thing,)), "not_covered", found=strange)
    if choices := _subjects_meant(need, fitting, ground):
        return Evidence(need, "not_covered", choices=choices, found=found)
    return replace(parted(need, fitting, ground, asked), found=found)


def tells_nothing_new(need: Need, statement: Statement, ground: Ground) -> bool:
    """Whether a statement answered the question before, and this one names a part of the subject that it does not speak of (个税, after
    增值税), or asks what is paid for another thing or in another place (the county, after the city)."""
    if not need.said or need.said not in statement.text:
        return False
    of_another_place = need.placed and need.region is not None and statement.passage.region != need.region.full_name
    if of_another_place and any(fact.kind == SUBSIDY for fact in statement.facts):
        return True
    if pays_for_another_thing(need, statement.passage, statement.facts):
        return True
    around = plain_text(f"{statement.passage.heading} {statement.text}").lower()
    return any(part not in around for part in ground.terms.parts_in(need.text))


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


def _subjects_meant(need: Need, ranked: Sequence[Statement], ground: Ground) -> tuple[str, ...]:
    """The subjects for which a question that names none is answered about as well, if there are several not of one family."""
    if need.subject or (ranked and ranked[0].chance >= CLEAR):
        return ()
    best = [s for s in ranked if s.score >= ranked[0].score - ABOUT_AS_WELL]
    subjects = tuple(dict.fromkeys(s.passage.subject for s in best if s.passage.subject))
    return () if all(subject in ground.terms.kin(subjects[0]) for subject in subjects) else subjects
