"""A fact is a row: what a sentence states as values with units, where and when it holds, its source. See facts/FORMAT.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.document import Source, Validity
from corpus.figures import is_money

SUBSIDY = "subsidy"
FIGURE = "figure"
KINDS = ("step", SUBSIDY, "requirement", "definition", FIGURE, "contact", "training")
VERDICTS = ("yes", "no", "depends")


@dataclass(frozen=True, slots=True)
class Fact:
    """One row. `values` maps a name to a figure in the one form of `figures.py` (`200000元`, `0.15`, `2025-08-15`)."""

    id: str
    kind: str
    region: str
    source: Source
    validity: Validity = field(default_factory=Validity)
    also: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    verdict: str | None = None
    objects: tuple[str, ...] = ()
    conditions: Mapping[str, Any] = field(default_factory=dict)
    frequency: str | None = None
    confirm_with: str | None = None
    apply: str | None = None
    replaces: str | None = None
    conflict: tuple[str, ...] = ()
    corrected: str | None = None
    path: str = ""
    line: int = 0

    @property
    def certificates(self) -> tuple[str, ...]:
        """What it is paid for: the certificates that its conditions name."""
        return tuple(filter(None, str(self.conditions.get("certification") or "").split("；")))

    @property
    def is_money(self) -> bool:
        """Whether it speaks of an amount of money."""
        return any(is_money(value) for value in self.values.values())
