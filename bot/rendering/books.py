"""Documents as safe HTML: the list of them, and one to read and print."""

from collections.abc import Mapping, Sequence
from html import escape

from bot.rendering.sources import badge, lines, link
from bot.shelf import Book
from bot.words import Wording
from corpus.document import Passage
from corpus.fact import Fact
from corpus.originals import Original

MOST_REGIONS = 4


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
        badge(state, f"{wording.say(f'status.{state}')} {number}") for state, number in book.states.items()
    )
    return (
        f'<li><a href="?document={escape(book.id)}">{escape(book.title)}</a>'
        f'<p class="meta">{escape(_about(book, wording))}</p><p>{states}</p></li>'
    )


def _about(book: Book, wording: Wording) -> str:
    regions = wording.say("between").join(book.regions[:MOST_REGIONS]) + (
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
        f'<section class="passage {state}" id="{escape(passage.id)}"><blockquote>{lines(passage.text)}</blockquote>'
        f'<p class="meta">{badge(state, wording.say(f"status.{state}"))}'
        f"{badge(source.checked, wording.say(f'checked.{source.checked}'))} {escape(passage.region)} · {escape(named)} {note}</p>"
        f"{corrected}{link(source.url, passage, wording, originals)}</section>"
    )
