"""Server-sent events, for every door that streams. In our own form: `piece` (text) as they come, one `answer` at the end, `error` if it fails."""

import json
import logging
from collections.abc import Callable, Generator, Iterator, Mapping
from itertools import chain
from typing import Any

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from bot import metrics

log = logging.getLogger(__name__)

Parts = Iterator[str | dict[str, Any]]
"""What `Reception.stream` gives: pieces of text, then the answer object."""

FAILED = {"error": "internal_error", "message": "出错了，请稍后再试。"}
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}  # nginx hands each piece on at once


def begun(parts: Parts) -> Parts:
    """The same parts, the first already made: a question that cannot be used fails here, as an ordinary error."""
    return chain([next(parts)], parts)


def streamed(parts: Parts, finish: Callable[[dict[str, Any]], Mapping[str, Any]] = dict) -> StreamingResponse:
    """The parts as events; `finish` makes the last one of the answer object. Raises what the first part raises."""
    told = (("piece", {"text": part}) if isinstance(part, str) else ("answer", finish(part)) for part in begun(parts))
    events = (f"event: {name}\ndata: {_json(data)}\n\n" for name, data in told)
    return response(events, f"event: error\ndata: {_json(FAILED)}\n\n")


def response(events: Iterator[str], failed: str) -> StreamingResponse:
    """Events as a response, `failed` in place of what cannot be made."""
    return _Closing(_guarded(events, failed))


class _Closing(StreamingResponse):
    """Ends the events when whoever listens is gone, so that their place is free for others at once and not when memory is tidied."""

    def __init__(self, events: Generator[str, None, None]) -> None:
        super().__init__(events, media_type="text/event-stream", headers=_HEADERS)
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._events.close()


def _guarded(events: Iterator[str], failed: str) -> Generator[str, None, None]:
    try:
        yield from events
    except Exception:  # the status line is long gone: whatever fails now can only be told as an event
        log.exception("a stream failed")
        metrics.CHANNEL_ERRORS.labels("stream").inc()
        yield failed


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
