"""What may be asked next, a tap each: the choices of a question asked back, or further aspects of the subject that are on record."""

from collections.abc import Sequence

from bot.conversation import Evidence, Reading, Status
from bot.declining import aspects_on_record, choices_of
from bot.words import Wording
from corpus.document import Passage
from corpus.terms import Terms

SHOWN = 3


def suggestions(
    reading: Reading,
    subject: str,
    status: Status,
    evidence: Sequence[Evidence],
    passages: Sequence[Passage],
    wording: Wording,
    terms: Terms,
) -> tuple[str, ...]:
    """Questions in full, so that each can be sent as it stands; `subject` is what the answer was about."""
    if reading.intent == "ambiguous_region":
        return reading.choices
    if status == "clarify":
        need = evidence[0].need
        return tuple(_question(subject, need.aspect, wording) for subject in choices_of(evidence[0], terms))
    asked = {need.aspect for need in reading.needs}
    on_record = aspects_on_record(subject, passages, terms) if subject else []
    useful = [aspect for aspect in wording.list("suggest.order") if aspect in on_record]
    fresh = [aspect for aspect in dict.fromkeys((*useful, *on_record)) if aspect not in asked]
    return tuple(_question(subject, aspect, wording) for aspect in fresh[:SHOWN])


def _question(subject: str, aspect: str, wording: Wording) -> str:
    key = f"suggest.questions.{aspect}" if aspect in wording.list("suggest.questions") else "suggest.aspect"
    return wording.say(key, subject=wording.name(subject), aspect=wording.name(aspect))
