"""The API alone: every channel, health, ready, and errors in one form, `{"error": code, "message": what to do}`. No pages. And how it is served."""

import logging
import re
from http import HTTPStatus
from types import ModuleType
from typing import Any

import uvicorn
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
from bot.public.connection import Impatient
from bot.public.doors import Doors
from bot.public.gate import Gate
from bot.public.headers import Headed, put_on
from bot.public.names import Unnamed
from bot.public.sites import OwnSites
from bot.public.watch import Watched
from bot.reception import InvalidDay, Reception, WrongKey
from bot.records.store import UnknownAnswer
from bot.secret import secret
from corpus import registry
from corpus.regions import AmbiguousRegion, UnknownRegion
from settings import Settings

log = logging.getLogger(__name__)

REQUEST_ID = "X-Request-Id"
FAREWELL = 3
"""Seconds that open streams get to end when the server is stopped."""
_SOUND_ID = re.compile(r"[\w.:-]{8,64}", re.ASCII)

_SHARED: dict[str, Any] = {
    "allow_methods": ("GET", "POST", "DELETE"),
    "allow_headers": ("Authorization", "Content-Type", "X-Answer-Key", REQUEST_ID),
    "expose_headers": (REQUEST_ID, "Retry-After"),
}
"""What pages of other sites that may call us may do."""

_CODES = {
    LongQuestion: (413, "question_too_long"),
    UnusableQuestion: (422, "unusable_question"),
    InvalidSession: (422, "invalid_session"),
    InvalidDay: (422, "invalid_day"),
    UnknownRegion: (422, "unknown_region"),
    AmbiguousRegion: (422, "ambiguous_region"),
    WrongKey: (403, "wrong_key"),
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


def api(reception: Reception, *channels: str, scripts: str = "") -> FastAPI:
    """The application with all channels of bot/channels/ and of further folders. `scripts`: HTML whose inline scripts may run on pages."""
    app = FastAPI(
        title="CertGuide 认证向导", version="0.1.0", docs_url=None, redoc_url=None
    )  # their pages load scripts from a CDN
    known, signed = dict[str, ModuleType](), set[str]()
    for channel in registry.load_all("bot.channels", *channels):
        routes = channel.router(reception)
        app.include_router(routes, responses=getattr(channel, "REFUSALS", _REFUSALS))
        if routes.prefix:
            known[routes.prefix] = channel
        else:  # a door of WeChat's, or nothing where it is shut
            signed.update(getattr(route, "path", "") for route in routes.routes)
    doors = Doors(known, frozenset(signed))
    _add_state(app, reception)
    _add_errors(app, doors)
    _add_middleware(app, reception, doors, scripts)
    return app


def serve(app: FastAPI, settings: Settings) -> None:
    """Serves at the address of the settings, which is the last thing printed."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        root_path=settings.root_path,
        http=Impatient,  # h11, which ends a head at 64 kB; httptools, taken where it is installed, reads on for ever
        log_config=None,
        access_log=False,  # it would hold addresses and, in the query, questions
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=FAREWELL,
    )
    print(f"CertGuide 认证向导: http://{settings.host}:{settings.port}", flush=True)
    uvicorn.Server(config).run()


def _add_middleware(app: FastAPI, reception: Reception, doors: Doors, scripts: str) -> None:
    """From the inside to the outside: names that callers give us; quotas; leave for pages of other sites to read our answers; headers; counts and log;
    an id for each request, the caller's own where it is sound."""
    settings = reception.settings
    callers = Callers(settings, reception.records.keys, secret(settings))
    app.add_middleware(Unnamed, doors=doors)
    app.add_middleware(Gate, reception=reception, callers=callers, doors=doors)
    # also for no sites at all: where Gradio finds none of this class, it lets every site in, to what it is mounted beside as well
    app.add_middleware(CORSMiddleware, allow_origins=settings.cors_origins, **_SHARED)
    app.add_middleware(OwnSites, doors=doors, settings=settings, allowed=_SHARED)
    app.add_middleware(Headed, doors=doors, scripts=scripts)
    app.add_middleware(Watched, doors=doors)
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


def _add_errors(app: FastAPI, doors: Doors) -> None:
    for kind, (status, code) in _CODES.items():
        app.add_exception_handler(kind, _handler(doors, status, code))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return doors.refuse(request, 422, "invalid_request", f"{place or 'body'}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        return doors.refuse(request, error.status_code, HTTPStatus(error.status_code).name.lower(), str(error.detail))

    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> Response:
        identity = correlation_id.get() or ""
        log.error("request %s failed", identity, exc_info=error)
        response = doors.refuse(request, 500, "internal_error", "出错了，请稍后再试。")
        response.headers[REQUEST_ID] = identity  # written outside all middleware
        put_on(response.headers, https=request.url.scheme == "https")
        return response


def _handler(doors: Doors, status: int, code: str):  # type: ignore[no-untyped-def]
    def handle(request: Request, error: Exception) -> Response:
        return doors.refuse(request, status, code, str(error), getattr(error, "retry_after", 0))

    return handle
