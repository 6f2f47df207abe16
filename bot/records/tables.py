"""The tables. A change here needs a migration under migrations/versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text
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
