"""Reads YAML of facts and headers into values, with the line of each row. Judges a row alone; what rows say of each other is `check.py`."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from corpus.document import Source, Validity
from corpus.fact import KINDS, VERDICTS, Fact
from corpus.figures import figures, is_date

STATES = ("in_force", "lapsed", "not_yet", "unknown", "draft")
CHECKED = ("primary", "two", "secondary", "recalled")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ROW_KEYS = frozenset(
    "id also kind region values verdict objects conditions frequency confirm_with apply validity replaces conflict source corrected".split()
)
_SOURCE_KEYS = frozenset("title number issuer issued url checked basis read_at read_at2 read_title read_note".split())
_LINE = "__line__"


class MalformedFile(ValueError):
    """A file that cannot be read as what it should be: names file, line and what to write instead."""

    def __init__(self, path: Path | str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = str(path), line, message


class _Loader(yaml.CBaseLoader):
    """Every scalar stays text (no dates, numbers or truth values made silently); each mapping knows its line."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    pairs = loader.construct_pairs(node, deep=True)
    return {**dict(pairs), _LINE: node.start_mark.line + 1}


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_yaml(text: str, path: Path | str, first_line: int = 1) -> Any:
    """YAML with all scalars as text. Raises MalformedFile with the line in the file."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a BaseLoader: constructs nothing but text, lists, mappings
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        raise MalformedFile(path, line, f"is not valid YAML here ({getattr(error, 'problem', error)})") from error


def read_rows(path: Path) -> list[Fact | MalformedFile]:
    """The rows of a facts file, in order; a row that cannot be read stands as the error that says why."""
    content = read_yaml(path.read_text(encoding="utf-8"), path)
    if not isinstance(content, list):
        raise MalformedFile(path, 1, "is not a list of rows: begin each row with `- id: …`")
    return [_row(row, path) for row in content]


def _row(row: Any, path: Path) -> Fact | MalformedFile:
    line = row.get(_LINE, 1) if isinstance(row, Mapping) else 1
    try:
        return fact(row, str(path), line)
    except ValueError as error:
        return MalformedFile(path, line, str(error))


def fact(row: Mapping[str, Any], path: str = "", line: int = 0) -> Fact:
    """A row as a Fact. Raises ValueError that says what to write instead."""
    _only(row, _ROW_KEYS, "row")
    identity = _identity(row.get("id"))
    return Fact(
        id=identity,
        kind=_one_of(row.get("kind"), KINDS, "kind"),
        region=str(row.get("region") or "") or _missing("region", "全国 or a full name such as 浙江省湖州市德清县"),
        source=source(row.get("source") or _missing("source", "{title: …, checked: …}")),
        validity=validity(row.get("validity") or _missing("validity", "{state: unknown}")),
        also=tuple(_identity(other) for other in _list(row.get("also"))),
        values={name: _value(name, value) for name, value in _entries(row.get("values"))},
        verdict=_one_of(row["verdict"], VERDICTS, "verdict") if row.get("verdict") else None,
        objects=tuple(_list(row.get("objects"))),
        conditions={name: _condition(value) for name, value in _entries(row.get("conditions"))},
        frequency=row.get("frequency"),
        confirm_with=row.get("confirm_with"),
        apply=row.get("apply"),
        replaces=row.get("replaces"),
        conflict=tuple(_list(row.get("conflict"))),
        corrected=row.get("corrected"),
        path=path,
        line=line,
    )


def source(row: Mapping[str, Any] | None, title: str = "") -> Source:
    """The `source` of a row or header; a header without one is its own source. Raises ValueError."""
    if row is None:
        return Source(title)
    _only(row, _SOURCE_KEYS, "source")
    return Source(
        title=str(row.get("title") or title) or _missing("source.title", "the document's or report's title"),
        number=row.get("number"),
        issuer=row.get("issuer"),
        issued=_date(row.get("issued"), "source.issued"),
        url=str(row["url"]) if row.get("url") else None,
        checked=_one_of(row.get("checked", "secondary"), CHECKED, "source.checked"),  # type: ignore[arg-type]
        basis=row.get("basis"),
        read_at=row.get("read_at"),
    )


def validity(row: Mapping[str, Any] | None) -> Validity:
    """The `validity` of a row or header; none is unknown. Raises ValueError."""
    if row is None:
        return Validity()
    _only(row, frozenset({"state", "since", "until", "note"}), "validity")
    since, until = _date(row.get("since"), "validity.since"), _date(row.get("until"), "validity.until")
    if since and until and since > until:
        raise ValueError(f"validity.since {since} lies after validity.until {until}: correct one of them")
    state = _one_of(row.get("state"), STATES, "validity.state")
    return Validity(state, since, until, row.get("note"))  # type: ignore[arg-type]


def _missing(name: str, example: str) -> Any:
    raise ValueError(f"has no {name}: write {name}: {example}")


def _only(row: Mapping[str, Any], keys: frozenset[str], what: str) -> None:
    if not isinstance(row, Mapping):
        raise ValueError(f"{what} is no mapping: write `key: value` pairs")
    unknown = sorted(set(row) - keys - {_LINE})
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r} in {what}: keys are {', '.join(sorted(keys))}")


def _identity(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError(f"id {value!r} is not kebab-case: write small letters, digits and hyphens, e.g. deqing-award")
    return value


def _one_of(value: Any, allowed: tuple[str, ...], name: str) -> str:
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}: write one of {', '.join(allowed)}")
    return str(value)


def _condition(value: Any) -> Any:
    """A condition: true, false, words, or a list of questions to ask."""
    return value if isinstance(value, list) else {"true": True, "false": False}.get(value, value)


def _list(value: Any) -> list[str]:
    return [] if value in (None, "") else [value] if isinstance(value, str) else [str(item) for item in value]


def _entries(value: Any) -> list[tuple[str, Any]]:
    if value in (None, ""):
        return []
    if not isinstance(value, Mapping):
        raise ValueError("values and conditions are mappings: write {name: value}")
    return [(str(name), item) for name, item in value.items() if name != _LINE]


def _value(name: str, value: Any) -> str:
    """A value in its one form. Raises ValueError that names the form."""
    text = str(value)
    if is_date(text):
        return str(_date(text, f"values.{name}"))
    if re.fullmatch(r"0|1|0\.\d*[1-9]|\d+\.\d*[1-9]|\d+月", text):
        return text
    found = [figure.form for figure in figures(text)]
    if found == [text]:
        return text
    advice = (
        f"write {found[0]}"
        if len(found) == 1
        else "write one number with its unit (200000元, 90天, 0.15), and leave words to the sentence"
    )
    raise ValueError(f"values.{name} is {text!r}: {advice}")


def _date(value: Any, name: str) -> str | None:
    """An ISO day, month or year that exists."""
    if value in (None, "", "null"):
        return None
    text = str(value)
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
    if not match or not _exists(int(match[1]), int(match[2] or 1), int(match[3] or 1)):
        raise ValueError(f"{name} is {text!r}, no date there is: write YYYY-MM-DD, YYYY-MM or YYYY")
    return text


def _exists(year: int, month: int, day: int) -> bool:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1900 < year < 2200 and 1 <= month <= 12 and 1 <= day <= days[month - 1]


def yaml_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as they are written in a file of ours."""
    return yaml.safe_dump([dict(row) for row in rows], allow_unicode=True, sort_keys=False, width=200)
