"""Checks claims against what they rely on, before a word is shown."""

from collections.abc import Iterable, Iterator

from bot.conversation import Claim, Statement
from bot.grounding import conditions, figures, names, negation, scope, subjects
from bot.grounding.cited import cited, vouched
from corpus.regions import Regions
from corpus.terms import Terms

_ENDS = ("", "。", "；", "！", "？", "\n")


def faults(claim: Claim, asked: str, regions: Regions | None = None, terms: Terms | None = None) -> Iterator[str]:
    if any(quote not in statement.passage.text for statement, quote in claim.on):
        yield "quote"
        return
    there = cited(claim, asked)
    text = _unnumbered(claim.text)
    yield from (f"figure {x}" for x in figures.unvouched(text, there.figures, there.around))
    if not claim.on:
        return
    yield from (f"name {x}" for x in names.unnamed(text, there.around))
    if regions:
        yield from (f"place {x}" for x in names.unplaced(text, there.places, regions))
    if is_whole(text, there.said):
        return
    yield from (f"negation {x}" for x in negation.contradictions(text, there.said))
    yield from (f"subject {x}" for x in subjects.swapped(text, there, terms))
    yield from (f"scope {x}" for x in scope.widened(text, there.said, [s.passage.region for s, _ in claim.on]))
    yield from (f"condition {x}" for x in conditions.dropped(text, there.said, asked))


def is_whole(text: str, said: str) -> bool:
    """Whether a text is a sentence, or several, of what is said, word for word."""
    bare = text.strip(" 。；\n-")
    start = said.find(bare)
    return bool(bare) and start >= 0 and said[:start].rstrip(" -")[-1:] in _ENDS and said[start + len(bare) :][:1] in _ENDS


def grounded(claim: Claim, asked: str, regions: Regions | None = None) -> bool:
    return next(faults(claim, asked, regions), None) is None


def struck(claims: Iterable[Claim], asked: str) -> tuple[Claim, ...]:
    """The claims that fail."""
    return tuple(claim for claim in claims if not grounded(claim, asked))


def _unnumbered(text: str) -> str:
    """Without the number in front of a list item."""
    return text.split(". ", 1)[1] if text.split(". ", 1)[0].isdigit() and ". " in text else text
