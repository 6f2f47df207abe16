"""The values that pass through the bot: Profile, Turn, Session, Question, Need, Reading, Evidence, Citation, Answer.

Sessions come in with the question and go out with the answer; nothing here is stored. Their JSON form is at the end.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from bot.trace import Trace
from corpus.document import Passage, State
from corpus.fact import Fact
from corpus.regions import Region

Status = Literal[
    "answered", "partial", "clarify", "other_region", "not_in_force", "not_covered", "out_of_scope", "small_talk", "tool", "blocked"
]  # fmt: skip
STATUSES: tuple[Status, ...] = get_args(Status)
REFUSALS: tuple[Status, ...] = ("not_covered", "out_of_scope", "other_region", "not_in_force", "blocked")
"""What counts as refused, wherever that is counted."""

SESSION_VERSION = 1
SESSION_BYTES = 16_384
REMEMBERED_TURNS = 8
BEGINNING = 24
"""Characters by which a sentence is known again."""
LONGEST_TURN = 1_000
"""Characters of an earlier question that are read: more than we hand out, and reading takes longer than in proportion."""


class InvalidSession(ValueError):
    """A session that was handed in is not one that was handed out."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of the asker: handed in by the door, or said in passing. Empty where unknown.

    `region` is a full name; `industry`, `size` and `certificates` are names of words/profile.yaml and subjects; `language` is
    that of the wording, empty for the question's own.
    """

    region: str = ""
    industry: str = ""
    size: str = ""
    certificates: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was understood of an earlier question: enough to make the next one stand alone."""

    question: str
    subject: str = ""
    aspects: tuple[str, ...] = ()
    region: str = ""
    objects: tuple[str, ...] = ()
    said: str = ""
    """How the sentence begins with which it was answered."""


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation so far."""

    profile: Profile = field(default_factory=Profile)
    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn | None:
        """The last turn that was about a subject."""
        return next((turn for turn in reversed(self.turns) if turn.subject), None)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, in which conversation, and as of which ISO day."""

    text: str
    session: Session
    on: str


@dataclass(frozen=True, slots=True)
class Need:
    """One thing wanted: an aspect of a subject for a region on a day.

    No subject but `told`: the one named has nothing, and anything else may answer if it fits very closely.
    `text` is what asks it, `objects` the things it names, `wants` the kinds of value it asks for. `told` says that the
    question itself names the subject: otherwise it is carried over or unknown, and evidence must fit more closely.
    """

    subject: str
    aspect: str
    region: Region | None
    day: str
    text: str
    objects: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    told: bool = True
    overview: bool = False
    """Whether all that is on record is asked for, not one thing."""
    placed: bool = False
    """Whether the question itself names the region: what is told of that very place goes before what holds there as well."""
    original: str = ""
    """The question in its own language, where that is not Chinese."""
    side: str = ""
    """Which side of a comparison it is, by name."""
    compares: bool = False
    """Whether it sets things beside each other that it names by no subject or place: 被暂停跟被撤销哪个严重."""
    then: bool = False
    """Whether it asks as of a day gone by."""
    ahead: bool = False
    """Whether it asks from when something holds, or what is to come."""
    year: str = ""
    """The last day of a year gone by that the question names, if it asks of nothing else: what holds now may not have held then."""
    before: str = ""
    """The question before, where this one follows it and takes its subject from there."""
    said: str = ""
    """How the sentence begins with which the question before was answered: whoever goes on asking wants another."""
    perhaps: bool = False
    """Whether it asks in words that tell nothing of what is wanted: it may be but a part of the one before."""
    own: str = ""
    """What its own clause says, where `text` begins with the clause before."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question understood. `intent` is ask unless it is small_talk, out_of_scope, near_miss, ambiguous_region or blocked;
    `detail` then says which wording, name or choices go with it."""

    text: str
    intent: str
    needs: tuple[Need, ...] = ()
    region: Region | None = None
    detail: str = ""
    choices: tuple[str, ...] = ()
    language: str = "zh"
    """That of the answer's frame."""
    profile: Profile = field(default_factory=Profile)
    """What is known of the asker, with what the question tells in passing."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A part of a passage that states facts, as a candidate for an answer: `text` stands in the passage word for word."""

    passage: Passage
    text: str
    facts: tuple[Fact, ...]
    state: State
    score: float
    fits: bool = True
    """Whether it is about what was asked."""
    chance: float = 0.0
    """That it answers, 0 to 1, as far as is known."""
    odds: Mapping[str, float] = field(default_factory=dict)
    """How likely each of its sentences answers, as logarithms of odds; empty where no model tells."""
    voted: Mapping[str, float] = field(default_factory=dict)
    """Of the near owners' questions that it answers the share that each sentence is known to answer, by how it begins."""

    @property
    def identity(self) -> tuple[str, ...]:
        """What two statements of the same thing share."""
        return tuple(fact.id for fact in self.facts) or (self.passage.id, self.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a need, best first: `local` holds for the asker, `elsewhere` for others, `past` was or will be in force.

    `status` is what the evidence allows: answered, other_region, not_in_force or not_covered.
    """

    need: Need
    status: Status
    local: tuple[Statement, ...] = ()
    elsewhere: tuple[Statement, ...] = ()
    past: tuple[Statement, ...] = ()
    conflicts: tuple[Statement, ...] = ()
    leads_with_past: bool = False
    """Whether what is past answers better than what holds, and is said first."""
    choices: tuple[str, ...] = ()
    """Subjects of which the need might be meant, where it names none and several fit about as well."""
    near: float = 0.0
    """Where nothing was found: how near the nearest question is that owners ask of our field, 0 to about 1."""
    found: tuple[Statement, ...] = ()
    """All that was looked at, best first, also what is not about it: for the trace, never to answer with."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer and what it relies on: statements, each with the part `quote` that stands in it word for word.

    Words of the bot's own rely on nothing. `before` is what parts it from the sentence before: nothing, a line or a paragraph; `after`
    follows its marks (the end of a table's row).
    `computed` are figures that a tool computed from the rows, in the form of figures.py; writers have none.
    """

    text: str
    on: tuple[tuple[Statement, str], ...] = ()
    before: str = ""
    after: str = ""
    computed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Source [number] of an answer. `quote` stands word for word in the passage's text."""

    number: int
    passage: Passage
    quote: str
    facts: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with all it relies on. `text` is Markdown with [n]; `session` is for the next question."""

    id: str
    text: str
    status: Status
    citations: tuple[Citation, ...]
    suggestions: tuple[str, ...]
    session: Session
    region: str
    on: str
    notice: str = ""
    took_ms: int = 0
    trace: Trace = field(default_factory=Trace)
    """Why it is so. Stored beside the answer, no part of the answer object."""


def session_to_json(session: Session) -> dict[str, Any]:
    """The session as plain JSON values, with its version."""
    return {"version": SESSION_VERSION, **asdict(session)}


def session_from_json(value: Any) -> Session:
    """The session in `value`; none or one of an unknown version starts afresh. Raises InvalidSession if it is broken."""
    if value is None:
        return Session()
    if not isinstance(value, Mapping):
        raise InvalidSession("session is no object: hand back the one that came with the last answer, or leave it out")
    if value.get("version") != SESSION_VERSION:
        return Session()
    try:
        if len(json.dumps(value, ensure_ascii=False).encode()) > SESSION_BYTES:
            raise InvalidSession(f"session has more than {SESSION_BYTES} bytes: leave it out to start afresh")
        turns = tuple(_turn(_mapping(turn)) for turn in value["turns"])
        return Session(_profile(_mapping(value["profile"])), turns[-REMEMBERED_TURNS:])
    except (KeyError, TypeError, UnicodeEncodeError) as error:  # JSON may spell halves of characters
        raise InvalidSession(
            "session is broken: hand back the one that came with the last answer, or leave it out"
        ) from error


def _turn(value: Mapping[str, Any]) -> Turn:
    aspects, objects = (tuple(map(_name, _list(value.get(name, ())))) for name in ("aspects", "objects"))
    question, subject, region = (_string(value[name]) for name in ("question", "subject", "region"))
    return Turn(question[:LONGEST_TURN], subject, aspects, region, objects, _string(value.get("said", ""))[:BEGINNING])


def _profile(value: Mapping[str, Any]) -> Profile:
    certificates = tuple(map(_string, _list(value.get("certificates", ()))))
    texts = {name: _string(text) for name, text in value.items() if name != "certificates"}
    return Profile(**texts, certificates=certificates)


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r} is no object")
    return value


def _list(value: Any) -> Sequence[Any]:
    """A list; a text would be taken for one of its characters."""
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r} is no list")
    return value


def _name(value: Any) -> str:
    """The text of a name. An empty one stands everywhere: what takes names out of a question would double it with each."""
    if not _string(value):
        raise TypeError("a name is empty")
    return str(value)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
