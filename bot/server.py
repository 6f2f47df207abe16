"""The API alone: every channel, health, ready, and errors in one form, `{"error": code, "message": what to do}`. No pages."""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from types import ModuleType
from typing import Any

from asgi_correlation_id import CorrelationIdMiddleware, correlation_id
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from bot.answering import LongQuestion, UnusableQuestion
from bot.capacity import Busy
from bot.conversation import InvalidSession
from bot.maintenance import Closed
from bot.public import state
from bot.public.callers import Callers
from bot.public.gate import Gate
from bot.public.headers import Headed, put_on
from bot.public.watch import Watched
from bot.reception import InvalidDay, Reception
from bot.records.store import UnknownAnswer
from bot.secret import secret
from corpus import registry
from corpus.regions import AmbiguousRegion, UnknownRegion

log = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
"""Bytes of a request: a question, a profile and a session of at most 16 kB. A channel may have a LARGEST_BODY of its own."""
LARGEST_OF_PAGES = 1024 * 1024
"""Gradio sends what the browser keeps with every event."""

REQUEST_ID = "X-Request-Id"
_SOUND_ID = re.compile(r"[\w.:-]{8,64}", re.ASCII)

_CODES = {
    LongQuestion: (413, "question_too_long"),
    UnusableQuestion: (422, "unusable_question"),
    InvalidSession: (422, "invalid_session"),
    InvalidDay: (422, "invalid_day"),
    UnknownRegion: (422, "unknown_region"),
    AmbiguousRegion: (422, "ambiguous_region"),
    UnknownAnswer: (404, "unknown_answer"),
    Busy: (503, "busy"),
    Closed: (503, "maintenance"),
}


class Refusal(BaseModel):
    """What went wrong, and what to do about it."""

    error: str
    message: str


_REFUSALS: dict[int | str, dict[str, Any]] = {
    422: {"model": Refusal},
    "4XX": {"model": Refusal},
    "5XX": {"model": Refusal},
}


def api(reception: Reception, *channels: str) -> FastAPI:
    """The application with all channels of bot/channels/ and of further folders."""
    app = FastAPI(
        title="CertGuide 认证向导", version="0.1.0", docs_url=None, redoc_url=None
    )  # their pages load scripts from a CDN
    app.state.doors = {}
    for channel in registry.load_all("bot.channels", *channels):
        routes = channel.router(reception)
        app.include_router(routes, responses=getattr(channel, "REFUSALS", _REFUSALS))
        app.state.doors[routes.prefix] = channel
    _add_state(app, reception)
    _add_errors(app)
    _add_middleware(app, reception)
    return app


def _add_middleware(app: FastAPI, reception: Reception) -> None:
    """From the inside to the outside: quotas; leave for pages of other sites to read our answers; headers; counts and log;
    an id for each request, the caller's own where it is sound."""
    settings = reception.settings
    callers = Callers(settings, reception.records.keys, secret(settings))
    app.add_middleware(Gate, reception=reception, callers=callers, door=_door, path=_path, refuse=_error)
    if origins := (*settings.cors_origins, *settings.widget_origins):
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", REQUEST_ID],
            expose_headers=[REQUEST_ID, "Retry-After"],
        )
    app.add_middleware(Headed, door=_door)
    app.add_middleware(Watched, prefix=_prefix)
    app.add_middleware(
        CorrelationIdMiddleware,
        header_name=REQUEST_ID,
        validator=lambda told: bool(_SOUND_ID.fullmatch(told)),
        transformer=None,
    )


def _add_state(app: FastAPI, reception: Reception) -> None:
    app.include_router(state.router(reception))

    @app.get("/api/health", tags=["state"])
    def health() -> dict[str, str]:
        """Alive."""
        return {"status": "alive"}

    @app.get("/api/ready", tags=["state"])
    def ready() -> JSONResponse:
        """Whether index and model are loaded; until then answers come from words alone."""
        is_ready = reception.bot.index.ready
        return JSONResponse({"ready": is_ready}, 200 if is_ready else 503)


def _add_errors(app: FastAPI) -> None:
    for kind, (status, code) in _CODES.items():
        app.add_exception_handler(kind, _handler(status, code))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return _error(request, 422, "invalid_request", f"{place or 'body'}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        return _error(request, error.status_code, HTTPStatus(error.status_code).name.lower(), str(error.detail))

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> Response:
        identity = correlation_id.get() or ""
        log.error("request %s failed", identity, exc_info=error)
        response = _error(request, 500, "internal_error", "出错了，请稍后再试。")
        response.headers[REQUEST_ID] = identity  # written outside all middleware
        put_on(response.headers, https=request.url.scheme == "https")
        return response

    @app.middleware("http")
    async def limit_size(request: Request, call_next):  # type: ignore[no-untyped-def]
        told, door = request.headers.get("content-length", ""), _door(request)
        if request.method == "POST":
            largest = getattr(door, "LARGEST_BODY", LARGEST_BODY if door else LARGEST_OF_PAGES)
            if not told.isdigit():
                return _error(request, 411, "length_required", "send the length of the request (Content-Length)")
            if int(told) > largest:
                return _error(request, 413, "too_large", f"at most {largest} bytes a request")
        return await call_next(request)


def _handler(status: int, code: str):  # type: ignore[no-untyped-def]
    def handle(request: Request, error: Exception) -> Response:
        return _error(request, status, code, str(error), getattr(error, "retry_after", 0))

    return handle


def _error(request: Request, status: int, code: str, message: str, retry_after: int = 0) -> Response:
    """In the form of the door that was knocked at, if it has one of its own: `refused(request, status, code, message)`."""
    door = _door(request)
    wants_page = door is None and request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if wants_page and status == HTTPStatus.SERVICE_UNAVAILABLE:
        door = request.app.state.doors.get("/h5")
    refused: Callable[[Request, int, str, str], Response] = getattr(door, "refused", _plain)
    response = refused(request, status, code, message)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _plain(request: Request, status: int, code: str, message: str) -> Response:
    told = {"error": code, "message": message}
    return JSONResponse(told if _door(request) else told | {"detail": message}, status)  # Gradio's pages show `detail`


def _path(request: Request) -> str:
    """The path, whatever a proxy serves us under."""
    return request.url.path.removeprefix(str(request.scope.get("root_path", "")))


def _prefix(request: Request) -> str:
    """The prefix of the door that the path leads to; empty: a page."""
    path = _path(request)
    prefixes: Iterable[str] = filter(None, request.app.state.doors)
    return next((prefix for prefix in prefixes if path == prefix or path.startswith(f"{prefix}/")), "")


def _door(request: Request) -> ModuleType | None:
    """The channel that the path leads to; none: a page."""
    doors: Mapping[str, ModuleType] = request.app.state.doors
    return doors.get(_prefix(request)) if _prefix(request) else None
