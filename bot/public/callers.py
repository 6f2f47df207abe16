"""Who calls, as far as it matters for quotas: a key, else a browser (by a signed cookie or token) and the address behind it."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request

from bot.records.keys import Keys
from settings import Settings

COOKIE = "certguide"
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host", "x-forwarded-proto", "via")
GUESTS = 5
"""All at one address that bring no cookie of ours may ask as much as so many browsers: who drops it, or fetches a new token for each
question, is not counted by it. Mini programs and programs have none, so they are not one."""
HOME_NETWORK = 64
"""Bits of an IPv6 address that name a household; the rest its devices choose at will."""

SessionOf = Callable[[Request, str], str]
"""How a door names the session of a request that brings a token of its own; empty: none."""


def local(request: Request) -> bool:
    """Whether a program on this machine calls, not somebody through a proxy on it."""
    if any(name in request.headers for name in FORWARDED):
        return False
    address = _address(request)
    return address is None or address.is_loopback


def bearer(request: Request) -> str:
    """The value of `Authorization: Bearer …`; empty where there is none."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


@dataclass(frozen=True, slots=True)
class Callers:
    """Tells which quotas a request counts against."""

    settings: Settings
    keys: Keys
    secret: str

    def limits(self, request: Request, asks: bool, session_of: SessionOf | None) -> dict[str, int]:
        """Requests a minute by who is counted, as `Quotas.spend` takes them. Sessions count where a question is asked."""
        if name := self.keys.named(bearer(request)):
            return self._known("key", name, self.settings.limit_key)
        cookie = self.cookie(request)
        session = (session_of and session_of(request, self.secret)) or cookie
        address = "" if local(request) else self._network(request)
        return {
            **self._known("session", session if asks else "", self.settings.limit_session),
            **self._known("guests", address if asks and not cookie else "", GUESTS * self.settings.limit_session),
            **self._known("address", address, self.settings.limit_address),
        }

    def apart(self, request: Request, kind: str) -> dict[str, int]:
        """A quota as large as that of all requests, for those of a kind that count by themselves."""
        if name := self.keys.named(bearer(request)):
            return self._known(kind, f"key:{name}", self.settings.limit_key)
        return self._known(kind, "" if local(request) else self._network(request), self.settings.limit_address)

    def cookie(self, request: Request) -> str:
        """The session that the cookie names; empty where there is none of ours."""
        try:
            return str(self._signer().loads(request.cookies.get(COOKIE, "")))
        except BadSignature:
            return ""

    def new_cookie(self, request: Request) -> str:
        """The header that gives a browser a session. It ends with the browser and says nothing of anybody."""
        path = request.scope.get("root_path") or "/"
        secure = "; Secure" if request.url.scheme == "https" else ""
        value = self._signer().dumps(secrets.token_hex(8))
        return f"{COOKIE}={value}; Path={path}; HttpOnly; SameSite=Lax{secure}"

    def _known(self, kind: str, value: str, limit: int) -> dict[str, int]:
        """Under a keyed hash: the records hold no addresses."""
        if not (value and limit):
            return {}
        digest = hmac.new(self.secret.encode(), f"{kind}:{value}".encode(), sha256).hexdigest()
        return {f"{kind}:{digest[:32]}": limit}

    def _network(self, request: Request) -> str:
        address = _address(request)
        if isinstance(address, IPv6Address) and not address.ipv4_mapped:
            return str(ip_network(f"{address}/{HOME_NETWORK}", strict=False))
        return str(address or (request.client.host if request.client else ""))

    def _signer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="session")


def _address(request: Request):  # type: ignore[no-untyped-def]
    """The caller's address; None for a socket that has none."""
    try:
        return ip_address(request.client.host) if request.client else None
    except ValueError:
        return None
