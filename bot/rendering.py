"""An answer's sources as safe HTML: every page that shows them uses this. Text from passages is always escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.words import Wording
from corpus.document import Passage


def sources_html(answer: Mapping[str, Any], passages: Mapping[str, Passage], wording: Wording) -> str:
    """The sources of an answer object, each a fold that opens to its passage with the quote marked."""
    folds = "".join(_fold(citation, passages, wording) for citation in answer["citations"])
    return f'<section class="sources" data-answer="{escape(answer["id"])}">{folds}</section>' if folds else ""


def _fold(citation: Mapping[str, Any], passages: Mapping[str, Passage], wording: Wording) -> str:
    passage = passages.get(citation["passage"])
    text = passage.text if passage else citation["quote"]
    head = f"[{citation['number']}] 《{citation['title']}》" + (
        f" {citation['document_number']}" if citation["document_number"] else ""
    )
    return (
        f'<details class="source" data-number="{citation["number"]}"><summary>{escape(head)}</summary>'
        f'<p class="meta">{escape(_meta(citation, wording))}</p>'
        f'<p class="heading">{escape(citation["heading"])}</p><blockquote>{marked(text, citation["quote"])}</blockquote>'
        f"{_link(citation, wording)}</details>"
    )


def marked(text: str, quote: str) -> str:
    """The text escaped, with the quote in <mark>; without mark where the quote is not in it."""
    before, found, after = text.partition(quote) if quote else (text, "", "")
    if not found:
        return _lines(text)
    return f"{_lines(before)}<mark>{_lines(quote)}</mark>{_lines(after)}"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _meta(citation: Mapping[str, Any], wording: Wording) -> str:
    """Issuer, region, validity, dates, how checked: what is known of them."""
    parts: Sequence[str | None] = (
        citation["issuer"],
        citation["region"],
        wording.say(f"status.{citation['validity']}"),
        wording.say("meta.since", day=citation["effective"]) if citation["effective"] else None,
        wording.say("meta.until", day=citation["expires"]) if citation["expires"] else None,
        wording.say(f"checked.{citation['checked']}"),
    )
    return " · ".join(part for part in parts if part)


def _link(citation: Mapping[str, Any], wording: Wording) -> str:
    """A link only where the address is official; the corpus check sees to that."""
    if not citation["url"]:
        return f'<p class="find">{escape(wording.say("meta.find"))}</p>'
    return f'<p class="find"><a href="{escape(citation["url"])}" rel="noopener" target="_blank">{escape(wording.say("meta.link"))}</a></p>'
