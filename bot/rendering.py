"""Sources and documents as safe HTML: every page that shows them uses this. Text from passages is always escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.shelf import Book
from bot.words import Wording
from corpus.document import Passage
from corpus.fact import Fact
from corpus.originals import Original, original_of

MOST_REGIONS = 4


def sources_html(
    answer: Mapping[str, Any], passages: Mapping[str, Passage], wording: Wording, originals: Sequence[Original]
) -> str:
    """The sources of an answer object, each a fold that opens to its passage with the quote marked."""
    folds = "".join(_fold(citation, passages, wording, originals) for citation in answer["citations"])
    return f'<section class="sources" data-answer="{escape(answer["id"])}">{folds}</section>' if folds else ""


def _fold(
    citation: Mapping[str, Any], passages: Mapping[str, Passage], wording: Wording, originals: Sequence[Original]
) -> str:
    passage = passages.get(citation["passage"])
    text = passage.text if passage else citation["quote"]
    head = f"[{citation['number']}] 《{citation['title']}》" + (
        f" {citation['document_number']}" if citation["document_number"] else ""
    )
    return (
        f'<details class="source" data-number="{citation["number"]}"><summary>{escape(head)}</summary>'
        f'<p class="meta">{escape(_meta(citation, wording))}</p>'
        f'<p class="heading">{escape(citation["heading"])}</p><blockquote>{marked(text, citation["quote"])}</blockquote>'
        f"{_link(citation['url'], passage, wording, originals)}</details>"
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


def _link(url: str | None, passage: Passage | None, wording: Wording, originals: Sequence[Original]) -> str:
    """A link only where the address is official (the corpus check sees to that); else how to find the original."""
    if url:
        return f'<p class="find">{_anchor(url, wording.say("meta.link"))}</p>'
    original = original_of(passage.source, originals) if passage else None
    if original is None:
        return f'<p class="find">{escape(wording.say("meta.find"))}</p>'
    how = _anchor(original.url, original.say) if original.url else escape(original.say)
    return f'<p class="find">{how}</p>'


def _anchor(url: str, text: str) -> str:
    return f'<a href="{escape(url)}" rel="noopener" target="_blank">{escape(text)}</a>'


def books_html(books: Sequence[Book], wording: Wording) -> str:
    """A list of documents, each a link to be read, with what it holds for and how much of it is not in force."""
    rows = "".join(_row(book, wording) for book in books)
    return f'<ol class="books">{rows}</ol>' if rows else f"<p>{escape(wording.say('knowledge.none'))}</p>"


def book_html(book: Book, facts: Mapping[str, Fact], day: str, wording: Wording, originals: Sequence[Original]) -> str:
    """A whole document to read and print: each passage with its source, validity, and how it was checked."""
    parts, heading = [f"<h1>{escape(book.title)}</h1>", f'<p class="meta">{escape(_about(book, wording))}</p>'], ""
    for passage in book.passages:
        if passage.heading != heading:
            heading = passage.heading
            parts.append(f"<h2>{escape(heading)}</h2>")
        parts.append(_read(passage, facts, day, wording, originals))
    return f'<article class="book" id="{escape(book.id)}">{"".join(parts)}</article>'


def _row(book: Book, wording: Wording) -> str:
    states = "".join(
        _badge(state, f"{wording.say(f'status.{state}')} {number}") for state, number in book.states.items()
    )
    return (
        f'<li><a href="?document={escape(book.id)}">{escape(book.title)}</a>'
        f'<p class="meta">{escape(_about(book, wording))}</p><p>{states}</p></li>'
    )


def _about(book: Book, wording: Wording) -> str:
    regions = "、".join(book.regions[:MOST_REGIONS]) + (
        wording.say("knowledge.more") if len(book.regions) > MOST_REGIONS else ""
    )
    issued = wording.say("knowledge.issued", day=book.issued) if book.issued else ""
    return " · ".join(
        part for part in (book.subject, regions, wording.say("knowledge.facts", number=book.facts), issued) if part
    )


def _read(
    passage: Passage, facts: Mapping[str, Fact], day: str, wording: Wording, originals: Sequence[Original]
) -> str:
    source, state = passage.source, passage.validity.on(day).state
    named = " ".join(part for part in (f"《{source.title}》", source.number, source.issuer, source.issued) if part)
    note = f'<span class="note">{escape(passage.validity.note)}</span>' if passage.validity.note else ""
    corrected = "".join(
        f'<p class="meta">{escape(wording.say("knowledge.corrected", what=facts[fact].corrected))}</p>'
        for fact in passage.facts
        if fact in facts and facts[fact].corrected
    )
    return (
        f'<section class="passage {state}" id="{escape(passage.id)}"><blockquote>{_lines(passage.text)}</blockquote>'
        f'<p class="meta">{_badge(state, wording.say(f"status.{state}"))}'
        f"{_badge(source.checked, wording.say(f'checked.{source.checked}'))} {escape(passage.region)} · {escape(named)} {note}</p>"
        f"{corrected}{_link(source.url, passage, wording, originals)}</section>"
    )


def _badge(kind: str, text: str) -> str:
    return f'<span class="badge {kind}">{escape(text)}</span>'
