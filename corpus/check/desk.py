"""What the rules look at, and what they say: the Desk and its Problems."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from corpus.document import Block, Document, Section
from corpus.fact import Fact
from corpus.regions import Regions
from corpus.rows import read_yaml
from corpus.terms import Terms


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


def official_hosts(folders: Sequence[Path]) -> tuple[str, ...]:
    """Hosts to which a link may be shown. A host covers its subdomains."""
    paths = [folder / "words" / "official_hosts.yaml" for folder in folders]
    return tuple(host for path in paths if path.exists() for host in read_yaml(path.read_text(encoding="utf-8"), path))


def is_official(url: str, hosts: Sequence[str]) -> bool:
    """Whether the url's host is one of `hosts` or a subdomain of one."""
    host = urlsplit(url).hostname or ""
    return any(host == known or host.endswith("." + known) for known in hosts)


def has_marks(document: Document) -> bool:
    """Whether any block names the facts that it states."""
    return any(block.facts for section in document.sections for block in section.blocks)
