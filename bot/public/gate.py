"""Before every request: how large it is, closed by the operator, a burst, quotas, what Gradio offers and we do not. Gives browsers
the cookie that quotas count by."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import ModuleType
from typing import Any

from anyio import fail_after
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics
from bot.maintenance import RETRY_AFTER
from bot.public.callers import Callers
from bot.public.doors import Doors, wants_page
from bot.public.files import names_a_file
from bot.reception import Reception
from bot.records.quotas import Refusal

LARGEST_BODY = 64 * 1024
"""Bytes of a request: a question, a profile and a session of at most 16 kB. A channel may have a LARGEST_BODY of its own."""
LARGEST_OF_PAGES = 256 * 1024
"""Gradio sends what the browser keeps (some 50 kB at most) with every event, and keeps what was sent."""

PATIENCE = 30.0
"""Seconds that a body may take: of the largest that most send, 64 kB, a slow line needs twenty."""
ALWAYS = ("/api/health", "/api/ready", "/metrics")
"""What tells how we are, for whoever watches."""
GRADIO = "/gradio_api/"
OPEN_GRADIO = re.compile(
    r"/gradio_api/(queue/(join|data)|call/.+|run/.+|api/.+|info/?|heartbeat/.+|startup-events|cancel|reset/?|app_id/?)"
)
"""What our pages and gradio_client need. The rest takes or gives files, fetches for others, records or profiles: shut."""
LISTENING, REFUSED = "listening", "refused"
"""Quotas by address of their own: events of Gradio's (a page fetches some with each question that it sends), forged callbacks."""
SHUT = re.compile(r".*/(login|login_check|logout|token|monitoring)(/.*)?")
"""What Gradio offers beside its pages to sites with accounts of their own; it sends whoever calls to the name that they gave us."""
_LENGTH = re.compile(r"[0-9]{1,12}")


@dataclass(slots=True)
class Gate:
    """ASGI middleware."""

    app: ASGIApp
    reception: Reception
    callers: Callers
    doors: Doors
    patience: float = PATIENCE
    """Seconds in which a body must have come."""
    _coming: int = 0
    """What was sent to a door, has arrived whole and is not answered yet."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        send = self._counting_refused(request, self._with_cookie(request, send))
        if refusal := self._shut(request):
            await refusal(scope, receive, send)
        elif request.method == "POST":
            await self._receive(request, receive, send)
        else:
            await (await self._over_quota(request) or self.app)(scope, receive, send)

    async def _receive(self, request: Request, receive: Receive, send: Send) -> None:
        """Waits for all of a body, not for ever."""
        try:
            with fail_after(self.patience):
                body, receive = await _whole(receive)
        except TimeoutError:
            advice = f"the request did not come whole within {self.patience:.0f} seconds"
            late = self.doors.refuse(request, 408, "request_timeout", advice)
            late.headers["Connection"] = "close"  # what may still come is no request
            await late(request.scope, receive, send)
            return
        await self._take_in(request, body, receive, send)

    async def _take_in(self, request: Request, body: bytes, receive: Receive, send: Send) -> None:
        """A burst is turned away here, before it costs a thread; who is slow to send does not count before all has come."""
        busy = self.reception.capacity.crowded(self._coming) if self.doors.door(request) else None
        if busy:
            answer = self.doors.refuse(request, 503, "busy", str(busy), busy.retry_after)
            await answer(request.scope, receive, send)
            return
        self._coming += 1
        try:
            refusal = await self._over_quota(request, body) or self._hands_in_a_file(request, body)
            await (refusal or self.app)(request.scope, receive, send)
        finally:
            self._coming -= 1

    def _shut(self, request: Request) -> Response | None:
        """What is refused whoever calls."""
        path = self.doors.path(request)
        if path in ALWAYS:
            return None
        not_ours = GRADIO in path and not OPEN_GRADIO.fullmatch(path[path.index(GRADIO) :])
        if not_ours or (self.doors.door(request) is None and SHUT.fullmatch(path)):
            return self.doors.refuse(request, 404, "not_found", "there is nothing here")
        if request.method == "POST":
            return self._too_large(request)
        if request.method in ("GET", "HEAD") and self._shows_something(request, path):
            closed = self.reception.closed()
            if closed is not None:  # questions are turned away by the reception, in every door's own form
                return self.doors.refuse(request, 503, "maintenance", closed, RETRY_AFTER)
        return None

    def _too_large(self, request: Request) -> Response | None:
        told, door = request.headers.get("content-length", ""), self.doors.door(request)
        of_page = door is None and self.doors.path(request) not in self.doors.signed
        largest = getattr(door, "LARGEST_BODY", LARGEST_OF_PAGES if of_page else LARGEST_BODY)
        in_chunks = "transfer-encoding" in request.headers  # then the length does not count, whatever it says
        if in_chunks or not _LENGTH.fullmatch(told):
            advice = "send the length of the request (Content-Length)"
            return self.doors.refuse(request, 411, "length_required", advice)
        if int(told) > largest:
            return self.doors.refuse(request, 413, "too_large", f"at most {largest} bytes a request")
        return None

    def _hands_in_a_file(self, request: Request, body: bytes) -> Response | None:
        if GRADIO in self.doors.path(request) and names_a_file(body):
            return self.doors.refuse(request, 422, "no_files", "no files are taken here")
        return None

    def _shows_something(self, request: Request, path: str) -> bool:
        """A door's data or a page; not style and scripts, not the events of a page that is open."""
        return self.doors.door(request) is not None or (GRADIO not in path and wants_page(request))

    async def _over_quota(self, request: Request, body: bytes = b"") -> Response | None:
        path = self.doors.path(request)
        counts = self.doors.door(request) or GRADIO in path or path in self.doors.signed
        return await run_in_threadpool(self._spend, request, body) if counts and path not in ALWAYS else None

    def _spend(self, request: Request, body: bytes) -> Response | None:
        door, quotas = self.doors.door(request), self.reception.records.quotas
        if self.doors.path(request) in self.doors.signed:
            refused = quotas.used_up(self.callers.apart(request, REFUSED))
        elif door is None and request.method == "GET":
            refused = quotas.spend(self.callers.apart(request, LISTENING))
        else:
            session_of = getattr(door, "session_of", None)
            limits: Mapping[str, int] = self.callers.limits(request, request.method == "POST", session_of)
            refused = quotas.spend(limits, times=_questions(door, body) if limits else 1)
        return self._too_many(request, refused) if refused else None

    def _too_many(self, request: Request, refused: Refusal) -> Response:
        metrics.LIMITED.labels(refused.who.split(":")[0]).inc()
        told = self.reception.bot.wording.say("public.too_many", seconds=refused.retry_after)
        return self.doors.refuse(request, 429, "too_many_requests", told, refused.retry_after)

    def _counting_refused(self, request: Request, send: Send) -> Send:
        """Forgeries at WeChat's doors count."""
        if self.doors.path(request) not in self.doors.signed:
            return send

        async def sends(message: Message) -> None:
            if message.get("status") == HTTPStatus.FORBIDDEN:
                limits = self.callers.apart(request, REFUSED)
                await run_in_threadpool(self.reception.records.quotas.spend, limits)
            await send(message)

        return sends

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


def _questions(door: ModuleType | None, body: bytes) -> int:
    """How many questions a request counts as: what its door says, where one may bring several."""
    counted: Callable[[Mapping[str, Any]], int] | None = getattr(door, "questions", None)
    try:
        told = json.loads(body) if counted and body else None
    except (ValueError, RecursionError):
        return 1  # the door cannot read it either
    return counted(told) if counted and isinstance(told, dict) else 1


async def _whole(receive: Receive) -> tuple[bytes, Receive]:
    """The body of a request, and the same request with all of it there already."""
    messages: list[Message] = [await receive()]
    while messages[-1].get("more_body", False):
        messages.append(await receive())
    body = b"".join(message.get("body", b"") for message in messages)
    messages.reverse()

    async def gives() -> Message:
        return messages.pop() if messages else await receive()

    return body, gives
