"""Stores answers and feedback and finds them again. One transaction a call: a kill leaves the old or the new."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, delete, event, select, update
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session, sessionmaker

from bot.guard import masked
from bot.records.keys import Keys
from bot.records.messages import Messages
from bot.records.quotas import Quotas
from bot.records.tables import Feedback, StoredAnswer

SWEPT_AT_ONCE = 500
"""Answers deleted in one transaction: nobody waits long for it to end."""
MIGRATIONS = Path(__file__).parent / "migrations"


class UnknownAnswer(LookupError):
    """No answer of that id is stored: none was given, or it was deleted."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A question as it is stored, when it was asked, and the answer object without its session."""

    question: str
    asked: datetime
    answer: dict[str, Any]


class Records:
    """The database of answers and feedback. Safe for many threads; SQLite and PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._session = sessionmaker(engine, expire_on_commit=False)
        self._engine = engine
        self.messages = Messages(self._session)
        self.keys, self.quotas = Keys(self._session), Quotas(self._session)

    def keep_answer(self, question: str, answer: dict[str, Any], trace: dict[str, Any] | None = None) -> None:
        """Stores the answer object of the contract (without its session), its trace, and the question with personal data masked."""
        row = StoredAnswer(
            id=answer["id"],
            asked=datetime.now(UTC),
            question=masked(question),
            status=answer["status"],
            answer=answer,
            trace=trace,
        )
        with self._session.begin() as session:
            session.add(row)

    def replace_answer(self, answer: dict[str, Any], trace: dict[str, Any] | None = None) -> None:
        """Puts an answer, and its trace, in place of the one stored under its id; none is stored if that was deleted meanwhile."""
        changed = update(StoredAnswer).where(StoredAnswer.id == answer["id"])
        with self._session.begin() as session:
            session.execute(changed.values(status=answer["status"], answer=answer, trace=trace))

    def answer(self, identity: str) -> dict[str, Any]:
        """The stored answer object. Raises UnknownAnswer."""
        with self._session() as session:
            return self._found(session, identity).answer

    def trace(self, identity: str) -> dict[str, Any] | None:
        """The stored trace of an answer, none if it was given before traces were kept. Raises UnknownAnswer."""
        with self._session() as session:
            return self._found(session, identity).trace

    def kept(self, identity: str) -> Kept:
        """The answer with its question and time. Raises UnknownAnswer."""
        with self._session() as session:
            row = self._found(session, identity)
            asked = (
                row.asked if row.asked.tzinfo else row.asked.replace(tzinfo=UTC)
            )  # SQLite gives times back without zone
            return Kept(row.question, asked, row.answer)

    def forget(self, identity: str) -> None:
        """Deletes an answer, its question and all feedback on it, for good. Raises UnknownAnswer."""
        with self._session.begin() as session:
            row = self._found(session, identity)
            session.query(Feedback).filter_by(answer=identity).delete()
            session.delete(row)

    def sweep(self, days: int, now: datetime | None = None, at_once: int = SWEPT_AT_ONCE) -> int:
        """Deletes answers older than `days` with their questions and feedback, and quotas no longer in use; returns how many answers."""
        now = now or datetime.now(UTC)
        self.quotas.sweep(now.timestamp())
        old = select(StoredAnswer.id).where(StoredAnswer.asked < now - timedelta(days=days)).limit(at_once)
        deleted = 0
        while found := self._sweep_some(old):
            deleted += found
        return deleted

    def _sweep_some(self, old: Any) -> int:
        with self._session.begin() as session:
            found = list(session.scalars(old))
            session.execute(delete(Feedback).where(Feedback.answer.in_(found)))
            session.execute(delete(StoredAnswer).where(StoredAnswer.id.in_(found)))
        return len(found)

    def keep_feedback(self, answer: str, vote: str, reason: str | None, passage: str | None) -> None:
        """Stores a vote; the reason with personal data masked. Raises UnknownAnswer."""
        with self._session.begin() as session:
            self._found(session, answer)
            reason = masked(reason) if reason else None
            session.add(Feedback(given=datetime.now(UTC), answer=answer, vote=vote, reason=reason, passage=passage))

    def feedback(self, answer: str) -> list[Feedback]:
        """All feedback on an answer, the oldest first."""
        with self._session() as session:
            return list(session.query(Feedback).filter_by(answer=answer).order_by(Feedback.id))

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    @staticmethod
    def _found(session: Session, identity: str) -> StoredAnswer:
        row = session.get(StoredAnswer, identity)
        if row is None:
            raise UnknownAnswer("no answer of that id is stored: none was given, or it was deleted")
        return row


def open_records(url: str) -> Records:
    """The records at a database URL, brought to the newest form of the tables."""
    where = make_url(url)
    if where.get_backend_name() == "sqlite" and where.database:
        file = Path(where.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)  # what SQLite writes beside it has its mode
    migrate(url)
    engine = create_engine(url, hide_parameters=True)  # an error that is logged names no question
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return Records(engine)


def migrate(url: str) -> None:
    """Runs the migrations that are missing."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers do not wait for the writer (WAL), writers wait for each other, a kill loses nothing (a power cut at most what came last),
    references are kept, what is deleted is overwritten."""
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=5000",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
