"""How well a candidate answers a need: a weighted sum of its features, fitted by `python -m evals calibrate`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.evidence.candidates import Candidate

WEIGHTS: Mapping[str, float] = {
    "object": 0.3, "coverage": 1.45, "search": 0.1, "standing": 1.8, "words": 0.55, "met": 2.6, "wanted": 0.2, "part": -1.5,
    "way": 0.25, "votes_aspect": 0.7, "aspect": 0.1, "recalled": -0.1, "unheard": -0.3, "share": 0.6, "unpriced": -0.3,
}  # fmt: skip
"""Fitted; rounded, and what owners' questions cannot tell (things named, hearsay) kept where it was."""


def score(features: Mapping[str, float]) -> float:
    """The higher, the better."""
    return sum(weight * features[name] for name, weight in WEIGHTS.items())


def ranked(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates, best first, each with its place among the others: `search`, 1 for the best found of the subject named, 0
    for the last; `lead`, how far its score is above the best that states another fact."""
    order = sorted(_placed(candidates), key=lambda candidate: -score(candidate.features))
    return [_with_lead(candidate, order) for candidate in order]


def _placed(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    own = [candidate.found for candidate in candidates if not candidate.features["foreign"]]
    best, least = max(own, default=0.0), min(own, default=0.0)

    def place(candidate: Candidate) -> float:
        if candidate.features["foreign"]:
            return 0.0
        return (candidate.found - least) / (best - least) if best > least else 1.0

    return [replace(one, features={**one.features, "search": place(one)}) for one in candidates]


def _with_lead(candidate: Candidate, order: Sequence[Candidate]) -> Candidate:
    others = (score(other.features) for other in order if other.facts != candidate.facts)
    lead = score(candidate.features) - next(others, 0.0)
    return replace(candidate, features={**candidate.features, "lead": lead})
