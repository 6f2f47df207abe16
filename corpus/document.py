"""What a document is made of: Source, Validity, Block, Section, Document, Span, Passage.

Pure values; reading files is `load.py`, cutting passages is `split.py`.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

State = Literal["in_force", "lapsed", "not_yet", "unknown", "draft"]
Checked = Literal["primary", "two", "secondary", "recalled"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement was read. `url` is set only for a host of `words/official_hosts.yaml`; raises ValueError where it opens no page.

    `title` is the document's own, or that of the report where only a report was read; `basis` is then the document
    the report speaks of. `read_at` is kept for whoever checks again and is never shown.
    """

    title: str
    number: str | None = None
    issuer: str | None = None
    issued: str | None = None
    url: str | None = None
    checked: Checked = "secondary"
    basis: str | None = None
    read_at: str | None = None

    def __post_init__(self) -> None:
        if self.url and not opens_page(self.url):
            raise ValueError(f"source.url is {self.url!r}: write an address that begins with https://, or leave it out")


def opens_page(url: str) -> bool:
    """Whether an address opens a page: any other, such as `javascript:`, would run on the site that shows the source."""
    return re.fullmatch(r"https?://[^\s\"'<>]+", url) is not None


@dataclass(frozen=True, slots=True)
class Validity:
    """When a statement holds. `since` and `until` are ISO days, months or years, both inclusive."""

    state: State = "unknown"
    since: str | None = None
    until: str | None = None
    note: str | None = None

    def on(self, day: str) -> "Validity":
        """The same validity as it stands on an ISO `day`: what ends before it has lapsed, what starts after it is not yet,
        what has lapsed since was in force until then."""
        if self.until and day[: len(self.until)] > self.until:
            return replace(self, state="lapsed")
        if self.since and day[: len(self.since)] < self.since:
            return replace(self, state="not_yet")
        held = self.until if self.state == "lapsed" else self.since if self.state == "not_yet" else None
        return replace(self, state="in_force") if held else self


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item or table row, with the ids of the facts that it states and its line in the file."""

    text: str
    facts: tuple[str, ...] = ()
    line: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands beneath it. `aspect` is the heading up to its colon."""

    heading: str
    blocks: tuple[Block, ...]
    line: int = 0

    @property
    def aspect(self) -> str:
        return self.heading.partition("：")[0]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its header and sections. `digest` is that of the file's bytes."""

    id: str
    title: str
    sections: tuple[Section, ...]
    source: Source
    subject: str = ""
    region: str = "全国"
    validity: Validity = field(default_factory=Validity)
    questions: tuple[str, ...] = ()
    path: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The part `text[start:end]` of a passage that states `facts`."""

    start: int
    end: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is found and cited: text with exactly one source, region and validity. The id changes with the text."""

    id: str
    document: str
    title: str
    heading: str
    text: str
    source: Source
    validity: Validity
    region: str
    subject: str = ""
    spans: tuple[Span, ...] = ()
    page: int | None = None

    @property
    def aspect(self) -> str:
        return self.heading.partition("：")[0]

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of all facts the passage states, in order, each once."""
        return tuple(dict.fromkeys(fact for span in self.spans for fact in span.facts))

    @property
    def searchable(self) -> str:
        """What is indexed: title and heading stand before the text (the cheapest gain in retrieval, measured)."""
        return f"{self.title} {self.heading}\n{self.text}"
