"""Messages of messengers: each is answered once, whoever of several processes gets to it, and however often it is brought.

A message that arrives is inserted under its id: whoever inserts it has to answer, under a lease that is renewed meanwhile. Others wait
for the reply, or take over when the lease is over. The first reply that is stored stands, together with what is remembered of the asker.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.records.tables import Asker, Message, Signature

DAY = 86_400.0
KEPT = 1 * DAY
"""How long replies are kept, in seconds: a messenger repeats a message within seconds or minutes."""
REMEMBERED = 30 * DAY
"""How long an asker who is silent is remembered."""
SWEEPER = "0"
"""How the id begins of a message that has what is too old deleted: one hash in sixteen does."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What was said to a message, and when (seconds since the epoch): always the same. Empty: nothing is said."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a message: its reply if there is one; else whether it is the caller's to answer. `attempts`: how often it came."""

    reply: Reply | None
    mine: bool
    attempts: int


class Messages:
    """The messages of all messengers and what is remembered of their askers. Safe for many threads and processes; times in seconds since the epoch."""

    def __init__(self, session: sessionmaker[Session]) -> None:
        self._session = session

    def arrive(self, message: str, asker: str, now: float, lease: float) -> Standing:
        """Counts an attempt to bring a message; the first makes it the caller's for `lease` seconds."""
        try:
            with self._session.begin() as session:
                session.add(Message(id=message, asker=asker, received=now, attempts=1, leased=now + lease))
                session.flush()
                if message.startswith(SWEEPER):
                    _purge(session, now)
            return Standing(None, True, 1)
        except IntegrityError:
            with self._session.begin() as session:
                session.execute(_of(message).values(attempts=Message.attempts + 1))
            return self.take(message, now, lease)

    def take(self, message: str, now: float, lease: float) -> Standing:
        """How it stands with a message that arrived; it becomes the caller's if nobody holds it any more."""
        with self._session() as session:
            row = session.get_one(Message, message)
        if row.reply is not None or row.leased >= now:
            return Standing(_reply(row), False, row.attempts)
        free = _of(message).where(Message.reply.is_(None), Message.leased == row.leased)
        with self._session.begin() as session:
            taken = _changed(session, free.values(leased=now + lease))
        return Standing(None, taken, row.attempts)

    def renew(self, message: str, until: float) -> None:
        """Holds a message for longer."""
        with self._session.begin() as session:
            session.execute(_of(message).values(leased=until))

    def settle(
        self, message: str, text: str, now: float, said: int = 0, state: Mapping[str, Any] | None = None
    ) -> Reply:
        """The reply that stands: this one, unless there is one already. With it the asker's state (None: as it was; empty: forgotten).

        A state that follows a newer message (`said`) is not replaced by that of an older one that came late.
        """
        with self._session.begin() as session:
            first = _changed(session, _of(message).where(Message.reply.is_(None)).values(reply=text, replied=now))
            row = session.get_one(Message, message)
            if first and state is not None:
                _remember(session, row.asker, now, said, state)
            standing = _reply(row)
        assert standing is not None
        return standing

    def push(self, message: str, code: int) -> None:
        """Notes how a messenger took what was sent after the reply."""
        with self._session.begin() as session:
            session.execute(_of(message).values(pushed=code))

    def pushed(self, message: str) -> int | None:
        """What `push` noted."""
        with self._session() as session:
            return session.get_one(Message, message).pushed

    def state(self, asker: str) -> dict[str, Any]:
        """What is remembered of an asker; empty if nothing is."""
        with self._session() as session:
            row = session.get(Asker, asker)
            return row.state if row else {}

    def remember(self, asker: str, now: float, state: Mapping[str, Any]) -> None:
        """Sets what is remembered, of an asker or of an account whose messages are fetched."""
        with self._session.begin() as session:
            _remember(session, asker, now, int(now), state)

    def amend(self, asker: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """Changes what is remembered of an asker, if anything is."""
        with self._session.begin() as session:
            session.execute(
                update(Asker).where(Asker.id == asker).values(said=Asker.said)
            )  # takes the lock, then reads
            row = session.get(Asker, asker)
            if row:
                row.state = change(row.state)

    def forget(self, asker: str) -> None:
        """Forgets an asker."""
        with self._session.begin() as session:
            session.execute(delete(Asker).where(Asker.id == asker))

    def vouched(self, signature: str, message: str, now: float) -> bool:
        """Whether a signature stands for this message: it was not seen with another one."""
        try:
            with self._session.begin() as session:
                session.add(Signature(id=signature, message=message, received=now))
            return True
        except IntegrityError:
            with self._session() as session:
                return session.get_one(Signature, signature).message == message


def _of(message: str) -> Any:
    return update(Message).where(Message.id == message)


def _changed(session: Session, statement: Any) -> bool:
    result: Any = session.execute(statement)
    return bool(result.rowcount)


def _reply(row: Message) -> Reply | None:
    return None if row.reply is None else Reply(row.reply, int(row.replied or 0))


def _remember(session: Session, asker: str, now: float, said: int, state: Mapping[str, Any]) -> None:
    if not state:
        session.execute(delete(Asker).where(Asker.id == asker))
        return
    insert: Any = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name].insert(Asker)
    told = {"seen": now, "said": said, "state": dict(state)}
    session.execute(
        insert.values(id=asker, **told).on_conflict_do_update(
            index_elements=[Asker.id], set_=told, where=Asker.said <= said
        )
    )


def _purge(session: Session, now: float) -> None:
    session.execute(delete(Message).where(Message.received < now - KEPT))
    session.execute(delete(Signature).where(Signature.received < now - KEPT))
    session.execute(delete(Asker).where(Asker.seen < now - REMEMBERED))
