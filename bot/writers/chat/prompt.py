"""What the model is told: the rules, then question and evidence as data behind fences that data cannot open."""

from collections.abc import Sequence

from bot import guard
from bot.conversation import Reading, Statement
from bot.words import Wording
from bot.writers.chat.model import Message

_FENCES = str.maketrans("<>", "＜＞")


def messages(reading: Reading, told: Sequence[Statement], wording: Wording) -> list[Message]:
    """The messages for a question, its personal data masked, with the statements that may be told, numbered from 1."""
    sources = "\n".join(_source(number, statement, wording) for number, statement in enumerate(told, 1))
    region = reading.region.full_name if reading.region else wording.say("chat.no_region")
    asked = "\n".join(dict.fromkeys((reading.text, *(need.text for need in reading.needs))))
    return [
        ("system", wording.say("chat.system")),
        ("human", wording.say("chat.question", question=as_data(guard.masked(asked)), region=region, sources=sources)),
    ]


def _source(number: int, statement: Statement, wording: Wording) -> str:
    passage = statement.passage
    names = {"title": passage.title, "heading": passage.heading, "region": passage.region, "text": statement.text}
    return wording.say("chat.source", number=number, **{name: as_data(text) for name, text in names.items()})


def as_data(text: str) -> str:
    """Text that cannot open or close the fences of a prompt."""
    return text.translate(_FENCES)
