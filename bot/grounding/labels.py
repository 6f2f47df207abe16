"""Figures keep their labels: what one is of in the source is not said of another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.grounding.clauses import canonical, grams, share
from corpus.figures import Figure, figures, is_date, plain_text
from corpus.split import sentences

_PART = re.compile(r"[、，,；;：:（）()\n]")
_RANGE = re.compile(r"^\s*(?:至|到|—|-|~|～|以上|以下)*\s*$")
_LEVEL = re.compile(r"[\d.]+(?:级|档|类|种|点|步|项|章|条|期|号|次|页|层|方面|部门|门)$|\d{4}$")
"""Forms that are labels rather than what is labelled: 三级, 第二档, a bare year."""
_BOUND = re.compile("不到|超过|最高|最低|大约")
"""How a figure bounds, which a rewording may turn around (满10人, 没到10人): no label of it."""
_MOST, _LITTLE = 0.7, 0.2
"""Shares of another figure's label that a figure has, and of its own, where they are taken to be swapped."""


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A figure with the words that say what it is of."""

    form: str
    words: str

    @property
    def label(self) -> frozenset[str]:
        return grams(_BOUND.sub("", self.words))

    @property
    def nearest(self) -> frozenset[str]:
        """The last part of the label, where it says anything."""
        parts = [grams(part) for part in _PART.split(_BOUND.sub("", self.words))]
        return next((part for part in reversed(parts) if len(part) > 3), self.label)


def relabelled(text: str, said: str, topic: frozenset[str]) -> Iterator[str]:
    """The figures of `text` that have the label of another figure of `said`; `topic` is what all of it is about."""
    source = _labelled(said)
    for own in _labelled(text):
        its = [other for other in source if other.form == own.form]
        others = [other for other in source if other.form != own.form]
        if its and all(one.label for one in its) and any(_is_of(own, other, its, topic) for other in others):
            yield f"{own.form} of another"


def _is_of(own: _Labelled, other: _Labelled, its: Sequence[_Labelled], topic: frozenset[str]) -> bool:
    """Whether a figure of the claim has the label of another figure, and of its own nothing; labels whole, or their last parts."""
    for label, fitting in (
        (other.label, [one.label - other.label - topic for one in its]),
        (other.nearest, [one.nearest - other.nearest - topic for one in its]),
    ):
        foreign = label.difference(*(one.label for one in its))
        taken = len(foreign) >= 2 and share(foreign, own.label) >= _MOST
        if taken and all(len(fit) >= 2 and share(fit, own.label) <= _LITTLE for fit in fitting):
            return True
    return False


@lru_cache(maxsize=512)
def _labelled(text: str) -> tuple[_Labelled, ...]:
    return tuple(one for sentence in sentences(text) for one in _labels_of(plain_text(sentence)))


def _labels_of(sentence: str) -> Iterator[_Labelled]:
    """The figures of a sentence, each with what stands between it and its neighbours; a range has one label. Dates apart, bare
    years left out."""
    found = [figure for figure in figures(sentence) if not _LEVEL.match(figure.form)]
    for kind in (True, False):
        yield from _labels_between(sentence, [figure for figure in found if is_date(figure.form) is kind])


def _labels_between(sentence: str, found: Sequence[Figure]) -> Iterator[_Labelled]:
    label = ""
    for number, figure in enumerate(found):
        start = found[number - 1].end if number else 0
        end = found[number + 1].start if number + 1 < len(found) else len(sentence)
        before, after = sentence[start : figure.start], _PART.split(sentence[figure.end : end])[0]
        if not number or not _RANGE.match(before):
            parts = _PART.split(before)
            mine = "".join(parts[1:]) if number and len(parts) > 1 else before
            label = f"{canonical(mine)} {canonical(after)}"
        yield _Labelled(figure.form, label)
