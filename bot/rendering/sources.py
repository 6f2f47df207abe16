"""Sources as safe HTML: each a fold that opens to the exact passage, the quote marked, with what is known of where and when it holds."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.rendering.answers import named
from bot.rendering.forms import report_form
from bot.rendering.inline import dialled, source_id
from bot.words import Wording
from corpus.document import Passage, opens_page
from corpus.originals import Original, original_of


def sources_html(
    answer: Mapping[str, Any],
    passages: Mapping[str, Passage],
    wording: Wording,
    originals: Sequence[Original],
    *,
    opened: bool = False,
    report: bool = True,
) -> str:
    """The sources of an answer object, each a fold that opens to its passage with the quote marked. `opened`: they stand open;
    `report`: an error can be reported in each."""
    folds = "".join(
        _fold(answer["id"], citation, passages, wording, originals, opened, report) for citation in answer["citations"]
    )
    head = f"<h3>{escape(wording.say('page.sources'))}</h3>"
    return f'<section class="sources" data-answer="{escape(answer["id"])}">{head}{folds}</section>' if folds else ""


def marked(text: str, quote: str) -> str:
    """The text escaped, with the quote in <mark>; without mark where the quote is not in it."""
    before, found, after = text.partition(quote) if quote else (text, "", "")
    if not found:
        return lines(text)
    return f"{lines(before)}<mark>{lines(quote)}</mark>{lines(after)}"


def lines(text: str) -> str:
    """The text escaped, its line ends kept, its telephone numbers tappable."""
    return dialled(escape(text)).replace("\n", "<br>")


def badge(kind: str, text: str) -> str:
    """A word on a coloured ground: validity, how it was checked."""
    return f'<span class="badge {escape(kind)}">{escape(text)}</span>'


def link(url: str | None, passage: Passage | None, wording: Wording, originals: Sequence[Original]) -> str:
    """A link only where the address is official (the corpus check sees to that); else how to find the original."""
    if url and opens_page(url):  # an answer on record may be older than the check of sources
        return f'<p class="find">{_anchor(url, wording.say("meta.link"))}</p>'
    original = original_of(passage.source, originals) if passage else None
    if original is None:
        return f'<p class="find">{escape(wording.say("meta.find"))}</p>'
    how = _anchor(original.url, original.say) if original.url else escape(original.say)
    return f'<p class="find">{how}</p>'


def _fold(
    answer: str,
    citation: Mapping[str, Any],
    passages: Mapping[str, Passage],
    wording: Wording,
    originals: Sequence[Original],
    opened: bool,
    report: bool,
) -> str:
    passage = passages.get(citation["passage"])
    text = passage.text if passage else citation["quote"]
    number = citation["number"]
    form = report_form(answer, number, citation["passage"], wording) if report else ""
    return (
        f'<details class="source"{" open" if opened else ""} id="{source_id(answer, number)}" data-number="{number}">'
        f"<summary>{escape(f'[{number}] {named(citation)}')}</summary>"
        f"{_facts(citation, wording)}"
        f'<p class="heading">{escape(citation["heading"])}</p><blockquote>{marked(text, citation["quote"])}</blockquote>'
        f"{link(citation['url'], passage, wording, originals)}{form}</details>"
    )


def _facts(citation: Mapping[str, Any], wording: Wording) -> str:
    """Number, issuer, region, validity, dates, how checked: what is known of them, each with its name."""
    state, checked = citation["validity"], citation["checked"]
    rows = (
        ("number", escape(citation["document_number"] or "")),
        ("issuer", escape(citation["issuer"] or "")),
        ("region", escape(citation["region"])),
        ("validity", badge(state, wording.say(f"status.{state}")) + _dates(citation, wording)),
        ("issued", escape(citation["issued"] or "")),
        ("checked", badge(checked, wording.say(f"checked.{checked}"))),
    )
    told = "".join(f"<div><dt>{escape(wording.say(f'meta.{n}'))}</dt><dd>{text}</dd></div>" for n, text in rows if text)
    return f'<dl class="meta">{told}</dl>'


def _dates(citation: Mapping[str, Any], wording: Wording) -> str:
    since = wording.say("meta.since", day=citation["effective"]) if citation["effective"] else ""
    until = wording.say("meta.until", day=citation["expires"]) if citation["expires"] else ""
    return escape("".join(f" {part}" for part in (since, until) if part))


def _anchor(url: str, text: str) -> str:
    return f'<a href="{escape(url)}" rel="noopener" target="_blank">{escape(text)}</a>'
