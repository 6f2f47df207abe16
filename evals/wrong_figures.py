"""Wrong figures: an amount, duration, share or score in the first two sentences that belongs to no gold fact and was not asked about."""

from collections.abc import Collection, Iterable, Mapping

from corpus.document import Passage
from corpus.fact import Fact
from corpus.figures import forms, is_duration, is_money, is_score, is_share, same
from corpus.split import sentences
from evals.case import Case
from evals.judge import Elsewhere, Outcome

FIRST = 2
_COUNTED = (is_money, is_duration, is_share, is_score)


def wrong_figures(
    case: Case, outcome: Outcome, facts: Mapping[str, Fact], passages: Iterable[Passage], elsewhere: Elsewhere
) -> Collection[str]:
    """The wrong figures of an answer. One in a sentence after the first that names another place's is an example. Cases without
    gold facts have no figure that could be right, unless their `direct` or `require` names it."""
    gold = {fact for group in case.gold for fact in group}
    stated = [p.text for p in passages if gold & set(p.facts)]
    right = {form for text in (*stated, *case.turns, *case.direct, *case.require) for form in forms(text)}
    right |= {value for identity in gold if identity in facts for value in facts[identity].values.values()}
    said = [part for n, part in enumerate(sentences(outcome.text)[:FIRST]) if n == 0 or not elsewhere(part)]
    found = {form for part in said for form in forms(part) if any(kind(form) for kind in _COUNTED)}
    return {form for form in found if not any(same(form, other) for other in right)}
