"""Fits the weights of `bot/evidence/enough.py` on the documents' header questions, never on cases, and prints them.

Of each question the right document's best statement, where it is among the first, counts as enough, the best of all other
documents as not; once with the subject that the question names, once as if it named none. Weights are accepted by hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from bot.answering import Bot
from bot.conversation import Need, Question, Session
from bot.evidence.enough import BIAS, WEIGHTS, features_of
from bot.evidence.gather import examine
from bot.reading.read import read
from corpus.document import Document
from evals.run import DAY

AMONG = 3
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Example:
    """A statement's features, and whether it was enough."""

    features: dict[str, float]
    enough: bool


def examples(documents: Sequence[Document], bot: Bot) -> list[Example]:
    """Two to four examples of each header question."""
    return [example for document in documents for text in document.questions for example in _of(document.id, text, bot)]


def report(found: Sequence[Example]) -> str:
    """The fitted weights beside those in use, and how well they part, cross-validated."""
    names = list(WEIGHTS)
    features = np.array([[example.features[name] for name in names] for example in found])
    wanted = np.array([example.enough for example in found])
    model = LogisticRegression(max_iter=2000)
    held_out = cross_val_predict(model, features, wanted, cv=FOLDS, method="predict_proba")[:, 1]
    model.fit(features, wanted)
    fitted = zip(("bias", *names), (model.intercept_[0], *model.coef_[0]), (BIAS, *WEIGHTS.values()), strict=True)
    lines = [f"{name:10} {value:6.2f}   in use {used:5.2f}" for name, value, used in fitted]
    return "\n".join([f"{len(found)} examples, AUC {roc_auc_score(wanted, held_out):.3f} ({FOLDS} folds)", *lines])


def _of(document: str, text: str, bot: Bot) -> Iterator[Example]:
    needs = read(Question(text, Session(), DAY), bot.know().vocabulary).needs[:1]
    for need in needs:
        for asked in (need, replace(need, subject="", told=False)):
            yield from _pair(document, asked, bot)


def _pair(document: str, need: Need, bot: Bot) -> Iterator[Example]:
    ground = bot.know().ground
    ranked = sorted(examine(need, ground), key=lambda pair: -pair[0].score)
    right = [place for place, (statement, _) in enumerate(ranked) if statement.passage.document == document]
    wrong = [place for place, (statement, _) in enumerate(ranked) if statement.passage.document != document]
    if right and right[0] < AMONG:
        yield Example(features_of(need, ranked[right[0]][1], ground.terms), True)
    if wrong:
        yield Example(features_of(need, ranked[wrong[0]][1], ground.terms), False)
