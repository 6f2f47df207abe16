"""The API alone: every channel, health, ready, and errors in one form, `{"error": code, "message": what to do}`. No pages."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.answering import LongQuestion, UnusableQuestion
from bot.conversation import InvalidSession
from bot.reception import InvalidDay, Reception
from bot.records.store import UnknownAnswer
from corpus import registry
from corpus.regions import AmbiguousRegion, UnknownRegion

log = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
"""Bytes of a request: a question, a profile and a session of at most 16 kB."""

_CODES = {
    LongQuestion: (413, "question_too_long"),
    UnusableQuestion: (422, "unusable_question"),
    InvalidSession: (422, "invalid_session"),
    InvalidDay: (422, "invalid_day"),
    UnknownRegion: (422, "unknown_region"),
    AmbiguousRegion: (422, "ambiguous_region"),
    UnknownAnswer: (404, "unknown_answer"),
}


def api(reception: Reception, *channels: str) -> FastAPI:
    """The application with all channels of bot/channels/ and of further folders."""
    app = FastAPI(
        title="CertGuide 认证向导", version="0.1.0", docs_url=None, redoc_url=None
    )  # their pages load scripts from a CDN
    for channel in registry.load_all("bot.channels", *channels):
        app.include_router(channel.router(reception))
    _add_state(app, reception)
    _add_errors(app)
    return app


def _add_state(app: FastAPI, reception: Reception) -> None:
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
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return _error(422, "invalid_request", f"{place or 'body'}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def refused(_request: Request, error: HTTPException) -> JSONResponse:
        return _error(error.status_code, HTTPStatus(error.status_code).name.lower(), str(error.detail))

    @app.exception_handler(Exception)
    def failed(_request: Request, error: Exception) -> JSONResponse:
        log.error("request failed", exc_info=error)
        return _error(500, "internal_error", "出错了，请稍后再试。")

    @app.middleware("http")
    async def limit_size(request: Request, call_next):  # type: ignore[no-untyped-def]
        told = request.headers.get("content-length", "")
        if request.url.path.startswith("/api/") and request.method == "POST":
            if not told.isdigit():
                return _error(411, "length_required", "send the length of the request (Content-Length)")
            if int(told) > LARGEST_BODY:
                return _error(413, "too_large", f"at most {LARGEST_BODY} bytes a request")
        return await call_next(request)


def _handler(status: int, code: str):  # type: ignore[no-untyped-def]
    def handle(_request: Request, error: Exception) -> JSONResponse:
        return _error(status, code, str(error))

    return handle


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": code, "message": message}, status)
