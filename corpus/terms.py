"""The words people use, to subjects and aspects: `words/terms.yaml`, `words/aspects.yaml`. Knows nothing of regions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.figures import plain_text
from corpus.rows import MalformedFile, read_yaml

_LINE = "__line__"


@dataclass(frozen=True, slots=True)
class Subject:
    """What one can ask about. `near` maps look-alike names that are other matters to what they are."""

    name: str
    names: tuple[str, ...]
    near: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Aspect:
    """A side of a subject that is asked for. `wants`: kinds of value that answer it; `kinds`: kinds of row that may;
    `gives_way`: aspects beside which its cues mean nothing of their own (补贴多少钱 asks no price)."""

    name: str
    cues: tuple[str, ...]
    wants: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    gives_way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: of a subject or aspect `of`, or of a near miss (`near` says what that is)."""

    of: str
    text: str
    start: int
    end: int
    near: str | None = None


class Terms:
    """The vocabulary. `subjects` and `aspects` by name."""

    def __init__(self, subjects: Iterable[Subject], aspects: Iterable[Aspect]) -> None:
        self.subjects = {subject.name: subject for subject in subjects}
        self.aspects = {aspect.name: aspect for aspect in aspects}
        self._subject_names = {
            **{_key(near): (s.name, what) for s in self.subjects.values() for near, what in s.near.items()},
            **{_key(name): (s.name, None) for s in self.subjects.values() for name in (s.name, *s.names)},
        }
        self._cues = {_key(cue): aspect.name for aspect in self.aspects.values() for cue in aspect.cues}
        self._subject_pattern = _alternatives(self._subject_names)
        self._cue_pattern = _alternatives(self._cues)

    def subject_mentions(self, text: str) -> tuple[Mention, ...]:
        """Names of subjects in `text`, left to right, the longest at each place; near misses are marked as such."""
        found = []
        for match in self._subject_pattern.finditer(plain_text(text).lower()):
            name, near = self._subject_names[match[0]]
            found.append(Mention(name, match[0], match.start(), match.end(), near))
        return tuple(found)

    def aspect_mentions(self, text: str) -> tuple[Mention, ...]:
        """Cues of aspects in `text`, left to right, the longest at each place."""
        matches = self._cue_pattern.finditer(plain_text(text).lower())
        return tuple(Mention(self._cues[match[0]], match[0], match.start(), match.end()) for match in matches)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, for the segmenter."""
        return tuple(self._subject_names)


def load_terms(folders: Iterable[Path]) -> Terms:
    """The vocabulary of all folders' `words/`; a later folder adds names to a subject or adds subjects. Raises MalformedFile."""
    subjects: dict[str, Subject] = {}
    aspects: dict[str, Aspect] = {}
    for folder in folders:
        for name, row in _rows(folder / "words" / "terms.yaml"):
            known = subjects.get(name, Subject(name, (), {}))
            near = {key: value for key, value in (row.get("near") or {}).items() if key != _LINE}
            subjects[name] = Subject(name, (*known.names, *(row.get("names") or ())), {**known.near, **near})
        for name, row in _rows(folder / "words" / "aspects.yaml"):
            aspects[name] = Aspect(
                name, *(tuple(row.get(key) or ()) for key in ("cues", "wants", "kinds", "gives_way"))
            )
    return Terms(subjects.values(), aspects.values())


def _rows(path: Path) -> list[tuple[str, Mapping[str, Any]]]:
    if not path.exists():
        return []
    content = read_yaml(path.read_text(encoding="utf-8"), path)
    if not isinstance(content, Mapping):
        raise MalformedFile(path, 1, "is not a mapping of names: write `name: {…}` a line each")
    return [(name, row) for name, row in content.items() if name != _LINE]


def _alternatives(names: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted((name for name in names if name), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


def _key(name: str) -> str:
    return plain_text(name).lower()
