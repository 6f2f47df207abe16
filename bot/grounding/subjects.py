"""Whatever is said is said of the right thing: figures keep their labels, parallel clauses their heads, opposites their side."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.grounding.clauses import Clause, canonical, clauses, grams, pairs, sentences_of, share
from bot.grounding.clauses import words as lists
from corpus.figures import Figure, figures, is_date, plain_text
from corpus.split import sentences
from corpus.terms import Terms

_CERTIFIED = re.compile("认证|体系|食品|标志|资质|绿色|有机|碳|iso|haccp")
_PART = re.compile(r"[、，,；;：:（）()\n]")
_RANGE = re.compile(r"^\s*(?:至|到|—|-|~|～|以上|以下)*\s*$")
_LEVEL = re.compile(r"[\d.]+(?:级|档|类|种|点|步|项|章|条|期|号|次|期|页|层|方面|部门|门)$")
_ROLE = re.compile(r"([由向被按找归])(?!于)")
_LEANS = re.compile(r"[这它其该此到从在按自是]|.{0,3}\d")
_DOES = re.compile("的|由|是|为|要|可|能|不|必须|按|向|给|奖|补|罚|只|归|有|做|先|就|得|报|和")
_HEAD, _LONGEST_HEAD = 4, 14
_MOST, _MUCH, _HALF, _LITTLE = 0.7, 0.6, 0.5, 0.2


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A figure with the words that say what it is of."""

    form: str
    words: str

    @property
    def label(self) -> frozenset[str]:
        return grams(self.words)

    @property
    def nearest(self) -> frozenset[str]:
        """The last part of the label, where it says anything."""
        parts = [grams(part) for part in _PART.split(self.words)]
        return next((part for part in reversed(parts) if len(part) > 3), self.label)


def swapped(text: str, said: str, around: str, topic: str, terms: Terms | None = None) -> Iterator[str]:
    """What `text` says of another thing than `said` does."""
    yield from _opposites(text, said, around)
    yield from _offices(text, around)
    if terms:
        yield from _subjects(text, around, terms)
    yield from _relabelled(text, said, grams(canonical(topic)))
    yield from _other_side(text, said)
    yield from _crossed(clauses(text), sentences_of(said), pairs(canonical(topic)))
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
    yield from (office for row in lists()["offices"] for office in row if office in text and office not in around)


def _subjects(text: str, around: str, terms: Terms) -> Iterator[str]:
    """Certificates and schemes by any of their names; a wider one may stand for a narrower."""
    there = {mention.of for mention in terms.subject_mentions(around)}
    near = {kin for subject in there for kin in terms.kin(subject)}
    for mention in terms.subject_mentions(text):
        if _CERTIFIED.search(mention.text) and mention.of not in near and mention.text not in plain_text(around).lower():
            yield mention.text


def _relabelled(text: str, said: str, topic: frozenset[str]) -> Iterator[str]:
    """A figure under the label that another figure has in the source."""
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
        if len(foreign) >= 2 and share(foreign, own.label) >= _MOST:
            if all(len(fit) >= 2 and share(fit, own.label) <= _LITTLE for fit in fitting):
                return True
    return False


def _other_side(text: str, said: str) -> Iterator[str]:
    """A figure with one of several sides, where the source gives it to another of them: 市级 for 省级."""
    source = _labelled(said)
    for own in _labelled(text):
        its = [other.words for other in source if other.form == own.form]
        others = " ".join(other.words for other in source if other.form != own.form)
        for pattern in _sides():  # the side named last before a figure is its
            has, theirs = set(pattern.findall(own.words)[-1:]), {side for words in its for side in pattern.findall(words)[-1:]}
            if has and theirs and not has & theirs and has <= set(pattern.findall(others)):
                yield f"{own.form} of {'/'.join(sorted(theirs))}"


@lru_cache(maxsize=512)
def _labelled(text: str) -> tuple[_Labelled, ...]:
    return tuple(one for sentence in sentences(text) for one in _labels_of(plain_text(sentence)))


def _labels_of(sentence: str) -> Iterator[_Labelled]:
    """The figures of a sentence, each with what stands between it and its neighbours; a range has one label. Dates apart."""
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


def _crossed(claim: Sequence[Clause], source: Sequence[Sequence[Clause]], topic: frozenset[str]) -> Iterator[str]:
    """The head of one clause of the source with the rest of another. What all of it is about is no head."""
    units = [_unit(text, topic, number) for number, sentence in enumerate(source) for text in _units(sentence)]
    for text in _units(claim):
        own = _unit(text, topic, 0)
        start = pairs(text[: _HEAD + 2]) | (own.head if len(own.head) < 2 * _HEAD else frozenset())
        begun = [one for one in units if one.head and share(one.head, start) >= _MUCH and not _LEANS.match(one.text)]
        if any(_is_cross(own, one, other, units) for one in begun for other in units if other is not one):
            yield f"{text[:8]}…"


@dataclass(frozen=True, slots=True)
class _Unit:
    """A clause, or several that make one statement; pairs of characters of its head and of the rest."""

    text: str
    head: frozenset[str]
    tail: frozenset[str]
    sentence: int

    @property
    def all(self) -> frozenset[str]:
        return pairs(self.text)


def _is_cross(own: _Unit, one: _Unit, other: _Unit, units: Sequence[_Unit]) -> bool:
    """Whether what begins as `one` goes on as `other`, which begins otherwise, and nothing else in the source does both."""
    missing, tail, lost = other.head - one.all, other.tail - one.all, one.all - other.all - one.head
    if not missing or len(tail) < 2 or share(one.head, other.all) > _HALF:
        return False
    if share(missing, own.all) > _LITTLE or share(tail, own.all) < _MUCH or (lost and share(lost, own.all) > _LITTLE):
        return False
    carried = one.sentence == other.sentence and not set("".join(one.tail)) & set("".join(other.tail))
    both = any(share(one.head, u.all) >= _MUCH and share(tail, u.all) > _LITTLE for u in units if u is not other)
    return not carried and not both


def _units(parts: Sequence[Clause]) -> list[str]:
    """Clauses, one that only says of what (商家违约的) together with the next."""
    units: list[str] = []
    for part in parts:
        if units and units[-1].endswith("的"):
            units[-1] += part.text
        else:
            units.append(part.text)
    return units


@lru_cache(maxsize=2048)
def _unit(text: str, topic: frozenset[str], sentence: int) -> _Unit:
    head = _head(text, topic)
    return _Unit(text, pairs(head) - topic, pairs(text[len(head) :]), sentence)


def _head(unit: str, topic: frozenset[str]) -> str:
    """What a clause is about: what stands before the first word of doing that says more than the topic, or its first characters."""
    for found in _DOES.finditer(unit, 2):
        if found.start() > _LONGEST_HEAD:
            break
        if pairs(unit[: found.start()]) - topic:
            return unit[: found.start()]
    return unit[:_HEAD]


def _recast(own: str, source: str) -> Iterator[str]:
    """Who does it to whom, by the little words of roles: 由, 向, 按."""
    for match in _ROLE.finditer(own):
        word = own[match.end() : match.end() + 2]
        if len(word) < 2 or not word.isalpha():
            continue
        its = [source[m.end() : m.end() + 2] for m in _ROLE.finditer(source) if m[1] == match[1]]
        rest = own[: match.start()] + own[match.end() + 2 :]
        if its and word not in its and any(other in rest for other in its if other not in own[match.end() : match.end() + 8]):
            yield f"{match[1]}{word}"


@cache
def _sides() -> tuple[re.Pattern[str], ...]:
    return (*map(_any, lists()["sides"]), *map(re.compile, ("[a-z](?=型|类|档|级)", r"[一二三四五六七八九十\d](?=[星钻级档类])")))


@cache
def _rows() -> tuple[tuple[Sequence[str], re.Pattern[str]], ...]:
    return tuple((row, _any(row)) for row in lists()["opposites"])


def _any(row: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(map(canonical, row), key=len, reverse=True))))
