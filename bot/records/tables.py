"""The tables. A change here needs a migration under migrations/versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, String, Text
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


class Feedback(Base):
    """A vote on an answer or an error reported in one of its passages."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    given: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    answer: Mapped[str] = mapped_column(ForeignKey("answers.id"), index=True)
    vote: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(Text)
    passage: Mapped[str | None] = mapped_column(String(128))


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
