"""Judges an answer by its case, by one rule for every pipeline.

Right: the first sentence holds what it must, everything required appears, nothing of `never` is said as the asker's, a gold fact of
each group is cited, and what should be refused is refused (and nothing else). A figure in a sentence after the first that names
another place or another time is an example, not a neighbour's figure.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.conversation import REFUSALS
from corpus.figures import figures, forms, plain_text, same
from corpus.split import sentences
from evals.case import Case

OTHER_TIMES = ("已失效", "还没到施行的日子", "征求意见", "旧版", "此前", "曾")

Elsewhere = Callable[[str], bool]
"""Whether a sentence names a place that is not the asker's."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pipeline gave. `facts` are those its citations state; `status` is empty where a pipeline knows none."""

    text: str
    status: str
    facts: Collection[str]
    took_ms: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer is right, and what is wrong with it if not."""

    right: bool
    faults: tuple[str, ...]


def judge(case: Case, outcome: Outcome, elsewhere: Elsewhere) -> Verdict:
    """The verdict on an outcome."""
    parts = sentences(outcome.text) or ("",)
    faults = [
        *_status_faults(case, outcome),
        *([] if any(holds(parts[0], entry) for entry in case.direct) else [f"first sentence lacks {case.direct}"]),
        *(f"lacks {entry}" for entry in case.require if not holds(outcome.text, entry)),
        *(f"says {entry}" for entry in case.never if _said_as_own(parts, entry, elsewhere)),
    ]
    if case.answerable:
        faults += [f"cites none of {group}" for group in case.gold if not set(group) & set(outcome.facts)]
    return Verdict(not faults, tuple(faults))


def holds(text: str, entry: str) -> bool:
    """Whether the text holds one of the entry's alternatives: a quantity in any form, anything else as it stands."""
    return any(_holds(text, alternative) for alternative in entry.split("|"))


def _holds(text: str, entry: str) -> bool:
    found = figures(entry)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(plain_text(entry))):
        return any(same(found[0].form, form) for form in forms(text))
    return plain_text(entry).lower() in plain_text(text).lower()


def _status_faults(case: Case, outcome: Outcome) -> list[str]:
    """A pipeline without statuses is judged as one that always answers."""
    status = outcome.status or "answered"
    if not outcome.status and case.answerable:
        return []
    if status in case.status:
        return []
    return [
        f"refused: {status}"
        if status in REFUSALS and case.answerable
        else f"status {status}, not {'/'.join(case.status)}"
    ]


def _said_as_own(parts: Collection[str], entry: str, elsewhere: Elsewhere) -> bool:
    """Whether a sentence says it without naming it as another place's or another time's."""
    for number, part in enumerate(parts):
        example = number > 0 and (elsewhere(part) or any(word in part for word in OTHER_TIMES))
        if not example and holds(part, entry):
            return True
    return False
