"""How many questions are answered at a time. A burst waits a little, or is told at once that it had better come back."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot import metrics

PATIENCE = 24.0
"""Seconds that a question may wait for those before; with the answering itself that stays under the half minute that people wait."""
MOST_WAITING = 300
"""Questions that wait at most, however fast answers are: each holds a thread."""
THREADS = 380
"""Threads that a server needs: those that answer, those that wait, and some for whoever only looks something up."""
FIRST_GUESS = 0.1
"""Seconds that an answer takes, until we have seen some."""
_NEW = 0.1  # weight of the newest answer in the mean


class TurnedAway(RuntimeError):
    """No question is taken now; the message says so to whoever asks. `retry_after`: seconds after which to come again."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(TurnedAway):
    """Too many ask at once."""


@dataclass(slots=True)
class Capacity:
    """`at_once` questions are answered at the same time, in this process. Safe for many threads."""

    at_once: int
    advice: str = "busy: come back in {seconds} s"
    """What whoever is turned away is told."""
    patience: float = PATIENCE
    """Seconds that a question waits for room at most."""
    _free: threading.Semaphore = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _inside: int = 0
    """Questions being answered or waiting."""
    _mean: float = FIRST_GUESS
    """Seconds that an answer takes."""

    def __post_init__(self) -> None:
        self._free = threading.Semaphore(self.at_once)

    @contextmanager
    def place(self, answers: bool = True) -> Iterator[None]:
        """Waits for room to answer a question. Raises Busy: at once where the wait would be too long. What takes room but `answers`
        none (a file, a search) tells nothing of how long answers take."""
        self._enter()
        try:
            if not self._free.acquire(timeout=self.patience):
                raise self._busy(self.patience)
            begun = time.perf_counter()
            try:
                yield
            finally:
                self._free.release()
                if answers:
                    self._learn(time.perf_counter() - begun)
        finally:
            with self._lock:
                self._inside -= 1
                metrics.INSIDE.set(self._inside)

    def crowded(self, coming: int = 0, patience: float | None = None) -> Busy | None:
        """What to tell one more, if the wait would be too long. `coming`: questions that a door has taken in, inside or on their way;
        `patience`: seconds that whoever asks there may wait, where they are fewer."""
        waiting = max(self._inside, coming) - self.at_once
        wait = self._mean * (waiting + 1) / self.at_once
        longest = self.patience if patience is None else min(patience, self.patience)
        if waiting >= MOST_WAITING or (waiting >= 0 and wait > longest):
            return self._busy(min(wait, 2 * self.patience))
        return None

    def _enter(self) -> None:
        with self._lock:
            if busy := self.crowded():
                raise busy
            self._inside += 1
            metrics.INSIDE.set(self._inside)

    def _busy(self, wait: float) -> Busy:
        seconds = max(1, math.ceil(wait))
        return Busy(self.advice.format(seconds=seconds), seconds)

    def _learn(self, took: float) -> None:
        with self._lock:
            self._mean += _NEW * (took - self._mean)
