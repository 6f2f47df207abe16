"""Connections that nothing moves on are cut: whoever reads nothing of what we send, or never ends the head of a request, would hold one for ever."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 60.0
"""Seconds in which a head must have come, and in which some 50 kB that wait to be sent must be read: a slow line takes ten."""


class Impatient(H11Protocol):
    """uvicorn's own connection with those two deadlines. The response that is cut off ends as where a reader leaves."""

    patience = PATIENCE
    _unread: asyncio.TimerHandle | None = None
    _unheard: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._listen()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._unread, self._unheard):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        super().handle_events()
        self._listen()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(self.patience, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._unread:
            self._unread.cancel()

    def _listen(self) -> None:
        """The time runs from the first byte of a head, or from the beginning; where all of it has come it stops."""
        waits = self.conn.their_state is h11.IDLE and (self.cycle is None or bool(self.conn.trailing_data[0]))
        if waits and not self._unheard:
            self._unheard = self.loop.call_later(self.patience, self.transport.abort)
        elif self._unheard and not waits:
            self._unheard.cancel()
            self._unheard = None
