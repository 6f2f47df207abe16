"""The tables. A change here needs a migration under migrations/versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Double, ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables."""


class StoredAnswer(Base):
    """An answer as it was given: the object of the HTTP contract without its session. The question is stored masked."""

    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    asked: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    question: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16), index=True)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    trace: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Why the answer is so; none of answers from before traces were kept."""


class Feedback(Base):
    """A vote on an answer or an error reported in one of its passages."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    given: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    answer: Mapped[str] = mapped_column(ForeignKey("answers.id"), index=True)
    vote: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(Text)
    passage: Mapped[str | None] = mapped_column(String(128))


class Message(Base):
    """A message that came in through a messenger, and the reply that it gets. Neither the sender nor what they wrote is kept.

    `id` and `asker` are keyed hashes (HMAC-SHA-256). Until there is a reply, whoever writes it holds a lease up to `leased`
    (seconds since the epoch); when that is over, another process may take the message over.
    """

    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    asker: Mapped[str] = mapped_column(String(64))
    received: Mapped[float] = mapped_column(Double, index=True)
    attempts: Mapped[int] = mapped_column(default=1)
    leased: Mapped[float] = mapped_column(Double)
    reply: Mapped[str | None] = mapped_column(Text)
    replied: Mapped[float | None] = mapped_column(Double)
    pushed: Mapped[int | None]
    """The code (0: sent) with which the messenger took the fuller answer that was sent afterwards."""


class Asker(Base):
    """What is remembered of somebody who writes through a messenger: region, session, what was offered; by a keyed hash of their id."""

    __tablename__ = "askers"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen: Mapped[float] = mapped_column(Double, index=True)
    said: Mapped[int]
    """When the message was written whose answer this follows, in seconds since the epoch by the messenger's clock."""
    state: Mapped[dict[str, Any]] = mapped_column(JSON)


class Signature(Base):
    """A signature of a callback in plain text and the message it came with: it vouches for that one only."""

    __tablename__ = "signatures"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    message: Mapped[str] = mapped_column(String(64))
    received: Mapped[float] = mapped_column(Double, index=True)


class Key(Base):
    """A key that raises quotas, by its SHA-256."""

    __tablename__ = "keys"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Quota(Base):
    """A quota in use. `who`: what is counted and a keyed hash of its name, never an address."""

    __tablename__ = "quotas"

    who: Mapped[str] = mapped_column(String(80), primary_key=True)
    empty_at: Mapped[int] = mapped_column(BigInteger, index=True)
    """When all of it will be there again, in microseconds since the epoch (the theoretical arrival time of GCRA)."""
