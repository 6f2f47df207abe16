"""Fits the weights of `bot/evidence/` on owners' questions (`corpus/questions/`), never on cases, and prints them.

Only questions of the fixed fifth of facts that an adapter of its own never saw, each hidden from the ways in while it is asked: once
with the fact that answers it, once as if that were not on record; and questions that nothing on record answers, hidden alike.
Weights are accepted by hand.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from tqdm import tqdm

from bot.answering import Bot
from bot.evidence import enough, relevance
from bot.evidence.candidates import Candidate
from bot.evidence.close import read_closely
from corpus.load import Knowledge
from corpus.ways import Way
from evals.asking import need_of, possible
from evals.hiding import hiding
from index.training.pairs import is_held_out

ASKED, UNANSWERED, HARDEST, FOLDS, SEED = 900, 400, 12, 5, 3


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the candidates for it: all, and those that are left when its fact is not on record. A question that nothing
    answers has no fact, and all its candidates are wrong."""

    fact: str
    found: Sequence[Candidate]
    without: Sequence[Candidate] = ()


def examples(knowledge: Knowledge, bot: Bot) -> list[Example]:
    """An example of each question that is asked."""
    chosen = [way for way in knowledge.ways if way.fact and is_held_out(way.fact)]
    gaps = [way for way in knowledge.ways if way.gap]
    for some in (chosen, gaps):
        random.Random(SEED).shuffle(some)
    asked = [*chosen[:ASKED], *gaps[:UNANSWERED]]
    return [example for way in tqdm(asked, desc="questions", disable=None) if (example := _example(way, bot))]


def _example(way: Way, bot: Bot) -> Example | None:
    need, fact = need_of(way, bot), bot.index.facts.get(way.fact)
    if not need:
        return None

    def found(facts: Collection[str]) -> Sequence[Candidate]:
        ground = hiding(bot, facts, way.text).know().ground
        return relevance.ranked(read_closely(need, list(possible(need, ground)), ground))

    if not fact:
        return Example("", found(()))
    return Example(fact.id, found(()), found((fact.id, *fact.also)))


def report(found: Sequence[Example]) -> str:
    """The fitted weights beside those in use, and how well they do on facts that they were not fitted on."""
    ranking = _fit_ranking(found)
    scores = dict(zip(relevance.WEIGHTS, ranking, strict=True))
    judged = list(_judged(found))
    names = list(enough.WEIGHTS)
    features = np.array([[c.features[name] for name in names] for c, _, _ in judged])
    right = np.array([is_right for _, is_right, _ in judged])
    without_answer = np.array([not fact for _, _, fact in judged])
    model = LogisticRegression(max_iter=2000)
    folds = GroupKFold(FOLDS).split(features, right, [fact or f"gap {n}" for n, (_, _, fact) in enumerate(judged)])
    held = cross_val_predict(model, features, right, cv=list(folds), method="predict_proba")[:, 1]
    model.fit(features, right)
    answered = [example for example in found if example.fact]
    first, in_use = (
        np.mean([bool(e.found) and _is_of(max(e.found, key=lambda c: _score(c, weights)), e.fact) for e in answered])
        for weights in (scores, relevance.WEIGHTS)
    )
    return "\n".join(
        [
            f"{len(answered)} questions; first is right {first:.3f}, with the weights in use {in_use:.3f}",
            _lines(relevance.WEIGHTS, ranking),
            f"enough: AUC {roc_auc_score(right, held):.3f} ({FOLDS} folds by fact), right {right.mean():.2f}",
            f"bias {model.intercept_[0]:6.2f}   in use {enough.BIAS:5.2f}",
            _lines(enough.WEIGHTS, model.coef_[0]),
            *(_tradeoff(right, without_answer, held, share) for share in (0.02, 0.05, 0.1, 0.15)),
        ]
    )


def _fit_ranking(found: Sequence[Example]) -> Sequence[float]:
    """Pairwise: the right candidate against the hardest others (Joachims, 2002), scaled so that standing keeps its weight."""
    names, rows = list(relevance.WEIGHTS), []
    for example in found:
        right = [c for c in example.found if _is_of(c, example.fact)]
        others = sorted((c for c in example.found if c not in right), key=lambda c: -relevance.score(c.features))
        rows += [_vector(right[0], names) - _vector(other, names) for other in others[:HARDEST] if right]
    differences = np.array(rows)
    model = LogisticRegression(fit_intercept=False, max_iter=2000)
    model.fit(np.vstack([differences, -differences]), np.repeat([1, 0], len(differences)))
    weights = model.coef_[0]
    fitted: Sequence[float] = (weights * relevance.WEIGHTS["standing"] / weights[names.index("standing")]).tolist()
    return fitted


def _judged(found: Sequence[Example]) -> Iterator[tuple[Candidate, bool, str]]:
    """The best candidate with and without the fact, and whether it is right."""
    for example in found:
        for candidates in (example.found, example.without):
            if candidates:
                best = candidates[0]
                yield best, _is_of(best, example.fact), example.fact


def _is_of(candidate: Candidate, fact: str) -> bool:
    return any(fact == one.id for one in candidate.facts)


def _score(candidate: Candidate, weights: Mapping[str, float]) -> float:
    return sum(weight * candidate.features[name] for name, weight in weights.items())


def _vector(candidate: Candidate, names: Sequence[str]) -> Any:
    return np.array([candidate.features[name] for name in names])


def _lines(used: Mapping[str, float], fitted: Sequence[float]) -> str:
    return "\n".join(f"{name:12} {new:6.2f}   in use {used[name]:5.2f}" for name, new in zip(used, fitted, strict=True))


def _tradeoff(right: Any, without_answer: Any, held: Any, refused: float) -> str:
    """How many wrong answers are kept back at a threshold that refuses that share of the right ones."""
    threshold = float(np.quantile(held[right], refused))
    kept_back = [np.mean(held[some] < threshold) for some in (~right & ~without_answer, without_answer)]
    return (
        f"at {threshold:.2f} {refused:.0%} of right ones refused, {kept_back[0]:.0%} of wrong ones, "
        f"{kept_back[1]:.0%} of those that nothing answers"
    )
