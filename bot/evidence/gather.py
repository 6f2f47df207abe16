"""Gathers evidence for a need: searches, parts what holds here and now from what holds elsewhere or at another time, judges enough.

Region and validity are conditions: a statement of another place or time never counts as local and current.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation import Evidence, Need, Statement, Status
from bot.evidence.enough import NEARLY, Signs, asks_money, enough
from bot.evidence.relevance import WEIGHTS, Rarity, fits, holds_wanted, is_aside, is_stranger, names_object
from corpus.document import Passage, Span
from corpus.fact import Fact
from corpus.regions import Region, Regions, short_name
from corpus.split import sentences
from corpus.terms import Terms
from index.search import Hit, Index

CANDIDATES = 60
"""Passages looked at per need."""
SETTLED = ("in_force", "unknown")
SEARCH_COUNTS = 0.15
"""How much of such a share the best hit of the search makes up for."""
ABOUT_AS_WELL = 0.2
"""Within how much of the best score another subject's statement makes a question without a subject ambiguous."""
USUAL_STANDING = 5.0
"""Standard deviations by which a right passage's cosine stands above the ordinary, so that the feature is about 1."""
MUCH_BETTER = 0.15
"""How much better what is past must fit than what holds, to be said first."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What gathering looks things up in: one version of the index, with what is rare in it, and the fixed words."""

    index: Index
    rarity: Rarity
    regions: Regions
    terms: Terms
    home: Region
    topics: Mapping[str, tuple[frozenset[str], ...]]
    """Special topics by passage id."""
    heads: frozenset[str]
    """Ids of the passages that begin a section: what it says first is the most general."""


def gather(need: Need, ground: Ground) -> Evidence:
    """The evidence for a need; if its subject has none, that of whatever fits closely: a name may have been said in passing."""
    evidence = _gather(need, ground)
    if evidence.status != "not_covered" or not need.subject or evidence.need.objects or asks_money(need, ground.terms):
        return evidence  # the price of one thing is never shown for another
    anything = _gather(replace(need, subject=""), ground)
    return anything if anything.status in ("answered", "not_in_force") else evidence


def _gather(need: Need, ground: Ground) -> Evidence:
    """The evidence of the need's subject, best first in each part, and the status that it allows."""
    ranked = [statement for statement in rank(need, ground) if statement.fits]
    if thing := _unknown_thing(need, ranked, ground):
        return Evidence(replace(need, objects=(thing,)), "not_covered")
    if choices := _subjects_meant(need, ranked):
        return Evidence(need, "not_covered", choices=choices)
    asker = need.region or ground.home
    here = [s for s in ranked if holds_for(s.passage.region, asker, ground.regions)]
    local = tuple(s for s in here if s.state in SETTLED)
    past = tuple(s for s in here if s.state not in SETTLED)
    others = [s for s in ranked if s not in here and s.state in SETTLED and need.subject]
    elsewhere = sorted(others, key=lambda s: -_shared_rungs(s, asker, ground.regions))
    local = _nearest_first(local, asker, ground.regions)
    if past and local and _outdoes(past[0], local[0], asker, ground.regions):
        local = tuple(s for s in local if _goes_with(past[0], s, asker, ground.regions))
        status: Status = "answered" if local else "not_in_force"
        return Evidence(need, status, local, tuple(elsewhere), past, leads_with_past=True)
    evidence = Evidence(need, _status(local, past, others), local, tuple(elsewhere), past)
    return replace(evidence, conflicts=tuple(_conflicts(evidence)))


def rank(need: Need, ground: Ground) -> list[Statement]:
    """All statements of what the search finds, best first, whether they fit or not."""
    return sorted((statement for statement, _ in examine(need, ground)), key=lambda statement: -statement.score)


def holds_for(holder: str, asker: Region, regions: Regions) -> bool:
    """Whether what holds in `holder` is local to the asker: a rung of the ladder above, or a county within the city or province asked for."""
    place = regions.find(holder)
    return regions.covers(place, asker) or (asker.level in (1, 2) and regions.within(place, asker))


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


def examine(need: Need, ground: Ground) -> Iterator[tuple[Statement, Signs]]:
    """All statements of what the search finds, each with the signs that it fits."""
    hits = ground.index.search(
        _query(need), keep=lambda passage: _of_subject(need, passage, ground.terms), limit=CANDIDATES
    )
    if not hits:
        return
    asked = ground.terms.about(need.text)
    left = ground.terms.left(need.text) if need.subject else asked
    best, least = hits[0].score, hits[-1].score
    for hit in hits:
        search = (hit.score - least) / (best - least) if best > least else 1.0
        for span in hit.passage.spans or (Span(0, len(hit.passage.text), ()),):
            yield _statement(need, asked, left, hit, span, search, ground)


def _query(need: Need) -> str:
    place = short_name(need.region.name) if need.region and need.region.level else ""
    return " ".join(part for part in (place, need.subject, need.aspect, *need.objects, need.text) if part)


def _of_subject(need: Need, passage: Passage, terms: Terms) -> bool:
    return not need.subject or not passage.subject or passage.subject in terms.kin(need.subject)


def _statement(
    need: Need, asked: str, left: str, hit: Hit, span: Span, search: float, ground: Ground
) -> tuple[Statement, Signs]:
    """The span as a statement with its score, and whether it is about what was asked."""
    passage, text = hit.passage, hit.passage.text[span.start : span.end]
    facts = tuple(fact for identity in span.facts if (fact := ground.index.facts.get(identity)))
    around = f"{passage.title} {passage.heading} {text}"
    named = names_object(need, text, facts)
    aspect = fits(need, passage, facts, ground.terms)
    parts = (around, *sentences(text))
    signs = Signs(
        left=left,
        aspect=aspect,
        named=named,
        exact=passage.subject in (need.subject, ""),
        held=ground.rarity.coverage(left, around) + SEARCH_COUNTS * search,
        likeness=max(ground.rarity.likeness(asked, part) for part in parts),
        standing=hit.standing,
        wanted=holds_wanted(need, facts, ground.terms),
        stranger=is_stranger(left, around),
    )
    features = {
        "aspect": aspect,
        "object": float(named),
        "coverage": signs.likeness,
        "search": search,
        "standing": (hit.standing or 0.0) / USUAL_STANDING,
        "wanted": signs.wanted,
        "head": float(span.start == 0 and passage.id in ground.heads),
        "aside": float(not named and is_aside(need, ground.topics[passage.id])),
        "kin": float(bool(need.subject) and not signs.exact),
        "part": float(ground.regions.find(passage.region).level > (need.region or ground.home).level),
        "recalled": float(any(fact.source.checked == "recalled" for fact in facts)),
    }
    score = sum(WEIGHTS[name] * value for name, value in features.items())
    fits_need = enough(need, signs, facts, ground.terms)
    return Statement(passage, text, facts, passage.validity.on(need.day).state, score, fits_need), signs


def _unknown_thing(need: Need, statements: Sequence[Statement], ground: Ground) -> str:
    """What a question of yes or no is about, if no statement speaks of it and none holds for everything; else nothing."""
    if need.objects or not need.aspect or "verdict" not in ground.terms.aspects[need.aspect].wants:
        return ""
    verdicts = [fact for s in statements for fact in s.facts if fact.verdict]
    if not verdicts or any(fact.verdict in ("yes", "no") and not fact.objects for fact in verdicts):
        return ""
    spoken_of = [statement.text for statement in statements]
    for thing in ground.terms.things(need.text):
        if max((ground.rarity.coverage(thing, text) for text in spoken_of), default=0.0) < NEARLY:
            return thing
    return ""


def _subjects_meant(need: Need, ranked: Sequence[Statement]) -> tuple[str, ...]:
    """The subjects for which a question that names none is answered about as well, if there are several."""
    if need.subject:
        return ()
    best = [s for s in ranked if s.score >= ranked[0].score - ABOUT_AS_WELL]
    subjects = tuple(dict.fromkeys(s.passage.subject for s in best if s.passage.subject))
    return subjects if len(subjects) > 1 else ()


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
