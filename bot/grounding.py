"""Checks claims against what they rely on, before a word is shown: every figure, document number and place of a sentence stands in the
passages that it cites, or in the question.

Organisations, meaning and negation are not judged yet.
"""

import re
from collections.abc import Iterable

from bot.conversation import Claim, Statement
from corpus.figures import document_numbers, forms, same
from corpus.regions import Regions


def grounded(claim: Claim, asked: str, regions: Regions | None = None) -> bool:
    """Whether the claim may be shown: its quotes stand in their passages, and what it says beyond them in what it cites or in the
    question. Places are judged where `regions` is given; words of the bot's own, which cite nothing, name places freely."""
    if any(quote not in statement.passage.text for statement, quote in claim.on):
        return False
    known = {form for statement, _ in claim.on for form in vouched(statement)} | forms(asked) | set(claim.computed)
    if not all(any(same(form, other) for other in known) for form in forms(_unnumbered(claim.text))):
        return False
    return not claim.on or (_numbers_stand(claim, asked) and (regions is None or _places_stand(claim, asked, regions)))


def struck(claims: Iterable[Claim], asked: str) -> tuple[Claim, ...]:
    """The claims that fail."""
    return tuple(claim for claim in claims if not grounded(claim, asked))


def vouched(statement: Statement) -> frozenset[str]:
    """Figures that a statement vouches for: those of its own text, and the dates and title of its source."""
    source, validity = statement.passage.source, statement.passage.validity
    dates = (source.issued, validity.since, validity.until)
    return forms(statement.text) | forms(source.title) | frozenset(date for date in dates if date)


def _numbers_stand(claim: Claim, asked: str) -> bool:
    """Whether each document number of the claim stands in what it cites."""
    known = _bare(asked + "".join(_around(statement) for statement, _ in claim.on))
    return all(_bare(number) in known for number in document_numbers(claim.text))


def _places_stand(claim: Claim, asked: str, regions: Regions) -> bool:
    """Whether each place of the claim is named by what it cites, or lies around a place that is."""
    said = {m.region for m in regions.mentions(claim.text) if m.region and m.region.level}
    if not said:
        return True
    vouching = asked + " ".join(_around(statement) for statement, _ in claim.on)
    named = {region for m in regions.mentions(vouching) for region in ((m.region,) if m.region else m.choices)}
    around = {region for place in named for region in regions.chain(place)}
    return said <= around


def _around(statement: Statement) -> str:
    """All words that a statement brings: its passage, its source, and the offices of its rows."""
    passage, source = statement.passage, statement.passage.source
    offices = (fact.confirm_with for fact in statement.facts)
    parts = (
        passage.title,
        passage.heading,
        passage.text,
        passage.region,
        source.title,
        source.number,
        source.issuer,
        source.basis,
        *offices,
    )
    return " ".join(part for part in parts if part)


def _bare(text: str) -> str:
    return re.sub(r"[\s—–-]", "", text)


def _unnumbered(text: str) -> str:
    """Without the number in front of a list item."""
    return text.split(". ", 1)[1] if text.split(". ", 1)[0].isdigit() and ". " in text else text
