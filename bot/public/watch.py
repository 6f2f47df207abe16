"""Counts and logs every request: method, route, status, how long it took. Never the address, the query or anything of a question."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics

log = logging.getLogger(__name__)

BROKEN = 500


@dataclass(frozen=True, slots=True)
class Watched:
    """ASGI middleware."""

    app: ASGIApp
    prefix: Callable[[Request], str]
    """The door's prefix; empty: a page."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, begun = BROKEN, time.perf_counter()

        async def sends(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, sends)
        finally:
            self._note(Request(scope), status, time.perf_counter() - begun)

    def _note(self, request: Request, status: int, took: float) -> None:
        door = self.prefix(request) or "page"
        metrics.REQUESTS.labels(door, status).inc()
        metrics.LATENCY.labels(door).observe(took)
        if status == BROKEN:
            metrics.CHANNEL_ERRORS.labels(door).inc()
        route = getattr(request.scope.get("route"), "path", "") or door  # the pattern: an id in a path is a secret
        told = {"method": request.method, "route": route, "status": status, "ms": round(took * 1000)}
        log.log(logging.DEBUG if door == "page" else logging.INFO, "%(method)s %(route)s %(status)d %(ms)d ms", told, extra=told)  # fmt: skip
