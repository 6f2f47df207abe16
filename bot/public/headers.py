"""Security headers on every response. A page of Gradio's gets a policy that names each inline script of it by its SHA-256."""

import gzip
import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.public.doors import Doors, wants_page

NOTHING = "default-src 'none'; base-uri 'none'"
"""For data: a browser that shows it as a page may load nothing."""
EVERYWHERE = "; object-src 'none'; frame-ancestors 'none'"
GRADIO = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'self'"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HTTPS_ONLY = "max-age=31536000"
_INLINE = re.compile(rb"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headed:
    """ASGI middleware."""

    app: ASGIApp
    doors: Doors
    scripts: str = ""
    """HTML whose inline scripts Gradio puts into its pages later on: their `HEAD`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        door = self.doors.door(request)
        if door is None and wants_page(request):
            page = _Page(
                send, "gzip" in request.headers.get("accept-encoding", ""), request.url.scheme == "https", self.scripts
            )
            await self.app(_uncompressed(scope), receive, page)
            return

        async def sends(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                put_on(headers, getattr(door, "POLICY", NOTHING), request.url.scheme == "https")
                if door is not None:
                    # what was asked, and what is left of it when it was deleted, is nobody else's to keep
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, sends)


def put_on(headers: MutableHeaders, policy: str = NOTHING, https: bool = False) -> None:
    """Puts all of them on a response."""
    headers["Content-Security-Policy"] = policy + EVERYWHERE
    for name, value in FIXED.items():
        headers[name] = value
    if https:
        headers["Strict-Transport-Security"] = HTTPS_ONLY


def hashes(page: bytes) -> str:
    """The sources of a policy that lets exactly the inline scripts of a page run (CSP level 3, hash-source)."""
    found = (b64encode(sha256(script).digest()).decode() for script in _INLINE.findall(page))
    return " ".join(f"'sha256-{one}'" for one in dict.fromkeys(found))


class _Page:
    """Holds a page back until it is whole, so that its policy can be written; then compresses it, as whoever made it would have."""

    def __init__(self, send: Send, gzips: bool, https: bool, scripts: str) -> None:
        self._send, self._gzips, self._https, self._scripts = send, gzips, https, scripts.encode()
        self._start: Message = {}
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish()

    async def _finish(self) -> None:
        body, headers = bytes(self._body), MutableHeaders(scope=self._start)
        is_page = headers.get("content-type", "").startswith("text/html")
        put_on(headers, GRADIO.format(hashes=hashes(body + self._scripts)) if is_page else NOTHING, self._https)
        if is_page:
            headers.setdefault("Cache-Control", "private, no-cache")  # it names the host that it was asked for under
        if is_page and self._gzips and "content-encoding" not in headers:
            body = gzip.compress(body, 5)
            headers["Content-Encoding"], headers["Content-Length"] = "gzip", str(len(body))
            headers.add_vary_header("Accept-Encoding")
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def _uncompressed(scope: Scope) -> Scope:
    kept: Iterable[tuple[bytes, bytes]] = (
        pair for pair in Headers(scope=scope).raw if pair[0].lower() != b"accept-encoding"
    )
    return {**scope, "headers": list(kept)}
