"""Where every door brings its question: completes it with region and day, asks the bot, stores the answer. Knows no protocol."""

import hmac
import logging
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from bot import maintenance, metrics
from bot.ahead import ahead
from bot.answering import Bot
from bot.capacity import Capacity
from bot.contract import answer_object
from bot.conversation import Answer, Question, Session, session_from_json
from bot.guard import LONGEST_QUESTION
from bot.records.store import Records
from bot.secret import key_of, secret
from bot.shelf import Book, books, chosen
from bot.trace import trace_object
from corpus.document import Passage
from corpus.originals import Original
from settings import Settings

log = logging.getLogger(__name__)

SHELF = 40
"""Passages that a search on the knowledge page shows at most."""


class InvalidDay(ValueError):
    """`on` is no ISO day."""


class WrongKey(LookupError):
    """An answer is to be deleted by somebody to whom it was not given."""


def today() -> str:
    """The ISO day in China."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


@dataclass(frozen=True, slots=True)
class Reception:
    """A bot, where its answers are kept, and what day it is."""

    bot: Bot
    records: Records
    settings: Settings
    """For what a door needs: accounts, the public address, which sites may show it, where its secret lies."""
    capacity: Capacity
    originals: tuple[Original, ...] = ()
    """How to find the originals of documents without an official address."""
    today: Callable[[], str] = today

    def ask(
        self, text: str, profile: Mapping[str, Any] | None = None, session: Any = None, on: str | None = None
    ) -> dict[str, Any]:
        """The answer object of the contract, stored. Raises UnusableQuestion, InvalidSession, InvalidDay, ValueError of Regions, TurnedAway."""
        *_, last = self._made(self.question(text, profile, session, on))
        assert isinstance(last, dict)
        return last

    def stream(
        self, text: str, profile: Mapping[str, Any] | None = None, session: Any = None, on: str | None = None
    ) -> Iterator[str | dict[str, Any]]:
        """Pieces of text, then the answer object. Raises what `ask` does, before the first piece. Takes room while they are made,
        none while they are sent: who does not read keeps nobody else from an answer."""
        yield from ahead(self._made(self.question(text, profile, session, on)))

    def _made(self, question: Question) -> Generator[str | dict[str, Any], None, None]:
        with self.place():
            for part in self.bot.stream(question):
                yield self._kept(question, part) if isinstance(part, Answer) else part

    @contextmanager
    def place(self, answers: bool = True) -> Iterator[None]:
        """Room to answer one question, or for what takes as much but `answers` none. Raises TurnedAway: Closed by the operator, or Busy."""
        if (closed := self.closed()) is not None:
            raise maintenance.Closed(closed)
        with self.capacity.place(answers):
            yield

    def closed(self) -> str | None:
        """What to tell whoever comes while nothing is answered; None: we are open."""
        told = maintenance.notice(self.settings)
        return told if told is None else told or self.bot.wording.say("public.closed")

    def sweep(self) -> None:
        """Deletes what is older than the setting allows."""
        if not self.settings.retention_days:
            return
        try:
            deleted = self.records.sweep(self.settings.retention_days)
        except SQLAlchemyError:
            log.exception("old answers could not be deleted: look after the disk and the database")
            return
        if deleted:
            log.info("%d answers older than %d days deleted", deleted, self.settings.retention_days)

    def rewrite(self, identity: str, text: str, profile: Mapping[str, Any], session: Any) -> dict[str, Any]:
        """Answers once more and puts that in place of the answer stored under `identity`. Raises what `ask` does."""
        answer = self.bot.answer(self.question(text, profile, session, None))
        whole = answer_object(replace(answer, id=identity))
        self.records.replace_answer(_stored(whole), trace_object(identity, answer.status, answer.trace))
        return whole

    def forget(self, identity: str, key: str) -> None:
        """Deletes an answer for whoever it was given to, with its `key`. Raises UnknownAnswer, WrongKey."""
        self.records.answer(identity)
        if not hmac.compare_digest(key.encode(), self._key(identity).encode()):
            raise WrongKey("whoever was given this answer was given its `key`: send it as X-Answer-Key")
        self.records.forget(identity)

    def question(self, text: str, profile: Mapping[str, Any] | None, session: Any, on: str | None) -> Question:
        """The question as the bot takes it: the region in full, the day valid."""
        known = session_from_json(session)
        return Question(text, self._introduced(known, profile or {}), _day(on) if on else self.today())

    def _introduced(self, session: Session, told: Mapping[str, Any]) -> Session:
        """The session with what the door tells of the asker. A region chosen anew counts more than one said before."""
        known = session.profile
        told = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items() if value}
        if "region" in told:
            region = self.bot.know().vocabulary.regions.find(str(told["region"])).full_name
            told = {**told, "region": region}
            if region != known.region:
                session = replace(session, turns=tuple(replace(turn, region="") for turn in session.turns))
        return replace(session, profile=replace(known, **told))

    def documents(
        self, subject: str = "", region: str = "", state: str = "", since: str = "", query: str = ""
    ) -> tuple[Book, ...]:
        """The documents on record today, those that answer a query best first. A query is a question: as long, and it takes room.
        Raises ValueError of Regions, TurnedAway."""
        known, day = self.bot.know(), self.today()
        place = known.vocabulary.regions.find(region) if region else None
        found = self.found(query, SHELF) if query.strip() else self.bot.index.passages.values()
        return books(chosen(found, day, known.vocabulary.regions, subject, place, state, since), day)

    def found(self, query: str, limit: int) -> list[Passage]:
        """Passages for a query, best first. Raises TurnedAway."""
        with self.place(answers=False):
            return [hit.passage for hit in self.bot.index.search(query.strip()[:LONGEST_QUESTION], limit=limit)]

    def _kept(self, question: Question, answer: Answer) -> dict[str, Any]:
        """The answer object, stored without its session and with its trace. An answer that cannot be stored is still given."""
        whole = answer_object(answer)
        metrics.QUESTIONS.labels(whole["status"]).inc()
        metrics.ANSWERING.observe(whole["took_ms"] / 1000)
        trace = trace_object(answer.id, answer.status, answer.trace)
        try:
            self.records.keep_answer(question.text, _stored(whole), trace)
        except SQLAlchemyError:
            log.exception("answer %s could not be stored: look after the disk and the database", answer.id)
        return {**whole, "key": self._key(answer.id)}

    def _key(self, identity: str) -> str:
        return key_of(identity, secret(self.settings))


def _stored(whole: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of an answer object."""
    return {name: value for name, value in whole.items() if name != "session"}


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise InvalidDay(f"on is {value!r}: write a day as YYYY-MM-DD") from error
