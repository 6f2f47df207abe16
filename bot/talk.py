"""A conversation as a door with a screen keeps it: its turns, answered one after the other, what is remembered of the asker,
and the few values from which a browser brings it back. The bot itself holds nothing (conversation.py)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

from bot.answering import UnusableQuestion
from bot.capacity import TurnedAway
from bot.contract import LONGEST_ID, is_vote
from bot.conversation import InvalidSession, session_from_json, session_to_json
from bot.memory import (
    CERTIFICATES,
    LONGEST_CERTIFICATE,
    LONGEST_REGION,
    MOST_CERTIFICATES,
    REMEMBERED,
    forgotten,
    is_division,
    remembered,
)
from bot.reception import Reception, WrongKey
from bot.records.store import UnknownAnswer
from bot.words import Wording

MOST_TURNS = 50
"""Turns that are shown and exported; older ones stay on record."""
MOST_EARLIER = 500
"""Answers of earlier conversations that a browser remembers, so that it can have them deleted."""
LONGEST_KEPT = 2 * LONGEST_ID
"""Characters of an answer's id as a browser keeps it: with a point and its key."""
MOST_WAITING = 3
"""Questions that may wait for the one before."""
PATIENCE = 120.0
"""Seconds that a question waits for those before: a writer may be a slow model, but no thread waits for ever."""


@dataclass(eq=False, slots=True)
class Told:
    """A turn: the question; the text so far, then the answer object; or `advice` where the question cannot be answered."""

    question: str
    text: str = ""
    answer: dict[str, Any] | None = None
    advice: str = ""
    votes: list[tuple[str, str]] = field(default_factory=list)
    """Votes given, each with the passage it is about (empty: the whole answer)."""
    retry_after: int = 0
    """Seconds after which a question that was turned away may be asked again; 0: it was not."""

    @property
    def done(self) -> bool:
        return self.answer is not None or bool(self.advice)


@dataclass(eq=False, slots=True)
class Talk:
    """A conversation. Questions may come while one is answered: they wait their turn."""

    turns: list[Told] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)
    session: dict[str, Any] | None = None
    earlier: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict, repr=False)
    """By answer, what it can be deleted with: only what was given in this browser."""
    _moved: Condition = field(default_factory=Condition, repr=False)
    """Told when a turn is done, so that the next may begin."""

    @classmethod
    def brought_back(cls, kept: Any, reception: Reception) -> "Talk":
        """The conversation that `kept` stands for, its answers from the records. What is broken or deleted is left out."""
        kept = kept if isinstance(kept, Mapping) else {}
        answers, earlier = (
            _texts(kept.get(name), LONGEST_KEPT)[-most:]
            for name, most in (("answers", MOST_TURNS), ("earlier", MOST_EARLIER))
        )
        keys = {one: key for one, _, key in (told.partition(".") for told in (*earlier, *answers)) if key}
        found = (_found(_id(one), reception) for one in answers)
        turns = [turn for turn in found if turn]
        return cls(
            turns,
            _profile(kept.get("profile"), reception),
            _session(kept.get("session")),
            [_id(one) for one in earlier],
            keys,
        )

    @property
    def answers(self) -> list[str]:
        """The ids of the answers shown, the oldest first."""
        return [turn.answer["id"] for turn in self.turns if turn.answer]

    @property
    def last(self) -> Told | None:
        return self.turns[-1] if self.turns else None

    def kept(self) -> dict[str, Any]:
        """What a browser keeps: ids with their keys, session, profile; no text of any answer."""
        answers, earlier = (
            [self._with_key(one) for one in ids] for ids in (self.answers, self.earlier[-MOST_EARLIER:])
        )
        return {"answers": answers, "session": self.session, "profile": self.profile, "earlier": earlier}

    def ask(self, text: str, reception: Reception, wording: Wording) -> Iterator[Told]:
        """Takes a question and answers it when those before are answered; yields the turn each time there is more to see."""
        turn = Told(text)
        waiting = sum(not other.done for other in self.turns)
        self.turns = [*(other for other in self.turns if not other.advice), turn]
        if waiting > MOST_WAITING:
            turn.advice = wording.say("page.too_many")
        try:
            yield turn
            if not turn.done:
                with self._moved:
                    self._moved.wait_for(lambda: self._may_begin(turn), PATIENCE)
                yield from self._answered(turn, reception)
        finally:  # also where the reader leaves, or the bot fails
            turn.advice = turn.advice or ("" if turn.answer else wording.say("page.failed"))
            self._tell()

    def _may_begin(self, turn: Told) -> bool:
        """Whether all before are done; a turn that is no longer of the conversation waits for none."""
        return next((one for one in self.turns if not one.done), turn) is turn or turn not in self.turns

    def restart(self) -> None:
        """A new conversation; what is known of the asker stays."""
        self.earlier = [*self.earlier, *self.answers][-MOST_EARLIER:]
        self.turns, self.session = [], None
        self._tell()

    def forget(self, name: str, value: str = "") -> None:
        """Forgets a part of the profile; of several certificates one."""
        self.profile, self.session = forgotten(name, value, self.profile, self.session)

    def vote(self, answer: str, vote: str, reason: str, passage: str, reception: Reception) -> None:
        """Stores feedback and remembers that it was given; what no page of ours sends is none. Raises UnknownAnswer."""
        if not is_vote(answer, vote, reason, passage):
            return
        reception.records.keep_feedback(answer, vote, reason or None, passage or None)
        for turn in self.turns:
            if turn.answer and turn.answer["id"] == answer:
                turn.votes.append((vote, passage))

    def delete(self, reception: Reception) -> int:
        """Deletes all answers of this browser from the records and forgets all but its language; returns how many there were."""
        own = dict.fromkeys((*self.earlier, *self.answers))
        deleted = sum(_deleted(one, self.keys.get(one, ""), reception) for one in own)
        language = {"language": self.profile["language"]} if self.profile.get("language") else {}
        self.turns, self.session, self.earlier, self.keys, self.profile = [], None, [], {}, language
        self._tell()
        return deleted

    def _with_key(self, answer: str) -> str:
        return f"{answer}.{self.keys[answer]}" if answer in self.keys else answer

    def _tell(self) -> None:
        with self._moved:
            self._moved.notify_all()

    def _answered(self, turn: Told, reception: Reception) -> Iterator[Told]:
        try:
            for part in reception.stream(turn.question, self.profile, self.session):
                if isinstance(part, str):
                    turn.text += part
                else:
                    self._take(turn, part, reception)
                yield turn
        except (UnusableQuestion, TurnedAway) as error:
            turn.advice = str(error)
            turn.retry_after = getattr(error, "retry_after", 0)
            yield turn

    def _take(self, turn: Told, answer: dict[str, Any], reception: Reception) -> None:
        """The answer becomes the turn's; unless the conversation was begun anew meanwhile, the next question follows it."""
        turn.answer = {name: value for name, value in answer.items() if name not in ("session", "key")}
        self.keys[answer["id"]] = answer["key"]
        if turn in self.turns:
            self.session = answer["session"]
            self.profile = remembered(answer, self.profile, reception.bot.know().vocabulary.regions)
            self.turns = self.turns[-MOST_TURNS:]


def _texts(value: Any, longest: int) -> list[str]:
    return [one for one in value if _is_text(one, longest)] if isinstance(value, list) else []


def _is_text(value: Any, longest: int = LONGEST_REGION) -> bool:
    """Whether a value may be an id or a name that we gave: JSON can spell halves of characters, which nothing can store."""
    return isinstance(value, str) and len(value) <= longest and value.isprintable()


def _id(kept: str) -> str:
    """The id of an answer as a browser keeps it: with a point and its key behind."""
    return kept.partition(".")[0]


def _profile(value: Any, reception: Reception) -> dict[str, Any]:
    """The profile that a browser kept, without a region that is none any more."""
    told = value if isinstance(value, Mapping) else {}
    names = {*REMEMBERED, "language"} - {CERTIFICATES}  # a list
    known: dict[str, Any] = {name: told[name] for name in sorted(names) if told.get(name) and _is_text(told[name])}
    if not is_division(known.get("region", ""), reception.bot.know().vocabulary.regions):
        known.pop("region", None)
    certificates = _texts(told.get(CERTIFICATES), LONGEST_CERTIFICATE)[:MOST_CERTIFICATES]
    return {**known, CERTIFICATES: certificates} if certificates else known


def _session(value: Any) -> dict[str, Any] | None:
    try:
        known = session_from_json(value)
    except InvalidSession:
        return None
    return session_to_json(known) if value else None


def _found(answer: str, reception: Reception) -> Told | None:
    try:
        kept = reception.records.kept(answer)
    except UnknownAnswer:
        return None
    votes = [(one.vote, one.passage or "") for one in reception.records.feedback(answer)]
    return Told(kept.question, kept.answer["answer"], kept.answer, "", votes)


def _deleted(answer: str, key: str, reception: Reception) -> bool:
    try:
        reception.forget(answer, key)
    except (UnknownAnswer, WrongKey):
        return False
    return True
