"""Is a statement enough: is it about what was asked? A logistic of four plain features, fitted by `python -m evals calibrate`.

Fitted on the documents' header questions (the right document's best statement against the best of all others), never on cases.
Where nothing is known of the meaning yet (the model is loading, or there is too little to compare with) words alone decide.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import Need
from corpus.fact import Fact
from corpus.terms import Terms

WEIGHTS = {"aspect": 0.25, "likeness": 2.06, "standing": 2.11, "misses": -0.7}
BIAS = -7.63
ENOUGH, ENOUGH_UNTOLD, ENOUGH_ELSEWHERE = 0.3, 0.4, 0.65
"""Probabilities from which a statement counts: of the subject named, where the question names none, and of another subject than
the one named (the right side of the wrong thing is the commonest miss). Chosen by the totals of the cases; a part never used is
still to judge them."""

COVERED, CLOSELY, NEARLY = 0.3, 0.5, 0.5
"""Words alone: shares of what a question is about that must be held where no aspect was recognised; where not even the subject
was named; where the statement is of another aspect than the one asked."""
ABOUT_SOMETHING = 3
"""Characters that must be left of a question for a statement of another aspect, or of a subject not named, to answer it."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of how a statement and a need go together.

    `left` is what the question says beyond subject and aspect, `held` the share of it that the statement has, `likeness` that of
    all it is about; `standing` is index.search.Hit's, None if unknown; `wanted` the share of the kinds of value asked for.
    """

    left: str
    aspect: float
    named: bool
    exact: bool
    held: float
    likeness: float
    standing: float | None
    wanted: float
    stranger: bool = False
    """Whether the question names a standard by its number and the statement does not (ISO 37001 is not ISO 27001)."""


def enough(need: Need, signs: Signs, facts: Sequence[Fact], terms: Terms) -> bool:
    """Whether a statement is about what was asked. One about another thing than the one named never is, nor one that lacks the
    kind of value asked for, unless its heading says that it is about just this."""
    if signs.stranger or (signs.wanted == 0 and signs.aspect < 1 and asks_value(need, terms)):
        return False
    if need.objects:
        return signs.named or _holds_for_all(need, signs, facts, terms)
    if signs.exact and need.told and signs.aspect == 1 and need.aspect:
        return True
    if signs.standing is None:
        return _by_words(need, signs, terms)
    wanted = ENOUGH if need.subject else ENOUGH_ELSEWHERE if need.told else ENOUGH_UNTOLD
    return probability(need, signs, terms) >= wanted


def probability(need: Need, signs: Signs, terms: Terms) -> float:
    """That the statement answers, 0 to 1."""
    features = features_of(need, signs, terms)
    return 1 / (1 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in features.items())))


def features_of(need: Need, signs: Signs, terms: Terms) -> dict[str, float]:
    """The features of the logistic."""
    return {
        "aspect": signs.aspect if need.aspect else 0.0,
        "likeness": signs.likeness,
        "standing": signs.standing or 0.0,
        "misses": float(_wanting(need, terms) and signs.wanted == 0),
    }


def asks_value(need: Need, terms: Terms) -> bool:
    """Whether a figure is asked for: by the question's words, or by an aspect that is about money."""
    return bool(need.wants) or asks_money(need, terms)


def asks_money(need: Need, terms: Terms) -> bool:
    """Whether money is asked for, by words or aspect."""
    return "money" in need.wants or bool(need.aspect and "money" in terms.aspects[need.aspect].wants)


def _holds_for_all(need: Need, signs: Signs, facts: Sequence[Fact], terms: Terms) -> bool:
    """A rule of the aspect asked that singles out no things, where it is not asked whether this very thing is among them."""
    of_things = "verdict" in terms.aspects[need.aspect].wants if need.aspect else True
    return signs.aspect == 1 and not of_things and not any(fact.objects for fact in facts)


def _by_words(need: Need, signs: Signs, terms: Terms) -> bool:
    """The less the question names, the more of what it is about must be held."""
    says_enough = len("".join(signs.left.split())) >= ABOUT_SOMETHING
    if not need.subject:
        return says_enough and signs.held >= (COVERED if need.aspect and signs.aspect > 0 else CLOSELY)
    if not need.aspect:
        answers = (need.wants or not signs.left.strip()) and signs.wanted > 0
        return bool(answers) or signs.held >= (COVERED if need.told else CLOSELY)
    if signs.aspect > 0:
        return signs.exact or signs.held >= COVERED or not signs.left.strip()
    return (not _wanting(need, terms) or signs.wanted > 0) and signs.held >= NEARLY and says_enough


def _wanting(need: Need, terms: Terms) -> bool:
    """Whether a kind of value is asked for, by the question's words or by its aspect."""
    return bool(need.wants or (need.aspect and terms.aspects[need.aspect].wants))
