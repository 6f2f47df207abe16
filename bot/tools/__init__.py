"""Tools, a module each: `create(wording) -> Tool`. A tool computes from rows where a sentence alone cannot answer. One new file adds one."""

from collections.abc import Sequence
from typing import Protocol

from bot.conversation import Claim, Question, Reading
from bot.evidence.ground import Ground


class Tool(Protocol):
    """Takes a question that it alone can answer."""

    def answer(self, question: Question, reading: Reading, ground: Ground) -> Sequence[Claim]:
        """The answer as claims, each with the statements that it computes from; nothing if the question is not for this tool."""
        ...
