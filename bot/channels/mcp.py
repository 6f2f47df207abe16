"""The Model Context Protocol over HTTP at /mcp, where the extra `mcp` is installed (`pip install -e ".[mcp]"`).

The server is made when it is first called: its library takes a second to import, and a process that starts again serves before.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any

from anyio import Lock, create_task_group, sleep_forever, to_thread
from anyio.abc import TaskGroup, TaskStatus
from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.reception import Reception
from bot.replay import MOST_REPLAYED
from corpus import registry


def router(reception: Reception) -> APIRouter:
    """The route /mcp: streamable HTTP without sessions, so that any of several processes may answer; none without the extra."""
    if not _installed():
        return APIRouter(prefix="/mcp")
    late = _Late(reception)
    routes = APIRouter(prefix="/mcp", lifespan=late.lifespan)
    routes.routes.append(Route("/mcp", _Guarded(late, reception.settings.cors_origins), include_in_schema=False))
    return routes


def questions(body: Mapping[str, Any]) -> int:
    """How many questions a call brings, for quotas: earlier ones are gone through again."""
    told: Any = body
    for name in ("params", "arguments", "earlier"):
        told = told.get(name) if isinstance(told, Mapping) else None
    return 1 + (min(len(told), MOST_REPLAYED) if isinstance(told, list) else 0)


def _installed() -> bool:
    """Whether the extra is there, and new enough: since version 2 its types are a package of their own."""
    return all(find_spec(package) for package in ("mcp", "mcp_types"))


class _Late:
    """The server, running from the first call to the end of the application."""

    _group: TaskGroup

    def __init__(self, reception: Reception) -> None:
        self._reception, self._lock = reception, Lock()
        self._app: ASGIApp | None = None

    @asynccontextmanager
    async def lifespan(self, _app: Any) -> AsyncIterator[None]:
        """Ends with the application whatever was begun."""
        async with create_task_group() as self._group:
            yield
            self._group.cancel_scope.cancel()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._lock:
            self._app = self._app or await self._group.start(self._run)
        await self._app(scope, receive, send)

    async def _run(self, *, task_status: TaskStatus[ASGIApp]) -> None:
        made = await to_thread.run_sync(registry.load, "server", "bot.mcp")
        sessions = made.sessions(self._reception)
        async with sessions.run():
            task_status.started(sessions.asgi_app)
            await sleep_forever()


_SILENT = PlainTextResponse("call by POST: there are no sessions here", 405, {"Allow": "POST"})
"""The protocol lets a server refuse GET that has nothing to say unasked; each stream would be held open for ever."""


class _Guarded:
    """Lets pages of other sites in only where the operator has named them, as the protocol demands: a browser may be made to
    call a server that it can reach and its user cannot see (DNS rebinding)."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app, self._origins = app, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
        refused = PlainTextResponse("this site may not call /mcp: add it to CERTGUIDE_CORS_ORIGINS", 403)
        if origin and origin not in self._origins:
            await refused(scope, receive, send)
        else:
            await (self._app if scope["method"] == "POST" else _SILENT)(scope, receive, send)
