"""Whatever is said is said of the right thing: figures keep their labels, parallel clauses their heads, opposites their side."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.grounding.clauses import Clause, canonical, clauses, grams, share, words
from corpus.figures import figures, is_count, plain_text
from corpus.split import sentences
from corpus.terms import Terms

_PART = re.compile(r"[、，,；;：:（）()\n]")
_RANGE = re.compile(r"^\s*(?:至|到|—|-|~|～|以上|以下)*\s*$")
_LEVEL = re.compile(r"[\d.]+(?:级|档|类|种|点|步|项|章|条|期|号|次|期|页|层|方面|部门|门)$")
_ROLE = re.compile(r"([由向给被按找归])(?!于)")
_LEANS = re.compile("这|它|其|该|此|\\d")
_HEAD = 4
_MUCH, _LITTLE = 0.6, 0.2


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A figure with the words that say what it is of."""

    form: str
    words: str

    @property
    def label(self) -> frozenset[str]:
        return grams(self.words)


def swapped(text: str, said: str, around: str, topic: str, terms: Terms | None = None) -> Iterator[str]:
    """What `text` says of another thing than `said` does."""
    yield from _opposites(text, said, around)
    yield from _offices(text, around)
    if terms:
        yield from _subjects(text, around, terms)
    yield from _relabelled(text, said)
    yield from _other_side(text, said)
    yield from _crossed(clauses(text), clauses(said), grams(canonical(topic)))
    yield from _recast(canonical(text), canonical(said))


def _opposites(text: str, said: str, around: str) -> Iterator[str]:
    own, source, there = canonical(text), canonical(said), canonical(around)
    for row, pattern in _rows():
        has, its = set(pattern.findall(own)), set(pattern.findall(source))
        elsewhere = set(pattern.findall(there))
        for word in has - its - elsewhere if its - has else ():
            yield f"{word} for {'/'.join(sorted(its - has))}"
        del row


def _offices(text: str, around: str) -> Iterator[str]:
    yield from (office for row in words()["offices"] for office in row if office in text and office not in around)


def _subjects(text: str, around: str, terms: Terms) -> Iterator[str]:
    """Certificates and schemes by any of their names; a wider one may stand for a narrower."""
    there = {mention.of for mention in terms.subject_mentions(around)}
    near = {kin for subject in there for kin in terms.kin(subject)}
    for mention in terms.subject_mentions(text):
        if mention.of not in near and mention.text not in plain_text(around).lower():
            yield mention.text


def _relabelled(text: str, said: str) -> Iterator[str]:
    """A figure under the label that another figure has in the source."""
    source = _labelled(said)
    for own in _labelled(text):
        its = [other.label for other in source if other.form == own.form]
        others = [other.label for other in source if other.form != own.form]
        if not its or any(not label for label in its):
            continue
        for label in others:
            foreign = label.difference(*its)
            fitting = [own_label - label for own_label in its]
            if len(foreign & own.label) >= 2 and share(foreign, own.label) >= _MUCH and all(
                len(fit) >= 2 and share(fit, own.label) <= _LITTLE for fit in fitting
            ):
                yield f"{own.form} of another"
                break


def _other_side(text: str, said: str) -> Iterator[str]:
    """A figure with one of several sides, where the source gives it to another of them: 市级 for 省级."""
    source = _labelled(said)
    for own in _labelled(text):
        its = [other.words for other in source if other.form == own.form]
        others = " ".join(other.words for other in source if other.form != own.form)
        for pattern in _sides():
            has, theirs = set(pattern.findall(own.words)), set(pattern.findall(" ".join(its)))
            if has and theirs and not has & theirs and has <= set(pattern.findall(others)):
                yield f"{own.form} of {'/'.join(sorted(theirs))}"


def _labelled(text: str) -> list[_Labelled]:
    return [one for sentence in sentences(text) for one in _labels_of(plain_text(sentence))]


def _labels_of(sentence: str) -> Iterator[_Labelled]:
    """The figures of a sentence, each with what stands between it and its neighbours; a range has one label."""
    found = [f for f in figures(sentence) if not _LEVEL.match(f.form) and not (is_count(f.form) and f.form.endswith("级"))]
    label = ""
    for number, figure in enumerate(found):
        start = found[number - 1].end if number else 0
        end = found[number + 1].start if number + 1 < len(found) else len(sentence)
        before, after = sentence[start : figure.start], _PART.split(sentence[figure.end : end])[0]
        if number and _RANGE.match(before):
            yield _Labelled(figure.form, label)
            continue
        parts = _PART.split(before)
        mine = before if not number else "".join(parts[1:]) if len(parts) > 1 else before
        label = f"{canonical(mine)} {canonical(after)}"
        yield _Labelled(figure.form, label)


def _crossed(claim: Sequence[Clause], source: Sequence[Clause], topic: frozenset[str]) -> Iterator[str]:
    """The head of one clause of the source with the rest of another. What all of it is about is no head."""
    for own in claim:
        start = grams(own.text[: 2 * _HEAD])
        for one in source:
            foreign = grams(_head(one.text)) - topic
            if len(foreign) < 2 or share(foreign, start) < _MUCH or _LEANS.match(one.text):
                continue
            if any(_is_cross(own, one, other, topic) for other in source if other is not one):
                yield f"{one.text[:6]}…"
                return


def _is_cross(own: Clause, one: Clause, other: Clause, topic: frozenset[str]) -> bool:
    """Whether a clause that begins as `one` goes on as `other`, which begins otherwise."""
    head, its = grams(_head(one.text)), grams(_head(other.text))
    missing, tail = its - head - topic, other.grams - its - one.grams
    lost = one.grams - head - other.grams
    return (
        len(head - its - topic) >= 2
        and len(missing) >= 2
        and len(tail) >= 5
        and share(missing, own.grams) <= _LITTLE
        and share(tail, own.grams) >= _MUCH
        and (not lost or share(lost, own.grams) <= _LITTLE)
    )


def _head(text: str) -> str:
    return "".join(character for character in text if character.isalnum())[:_HEAD]


def _recast(own: str, source: str) -> Iterator[str]:
    """Who does it to whom, by the little words of roles: 由, 向, 按."""
    for match in _ROLE.finditer(own):
        word = own[match.end() : match.end() + 2]
        its = [source[m.end() : m.end() + 2] for m in _ROLE.finditer(source) if m[1] == match[1]]
        if its and len(word) == 2 and word.isalpha() and word not in its:
            rest = own[: match.start()] + own[match.end() + 2 :]
            if any(other in rest for other in its if other not in own[match.end() : match.end() + 8]):
                yield f"{match[1]}{word}"


@cache
def _sides() -> tuple[re.Pattern[str], ...]:
    return tuple(map(_any, words()["sides"]))


@cache
def _rows() -> tuple[tuple[Sequence[str], re.Pattern[str]], ...]:
    return tuple((row, _any(row)) for row in words()["opposites"])


def _any(row: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(map(canonical, row), key=len, reverse=True))))
