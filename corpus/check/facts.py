"""Rules about rows, and about rows and the paragraphs that state them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from corpus.check.desk import Desk, Problem, has_marks
from corpus.fact import Fact
from corpus.figures import figures, is_date, is_money, same

SUPERSEDED = ("被替代", "征求意见", "已废止", "已被代替", "已失效")


def identities(desk: Desk) -> Iterator[Problem]:
    """An id stands once; what a row names exists."""
    seen: dict[str, Fact] = {}
    for fact in desk.facts:
        for identity in (fact.id, *fact.also):
            if identity in seen:
                first = seen[identity]
                yield Problem(
                    fact.path,
                    fact.line,
                    f"id {identity} stands already at {first.path}:{first.line}: join the two rows or rename one",
                )
            seen[identity] = fact
    for fact in desk.facts:
        for other in (*fact.conflict, *([fact.replaces] if fact.replaces else [])):
            if other not in seen:
                yield Problem(fact.path, fact.line, f"names {other}, which no row has: correct the id or add the row")


def marks(desk: Desk) -> Iterator[Problem]:
    """Every mark has its row, every row stands in one document, and the facts of one block hold on one ground."""
    known, places = {fact.id: fact for fact in desk.facts}, defaultdict[str, set[str]](set)
    for document, _, block in desk.blocks():
        for identity in block.facts:
            places[identity].add(document.path)
            if identity not in known:
                yield Problem(
                    document.path, block.line, f"no row has the id {{{identity}}}: add it to facts/ or correct the id"
                )
        grounds = {(known[i].source, known[i].region, known[i].validity) for i in block.facts if i in known}
        if len(grounds) > 1:
            yield Problem(
                document.path,
                block.line,
                "its facts differ in source, region or validity: give each a paragraph of its own",
            )
    for fact in desk.facts:
        if not places[fact.id]:
            yield Problem(
                fact.path,
                fact.line,
                f"{fact.id} is stated in no document: end a paragraph with {{{fact.id}}}, or remove the row",
            )
        elif len(places[fact.id]) > 1:
            where = " and ".join(sorted(places[fact.id]))
            yield Problem(fact.path, fact.line, f"{fact.id} is stated in {where}: state it once")


def quantities(desk: Desk) -> Iterator[Problem]:
    """A quantity in a marked paragraph stands in its row; a joining sentence has none."""
    known = {fact.id: fact for fact in desk.facts}
    for document, _, block in desk.blocks():
        facts = [known[identity] for identity in block.facts if identity in known]
        if not block.facts and has_marks(document):
            found = [figure.form for figure in figures(block.text)]
            if found:
                yield Problem(
                    document.path,
                    block.line,
                    f"states {found[0]} without a fact: end the paragraph with the fact's id in braces",
                )
            continue
        allowed = [form for fact in facts for form in _figures_of(fact)]
        for figure in figures(_without_marker(block.text)) if facts else ():
            if not any(same(figure.form, form) for form in allowed):
                yield Problem(
                    document.path,
                    block.line,
                    f"says {figure.form}, which row {facts[0].id} does not have: add it to its values or correct the sentence",
                )


def validities(desk: Desk) -> Iterator[Problem]:
    """What a sentence says of its validity is what its row says; unconfirmed money names who can confirm it."""
    known = {fact.id: fact for fact in desk.facts}
    for document, _, block in desk.blocks():
        said = next((word for word in SUPERSEDED if word in block.text), None)
        for fact in (known[identity] for identity in block.facts if identity in known):
            if said and fact.validity.state == "in_force":
                yield Problem(
                    fact.path,
                    fact.line,
                    f"{document.path}:{block.line} says {said}, the row says in_force: write lapsed or draft, or split the sentence",
                )
    for fact in desk.facts:
        if fact.kind == "subsidy" and fact.is_money and fact.validity.state == "unknown" and not fact.confirm_with:
            yield Problem(
                fact.path,
                fact.line,
                f"{fact.id} is unconfirmed money: add `confirm_with:` the office that can confirm it",
            )


def doubled_money(desk: Desk) -> Iterator[Problem]:
    """Two subsidies of one region and amount on one subject are one, unless they are said to succeed or contradict each other."""
    subjects = {identity: document.subject for document, _, block in desk.blocks() for identity in block.facts}
    seen: dict[tuple[str, str, str, frozenset[str]], Fact] = {}
    for fact in desk.facts:
        amounts = frozenset(value for value in fact.values.values() if is_money(value))
        key = (fact.region, fact.kind, subjects.get(fact.id, ""), amounts)
        if fact.kind != "subsidy" or not amounts:
            continue
        other = seen.setdefault(key, fact)
        if (
            other is not fact
            and fact.id not in (*other.conflict, other.replaces)
            and other.id not in (*fact.conflict, fact.replaces)
        ):
            yield Problem(
                fact.path,
                fact.line,
                f"{fact.id} has the region, kind and amount of {other.id}: join them (`also: [{fact.id}]`)",
            )


def places(desk: Desk) -> Iterator[Problem]:
    """A region is written in full."""
    spots = [(fact.path, fact.line, fact.region) for fact in desk.facts] + [
        (d.path, 1, d.region) for d in desk.documents
    ]
    for path, line, name in spots:
        try:
            region = desk.regions.find(name)
        except ValueError as error:
            yield Problem(path, line, f"region {name}: {error}")
            continue
        if region.full_name != name:
            yield Problem(path, line, f"region {name}: write {region.full_name}")


def _without_marker(text: str) -> str:
    return re.sub(r"^(?:\d+\.|-) ", "", text)


def _figures_of(fact: Fact) -> list[str]:
    """All forms a row vouches for: its values, the source's and the validity's dates."""
    dates = (fact.source.issued, fact.validity.since, fact.validity.until)
    return [*fact.values.values(), *(date for date in dates if date and is_date(date))]
