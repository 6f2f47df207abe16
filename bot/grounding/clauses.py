"""Sentences cut into clauses, and their words brought to one form, so that a claim's clause finds the one that it comes from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path

from corpus.figures import forms, plain_text
from corpus.rows import read_yaml
from corpus.split import sentences

WORDS = Path(__file__).parent / "words.yaml"
_CUT = re.compile(r"[，,：:。！？；;\n]|(?<=[^\d])——")
_THAN = re.compile(
    r"((?:不能|不得|不可以|不可|不许|不准|不应|不|别))比([^，,。；;：:]{1,20}?)(?:还要|还|更|再)?(高|低|多|少|大|小)(?![^，,。；;：:了的])"
)
"""A limit said as a comparison: 不能比成交价还高 is 不能高于成交价."""
_EMPTY = frozenset(
    "的了就也都还是在和与及或者之其并把被一个样这那会要将来去过得地着吧呢吗啊些种时中里下上即便则又再很为对向从以于等所而且"
)


COMES_FROM = 0.34
"""Share of a clause that the clause it comes from has at least."""
_SAME_FIGURE = 25
"""A figure that two clauses share weighs as much as so many characters."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in canonical words; `grams` are its telling characters and their pairs, `figures` its quantities and dates."""

    text: str
    grams: frozenset[str]
    figures: frozenset[str]


Sentence = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The clause of the source that a claim's clause comes from: `sentence[place]`."""

    own: Clause
    sentence: Sentence
    place: int

    @property
    def clause(self) -> Clause:
        return self.sentence[self.place]


@cache
def words() -> Mapping[str, Sequence[Sequence[str]]]:
    """The word lists of words.yaml."""
    return {key: rows for key, rows in read_yaml(WORDS.read_text(encoding="utf-8"), WORDS).items() if key != "__line__"}


@lru_cache(maxsize=1024)
def canonical(text: str) -> str:
    """The text with each word that has others of the same meaning said by the first of them."""
    pattern, first = _same()
    plain = _THAN.sub(r"\1\3于\2", plain_text(text).lower())
    return pattern.sub(lambda match: first[match[0]], plain)


@lru_cache(maxsize=1024)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in order, in canonical words."""
    return tuple(Clause(part, grams(part), forms(part)) for part in map(str.strip, _CUT.split(canonical(text))) if part)


@lru_cache(maxsize=1024)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The clauses of each sentence."""
    return tuple(clauses(sentence) for sentence in sentences(text))


@lru_cache(maxsize=512)
def origins(text: str, said: str) -> tuple[Origin, ...]:
    """For each clause of `text` the clause of `said` that is likest, its sentence counting half; none where they share too little."""
    own, source = clauses(text), sentences_of(said)
    whole = frozenset[str]().union(*(clause.grams for clause in own))
    around = [len(whole & frozenset[str]().union(*(clause.grams for clause in sentence))) / 2 for sentence in source]
    places = [(n, place) for n, sentence in enumerate(source) for place in range(len(sentence))]
    found = []
    for clause in own:
        best = max(places, key=lambda spot: _likeness(clause, source[spot[0]][spot[1]]) + around[spot[0]], default=None)
        other = source[best[0]][best[1]] if best else None
        if (
            best
            and other
            and share(clause.grams, other.grams) >= (COMES_FROM / 2 if clause.figures & other.figures else COMES_FROM)
        ):
            found.append(Origin(clause, source[best[0]], best[1]))
    return tuple(found)


def _likeness(own: Clause, other: Clause) -> float:
    return len(own.grams & other.grams) + _SAME_FIGURE * len(own.figures & other.figures) - len(other.grams) / 1000


@lru_cache(maxsize=1024)
def grams(text: str) -> frozenset[str]:
    """Telling characters and pairs of them; words of grammar tell nothing."""
    plain = content(text)
    return frozenset(plain) | {plain[i : i + 2] for i in range(len(plain) - 1)}


@lru_cache(maxsize=1024)
def pairs(text: str) -> frozenset[str]:
    """Pairs of telling characters."""
    plain = content(text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def common_start(one: str, other: str) -> str:
    """The longest beginning that two texts share."""
    same = takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False))
    return "".join(character for character, _ in same)


def letters(text: str) -> str:
    """A text without punctuation, spaces and the particles that come and go (的, 了)."""
    return "".join(character for character in text if character.isalnum() and character not in "的了")


def content(text: str) -> str:
    """The telling characters of a text, in order."""
    return "".join(character for character in text if character.isalnum() and character not in _EMPTY)


def any_of(row: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any word of a row, in canonical words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(map(canonical, row), key=len, reverse=True))))


def share(part: frozenset[str], of: Iterable[str]) -> float:
    """The share of `part` that `of` has, 0 to 1; 1 for nothing."""
    return len(part.intersection(of)) / len(part) if part else 1.0


@cache
def _same() -> tuple[re.Pattern[str], Mapping[str, str]]:
    first = {word.lower(): row[0].lower() for row in words()["same"] for word in row}
    ordered = sorted(first, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))), first
