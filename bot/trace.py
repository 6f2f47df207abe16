"""Why an answer is as it is: what was understood, which filters held, what was found, used or struck, how long each step took.

Plain values, made in tracing.py of what the steps of answering.py hand on. Nothing of the question's own words is among them.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.document import State

Use = Literal["used", "struck", "not_needed", "other_place", "other_time", "ambiguous", "not_about"]
"""What became of a passage: relied on; said, but struck by the check; about it, but others told more; of another place or time; one
of several things that may be meant; not about what was asked."""
Step = Literal["read", "gather", "write"]
"""Understanding the question; looking up (and judging what is refused); writing and checking each sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found for a need. `score` ranks it; `chance` is that it answers, 0 where nothing is known of that."""

    passage: str
    title: str
    heading: str
    region: str
    state: State
    score: float
    chance: float
    use: Use


@dataclass(frozen=True, slots=True)
class Sought:
    """A need as it was understood, the filters that held for it, and what was found, the best of each use first."""

    subject: str
    aspect: str
    region: str
    """The place asked for; empty where none is known."""
    day: str
    wants: tuple[str, ...]
    """Kinds of value asked for."""
    things: tuple[str, ...]
    overview: bool
    places: tuple[str, ...] = ()
    """Only what holds for one of these counts, the nearest first; empty where nothing was looked up."""
    within: bool = False
    """Whether what holds in a part of the first place counts too."""
    evidence: str = ""
    """The status that what was found allows; empty where nothing was looked up."""
    choices: tuple[str, ...] = ()
    """Subjects of which it might be meant."""
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """See the module. `way` is how it was answered: from evidence, by a tool, blocked, or the intent that needs no evidence."""

    way: str = "evidence"
    needs: tuple[Sought, ...] = ()
    struck: tuple[str, ...] = ()
    """Sentences that the check before display struck, personal data masked."""
    steps_ms: Mapping[Step, float] = field(default_factory=dict)


class Clock:
    """Measures the steps one after the other: a lap gives the time since the one before to a step. While an answer is streamed, the
    time that its reader takes counts as well."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self.steps_ms: dict[Step, float] = {}

    def lap(self, step: Step) -> None:
        """Ends a step, or a further part of it."""
        now = time.perf_counter()
        self.steps_ms[step] = self.steps_ms.get(step, 0.0) + (now - self._last) * 1000
        self._last = now

    @property
    def whole_ms(self) -> float:
        """Since the beginning."""
        return (time.perf_counter() - self._started) * 1000


def trace_object(answer: str, status: str, trace: Trace) -> dict[str, Any]:
    """The trace of an answer as `GET /api/answers/{id}/trace` gives it."""
    return {
        "answer": answer,
        "status": status,
        "way": trace.way,
        "needs": [_sought(one) for one in trace.needs],
        "struck": list(trace.struck),
        "steps_ms": {step: round(took, 1) for step, took in trace.steps_ms.items()},
    }


def _sought(one: Sought) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "aspect": one.aspect,
        "region": one.region,
        "day": one.day,
        "wants": list(one.wants),
        "things": list(one.things),
        "overview": one.overview,
        "places": list(one.places),
        "within": one.within,
        "evidence": one.evidence,
        "choices": list(one.choices),
        "found": [_found(passage) for passage in one.found],
    }


def _found(one: Found) -> dict[str, Any]:
    return {
        "passage": one.passage,
        "title": one.title,
        "heading": one.heading,
        "region": one.region,
        "validity": one.state,
        "score": round(one.score, 3),
        "chance": round(one.chance, 3),
        "use": one.use,
    }
