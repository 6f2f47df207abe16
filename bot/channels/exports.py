"""A conversation as a file: the answers named, in their order, in a form of bot/exports/."""

from types import ModuleType
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Response

from bot.reception import Reception
from bot.transcript import transcript
from bot.words import Wording
from corpus import registry
from corpus.registry import UnknownPlugin

MOST_ANSWERS = 50


def router(reception: Reception) -> APIRouter:
    """The route under /api/exports."""
    routes = APIRouter(prefix="/api/exports", tags=["exports"])

    @routes.get("/{form}", response_class=Response)
    def export(
        form: str,
        answer: Annotated[list[str], Query(min_length=1, max_length=MOST_ANSWERS)],
        language: str = "zh",
    ) -> Response:
        """The answers named, with their questions and sources, as one file: `docx` or `pdf`."""
        module = _form(form)
        kept = [reception.records.kept(one) for one in answer]
        whole = transcript(kept, _wording(language, reception))
        named = f"{whole.title}-{reception.today()}.{form}"
        disposition = f"attachment; filename=\"certguide-{reception.today()}.{form}\"; filename*=UTF-8''{quote(named)}"
        with reception.place(answers=False):  # fifty answers take seconds
            made = module.export(whole)
        return Response(made, media_type=module.MIME, headers={"Content-Disposition": disposition})

    return routes


def _wording(language: str, reception: Reception) -> Wording:
    """The bot's own wording: it knows the places."""
    known = reception.bot.wordings
    if language not in known:
        raise HTTPException(422, f"there is no wording in {language!r}; there are: {', '.join(known)}")
    return known[language]


def _form(name: str) -> ModuleType:
    """Imported when it is first asked for: a process that starts serves the sooner."""
    try:
        return registry.load(name, "bot.exports")
    except UnknownPlugin as error:
        raise HTTPException(404, f"there is no such export: {error}") from error
