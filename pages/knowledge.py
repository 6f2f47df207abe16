"""The knowledge page: every document by subject, region, validity and date, to search, read and print. What it says is in the wording."""

from datetime import date
from typing import Any

import gradio as gr

from bot.capacity import TurnedAway
from bot.reception import Reception
from bot.rendering.books import book_html, books_html
from bot.words import Wording
from corpus.regions import Regions

PATH = "/knowledge"
CSS = """
.books {padding-left: 1.4em}
.books li {margin: 10px 0}
.books a {font-weight: 600}
.books p {margin: 3px 0; display: block}
.badge {display: inline-block; font-size: .8em; border-radius: 6px; padding: 1px 7px; margin-right: 6px; background: #e5e7eb; color: #111}
.badge.in_force, .badge.primary, .badge.two {background: #dcfce7}
.badge.unknown, .badge.secondary, .badge.not_yet {background: #fef3c7}
.badge.lapsed, .badge.draft, .badge.recalled {background: #fee2e2}
.book h2 {margin: 18px 0 4px; font-size: 1.15em}
.passage {margin: 8px 0 14px}
.passage.lapsed blockquote, .passage.draft blockquote {opacity: .7; border-left-style: dashed}
@media print {#filters, #tools, .find {display: none !important} .passage {break-inside: avoid}}
"""
EARLIEST = 2015
STATES = ("in_force", "unknown", "not_yet", "draft", "lapsed")


def page(reception: Reception) -> gr.Blocks:
    """The knowledge page over a reception; `?document=id` shows one document."""
    wording = reception.bot.wording
    blocks: gr.Blocks
    with gr.Blocks(title=wording.say("knowledge.title"), analytics_enabled=False) as blocks:
        with gr.Column(elem_id="filters") as filters:
            gr.Markdown(f"# {wording.say('knowledge.title')}\n{wording.say('knowledge.intro')}")
            chosen = _filters(reception, wording)
        with gr.Row(elem_id="tools", visible=False) as tools:
            gr.Button(wording.say("knowledge.back"), link="./", size="sm")
            gr.Button(wording.say("knowledge.print"), size="sm").click(None, js="() => window.print()")
        shown = gr.HTML(elem_id="books")
        lister = _lister(reception)
        gr.on([box.change for box in chosen[1:]] + [chosen[0].submit], lister, chosen, shown)
        blocks.load(_opener(reception), None, [shown, filters, tools])
    return blocks


def _filters(reception: Reception, wording: Wording) -> list[Any]:
    """Search, subject, region, state, year."""
    known = reception.bot.know().vocabulary
    anything = (wording.say("knowledge.any"), "")
    states = [(wording.say(f"status.{state}"), state) for state in STATES]
    years = [str(year) for year in range(date.fromisoformat(reception.today()).year, EARLIEST, -1)]
    search = gr.Textbox(placeholder=wording.say("knowledge.search"), show_label=False, elem_id="search")
    with gr.Row():
        boxes = [
            gr.Dropdown(
                [anything, *known.terms.subjects], value="", label=wording.say("knowledge.subject"), min_width=140
            ),
            gr.Dropdown(
                [anything, *_places(reception, known.regions)],
                value="",
                label=wording.say("knowledge.region"),
                min_width=140,
            ),
            gr.Dropdown([anything, *states], value="", label=wording.say("knowledge.state"), min_width=110),
            gr.Dropdown([anything, *years], value="", label=wording.say("knowledge.since"), min_width=110),
        ]
    return [search, *boxes]


def _places(reception: Reception, regions: Regions) -> list[str]:
    """The regions that some passage holds in, in the order of their codes."""
    places = {regions.find(passage.region) for passage in reception.bot.index.passages.values()}
    return [place.full_name for place in sorted(places, key=lambda place: place.code)]


def _lister(reception: Reception) -> Any:
    """The handler that lists what the filters leave."""

    def listed(query: str, subject: str, region: str, state: str, since: str) -> str:
        try:
            return books_html(reception.documents(subject, region, state, since, query), reception.bot.wording)
        except (ValueError, TurnedAway) as error:  # a region that is none, a burst
            raise gr.Error(str(error), print_exception=False) from error

    return listed


def _opener(reception: Reception) -> Any:
    """What the page begins with: the document that the address names, else all of them."""
    wording = reception.bot.wording

    def opened(request: gr.Request) -> tuple[str, Any, Any]:
        wanted = request.query_params.get("document", "")
        if not wanted:
            return books_html(reception.documents(), wording), gr.Column(), gr.Row()
        book = next((book for book in reception.documents() if book.id == wanted), None)
        if book is None:
            return f"<p>{wording.say('knowledge.missing')}</p>", gr.Column(visible=False), gr.Row(visible=True)
        html = book_html(book, reception.bot.index.facts, reception.today(), wording, reception.originals)
        return html, gr.Column(visible=False), gr.Row(visible=True)

    return opened
