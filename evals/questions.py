"""Whether each document is found by the questions in its header: what an owner would type, never indexed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering import Bot
from bot.conversation import Question, Session
from bot.evidence.gather import rank
from bot.reading.read import read
from corpus.document import Document
from evals.run import DAY

FIRST = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """A document's question and the rank at which a passage of it stood; none if it was not found at all."""

    document: str
    question: str
    rank: int | None


def seek(documents: Sequence[Document], bot: Bot) -> list[Sought]:
    """Every header question of every document, asked alone."""
    return [_sought(document.id, text, bot) for document in documents for text in document.questions]


def _sought(document: str, text: str, bot: Bot) -> Sought:
    known = bot.know()
    needs = read(Question(text, Session(), DAY), known.vocabulary).needs
    ranked = sorted((s for need in needs for s in rank(need, known.ground)), key=lambda statement: -statement.score)
    found = list(dict.fromkeys(statement.passage.id for statement in ranked))
    places = [bot.index.passages[identity].document for identity in found]
    return Sought(document, text, places.index(document) + 1 if document in places else None)


def report(sought: Sequence[Sought]) -> str:
    """The share found among the first five, and each question that was not."""
    missed = [one for one in sought if one.rank is None or one.rank > FIRST]
    lines = [f"{one.document}: {one.question} (rank {one.rank or 'none'})" for one in missed]
    found = len(sought) - len(missed)
    return "\n".join(
        [*lines, f"{found} of {len(sought)} header questions find their document: {found / len(sought):.3f}"]
    )
