"""Before every request: closed by the operator, quotas, what Gradio offers and we do not. Gives browsers the cookie that quotas count by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics
from bot.maintenance import RETRY_AFTER
from bot.public.callers import Callers
from bot.public.doors import Doors, wants_page
from bot.reception import Reception

ALWAYS = ("/api/health", "/api/ready", "/metrics")
"""What tells how we are, for whoever watches."""
GRADIO = "/gradio_api/"
OPEN_GRADIO = re.compile(
    r"/gradio_api/(queue/(join|data)|call/.+|run/.+|api/.+|info/?|heartbeat/.+|startup-events|cancel|reset/?|app_id/?)"
)
"""What our pages and gradio_client need. The rest takes or gives files, fetches for others, records or profiles: shut."""


@dataclass(frozen=True, slots=True)
class Gate:
    """ASGI middleware."""

    app: ASGIApp
    reception: Reception
    callers: Callers
    doors: Doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refusal = await self._refusal(request)
        await (refusal or self.app)(scope, receive, self._with_cookie(request, send))

    async def _refusal(self, request: Request) -> Response | None:
        path = self.doors.path(request)
        if path in ALWAYS:
            return None
        if GRADIO in path and not OPEN_GRADIO.fullmatch(path[path.index(GRADIO) :]):
            return self.doors.refuse(request, 404, "not_found", "there is nothing here")
        if request.method in ("GET", "HEAD") and self._shows_something(request, path):
            closed = self.reception.closed()
            if closed is not None:  # questions are turned away by the reception, in every door's own form
                return self.doors.refuse(request, 503, "maintenance", closed, RETRY_AFTER)
        if self.doors.door(request) or (GRADIO in path and request.method == "POST"):
            return await run_in_threadpool(self._over_quota, request)
        return None

    def _shows_something(self, request: Request, path: str) -> bool:
        """A door's data or a page; not style and scripts, not the events of a page that is open."""
        return self.doors.door(request) is not None or (GRADIO not in path and wants_page(request))

    def _over_quota(self, request: Request) -> Response | None:
        session_of = getattr(self.doors.door(request), "session_of", None)
        limits: Mapping[str, int] = self.callers.limits(request, request.method == "POST", session_of)
        refused = self.reception.records.quotas.spend(limits) if limits else None
        if refused is None:
            return None
        metrics.LIMITED.labels(refused.who.split(":")[0]).inc()
        told = self.reception.bot.wording.say("public.too_many", seconds=refused.retry_after)
        return self.doors.refuse(request, 429, "too_many_requests", told, refused.retry_after)

    def _with_cookie(self, request: Request, send: Send) -> Send:
        if not wants_page(request) or self.callers.cookie(request):
            return send

        async def sends(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", self.callers.new_cookie(request))
            await send(message)

        return sends
