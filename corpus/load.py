"""Reads folders of knowledge into one Knowledge: documents, facts, passages. Judges nothing beyond what it cannot read (check does)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import cast

from corpus import registry
from corpus.document import Document, Passage
from corpus.fact import Fact
from corpus.rows import MalformedFile, read_rows
from corpus.split import passages
from corpus.terms import load_terms
from corpus.ways import Way, load_ways

NOT_DOCUMENTS = ("facts", "words", "questions", "readers")


@dataclass(frozen=True)
class Knowledge:
    """All that is known. `facts` are keyed by id; `fact()` also finds joined ids. `names` are words that no segmenter must cut."""

    documents: tuple[Document, ...]
    facts: Mapping[str, Fact]
    passages: tuple[Passage, ...]
    ways: tuple[Way, ...] = ()
    names: tuple[str, ...] = ()

    def fact(self, identity: str) -> Fact | None:
        """The fact of that id, or the one it was joined into."""
        return self.facts.get(identity) or self.facts.get(self._joined.get(identity, ""))

    @cached_property
    def _joined(self) -> dict[str, str]:
        return {other: fact.id for fact in self.facts.values() for other in fact.also}


def load(folders: Sequence[Path]) -> Knowledge:
    """The knowledge of all folders, the first first. Raises MalformedFile, naming file and line."""
    facts: dict[str, Fact] = {}
    for row in rows(folders):
        if isinstance(row, MalformedFile):
            raise row
        facts.setdefault(row.id, row)
    facts.update(_succeeded(facts))
    found = tuple(documents(folders))
    for wrong in (*doubles(found), *borrowed(found, facts, folders)):
        raise wrong
    cut = tuple(passage for document in found for passage in passages(document, facts))
    return Knowledge(found, facts, cut, load_ways(folders), tuple(load_terms(folders).names))


def _succeeded(facts: Mapping[str, Fact]) -> Iterator[tuple[str, Fact]]:
    """What a newer row replaces and whose own row names no end: it ends on the day before the newer one begins, or has ended
    where that names no beginning."""
    for new in facts.values():
        old = facts.get(new.replaces or "")
        if old is None or old.validity.until or "draft" in (old.validity.state, new.validity.state):
            continue
        since = new.validity.since
        ends = replace(old.validity, until=_day_before(since)) if since else replace(old.validity, state="lapsed")
        yield old.id, replace(old, validity=ends)


def _day_before(day: str) -> str:
    """The ISO day before a day, or before the first of a month or year."""
    return (date.fromisoformat(f"{day}-01-01"[:10]) - timedelta(1)).isoformat()


def doubles(found: Sequence[Document]) -> Iterator[MalformedFile]:
    """Documents whose id an earlier one has: passages are found again by it."""
    seen: dict[str, str] = {}
    for document in found:
        if document.id in seen:
            message = f"id {document.id} is also that of {seen[document.id]}: choose another"
            yield MalformedFile(document.path, 1, message)
        seen.setdefault(document.id, document.path)


def borrowed(found: Sequence[Document], facts: Mapping[str, Fact], folders: Sequence[Path]) -> Iterator[MalformedFile]:
    """Paragraphs that bear the id of a row of another folder: they would speak in the name of its source."""
    for document in found:
        home = _folder(document.path, folders)
        for block in (block for section in document.sections for block in section.blocks):
            for fact in (facts[identity] for identity in block.facts if identity in facts):
                if _folder(fact.path, folders) != home:
                    message = f"{{{fact.id}}} is a row of {fact.path}: give the paragraph an id of its own, with a row in this folder"
                    yield MalformedFile(document.path, block.line, message)


def _folder(path: str, folders: Sequence[Path]) -> Path | None:
    """The folder that a file lies in."""
    return next((folder for folder in folders if Path(path).is_relative_to(folder)), None)


def rows(folders: Sequence[Path]) -> Iterator[Fact | MalformedFile]:
    """All rows of all facts files; one that cannot be read stands as its error."""
    for folder in folders:
        for path in sorted((folder / "facts").glob("*.yaml")):
            yield from read_rows(path)


def documents(folders: Sequence[Path]) -> Iterator[Document]:
    """All documents that a reader knows the ending of. Raises MalformedFile."""
    known = readers()
    for folder in folders:
        for path in document_paths(folder):
            if path.suffix.lower() in known:
                yield _read(known[path.suffix.lower()], path)


def readers() -> dict[str, ModuleType]:
    """The reader of each ending."""
    return {extension: module for module in registry.load_all("corpus.readers") for extension in module.EXTENSIONS}


def _read(reader: ModuleType, path: Path) -> Document:
    """What a reader's library finds wrong with a file names the file."""
    try:
        return cast(Document, reader.read(path))
    except MalformedFile:
        raise
    except (ValueError, LookupError, OSError) as error:
        raise MalformedFile(path, 1, f"cannot be read: {error}") from error


def document_paths(folder: Path) -> list[Path]:
    """Files of a folder of knowledge that may be documents: `documents/` where there is one, else all but the rooms of data."""
    root = folder / "documents"
    if root.is_dir():
        return sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).parts[0] not in NOT_DOCUMENTS)
