"""The kill switch: while the file `maintenance` lies in the data folder, no question is answered and what the file says is shown instead."""

from pathlib import Path

from bot.capacity import TurnedAway
from corpus.whole import write_whole
from settings import Settings

RETRY_AFTER = 600
"""Seconds after which programs may try again."""


class Closed(TurnedAway):
    """Nothing is answered now; the message is the operator's."""

    def __init__(self, message: str) -> None:
        super().__init__(message, RETRY_AFTER)


def notice(settings: Settings) -> str | None:
    """What to tell whoever comes; None while we are open. An empty file closes too and says nothing ("")."""
    try:
        return _file(settings).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None


def close(settings: Settings, message: str) -> None:
    """Stops answering in every process on this data folder, from the next question on."""
    path = _file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, message)


def reopen(settings: Settings) -> None:
    """Answers again."""
    _file(settings).unlink(missing_ok=True)


def _file(settings: Settings) -> Path:
    return settings.data / "maintenance"
