"""How much somebody may ask, counted in the records, so that a restart forgives nothing and several processes count as one.

The algorithm is pyrate-limiter's GCRA (generic cell rate algorithm, ITU-T I.371): a single number for each quota, however much is asked.
"""

import logging
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

from pyrate_limiter import GCRA, Duration, Rate
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.records.tables import Quota

log = logging.getLogger(__name__)

ATTEMPTS = 20
"""How often a count is tried anew when another process was faster."""
_ALGORITHM = GCRA()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which quota is used up, and in how many seconds there is some again."""

    who: str
    retry_after: int


@dataclass(frozen=True, slots=True)
class Quotas:
    """The quotas in the records."""

    session: sessionmaker[Session]

    def spend(self, limits: Mapping[str, int], now: float | None = None, times: int = 1) -> Refusal | None:
        """Takes one from each quota, or as many as `times` says (no more than it ever holds), or nothing from any. `limits`: requests a
        minute by who is counted; `now`: seconds since the epoch.

        Compares and sets instead of locking: a flood that is refused anyway only reads. What cannot be counted is let through.
        """
        try:
            return self._spend(limits, _moment(now), times)
        except SQLAlchemyError:
            log.exception("quotas could not be counted: look after the disk and the database")
            return None

    def used_up(self, limits: Mapping[str, int], now: float | None = None) -> Refusal | None:
        """What `spend` would refuse; nothing is taken."""
        try:
            reckoned = _reckoned(limits, self._known(limits), _moment(now), 1)
        except SQLAlchemyError:
            log.exception("quotas could not be read: look after the disk and the database")
            return None
        return reckoned if isinstance(reckoned, Refusal) else None

    def _spend(self, limits: Mapping[str, int], moment: int, times: int) -> Refusal | None:
        for _ in range(ATTEMPTS):
            known = self._known(limits)
            spent = _reckoned(limits, known, moment, times)
            if isinstance(spent, Refusal):
                return spent
            if self._set(known, spent):
                return None
        log.warning("quotas were not counted: others were faster %d times", ATTEMPTS)
        return None

    def sweep(self, now: float) -> None:
        """Deletes those that are full again."""
        with self.session.begin() as session:
            session.execute(delete(Quota).where(Quota.empty_at < int(now * 1_000_000)))

    def _known(self, limits: Mapping[str, int]) -> dict[str, int]:
        with self.session() as session:
            rows = session.query(Quota).filter(Quota.who.in_(list(limits)))
            return {row.who: row.empty_at for row in rows}

    def _set(self, known: Mapping[str, int], spent: Mapping[str, int]) -> bool:
        """Whether all could be set: none was changed meanwhile."""
        try:
            with self.session.begin() as session:
                for who in sorted(spent):  # in one order, so that no two wait for each other
                    if not _set_one(session, who, known.get(who), spent[who]):
                        session.rollback()
                        return False
        except IntegrityError:
            return False
        return True


def _reckoned(limits: Mapping[str, int], known: Mapping[str, int], moment: int, times: int) -> dict[str, int] | Refusal:
    """How the quotas stand once as many are taken, or which of them has not so many."""
    spent: dict[str, int] = {}
    for who, limit in limits.items():
        rates = [Rate(limit, Duration.MINUTE)]
        state, decision = _ALGORITHM.step(rates, (known.get(who, 0),), moment, min(times, limit))
        if not decision.allowed:
            return Refusal(who, max(1, math.ceil((decision.retry_after_ms or 0) / 1000)))
        spent[who] = int(state[0])
    return spent


def _moment(now: float | None) -> int:
    """Milliseconds."""
    return int((time.time() if now is None else now) * 1000)


def _set_one(session: Session, who: str, before: int | None, after: int) -> bool:
    if before is None:
        session.add(Quota(who=who, empty_at=after))
        session.flush()
        return True
    changed = update(Quota).where(Quota.who == who, Quota.empty_at == before).values(empty_at=after)
    result = session.execute(changed)
    return bool(getattr(result, "rowcount", 0))
