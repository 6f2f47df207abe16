"""The Model Context Protocol over HTTP at /mcp, where the extra `mcp` is installed (`pip install -e ".[mcp]"`)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.reception import Reception

try:
    from mcp.server.transport_security import TransportSecuritySettings

    from bot.mcp.server import server
except ImportError as error:
    if (error.name or "").split(".")[0] not in ("mcp", "mcp_types"):
        raise
    installed = False  # the extra is not there, or too old: no such door
else:
    installed = True


def router(reception: Reception) -> APIRouter:
    """The route /mcp: streamable HTTP without sessions, so that any of several processes may answer; none without the extra."""
    if not installed:
        return APIRouter(prefix="/mcp")
    made = server(reception)
    made.streamable_http_app(  # makes the session manager, of which alone we have need
        stateless_http=True,
        json_response=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # _Guarded knows our sites
    )

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        async with made.session_manager.run():
            yield

    routes = APIRouter(prefix="/mcp", lifespan=lifespan)
    routes.routes.append(
        Route("/mcp", _Guarded(made.session_manager.asgi_app, reception.settings.cors_origins), include_in_schema=False)
    )
    return routes


class _Guarded:
    """Lets pages of other sites in only where the operator has named them, as the protocol demands: a browser may be made to
    call a server that it can reach and its user cannot see (DNS rebinding)."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app, self._origins = app, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
        refused = PlainTextResponse("this site may not call /mcp: add it to CERTGUIDE_CORS_ORIGINS", 403)
        await (refused if origin and origin not in self._origins else self._app)(scope, receive, send)
