"""Which door a request knocks at, whatever a proxy serves us under, and errors in that door's own form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import ModuleType

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

_KEY = "certguide.path"
PAGES = "/h5"
"""The door that makes a page of what goes wrong, for whoever looks at a page."""


def wants_page(request: Request) -> bool:
    """Whether a browser opens a page."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


@dataclass(frozen=True, slots=True)
class Doors:
    """Channels by the prefix of their paths. What belongs to none is a page."""

    known: Mapping[str, ModuleType]
    signed: frozenset[str] = frozenset()
    """Paths of doors at which a few servers of WeChat's call for everybody and sign what they send: of that only what is refused counts."""

    def path(self, request: Request) -> str:
        """The path as we know it. Kept with the request: an application mounted below rewrites what it is taken from."""
        path = request.url.path.removeprefix(str(request.scope.get("root_path", "")))
        return str(request.scope.setdefault(_KEY, path))

    def prefix(self, request: Request) -> str:
        """The prefix of the door that the path leads to; empty: a page."""
        path = self.path(request)
        return next((one for one in self.known if one and (path == one or path.startswith(f"{one}/"))), "")

    def door(self, request: Request) -> ModuleType | None:
        """The channel that the path leads to; none: a page."""
        prefix = self.prefix(request)
        return self.known[prefix] if prefix else None

    def refuse(self, request: Request, status: int, code: str, message: str, retry_after: int = 0) -> Response:
        """An error in the form of the door, if it has one of its own: `refused(request, status, code, message)`."""
        door = self.door(request)
        if door is None and wants_page(request) and status == HTTPStatus.SERVICE_UNAVAILABLE:
            door = self.known.get(PAGES)
        plain = _plain if door else _gradios
        refused: Callable[[Request, int, str, str], Response] = getattr(door, "refused", plain)
        response = refused(request, status, code, message)
        if retry_after:
            response.headers["Retry-After"] = str(retry_after)
        return response


def _plain(_request: Request, status: int, code: str, message: str) -> Response:
    return JSONResponse({"error": code, "message": message}, status)


def _gradios(_request: Request, status: int, code: str, message: str) -> Response:
    """With `detail`, which Gradio's pages show."""
    return JSONResponse({"error": code, "message": message, "detail": message}, status)
