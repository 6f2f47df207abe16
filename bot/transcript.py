"""Stored answers with their questions as one document: a list of lines that every export sets in its own way, and what its metadata say."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.guard import cleaned
from bot.records.store import Kept
from bot.rendering.answers import named, plain_lines
from bot.words import Wording

Kind = Literal["title", "note", "question", "answer", "heading", "source", "detail", "quote", "mark"]

CHINA = ZoneInfo("Asia/Shanghai")
GENERATED = "1"
"""`Label` of GB 45438-2025: the content is generated (2 would be possibly, 3 suspected)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the document and what it is."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation to be taken away. `aigc` is the implicit mark that the file's metadata must carry under the name AIGC."""

    title: str
    language: str
    mark: str
    aigc: str
    lines: tuple[Line, ...]


def transcript(kept: Sequence[Kept], wording: Wording) -> Transcript:
    """The document of a conversation, the oldest turn first."""
    mark = kept[-1].answer["notice"] if kept else ""
    title = wording.say("export.title")
    head = (Line("title", title), Line("note", wording.say("export.intro")), Line("mark", mark))
    body = (line for one in kept for line in _turn(one, wording))
    lines = tuple(Line(line.kind, _printable(line.text)) for line in (*head, *body))
    return Transcript(title, wording.language, mark, _aigc(kept), lines)


def _turn(kept: Kept, wording: Wording) -> Iterator[Line]:
    answer = kept.answer
    yield Line("question", wording.say("export.asked", question=kept.question))
    asked = kept.asked.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    region = wording.place(answer["region"]) if answer["region"] else wording.say("export.no_region")
    yield Line("note", wording.say("export.when", asked=asked, region=region))
    yield from (Line("answer", line) for line in plain_lines(answer["answer"]))
    if answer["citations"]:
        yield Line("heading", wording.say("page.sources"))
    for citation in answer["citations"]:
        yield Line("source", f"[{citation['number']}] {named(citation)}")
        yield Line("detail", " · ".join(_details(citation, wording)))
        yield Line("quote", citation["quote"])
        if citation["url"]:
            yield Line("detail", citation["url"])
    yield Line("mark", answer["notice"])


def _printable(text: str) -> str:
    """The text without what no XML may hold."""
    return cleaned(text).replace("\ufffe", "").replace("\uffff", "")


def _details(citation: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    """Issuer, region, validity, dates, how checked: what is known of them."""
    say = wording.say
    parts = (
        citation["issuer"],
        wording.place(citation["region"]),
        say(f"status.{citation['validity']}"),
        citation["effective"] and say("meta.since", day=citation["effective"]),
        citation["expires"] and say("meta.until", day=citation["expires"]),
        citation["issued"] and say("export.issued", day=citation["issued"]),
        say(f"checked.{citation['checked']}"),
    )
    return (part for part in parts if part)


def _aigc(kept: Sequence[Kept]) -> str:
    """The implicit mark as JSON, in the keys of GB 45438-2025."""
    values = {
        "Label": GENERATED,
        "ContentProducer": "CertGuide",
        "ProduceID": " ".join(one.answer["id"] for one in kept),
        "ReservedCode1": "",
        "ContentPropagator": "",
        "PropagateID": "",
        "ReservedCode2": "",
    }
    return json.dumps(values, ensure_ascii=False)
