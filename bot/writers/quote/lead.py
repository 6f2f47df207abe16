"""Which sentence of a statement answers: the one that says most of what is asked beyond what all of it is about."""

import re

from bot.conversation import Need, Statement
from corpus.figures import KINDS, forms, plain_text
from corpus.split import sentences, whole_sentences

CLEARLY, CLEARLY_IN_LIST = 2, 6
"""Points by which another sentence, or another line of a list, must outdo the first: the first names its subject. Of 475 owners' questions whose sentence was
chosen by hand from statements of several, 0.78 get theirs with 1, 0.76 with 2, 0.72 with 3, 0.56 with
the first always; with 1 what is told first names its subject too seldom."""
OF_THE_KIND = 3
"""Points for holding a figure of the kind asked for."""
MEANT = 30
"""Points for meeting the question wholly; sentences of one statement differ by a tenth or two."""
_LEANS = re.compile(r"^(?:它|其(?!他|实)|这|此|其中|否则|不然|但|六章)")
"""Beginnings of sentences that lean on the one before and cannot stand first."""


def parts_of(statement: Statement, need: Need) -> tuple[str, ...]:
    """The statement's sentences, the one that answers first; of a list its lines in order, or the line that answers alone first.
    A part of a sentence that a semicolon ends may be what answers."""
    lines = statement.text.split("\n")
    parts = tuple(lines) if len(lines) > 1 else whole_sentences(statement.text)
    common = _grams(f"{statement.passage.title}{statement.passage.heading}{need.subject}")
    needed = CLEARLY if len(lines) == 1 else CLEARLY_IN_LIST
    for finer in (parts, sentences(statement.text)) if len(lines) == 1 else (parts,):
        scores = [_points(part, need, common) + MEANT * _met(part, statement) for part in finer]
        best = max(range(len(finer)), key=lambda place: scores[place])
        if scores[best] >= scores[0] + needed and not _LEANS.match(finer[best]):
            return (finer[best], *(part for place, part in enumerate(finer) if place != best))
    return parts


def _met(part: str, statement: Statement) -> float:
    """How well the best sentence of a part meets the question."""
    return max((met for sentence, met in statement.met.items() if sentence in part), default=0.0)


def _points(part: str, need: Need, common: frozenset[str]) -> int:
    shared = (_grams(need.text) - common) & _grams(part)
    found = forms(part)
    wanted = any(KINDS[kind](form) for kind in need.wants if kind in KINDS for form in found)
    return len(shared) + OF_THE_KIND * wanted


def _grams(text: str) -> frozenset[str]:
    plain = "".join(character for character in plain_text(text).lower() if character.isalnum())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))
