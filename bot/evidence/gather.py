"""Gathers evidence for a need: searches, parts what holds here and now from what holds elsewhere or at another time, judges enough.

Region and validity are conditions: a statement of another place or time never counts as local and current.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.conversation import Evidence, Need, Statement, Status
from bot.evidence.relevance import WEIGHTS, Bigrams, content, fits, holds_wanted, names_object
from corpus.document import Passage, Span
from corpus.fact import Fact
from corpus.regions import Region, Regions
from corpus.split import sentences
from corpus.terms import Terms
from index.search import Hit, Index

CANDIDATES = 60
"""Passages looked at per need."""
SETTLED = ("in_force", "unknown")
ENOUGH_COVERAGE = 0.34
"""Share of the question's bigrams that evidence must have where no subject or aspect was recognised."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What gathering looks things up in: one version of the index, with its bigram statistics, and the fixed words."""

    index: Index
    bigrams: Bigrams
    regions: Regions
    terms: Terms
    home: Region


def gather(need: Need, ground: Ground) -> Evidence:
    """The evidence for a need, best first in each part, and the status that it allows."""
    ranked = sorted(_statements(need, ground), key=lambda statement: -statement.score)
    asker = need.region or ground.home
    here = [s for s in ranked if holds_for(s.passage.region, asker, ground.regions)]
    local = tuple(s for s in here if s.state in SETTLED)
    past = tuple(s for s in here if s.state not in SETTLED)
    elsewhere = tuple(s for s in ranked if s not in here and s.state in SETTLED)
    evidence = Evidence(
        need, _status(local, past, elsewhere), _nearest_first(local, asker, ground.regions), elsewhere, past
    )
    return replace(evidence, conflicts=tuple(_conflicts(evidence)))


def holds_for(holder: str, asker: Region, regions: Regions) -> bool:
    """Whether what holds in `holder` is local to the asker: a rung of the ladder above, or a county within the city or province asked for."""
    place = regions.find(holder)
    return regions.covers(place, asker) or (asker.level in (1, 2) and regions.within(place, asker))


def _status(local: Sequence[Statement], past: Sequence[Statement], elsewhere: Sequence[Statement]) -> Status:
    if local:
        return "answered"
    if past:
        return "not_in_force"
    return "other_region" if elsewhere else "not_covered"


def _statements(need: Need, ground: Ground) -> Iterator[Statement]:
    """All statements of the hits that answer the need at all."""
    hits = ground.index.search(_query(need), keep=lambda passage: _of_subject(need, passage), limit=CANDIDATES)
    if not hits:
        return
    best, least = hits[0].score, hits[-1].score
    for hit in hits:
        search = (hit.score - least) / (best - least) if best > least else 1.0
        for span in hit.passage.spans or (Span(0, len(hit.passage.text), ()),):
            statement = _statement(need, hit, span, search, ground)
            if statement:
                yield statement


def _query(need: Need) -> str:
    return " ".join(part for part in (need.subject, need.aspect, *need.objects, need.text) if part)


def _of_subject(need: Need, passage: Passage) -> bool:
    return not need.subject or passage.subject in (need.subject, "")


def _statement(need: Need, hit: Hit, span: Span, search: float, ground: Ground) -> Statement | None:
    """The span as a statement with its score; None where it does not answer the need."""
    passage, text = hit.passage, hit.passage.text[span.start : span.end]
    facts = tuple(fact for identity in span.facts if (fact := ground.index.facts.get(identity)))
    wanted = content(need, ground.terms)
    coverage = ground.bigrams.coverage(wanted, f"{passage.title} {passage.heading} {text}")
    named = names_object(need, text, facts)
    aspect = fits(need, passage, facts, ground.terms)
    if not _answers(need, aspect, named, coverage):
        return None
    features = {
        "aspect": aspect,
        "object": float(named),
        "coverage": max(coverage, max((ground.bigrams.coverage(wanted, s) for s in sentences(text)), default=0.0)),
        "search": search,
        "wanted": float(holds_wanted(need, facts, ground.terms)),
        "lead": float(span.start == 0),
        "recalled": float(any(fact.source.checked == "recalled" for fact in facts)),
    }
    score = sum(WEIGHTS[name] * value for name, value in features.items())
    return Statement(passage, text, facts, passage.validity.on(need.day).state, score)


def _answers(need: Need, aspect: float, named: bool, coverage: float) -> bool:
    """Is it about what was asked? The thing named must be there; the aspect must fit, or else nearly all of the words."""
    if need.objects and not named:
        return False
    if need.aspect:
        return aspect > 0 or (coverage >= 2 * ENOUGH_COVERAGE and bool(need.subject))
    return bool(need.subject) or coverage >= ENOUGH_COVERAGE


def _nearest_first(statements: Sequence[Statement], asker: Region, regions: Regions) -> tuple[Statement, ...]:
    """The ladder: for one and the same thing asked, the county's own before the city's, the province's, the nation's."""

    def rung(statement: Statement) -> int:
        level = regions.find(statement.passage.region).level
        return asker.level - level if level <= asker.level else level

    money = [s for s in statements if any(fact.kind == "subsidy" for fact in s.facts)]
    if not money or statements[0] not in money:
        return tuple(statements)
    return tuple(sorted(statements, key=lambda s: (s not in money, rung(s), -s.score)))


def _conflicts(evidence: Evidence) -> Iterator[Statement]:
    """Statements that contradict the first one about the same moment, whichever of the two says so."""
    lead: tuple[Fact, ...] = evidence.local[0].facts if evidence.local else ()
    ids, others = {fact.id for fact in lead}, {identity for fact in lead for identity in fact.conflict}
    for statement in (*evidence.local[1:], *evidence.elsewhere):
        if any(fact.id in others or ids & set(fact.conflict) for fact in statement.facts):
            yield statement
