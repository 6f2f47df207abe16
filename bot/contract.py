"""The HTTP contract's answer object: keys are only ever added, never renamed."""

from typing import Any

from bot.conversation import Answer, Citation, session_to_json
from bot.shelf import Book
from corpus.document import Passage

VOTES = ("up", "down", "error")
LONGEST_ID, LONGEST_REASON, LONGEST_PASSAGE = 64, 2000, 128
"""Characters of feedback: the answer's id, why, and the id of the passage that it is about."""


def answer_object(answer: Answer) -> dict[str, Any]:
    """An Answer as `POST /api/ask` gives it, its session last."""
    return {
        "id": answer.id,
        "answer": answer.text,
        "status": answer.status,
        "region": answer.region,
        "on": answer.on,
        "took_ms": answer.took_ms,
        "notice": answer.notice,
        "citations": [citation_object(citation) for citation in answer.citations],
        "suggestions": list(answer.suggestions),
        "session": session_to_json(answer.session),
    }


def citation_object(citation: Citation) -> dict[str, Any]:
    """A source of an answer. `quote` stands word for word in the text of `GET /api/passages/{passage}`."""
    passage = citation.passage
    return {
        "number": citation.number,
        "passage": passage.id,
        "facts": list(citation.facts),
        **source_object(passage),
        "validity": citation.state,
        "heading": passage.heading,
        "page": passage.page,
        "quote": citation.quote,
    }


def source_object(passage: Passage) -> dict[str, Any]:
    """Where a passage comes from, where and when it holds."""
    source, validity = passage.source, passage.validity
    return {
        "title": source.title,
        "document_number": source.number,
        "issuer": source.issuer,
        "region": passage.region,
        "validity": validity.state,
        "validity_note": validity.note,
        "issued": source.issued,
        "effective": validity.since,
        "expires": validity.until,
        "checked": source.checked,
        "basis": source.basis,
        "url": source.url,
    }


def book_object(book: Book) -> dict[str, Any]:
    """A document as `GET /api/documents` lists it."""
    return {
        "id": book.id,
        "title": book.title,
        "subject": book.subject,
        "regions": list(book.regions),
        "validity": dict(book.states),
        "issued": book.issued,
        "facts": book.facts,
        "passages": [passage.id for passage in book.passages],
    }


def passage_object(passage: Passage) -> dict[str, Any]:
    """A passage as `GET /api/passages/{id}` gives it."""
    return {
        "id": passage.id,
        "text": passage.text,
        "heading": passage.heading,
        "document": {"id": passage.document, "title": passage.title, "subject": passage.subject},
        "source": source_object(passage),
    }


def is_vote(answer: Any, vote: Any, reason: Any, passage: Any) -> bool:
    """Whether this is feedback that may be stored; whichever door it comes by, nobody may store more."""
    longest = ((answer, LONGEST_ID), (reason, LONGEST_REASON), (passage, LONGEST_PASSAGE))
    return vote in VOTES and all(isinstance(text, str) and len(text) <= most for text, most in longest)
