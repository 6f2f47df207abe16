"""Rules about documents: each yields what is wrong in the words a person reads."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from corpus import load
from corpus.check.desk import Desk, Problem, has_marks, is_official

_URL = re.compile(r"https?://[^\s)>\]}，。；、）》\"']+")


def unread(desk: Desk) -> Iterator[Problem]:
    """Files that nobody reads, and documents that say nothing."""
    known = load.readers()
    for folder in desk.folders:
        for path in load.document_paths(folder):
            if path.suffix.lower() not in known:
                yield Problem(str(path), 1, f"is not read: there are readers for {' '.join(sorted(known))}")
        for path in folder.iterdir() if (folder / "documents").is_dir() else ():
            if path.suffix.lower() in known:
                yield Problem(str(path), 1, "is not read: move it into documents/")
    for document in desk.documents:
        if not any(section.blocks for section in document.sections):
            yield Problem(document.path, 1, "has no paragraph: nothing can be found in it")


def headers(desk: Desk) -> Iterator[Problem]:
    """Every document has id, title and a known subject, its id alone, and marks no row of another folder."""
    facts = {fact.id: fact for fact in reversed(desk.facts)}
    wrong = (*load.doubles(desk.documents), *load.borrowed(desk.documents, facts, desk.folders))
    yield from (Problem(one.path, one.line, one.message) for one in wrong)
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
        if document.subject and document.subject not in desk.terms.subjects:
            known = "、".join(desk.terms.subjects)
            yield Problem(
                document.path,
                1,
                f"subject {document.subject} is not in words/terms.yaml: add it there or write one of {known}",
            )


def headings(desk: Desk) -> Iterator[Problem]:
    """A heading outside the list of aspects may stand once in the whole corpus."""
    strange = defaultdict[str, list[tuple[str, int]]](list)
    for document in desk.documents:
        for section in document.sections if has_marks(document) else ():
            if section.aspect not in desk.terms.aspects:
                strange[section.aspect].append((document.path, section.line))
    for heading, spots in strange.items():
        for path, line in spots if len(spots) > 1 else ():
            yield Problem(
                path,
                line,
                f"heading {heading!r} is no aspect of words/aspects.yaml and stands more than once: use an aspect, `aspect：…`",
            )


def names(desk: Desk) -> Iterator[Problem]:
    """A name means one subject; a wider subject exists; a near miss is no subject of ours."""
    path, subjects = str(desk.folders[0] / "words" / "terms.yaml"), desk.terms.subjects
    owners: dict[str, str] = {}
    for subject in subjects.values():
        for name in dict.fromkeys(word.lower() for word in (subject.name, *subject.names, *subject.parts)):
            if name in owners:
                yield Problem(path, 1, f"{name} names {owners[name]} and {subject.name}: give it to one of them")
            owners[name] = subject.name
        for wider in (wider for wider in subject.within if wider not in subjects):
            yield Problem(
                path, 1, f"{subject.name} lies within {wider}, which is no subject: add it or correct the name"
            )
    for whose, near in ((s.name, near) for s in subjects.values() for near in s.near if near.lower() in owners):
        yield Problem(path, 1, f"{near} is near {whose} and a name of {owners[near.lower()]}: drop it from near")


def links(desk: Desk) -> Iterator[Problem]:
    """A link leads to an official host."""
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
