"""Keys that raise quotas. A key is shown once, when it is made; only its digest is stored."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.records.tables import Key

PREFIX = "cg-"
"""How every key begins: other Bearer values are not looked up, and logs know what to mask."""
BYTES = 32


class UnknownKey(LookupError):
    """There is no key of that name."""


class NameTaken(ValueError):
    """There is a key of that name already."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys in the records."""

    session: sessionmaker[Session]

    def add(self, name: str) -> str:
        """Makes a key and returns it; it can't be shown again. Raises NameTaken."""
        key = PREFIX + secrets.token_urlsafe(BYTES)
        try:
            with self.session.begin() as session:
                session.add(Key(name=name, digest=_digest(key), made=datetime.now(UTC)))
        except IntegrityError as error:
            raise NameTaken(f"there is a key {name!r} already: remove it first, or choose another name") from error
        return key

    def remove(self, name: str) -> None:
        """Voids a key. Raises UnknownKey."""
        with self.session.begin() as session:
            row = session.get(Key, name)
            if row is None:
                raise UnknownKey(f"there is no key {name!r}: `python -m bot keys list` shows those there are")
            session.delete(row)

    def all(self) -> Sequence[Key]:
        """All keys by name; of each only name and day are of use."""
        with self.session() as session:
            return session.query(Key).order_by(Key.name).all()

    def named(self, key: str) -> str | None:
        """The name of a key; None for whatever is no key of ours."""
        if not key.startswith(PREFIX):
            return None
        with self.session() as session:
            row = session.query(Key).filter_by(digest=_digest(key)).one_or_none()
            return row.name if row else None


def _digest(key: str) -> str:
    """SHA-256 without salt: a key has 256 random bits, there is no dictionary to try."""
    return sha256(key.encode()).hexdigest()
