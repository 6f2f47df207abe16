"""What the words of the knowledge are: subjects, aspects, ways of asking, and mentions of them in a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_THERE_IS = re.compile("有没有|有[^，。]{1,8}[吗么没不嘛]|哪[家个些]")


LISTS = ("材料", "步骤")
"""Aspects that a list answers."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What one can ask about. `parts` are names that say more than the subject (五钻), `near` look-alikes and what they are.

    `within` names wider subjects (民宿消防 lies within 民宿): what is said of one may answer for the other. `together` are
    words that name it when they stand apart in one question (民宿 … 认证). One that `prevails` is what is asked about, whatever is named
    beside it (买了张9001的证 asks what comes of buying).
    """

    name: str
    names: tuple[str, ...]
    near: Mapping[str, str]
    parts: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    prevails: bool = False


@dataclass(frozen=True, slots=True)
class Aspect:
    """A side of a subject that is asked for. `wants`: kinds of value that answer it; `kinds`: kinds of row that may;
    `gives_way`: aspects and kinds of value beside which its cues mean nothing of their own (补贴多少钱 asks no price);
    `only_with`: characters one of which a question of money has that it answers."""

    name: str
    cues: tuple[str, ...]
    wants: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    gives_way: tuple[str, ...] = ()
    only_with: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """How people ask: `wants` maps a kind of value to the words that want it; `field`, `asks`, `empty` as in words/asking.yaml."""

    wants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    field: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    asks_at_end: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    overview: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    how_much: tuple[str, ...] = ()
    givers: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: of a subject or aspect `of`, or of a near miss (`near` says what that is).

    `says_more` marks a part of the subject: a word that is not spent by naming it.
    """

    of: str
    text: str
    start: int
    end: int
    near: str | None = None
    says_more: bool = False


def asks_there_is(text: str) -> bool:
    """Whether it is asked if or which of something there is: 有质量贷吗, 哪家银行有."""
    return _THERE_IS.search(text) is not None
