"""For doors that hand in a whole conversation (chat messages) instead of our session: the session after the earlier questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.answering import UnusableQuestion
from bot.conversation import Claim, Evidence, Reading, session_to_json
from bot.guard import LONGEST_QUESTION, cleaned
from bot.reception import Reception

MOST_REPLAYED = 8
"""Earlier questions that are looked at; the newest count. A session remembers no more turns."""
MOST_CHARACTERS = 1_000
"""Characters of earlier questions that are gone through: as much as two of the longest, so that a request costs no more than three."""


class _Silent:
    """A writer that writes nothing: what is remembered depends on what was asked and found, never on how it was put."""

    def write(self, reading: Reading, evidence: Sequence[Evidence]) -> Iterator[Claim]:  # noqa: ARG002 - as every writer
        return iter(())


def ask_after(
    reception: Reception, earlier: Sequence[str], profile: Mapping[str, Any] | None = None, on: str | None = None
) -> dict[str, Any]:
    """What `Reception.ask` and `stream` take besides the question (profile, session, on) after earlier questions, the oldest first.

    Nothing is stored, no answer is written; a question that cannot be used is passed over. Takes the room of one question, as it costs
    as much: raises TurnedAway, and InvalidDay, ValueError of Regions.
    """
    session = None
    if earlier:
        with reception.place(answers=False):
            session = _heard(reception, replayed(earlier), profile, on)
    return {"profile": None if session else profile, "session": session, "on": on}


def replayed(earlier: Sequence[str]) -> list[str]:
    """Which of the earlier questions are gone through, the oldest first: those that can be, from the newest on, as far as there is room."""
    chosen, left = list[str](), MOST_CHARACTERS
    for text in reversed(earlier[-MOST_REPLAYED:]):
        length = len(cleaned(text))
        if not 0 < length <= LONGEST_QUESTION:
            continue
        left -= length
        if left < 0:
            break
        chosen.insert(0, text)
    return chosen


def _heard(
    reception: Reception, questions: Sequence[str], profile: Mapping[str, Any] | None, on: str | None
) -> dict[str, Any] | None:
    """The session after the questions; none where none of them could be used."""
    silent, session = replace(reception.bot, writer=_Silent()), None
    for text in questions:
        try:
            heard = silent.answer(reception.question(text, profile if session is None else None, session, on))
        except UnusableQuestion:
            continue
        session = session_to_json(heard.session)
    return session
