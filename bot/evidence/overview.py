"""All that is on record of a kind for a place: computed over the rows, not searched for."""

from collections.abc import Iterator, Sequence

from bot.conversation import Evidence, Need, Statement
from bot.evidence.ground import Ground
from bot.evidence.places import SETTLED, holds_for
from corpus.document import Passage, Span
from corpus.fact import SUBSIDY, Fact
from corpus.regions import COUNTY, PROVINCE
from corpus.terms import Terms

FEWEST = 3
"""Statements from which a list is an overview; of fewer the usual answer says more."""


def overview(need: Need, ground: Ground) -> Evidence | None:
    """The evidence of a need that asks for all there is: what holds for the asker, the nearest place first; None if it is little."""
    if not need.overview or not (need.aspect or need.subject):
        return None
    if not need.subject and ground.terms.things(need.text):
        return None  # the papers for one thing are no list of all papers
    asker = need.region or ground.home
    found = [
        s
        for s in _statements(need, ground)
        if s.state in SETTLED and holds_for(s.passage.region, asker, ground.regions)
    ]
    if len(found) < FEWEST:
        return None
    level = {s.passage.region: ground.regions.find(s.passage.region).level for s in found}
    at_home = asker.level or PROVINCE
    away = {place: abs(of - at_home) if of else COUNTY for place, of in level.items()}  # the nation last
    ordered = sorted(found, key=lambda s: (away[s.passage.region], s.passage.document))
    return Evidence(need, "answered", tuple(_one_of_each(ordered)))


def _statements(need: Need, ground: Ground) -> Iterator[Statement]:
    for passage in ground.index.passages.values():
        if need.subject and passage.subject not in ground.terms.kin(need.subject):
            continue
        for span in passage.spans or (Span(0, len(passage.text), ()),):
            facts = tuple(fact for identity in span.facts if (fact := ground.facts.get(identity)))
            if _is_of(need, passage, facts, ground.terms):
                state = passage.validity.on(need.day).state
                yield Statement(passage, passage.text[span.start : span.end], facts, state, 1.0)


def _is_of(need: Need, passage: Passage, facts: Sequence[Fact], terms: Terms) -> bool:
    """Whether a statement is of the aspect asked for; what the government pays is of it wherever it stands."""
    if need.aspect and need.aspect == terms.subsidies:
        return any(fact.kind == SUBSIDY and fact.is_money for fact in facts)
    return passage.aspect == need.aspect


def _one_of_each(statements: Sequence[Statement]) -> Iterator[Statement]:
    """One of each document and place first, then the others: many sides before many details."""
    seen: set[tuple[str, str]] = set()
    rest: list[Statement] = []
    for statement in statements:
        key = (statement.passage.document, statement.passage.region)
        if key in seen:
            rest.append(statement)
        else:
            seen.add(key)
            yield statement
    yield from rest
