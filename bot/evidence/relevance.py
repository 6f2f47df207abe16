"""How well a candidate answers a need: a weighted sum of its features, half way to what `python -m evals calibrate` fits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.evidence.candidates import Candidate

WEIGHTS: Mapping[str, float] = {
    "object": 0.3, "coverage": 1.6, "standing": 1.0, "words": 0.8, "met": 2.4, "wanted": 0.15, "part": -2.3, "way": 1.4,
    "votes_aspect": 0.7, "recalled": -0.1, "unheard": -0.5, "share": 3.3, "unpriced": -0.35, "heard": 1.4,
}  # fmt: skip
"""Half way between what is fitted (0.834 of 1,489 new questions first, 0.812 with the weights before, 0.829 with these) and those before: the
fit is on questions that stand alone, and leaned on questions of owners so much that follow-ups and comparisons were read worse. What owners'
questions cannot tell (things named, hearsay) is kept where it was."""


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
