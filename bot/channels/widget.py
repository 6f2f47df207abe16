"""A chat bubble for other sites: one `<script>` tag. Only sites on the list get a token; with it, and from that site alone, questions are answered."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response, StreamingResponse
from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import BaseModel, Field

from bot.channels._events import streamed
from bot.reception import Reception
from bot.rendering.turns import Shown
from bot.secret import secret
from bot.words import Wording, languages, load_wording
from settings import Settings

ASSETS = Path(__file__).parent / "assets"
SCRIPTS, STYLES = ("ask.js", "widget.js"), ("widget.css", "answer.css")
LIFETIME = 15 * 60
"""Seconds that a token holds; the script fetches the next by itself."""
FRESH = {"Cache-Control": "public, max-age=300"}
WORDS = ("title", "open", "close", "note", "hello", "question", "placeholder", "send", "you", "wait", "next", "whole", "offline", "not_allowed")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who holds a token: somebody on a page of `site`."""

    site: str
    id: str


class Asked(BaseModel):
    """A question from the widget."""

    question: str
    region: str | None = Field(None, max_length=60, description="What the tag presets: data-county")
    language: Literal["zh", "en"] | None = None
    session: dict[str, Any] | None = None


def router(reception: Reception) -> APIRouter:
    """The script, the token, and asking with it."""
    routes = APIRouter(prefix="/widget", tags=["widget"])
    gate = _Gate(reception.settings)
    wordings = {language: load_wording(language) for language in languages()}
    script = _script(wordings)
    mark = {"ETag": f'"{sha256(script.encode()).hexdigest()[:16]}"'}
    Admitted = Annotated[Visitor, Depends(gate.admitted)]  # noqa: N806 - a type

    def finish(body: Asked, answer: Mapping[str, Any]) -> dict[str, Any]:
        """What the script shows of an answer object."""
        wording = wordings[body.language or "zh"]
        shown = Shown(wording, reception.bot.index.passages, reception.originals)
        kept = {name: answer[name] for name in ("id", "key", "status", "citations", "suggestions", "session")}
        return {**kept, "html": shown.brief(answer), "whole": f"/h5/answers/{answer['id']}"}

    @routes.get(".js", response_class=Response)
    def widget() -> Response:
        """The script that a site loads."""
        return Response(script, media_type="text/javascript", headers=FRESH | mark)

    @routes.post("/token")
    def token(request: Request) -> dict[str, str]:
        """A token for the site that the browser says it is on."""
        return {"token": gate.token(request)}

    @routes.post("/stream", response_class=StreamingResponse)
    def stream(body: Asked, _visitor: Admitted) -> StreamingResponse:
        """Answers as `/api/stream` does; the last event holds the answer as safe HTML."""
        return streamed(reception.stream(**_arguments(body)), lambda answer: finish(body, answer))

    @routes.post("/ask")
    def ask(body: Asked, _visitor: Admitted) -> dict[str, Any]:
        """The same in one piece."""
        return finish(body, reception.ask(**_arguments(body)))

    return routes


def sites(settings: Settings) -> tuple[str, ...]:
    """Whose pages may call this door from a browser."""
    return settings.widget_origins


def session_of(request: Request, key: str) -> str:
    """Whose questions count together: the visitor that the token names; empty where there is none."""
    try:
        return Visitor(**_signer(key).loads(_given(request), max_age=LIFETIME)).id
    except BadData:
        return ""


class _Gate:
    """Gives tokens to sites on the list and looks at those that come back."""

    def __init__(self, settings: Settings) -> None:
        self._sites, self._public = frozenset(settings.widget_origins), settings.public
        self._signer = _signer(secret(settings))

    def token(self, request: Request) -> str:
        site = request.headers.get("origin", "")
        if site not in self._sites and site != self._own(request):
            raise HTTPException(403, "this site may not show the widget: add it to CERTGUIDE_WIDGET_ORIGINS")
        return self._signer.dumps(asdict(Visitor(site, secrets.token_hex(8))))

    def admitted(self, request: Request) -> Visitor:
        """Whose token it is. A token counts only from the site that it was given to."""
        try:
            visitor = Visitor(**self._signer.loads(_given(request), max_age=LIFETIME))
        except BadData as error:
            raise HTTPException(401, "the token is missing, broken or too old: fetch one from /widget/token") from error
        if request.headers.get("origin", "") != visitor.site:
            raise HTTPException(403, "the token was given to another site")
        return visitor

    def _own(self, request: Request) -> str:
        """Our own site, whose pages may always show the widget: the public one where it is set, for `Host` is what a caller says."""
        return "/".join((self._public or f"{request.url.scheme}://{request.url.netloc}").split("/")[:3])


def _signer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="widget")


def _given(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _arguments(body: Asked) -> dict[str, Any]:
    return {
        "text": body.question,
        "profile": {"region": body.region, "language": body.language},
        "session": body.session,
    }


def _script(wordings: Mapping[str, Wording]) -> str:
    """The script with words and style put in, one file."""
    words = {name: {key: wording.say(f"widget.{key}") for key in WORDS} for name, wording in wordings.items()}
    style = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in STYLES)
    values = f"var WORDS = {json.dumps(words, ensure_ascii=False)}, STYLE = {json.dumps(style)};"
    parts = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return f"(function () {{\n{values}\n{parts}\n}})();\n"
