"""Numbers the sources of an answer as its claims come, and writes [n] behind each claim."""

import re

from bot.conversation import Citation, Claim, Statement

_MARK = re.compile(r"\[(\d{1,3})\]")
"""Looks like a mark of ours; what a document says so becomes ［2］."""


class Citer:
    """Takes claims one by one; afterwards has the whole text and its citations."""

    def __init__(self) -> None:
        self._text = ""
        self._statements: list[Statement] = []
        self._quotes: list[list[str]] = []
        self._last: list[int] = []

    @property
    def text(self) -> str:
        return self._text

    def add(self, claim: Claim) -> str:
        """The claim as the next piece of the answer's text, with its marks; items of one list carry theirs at the head."""
        numbers = list(dict.fromkeys(self._number(statement, quote) for statement, quote in claim.on))
        marks = "" if claim.before == "\n" and numbers == self._last else "".join(f"[{number}]" for number in numbers)
        self._last = numbers
        told = _MARK.sub(r"［\1］", claim.text)
        piece = f"{claim.before}{told}{marks}{claim.after}"
        self._text += piece
        return piece

    def citations(self) -> tuple[Citation, ...]:
        """The sources in the order of their numbers. A quote reaches from the first to the last part relied on."""
        return tuple(
            Citation(number, s.passage, _quote(s, quotes), tuple(fact.id for fact in s.facts), s.state)
            for number, (s, quotes) in enumerate(zip(self._statements, self._quotes, strict=True), 1)
        )

    def _number(self, statement: Statement, quote: str) -> int:
        known = [s.text for s in self._statements]
        if statement.text not in known:
            self._statements.append(statement)
            self._quotes.append([])
            known.append(statement.text)
        number = known.index(statement.text)
        self._quotes[number] += [quote] if quote else []
        return number + 1


def _quote(statement: Statement, quotes: list[str]) -> str:
    """The part of the statement that covers all its quotes, word for word."""
    spots = [(start, start + len(quote)) for quote in quotes if (start := statement.text.find(quote)) >= 0]
    if not spots:
        return statement.text
    return statement.text[min(start for start, _ in spots) : max(end for _, end in spots)]
