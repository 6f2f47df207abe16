"""Checks claims against what they rely on, before a word is shown: every figure of a sentence stands in the passages that it cites.

So far figures: numbers, units, dates, shares. Names, places and negation are not judged yet.
"""

from collections.abc import Iterable

from bot.conversation import Claim, Statement
from corpus.figures import forms, same


def grounded(claim: Claim, asked: str) -> bool:
    """Whether the claim may be shown: its quotes stand in their passages, its figures in what it cites or in the question."""
    if any(quote not in statement.passage.text for statement, quote in claim.on):
        return False
    known = {form for statement, _ in claim.on for form in vouched(statement)} | forms(asked) | set(claim.computed)
    return all(any(same(form, other) for other in known) for form in forms(_unnumbered(claim.text)))


def struck(claims: Iterable[Claim], asked: str) -> tuple[Claim, ...]:
    """The claims that fail."""
    return tuple(claim for claim in claims if not grounded(claim, asked))


def vouched(statement: Statement) -> frozenset[str]:
    """Figures that a statement vouches for: those of its own text, and the dates and title of its source."""
    source, validity = statement.passage.source, statement.passage.validity
    dates = (source.issued, validity.since, validity.until)
    return forms(statement.text) | forms(source.title) | frozenset(date for date in dates if date)


def _unnumbered(text: str) -> str:
    """Without the number in front of a list item."""
    return text.split(". ", 1)[1] if text.split(". ", 1)[0].isdigit() and ". " in text else text
