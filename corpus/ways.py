"""Ways in: questions as owners type them, each with the fact that answers it, or the subject that it is about. `questions/*.yaml`.

A row is `{fact: id, ask: [...]}`, with `sentence:` where one sentence of the statement answers just these (its beginning, word for word), or `{subject: name, aspect: name, ask: [...]}` where several facts would answer as well, or
`{gap: subject, ask: [...]}` for what owners ask of a subject and no fact answers yet, or `{refuse: reason, ask: [...]}` for what
nobody is helped with: buying certificates, faking records, splitting a firm for subsidies.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.places import without_places
from corpus.regions import Regions
from corpus.rows import MalformedFile, read_yaml
from corpus.terms import load_terms

_TARGETS = ("fact", "subject", "aspect", "gap", "refuse")
_KEYS = frozenset((*_TARGETS, "sentence", "ask", "__line__"))
OUTSIDE = "outside"
"""In place of a reason: what is honestly asked, of another matter; it only teaches what is not refused."""
REASONS = ("buying", "records", "subsidies", "guests", "bribery", "evading", OUTSIDE)
"""Why somebody is not helped; each has its words in bot/wording/."""


@dataclass(frozen=True, slots=True)
class Way:
    """A question as typed, without the names of places: where an answer holds is a condition, no likeness."""

    text: str
    fact: str = ""
    subject: str = ""
    aspect: str = ""
    gap: str = ""
    """The subject that it asks about, where nothing on record answers."""
    refuse: str = ""
    sentence: str = ""
    """How the sentence begins that answers, where it is known which one of the statement does."""

    @property
    def is_refused(self) -> bool:
        """Whether it is a request that nobody is helped with."""
        return self.refuse not in ("", OUTSIDE)


def load_ways(folders: Sequence[Path]) -> tuple[Way, ...]:
    """The ways in of all folders, each text once. Raises MalformedFile."""
    rows = [(path, row) for folder in folders for path in _paths(folder) for row in _rows(path)]
    if not rows:
        return ()
    regions, terms = Regions.load(folders[0] / "words"), load_terms(folders)
    ways = [Way(without_places(text, terms, regions)[0], *_target(row)) for _, row in rows for text in row["ask"]]
    return tuple({way.text: way for way in reversed(ways) if way.text.strip()}.values())


def read_ways(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of a file as they are written, each with its line. Raises MalformedFile."""
    for row in _rows(path):
        yield int(row["__line__"]), row


def _paths(folder: Path) -> list[Path]:
    return sorted((folder / "questions").glob("*.yaml"))


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    content = read_yaml(path.read_text(encoding="utf-8"), path)
    if not isinstance(content, list):
        raise MalformedFile(path, 1, "is no list: begin each row with `- fact: id`")
    for row in content:
        line = int(row.get("__line__", 1)) if isinstance(row, Mapping) else 1
        if not isinstance(row, Mapping) or set(row) - _KEYS or not _is_whole(row):
            raise MalformedFile(
                path,
                line,
                "write `fact: id` (with `sentence:` or without; or `subject:` and `aspect:`, or `gap:` and a subject, or `refuse:` and a reason) and `ask:` with a list of questions",
            )
        yield row


def _is_whole(row: Mapping[str, Any]) -> bool:
    asks = row.get("ask")
    points = sum(bool(row.get(name)) for name in ("fact", "subject", "gap", "refuse")) == 1
    points = points and row.get("refuse", REASONS[0]) in REASONS and bool(row.get("fact") or not row.get("sentence"))
    return (
        points and isinstance(asks, list) and bool(asks) and all(isinstance(ask, str) and ask.strip() for ask in asks)
    )


def _target(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in (*_TARGETS, "sentence"))
