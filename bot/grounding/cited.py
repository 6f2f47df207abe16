"""What a sentence cites, seen as one: the words that vouch for its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversation import Claim, Statement
from bot.grounding.figures import written
from bot.grounding.frames import names
from corpus.figures import forms

_NO_TITLES = str.maketrans("《》", "  ")


@dataclass(frozen=True, slots=True)
class Cited:
    """`said` is what the statements say, `around` all words that come with them and the question, `topic` their subject and region, `places` what
    tells where they hold, `figures` the forms vouched for."""

    said: str
    around: str
    topic: str
    places: str
    asked: str
    figures: frozenset[str]


def cited(claim: Claim, asked: str) -> Cited:
    """What vouches for the claim."""
    statements = [statement for statement, _ in claim.on]
    return Cited(
        said="\n".join(dict.fromkeys(statement.text for statement in statements)),
        around=" ".join((asked, *map(around, statements))),
        topic=" ".join(f"{s.passage.subject} {s.passage.region}" for s in statements),
        places=" ".join((asked, *(statement.text for statement in statements), *map(_places, statements))),
        asked=asked,
        figures=forms(written(asked)).union(claim.computed, *map(vouched, statements)),
    )


def vouched(statement: Statement) -> frozenset[str]:
    """Figures that a statement vouches for: those of its own text, and the dates and title of its source."""
    source, validity = statement.passage.source, statement.passage.validity
    dates = (source.issued, validity.since, validity.until)
    untitled = statement.text.translate(_NO_TITLES)  # what a title says of years is said
    return (
        forms(written(statement.text))
        | forms(untitled)
        | forms(source.title)
        | frozenset(date for date in dates if date)
    )


def around(statement: Statement) -> str:
    """All words that a statement brings: its passage, its source with its dates, the offices of its rows."""
    passage, source = statement.passage, statement.passage.source
    offices: Iterable[str | None] = (fact.confirm_with for fact in statement.facts)
    parts = (
        *(passage.title, passage.heading, passage.text, names(passage.subject), passage.region),
        *(source.title, source.number, source.issuer, source.basis, source.issued),
        *(passage.validity.since, passage.validity.until, passage.validity.note, *offices),
    )
    return " ".join(part for part in parts if part)


def _places(statement: Statement) -> str:
    """Where a statement holds and who says it: not the title of its document, which may speak of more places."""
    passage, source = statement.passage, statement.passage.source
    offices = (fact.confirm_with for fact in statement.facts)
    named = (passage.region, passage.heading, source.number, *offices)
    return " ".join(name for name in named if name)
