"""Finds what is wrong with the knowledge and says file, line and what to write instead. Repairs nothing.

Each rule is a function that yields problems; `RULES` lists them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from corpus import load
from corpus.document import Block, Document, Section
from corpus.fact import Fact
from corpus.figures import figures, is_date, is_money, same
from corpus.regions import Regions
from corpus.rows import MalformedFile, read_yaml
from corpus.terms import Terms, load_terms

SUPERSEDED = ("被替代", "征求意见", "已废止", "已被代替", "已失效")
_URL = re.compile(r"https?://[^\s)>\]}，。；、）》\"']+")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong where, and what to write instead."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the rules look at."""

    folders: tuple[Path, ...]
    facts: tuple[Fact, ...]
    documents: tuple[Document, ...]
    regions: Regions
    terms: Terms
    hosts: tuple[str, ...]

    def fact(self, identity: str) -> Fact | None:
        """The row of that very id."""
        return next((fact for fact in self.facts if fact.id == identity), None)

    def blocks(self) -> Iterator[tuple[Document, Section, Block]]:
        """Every block with its document and section."""
        for document in self.documents:
            for section in document.sections:
                for block in section.blocks:
                    yield document, section, block


def check(folders: Sequence[Path]) -> list[Problem]:
    """All problems of the knowledge in `folders`, sorted by place. A file that cannot be read is itself a problem."""
    problems: list[Problem] = []
    try:
        rows = list(load.rows(folders))
        desk = Desk(
            folders=tuple(folders),
            facts=tuple(row for row in rows if isinstance(row, Fact)),
            documents=tuple(load.documents(folders)),
            regions=Regions.load(folders[0] / "words"),
            terms=load_terms(folders),
            hosts=official_hosts(folders),
        )
    except MalformedFile as error:
        return [Problem(error.path, error.line, error.message)]
    problems += [Problem(row.path, row.line, row.message) for row in rows if isinstance(row, MalformedFile)]
    for rule in RULES:
        problems += rule(desk)
    return sorted(set(problems))


def official_hosts(folders: Sequence[Path]) -> tuple[str, ...]:
    """Hosts to which a link may be shown. A host covers its subdomains."""
    paths = [folder / "words" / "official_hosts.yaml" for folder in folders]
    return tuple(host for path in paths if path.exists() for host in read_yaml(path.read_text(encoding="utf-8"), path))


def is_official(url: str, hosts: Sequence[str]) -> bool:
    """Whether the url's host is one of `hosts` or a subdomain of one."""
    host = urlsplit(url).hostname or ""
    return any(host == known or host.endswith("." + known) for known in hosts)


def _headers(desk: Desk) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for document in desk.documents:
        if document.path.endswith(".md"):
            text = Path(document.path).read_text(encoding="utf-8")
            missing = [
                key
                for key in ("id", "title", "subject")
                if not re.search(rf"^{key}:", text.split("\n---")[0], re.MULTILINE)
            ]
            if not text.startswith("---\n"):
                yield Problem(
                    document.path, 1, "has no header: begin with `---`, `id: …`, `title: …`, `subject: …`, `---`"
                )
            elif missing:
                yield Problem(document.path, 1, f"the header has no {missing[0]}: add `{missing[0]}: …`")
        if document.id in seen:
            yield Problem(document.path, 1, f"id {document.id} is also that of {seen[document.id]}: choose another")
        seen[document.id] = document.path
        if document.subject and document.subject not in desk.terms.subjects:
            known = "、".join(desk.terms.subjects)
            yield Problem(
                document.path,
                1,
                f"subject {document.subject} is not in words/terms.yaml: add it there or write one of {known}",
            )


def _identities(desk: Desk) -> Iterator[Problem]:
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


def _marks(desk: Desk) -> Iterator[Problem]:
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


def _quantities(desk: Desk) -> Iterator[Problem]:
    """A quantity in a marked paragraph stands in its row; a joining sentence has none."""
    known = {fact.id: fact for fact in desk.facts}
    for document, _, block in desk.blocks():
        facts = [known[identity] for identity in block.facts if identity in known]
        if not block.facts and _has_marks(document):
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


def _validities(desk: Desk) -> Iterator[Problem]:
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


def _doubled_money(desk: Desk) -> Iterator[Problem]:
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


def _places(desk: Desk) -> Iterator[Problem]:
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


def _headings(desk: Desk) -> Iterator[Problem]:
    """A heading outside the list of aspects may stand once in the whole corpus."""
    strange = defaultdict[str, list[tuple[str, int]]](list)
    for document in desk.documents:
        for section in document.sections if _has_marks(document) else ():
            if section.aspect not in desk.terms.aspects:
                strange[section.aspect].append((document.path, section.line))
    for heading, spots in strange.items():
        for path, line in spots if len(spots) > 1 else ():
            yield Problem(
                path,
                line,
                f"heading {heading!r} is no aspect of words/aspects.yaml and stands more than once: use an aspect, `aspect：…`",
            )


def _links(desk: Desk) -> Iterator[Problem]:
    for fact in desk.facts:
        if fact.source.url and not is_official(fact.source.url, desk.hosts):
            yield Problem(
                fact.path,
                fact.line,
                f"url {fact.source.url} is on no official host: drop it (title and number suffice) or add the host to words/official_hosts.yaml",
            )
    for document in desk.documents:
        if not document.path.endswith(".md"):
            continue
        for number, line in enumerate(Path(document.path).read_text(encoding="utf-8").split("\n"), 1):
            for url in _URL.findall(line):
                if not is_official(url, desk.hosts):
                    yield Problem(
                        document.path,
                        number,
                        f"links to {url}, which is on no official host: give title and number instead",
                    )


RULES = (_headers, _identities, _marks, _quantities, _validities, _doubled_money, _places, _headings, _links)


def _has_marks(document: Document) -> bool:
    return any(block.facts for section in document.sections for block in section.blocks)


def _without_marker(text: str) -> str:
    return re.sub(r"^(?:\d+\.|-) ", "", text)


def _figures_of(fact: Fact) -> list[str]:
    """All forms a row vouches for: its values, the source's and the validity's dates."""
    dates = (fact.source.issued, fact.validity.since, fact.validity.until)
    return [*fact.values.values(), *(date for date in dates if date and is_date(date))]
