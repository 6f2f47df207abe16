"""A case: a conversation, and what its last answer must be. Cases are data (`cases/*.yaml`); nobody needs to read code to add one.

Keys: `id`, `turns` (the questions; the last one is judged), `region` and `on` (of the asker, optional), `subject`, `aspect`, `tags`,
`status` (those that are right), `gold` (fact ids, `a|b` where either will do; all must be cited), `direct` (what the first sentence
must hold, any one), `require` (what must appear anywhere, all; `a|b` for either), `never` (figures of the wrong place, time, product).
An entry that is a quantity matches every way of writing it; any other entry is looked for as text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.conversation import REFUSALS, STATUSES
from corpus.rows import MalformedFile, read_yaml

CASES = Path(__file__).parent / "cases"
_KEYS = frozenset("id turns region on subject aspect tags status gold direct require never note".split())
_LISTS = ("turns", "tags", "status", "gold", "direct", "require", "never")
_LINE = "__line__"


@dataclass(frozen=True, slots=True)
class Case:
    """See the module for the keys. `gold` holds groups of ids of which one must be cited."""

    id: str
    turns: tuple[str, ...]
    status: tuple[str, ...]
    direct: tuple[str, ...]
    subject: str = ""
    aspect: str = ""
    region: str = ""
    on: str = ""
    tags: tuple[str, ...] = ()
    gold: tuple[tuple[str, ...], ...] = ()
    require: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    note: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the corpus holds the answer."""
        return not any(status in REFUSALS for status in self.status) or "answered" in self.status


def load_cases(folder: Path = CASES) -> tuple[Case, ...]:
    """All cases of a folder, in order of file and line. Raises MalformedFile, naming file and line."""
    found: dict[str, Case] = {}
    for path in sorted(folder.glob("*.yaml")):
        for row in _rows(path):
            case = _case(row, path)
            if case.id in found:
                raise MalformedFile(path, int(row[_LINE]), f"id {case.id} stands twice: rename one")
            found[case.id] = case
    return tuple(found.values())


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    content = read_yaml(path.read_text(encoding="utf-8"), path)
    if not isinstance(content, list):
        raise MalformedFile(path, 1, "is no list of cases: begin each with `- {id: …`")
    yield from content


def _case(row: Mapping[str, Any], path: Path) -> Case:
    line = int(row.get(_LINE, 1))
    unknown = sorted(set(row) - _KEYS - {_LINE})
    missing = [key for key in ("id", "turns", "status", "direct") if not row.get(key)]
    if unknown or missing:
        raise MalformedFile(
            path, line, f"unknown {unknown}, missing {missing}: the keys are {', '.join(sorted(_KEYS))}"
        )
    lists = {key: tuple(map(str, row.get(key) or ())) for key in _LISTS}
    strange = [status for status in lists["status"] if status not in STATUSES]
    if strange:
        raise MalformedFile(path, line, f"status {strange[0]} is none of {', '.join(STATUSES)}")
    texts = {key: str(row.get(key) or "") for key in ("id", "subject", "aspect", "region", "on", "note")}
    gold = tuple(tuple(group.split("|")) for group in lists.pop("gold"))
    return Case(**texts, **lists, gold=gold)  # type: ignore[arg-type]  # names and kinds were checked above
