"""Whether each document is found by the questions in its header: what an owner would type, never indexed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering import Bot
from bot.conversation import Question, Session
from corpus.document import Document
from evals.run import DAY, evidence_for

FIRST = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """A document's question and the rank at which a passage of it stood; none within the depth looked at."""

    document: str
    question: str
    rank: int | None


def seek(documents: Sequence[Document], bot: Bot) -> list[Sought]:
    """Every header question of every document, asked alone."""
    return [_sought(document.id, text, bot) for document in documents for text in document.questions]


def _sought(document: str, text: str, bot: Bot) -> Sought:
    passages = bot.index.passages
    found = [passages[identity].document for identity in evidence_for(Question(text, Session(), DAY), bot)]
    return Sought(document, text, found.index(document) + 1 if document in found else None)


def report(sought: Sequence[Sought]) -> str:
    """The share found among the first five, and each question that was not."""
    missed = [one for one in sought if one.rank is None or one.rank > FIRST]
    lines = [f"{one.document}: {one.question} (rank {one.rank or 'none'})" for one in missed]
    found = len(sought) - len(missed)
    return "\n".join(
        [*lines, f"{found} of {len(sought)} header questions find their document: {found / len(sought):.3f}"]
    )
