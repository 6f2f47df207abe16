"""Under which name we are reached. Gradio believes whoever says it in these headers, and writes it into its pages as where to call."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.public.doors import Doors
from bot.public.gate import ALWAYS

CLAIMED = (b"x-forwarded-host", b"x-gradio-server")
"""A proxy of ours hands the name on as `Host`."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """ASGI middleware: takes these headers off a request. What only this machine may read still sees that somebody forwarded it."""

    app: ASGIApp
    doors: Doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.doors.path(Request(scope)) not in ALWAYS:
            scope["headers"] = [pair for pair in scope["headers"] if pair[0].lower() not in CLAIMED]
        await self.app(scope, receive, send)
