"""Reckons when a certificate runs out and when to renew it, from the day it was issued and the row that states its term.

Asks the row for term and notice period; knows no certificate itself.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.conversation import Claim, Question, Reading, Statement
from bot.evidence.gather import gather
from bot.evidence.ground import Ground
from bot.words import Wording
from corpus.figures import figures

ASPECT = "有效期"
TERM, NOTICE = "有效期", "续证提前"


def create(wording: Wording) -> "Expiry":
    """The tool in the language of `wording`."""
    return Expiry(wording)


class Expiry:
    """Takes questions about validity that name the full day of issue."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def answer(self, question: Question, reading: Reading, ground: Ground) -> Sequence[Claim]:
        """The day the certificate runs out, with its receipt; nothing if no day is named or no row states the term."""
        issued = _day(question.text)
        need = next((need for need in reading.needs if need.subject and need.aspect == ASPECT), None)
        if not issued or not need:
            return ()
        statement = next((s for s in gather(need, ground).local if _value(s, TERM).endswith("年")), None)
        if statement is None:
            return ()
        return self._reckoned(issued, statement, need.subject)

    def _reckoned(self, issued: date, statement: Statement, subject: str) -> list[Claim]:
        years = int(_value(statement, TERM).removesuffix("年"))
        until = _years_later(issued, years) - timedelta(days=1)
        on = ((statement, statement.text),)
        say = self._wording.say
        text = say("expiry.until", subject=subject, issued=_said(issued), years=years, until=_said(until))
        claims = [Claim(text, on, computed=(until.isoformat(),))]
        if notice := _value(statement, NOTICE).removesuffix("天"):
            start = until - timedelta(days=int(notice))
            claims.append(
                Claim(say("expiry.renew", days=notice, start=_said(start)), on, computed=(start.isoformat(),))
            )
        return claims


def _day(text: str) -> date | None:
    """The first full day that the text names, if there is such a day."""
    for figure in figures(text):
        try:
            return date.fromisoformat(figure.form)
        except ValueError:
            continue
    return None


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _value(statement: Statement, name: str) -> str:
    return next((fact.values[name] for fact in statement.facts if name in fact.values), "")


def _years_later(day: date, years: int) -> date:
    """The same day `years` later; the 29th of February becomes the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
