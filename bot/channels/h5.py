"""A light page (H5) for old phones and WeChat's browser: no framework, works without JavaScript; and a page of one very answer."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from bot.reception import Reception
from bot.rendering.turns import Shown, welcome_html
from bot.rendering.why import steps_html
from bot.talk import Talk, Told
from bot.words import Wording, languages, load_wording
from corpus.regions import AmbiguousRegion, UnknownRegion

ASSETS = Path(__file__).parent / "assets"
FILES = {"page.css": ("text/css", "h5.css", "answer.css"), "page.js": ("text/javascript", "ask.js", "h5.js")}
"""What the page loads: its type, and the files that it is joined of."""
REFUSALS: dict[int | str, dict[str, Any]] = {code: {"content": {"text/html": {}}} for code in (422, "4XX", "5XX")}
"""Errors are pages."""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
"""What the page may load and do (Content-Security-Policy)."""
LONGEST_FIELD = 4000
MOST_TURNS = 10
"""Turns of a conversation that the page shows; older ones stay on record."""
DEFAULT = "zh"
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}  # the address has a digest of what it gives
SPOKEN = ("page.wait", "page.you", "page.thanks", "page.delete_sure", "h5.offline")
"""What the page's script says."""

Text = Annotated[str, Form(max_length=LONGEST_FIELD)]
Kept = Annotated[str, Form()]


def router(reception: Reception) -> APIRouter:
    """The routes under /h5."""
    routes = APIRouter(prefix="/h5", tags=["light page"])

    @routes.get("", response_class=HTMLResponse)
    def begin(request: Request, q: str = "", region: str = "", lang: str = "") -> HTMLResponse:
        """The page as it opens; its address may bring a question and a region."""
        return _conversation(request, _talk("", lang, reception), reception, region, q)

    @routes.post("", response_class=HTMLResponse)
    def ask(request: Request, question: Text, region: Text = "", kept: Kept = "", language: Text = "") -> HTMLResponse:
        """What the form sends where there is no JavaScript: the page with the answer and what came before."""
        talk = _talk(kept, language, reception)
        try:
            _settle(talk, region.strip(), reception)
        except (UnknownRegion, AmbiguousRegion) as error:
            return _conversation(request, talk, reception, region, question, str(error))
        for _ in talk.ask(question, reception, _wording(language)):
            pass
        return _conversation(request, talk, reception)

    _add_answers(routes, reception)

    @routes.get("/{name}", response_class=Response)
    def asset(name: Literal["page.css", "page.js"]) -> Response:
        """Style and script of the page."""
        return Response(_files()[name], media_type=FILES[name][0], headers=FOREVER)

    return routes


def _add_answers(routes: APIRouter, reception: Reception) -> None:
    """Answers that were given: a page of one, and parts that the page's script puts in."""

    @routes.get("/answers/{identity}", response_class=HTMLResponse)
    def answer(request: Request, identity: str, lang: str = "", why: bool = False) -> HTMLResponse:
        """One answer with its sources in full and why it is so (`why`: unfolded), as a link leads to it."""
        known = reception.bot  # its wordings name places too
        return _single(request, _told(identity, reception), reception, known.wordings.get(lang, known.wording), why)

    @routes.get("/answers/{identity}/why", response_class=HTMLResponse)
    def steps(identity: str, lang: str = "") -> HTMLResponse:
        """Why an answer is so, as a page's script puts it into the fold."""
        wording, trace = _wording(lang), reception.records.trace(identity)
        return HTMLResponse(steps_html(trace, wording) if trace else f"<p>{wording.say('why.none')}</p>")

    @routes.get("/turns/{identity}", response_class=HTMLResponse)
    def turn(identity: str, lang: str = "") -> HTMLResponse:
        """A question with its answer, as the page's script puts it in."""
        return HTMLResponse(_turns([_told(identity, reception)], reception, _wording(lang)))


def refused(request: Request, status: int, code: str, message: str) -> Response:
    """What went wrong, as a page."""
    wording = _wording(DEFAULT)
    told = wording.say("h5.gone") if status == 404 else message
    page = _template().render(_frame(_base(request), wording) | {"title": wording.say("h5.wrong"), "advice": told})
    return HTMLResponse(page, status, {"X-Error": code})


def _conversation(
    request: Request, talk: Talk, reception: Reception, region: str = "", question: str = "", advice: str = ""
) -> HTMLResponse:
    wording = _wording(str(talk.profile.get("language") or DEFAULT))
    last = talk.last
    again = last.question if last and last.advice else ""
    shown = {
        "title": wording.say("page.title"),
        "form": True,
        "turns": Markup(_turns(talk.turns, reception, wording)) if talk.turns else "",  # noqa: S704 - safe, of bot/rendering/
        "welcome": Markup(welcome_html(wording)),  # noqa: S704 - safe, of bot/rendering/
        "advice": advice,
        "region": region or talk.profile.get("region", ""),
        "question": question or again,
        "kept": json.dumps(talk.kept(), ensure_ascii=False),
    }
    page = HTMLResponse(_template().render(_frame(_base(request), wording) | shown))
    if last and last.retry_after:
        page.status_code, page.headers["Retry-After"] = 503, str(last.retry_after)
    return page


def _single(request: Request, turn: Told, reception: Reception, wording: Wording, why: bool) -> HTMLResponse:
    assert turn.answer
    answer = turn.answer["id"]
    traces = {answer: reception.records.trace(answer)}
    told = Shown(wording, reception.bot.index.passages, reception.originals, True, traces, why).talk([turn])
    place = wording.place(turn.answer["region"]) if turn.answer["region"] else wording.say("h5.no_region")
    shown = {
        "title": f"{turn.question} - {wording.say('page.title')}",
        "turns": Markup("".join(told)),  # noqa: S704 - safe, of bot/rendering/
        "when": wording.say("h5.when", day=turn.answer["on"], region=place),
    }
    return HTMLResponse(_template().render(_frame(_base(request), wording) | shown))


def _frame(base: str, wording: Wording) -> dict[str, Any]:
    """What every page of ours is made with."""
    words = {key.split(".")[1]: wording.say(key) for key in SPOKEN}
    return {
        "base": base,
        "say": wording.say,
        "language": wording.language,
        "words": json.dumps(words, ensure_ascii=False),
        "digest": _digest(),
    }


def _turns(turns: list[Told], reception: Reception, wording: Wording) -> str:
    return "".join(Shown(wording, reception.bot.index.passages, reception.originals).talk(turns))


def _told(identity: str, reception: Reception) -> Told:
    """A turn from the records. Raises UnknownAnswer."""
    kept = reception.records.kept(identity)
    votes = [(one.vote, one.passage or "") for one in reception.records.feedback(identity)]
    return Told(kept.question, kept.answer["answer"], kept.answer, "", votes)


def _talk(kept: str, language: str, reception: Reception) -> Talk:
    """The conversation that the form brings with it; what is broken in it is left out."""
    try:
        brought = json.loads(kept or "null")
    except (ValueError, RecursionError):
        brought = None
    talk = Talk.brought_back(brought, reception)
    talk.turns = talk.turns[-MOST_TURNS:]
    if language in languages():
        talk.profile["language"] = language
    return talk


def _settle(talk: Talk, region: str, reception: Reception) -> None:
    """Takes the region that was typed, by any of its names. Raises UnknownRegion, AmbiguousRegion."""
    full_name = reception.bot.know().vocabulary.regions.find(region).full_name if region else ""
    if full_name != talk.profile.get("region", ""):
        talk.forget("region")
        talk.profile["region"] = full_name


def _base(request: Request) -> str:
    """Where a proxy serves us, as every address on the page begins."""
    return str(request.scope.get("root_path", ""))


def _wording(language: str) -> Wording:
    return _wordings().get(language) or _wordings()[DEFAULT]


@cache
def _wordings() -> dict[str, Wording]:
    return {language: load_wording(language) for language in languages()}


@cache
def _template() -> Any:
    return Environment(loader=FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True).get_template("h5.html")


@cache
def _files() -> dict[str, str]:
    return {
        name: "\n".join((ASSETS / part).read_text(encoding="utf-8") for part in parts)
        for name, (_, *parts) in FILES.items()
    }


@cache
def _digest() -> str:
    return sha256("".join(_files().values()).encode()).hexdigest()[:12]
