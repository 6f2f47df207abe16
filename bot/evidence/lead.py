"""Which sentence of a statement answers: the one with the highest odds, or by words alone the one that says most of what is asked."""

import re
from collections.abc import Sequence

from bot.conversation import Need, Statement
from corpus.figures import KINDS, forms, plain_text
from corpus.split import sentences, whole_sentences

VOTED, OF_THE_KIND = 2.0, 1.0
"""What the votes of near owners' questions count, and a figure of the kind asked for, beside the logarithm of a sentence's odds."""
BETTER = 0.25
"""By how much another must outdo the first. The sentence that answers by hand stood first for 0.84 of 1,808 owners' questions that the network never saw
(their own and whatever is like them left out of the votes), for 0.81 without votes, the first of all for 0.57. A fit trusts votes half as much
again and asks for no margin, but then what leans on the sentence before stands first too often in the cases."""
SAID = 0.75
"""What counts against the sentence that answered the question before."""
CLEARLY, CLEARLY_IN_LIST = 2, 6
"""By words alone, while no model is loaded: points by which another sentence, or another line of a list, must outdo the first."""
FIGURE = 3
"""Points for a figure of the kind asked for, by words alone."""
_ITEM = re.compile(r"^(?:- |\d+[.．、])")
"""A line of a list: by itself it says nothing of what it is a list of."""
_LEANS = re.compile(
    r"^(?:具体|它|其(?!他|实)|这|此|其中|否则|不然|但|六章|后面|前面|上面|上述|另外|同时|因此|所以|最后|之后|[一二三]是|前者|后者)"
)
"""Beginnings of sentences that lean on the one before and cannot stand first."""


def parts_of(statement: Statement, need: Need) -> tuple[str, ...]:
    """The statement's sentences, the one that answers first; of a list its lines in order, or the line that answers alone first.
    A part of a sentence that a semicolon ends may be what answers."""
    lines = statement.text.split("\n")
    parts = tuple(lines) if len(lines) > 1 else whole_sentences(statement.text)
    finer = parts if len(lines) > 1 else sentences(statement.text)
    best = _best(finer, statement, need)
    if best and len(lines) > 1 and _ITEM.match(finer[best]):
        return parts if finer[best][0].isdigit() else _introduced(parts, best)
    if best and not _LEANS.match(finer[best]):
        return (finer[best], *(part for place, part in enumerate(finer) if place != best))
    return parts


def _introduced(parts: Sequence[str], best: int) -> tuple[str, ...]:
    """The lines of a list, the item that answers right after what introduces it."""
    first = next(place for place, part in enumerate(parts) if _ITEM.match(part))
    others = (part for place, part in enumerate(parts[first:], first) if place != best)
    return (*parts[:first], parts[best], *others)


def _best(parts: Sequence[str], statement: Statement, need: Need) -> int:
    """The place of the part that answers."""
    if statement.odds:
        needed = BETTER
        scores = [
            _odds(part, statement) + OF_THE_KIND * _wanted(part, need) - SAID * _is_said(part, need) for part in parts
        ]
    else:
        needed = CLEARLY_IN_LIST if "\n" in statement.text else CLEARLY
        common = _grams(f"{statement.passage.title}{statement.passage.heading}{need.subject}")
        scores = [_shared(part, need, common) + FIGURE * _wanted(part, need) for part in parts]
    best = max(range(len(parts)), key=lambda place: scores[place])
    return best if scores[best] >= scores[0] + needed else 0


def _odds(part: str, statement: Statement) -> float:
    """How likely the best sentence of a part answers, and how much speaks for it besides."""
    voted = sum(share for begins, share in statement.voted.items() if begins in part)
    return VOTED * voted + max(
        (odds for sentence, odds in statement.odds.items() if sentence in part), default=float("-inf")
    )


def _is_said(part: str, need: Need) -> bool:
    """Whether a part answered the question before."""
    return bool(need.said) and part.startswith(need.said)


def _wanted(part: str, need: Need) -> bool:
    """Whether a part holds a figure of the kind asked for."""
    found = forms(part)
    return any(KINDS[kind](form) for kind in need.wants if kind in KINDS for form in found)


def _shared(part: str, need: Need, common: frozenset[str]) -> int:
    """How much of what is asked beyond `common` a part has, in pairs of characters."""
    return len((_grams(need.text) - common) & _grams(part))


def _grams(text: str) -> frozenset[str]:
    plain = "".join(character for character in plain_text(text).lower() if character.isalnum())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))
