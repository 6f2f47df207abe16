"""An answer as server-sent events, for every door that streams: `piece` (text) as they come, one `answer` at the end, `error` if it fails."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fastapi.responses import StreamingResponse

log = logging.getLogger(__name__)

Parts = Iterator[str | dict[str, Any]]

HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}  # nginx hands each piece on at once


def streamed(parts: Parts, finish: Callable[[dict[str, Any]], Mapping[str, Any]] = dict) -> StreamingResponse:
    """The parts of `Reception.stream` as events; `finish` makes the last one of the answer object. Raises what the first part raises."""
    first = next(parts)  # a question that cannot be used fails here, as an ordinary error
    return StreamingResponse(_events(first, parts, finish), media_type="text/event-stream", headers=HEADERS)


def _events(
    first: str | dict[str, Any], rest: Parts, finish: Callable[[dict[str, Any]], Mapping[str, Any]]
) -> Iterator[str]:
    try:
        yield _event(first, finish)
        for part in rest:
            yield _event(part, finish)
    except Exception:  # the status line is long gone: whatever fails now can only be told as an event
        log.exception("a stream failed")
        yield _sent("error", {"error": "internal_error", "message": "出错了，请稍后再试。"})


def _event(part: str | dict[str, Any], finish: Callable[[dict[str, Any]], Mapping[str, Any]]) -> str:
    return _sent("piece", {"text": part}) if isinstance(part, str) else _sent("answer", finish(part))


def _sent(name: str, data: Mapping[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
