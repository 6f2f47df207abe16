"""A figure that a question takes for granted (德清奖励100万对吗) and that the record does not bear out."""

from bot.conversation import Need, Statement
from bot.words import Wording
from corpus.figures import KINDS, figures, forms, plain_text, same


def mistaken(need: Need, part: str, statement: Statement, wording: Wording) -> str:
    """The figure as it was typed, if the question asks whether it is so, the sentence that answers has one of its kind, and the
    statement has no such figure; else nothing."""
    if not any(cue in need.text for cue in wording.list("premise.asked")):
        return ""
    known, said = forms(statement.text), forms(part)
    for figure in figures(need.text):
        kinds = [kind for kind in KINDS.values() if kind(figure.form)]
        comparable = any(kind(form) for kind in kinds for form in said)
        if comparable and not any(same(figure.form, form) for form in known):
            return plain_text(need.text)[figure.start : figure.end]
    return ""
