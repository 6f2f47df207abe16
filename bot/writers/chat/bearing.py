"""What in the evidence bears a sentence that somebody else phrased: for each clause the words that say it, with its figures and its negations.

A check by words, stricter than `bot.grounding`: that one asks whether a figure stands in the source, this one also beside what. It
cannot tell a synonym from an invention: what it does not recognise is struck. Chinese only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation import Statement
from corpus.figures import figures, plain_text, same
from corpus.split import sentences

BORNE = 0.4
"""Share of a clause's pairs of characters that must stand in what bears it."""
NEARLY = 0.15
"""By how much what has the right figures may bear a clause less well than what has others."""
AROUND = 0.2
"""Share of the words around a figure in the source that must be said with it."""
SHORTEST = 3
"""Pairs of characters of a clause that says something of its own; one with fewer goes with its neighbour."""
MOST_PARTS = 8
"""Parts of a sentence that together bear a clause at most."""
_CLAUSE = re.compile(r"[，,；;：:（）()]+|——")
_PART = re.compile(r"[^，,、；;：:（）()]+[，,、；;：:（）()]*")
_NEGATION = re.compile("[不未无没非免禁勿别莫否]")
_LETTERS = re.compile(r"[a-z0-9](?:[!-~]*[a-z0-9])?")
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+|\S*(?:@|://)\S*")
_HAN = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅半俩仨"
_COUNTED = re.compile(f"[{_HAN}]+[^。，；：！？、]?")
_MONEYED = re.compile("[罚奖补贷缴税费赔]")
_EVERYWHERE = re.compile("[全各](?:国|省|市|县|区|地)|到处|哪里都")
_BOUNDS = {
    "at most": re.compile("最高|最多|至多|以内|以下|封顶|不[能得可]?[超高多]"),
    "at least": re.compile("最低|最少|至少|以上|不[能得可]?[低少]|(?<![不能得可])超过"),
    "each": re.compile("[每各]"),
    "about": re.compile("近|约|左右|上下|差不多|[余多来几](?=[万亿元年个天家])"),
}
_ONE = re.compile("一[^成倍半]?")
"""一 alone counts nothing: 一般, 统一."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A piece of text as it is compared. `pairs` are its neighbouring characters, figures left out."""

    text: str
    pairs: frozenset[str]
    figures: tuple[str, ...]
    negations: int
    bounds: frozenset[str]
    """Whether its figures are the most, the least, for each, or about so much."""


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring parts of one sentence of a statement; `pairs` include those of its headings."""

    statement: Statement
    words: _Words
    pairs: frozenset[str]


def bearing(sentence: str, cited: Sequence[Statement]) -> tuple[tuple[Statement, str], ...]:
    """What bears each clause: the statement, and its words in it; nothing if there is a clause that nothing bears."""
    if _strange(sentence, " ".join(map(_around, cited))):
        return ()
    windows = [window for statement in cited for window in _windows(statement)]
    said = _words(sentence).pairs
    found = [_bearer(clause, said, windows) for clause in _clauses(sentence)]
    kept: dict[tuple[tuple[str, ...], str], tuple[Statement, str]] = {}
    for window in found:
        if window is None:
            return ()
        kept[window.statement.identity, window.words.text] = window.statement, window.words.text
    return tuple(kept.values())


def _strange(sentence: str, known: str) -> bool:
    """Whether the sentence has an address, a word in letters, a bare number, a kind of money or a reach of its own. Quantities are
    compared by their forms."""
    plain, known = plain_text(sentence).lower(), plain_text(known).lower()
    for figure in figures(sentence):
        plain = plain[: figure.start] + "。" * (figure.end - figure.start) + plain[figure.end :]
    tokens = [
        match[0]
        for pattern in (_LETTERS, _ADDRESS, _COUNTED, _MONEYED, _EVERYWHERE)
        for match in pattern.finditer(plain)
    ]
    bare = "".join(known.split())
    return any(not _holds(known, token) and not _holds(bare, token) for token in tokens if not _ONE.fullmatch(token))


def _holds(known: str, token: str) -> bool:
    """Whether the token stands there whole: 37 does not stand in 33761."""
    return re.search(rf"(?<![a-z0-9{_HAN}]){re.escape(token)}(?![a-z0-9])", known) is not None


def _around(statement: Statement) -> str:
    """All words that come with a statement."""
    passage, source, validity = statement.passage, statement.passage.source, statement.passage.validity
    parts = (
        statement.text, passage.title, passage.heading, passage.subject, passage.region, source.title, source.number,
        source.issuer, source.basis, source.issued, validity.since, validity.until,
    )  # fmt: skip
    return " ".join(part for part in parts if part)


def _windows(statement: Statement) -> Iterator[_Window]:
    passage = statement.passage
    headings = _words(f"{passage.title}\n{passage.heading}\n{passage.subject}\n{passage.region}").pairs
    for sentence in sentences(statement.text):
        parts = [match.span() for match in _PART.finditer(sentence)]
        for number, (start, _) in enumerate(parts):
            for _, end in parts[number : number + MOST_PARTS]:
                words = _words(sentence[start:end])
                yield _Window(statement, words, words.pairs | headings)


def _bearer(clause: _Words, said: frozenset[str], windows: Sequence[_Window]) -> _Window | None:
    """The window that says what the clause says: best with the same figures and negations, unless others fit it clearly better."""
    best = max((_share(clause.pairs, window.pairs) for window in windows), default=0.0)
    fitting = [window for window in windows if _alike(clause, window.words, said)]
    found = max(fitting, key=lambda w: (_share(clause.pairs, w.pairs), -len(w.words.text)), default=None)
    enough = max(BORNE, best - NEARLY)
    return found if found and _share(clause.pairs, found.pairs) >= enough else None


def _alike(clause: _Words, words: _Words, said: frozenset[str]) -> bool:
    if clause.negations != words.negations:
        return False
    if not clause.figures:
        return True
    units = set(map(_unit, clause.figures))
    beside = [form for form in words.figures if _unit(form) in units]
    return _agree(clause.figures, beside) and clause.bounds == words.bounds and _share(words.pairs, said) >= AROUND


def _agree(forms: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two hold the same figures in the same order, each once."""
    mine, theirs = list(dict.fromkeys(forms)), list(dict.fromkeys(others))
    return len(mine) == len(theirs) and all(map(same, mine, theirs))


def _unit(form: str) -> str:
    return form.lstrip("0123456789.-")


def _share(pairs: frozenset[str], others: frozenset[str]) -> float:
    return len(pairs & others) / len(pairs) if pairs else 0.0


def _clauses(sentence: str) -> list[_Words]:
    """The clauses of a sentence; one that is too short to say anything goes with the next, or at the end with the one before."""
    joined, held = [""], ""
    for clause in _CLAUSE.split(sentence):
        held += clause
        if len(_words(held).pairs) >= SHORTEST:
            joined.append(held)
            held = ""
    joined[-1] += held
    return [_words(clause) for clause in joined if clause]


@lru_cache(maxsize=4096)
def _words(text: str) -> _Words:
    plain, found = plain_text(text).lower(), figures(text)
    for figure in found:
        plain = plain[: figure.start] + "\0" * (figure.end - figure.start) + plain[figure.end :]
    letters = "".join(character for character in plain if character.isalnum() or character in "\0\n")
    pairs = (letters[place : place + 2] for place in range(len(letters) - 1))
    return _Words(
        text,
        frozenset(pair for pair in pairs if pair.isalnum()),
        tuple(figure.form for figure in found),
        len(_NEGATION.findall(plain)),
        frozenset(name for name, words in _BOUNDS.items() if words.search(plain_text(text))),
    )
