"""Which other sites' pages may call us from a browser (CORS): those of the settings, and where a door has a list of its own, these alone."""

from collections.abc import Mapping
from typing import Any

from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.public.doors import Doors
from settings import Settings


class OwnSites:
    """ASGI middleware, outside of the one for all other doors: doors that have `sites(settings)` let these in, and no others."""

    def __init__(self, app: ASGIApp, doors: Doors, settings: Settings, allowed: Mapping[str, Any]) -> None:
        self._app, self._doors = app, doors
        self._policies = {
            prefix: CORSMiddleware(app, door.sites(settings), **allowed)
            for prefix, door in doors.known.items()
            if hasattr(door, "sites")
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = self._doors.prefix(Request(scope)) if scope["type"] == "http" else ""
        await self._policies.get(prefix, self._app)(scope, receive, send)
