"""Counts and logs every request: method, route, status, how long it took. Never the address, the query or anything of a question."""

import logging
import time
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics
from bot.public.doors import Doors

log = logging.getLogger(__name__)

BROKEN = 500


@dataclass(frozen=True, slots=True)
class Watched:
    """ASGI middleware."""

    app: ASGIApp
    doors: Doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        door, status, begun = self.doors.prefix(Request(scope)) or "page", BROKEN, time.perf_counter()

        async def sends(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, sends)
        finally:
            _note(Request(scope), door, status, time.perf_counter() - begun)


def _note(request: Request, door: str, status: int, took: float) -> None:
    metrics.REQUESTS.labels(door, status).inc()
    metrics.LATENCY.labels(door).observe(took)
    if status == BROKEN:
        metrics.CHANNEL_ERRORS.labels(door).inc()
    route = getattr(request.scope.get("route"), "path", "") or door  # the pattern: an id in a path is a secret
    told = {"method": request.method, "route": route, "status": status, "ms": round(took * 1000)}
    level = logging.DEBUG if door == "page" else logging.INFO
    log.log(level, "%(method)s %(route)s %(status)d %(ms)d ms", told, extra=told)
