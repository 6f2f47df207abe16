"""The chat: a question, the answer as it comes, its sources beneath, a region chooser. What it says of itself is in the wording."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from bot.answering import UnusableQuestion
from bot.reception import Reception
from bot.rendering import sources_html
from bot.words import Wording
from corpus.regions import Regions

PATH = "/"

CSS = """
#intro h1 {margin: 4px 0 2px; font-size: 1.5em}
#intro p {margin: 2px 0; opacity: .8}
#chat {height: 54dvh !important; min-height: 320px}
#chat .message {font-size: 1em; line-height: 1.65}
#chat .examples {grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 8px; width: 100%}
#chat .example {min-height: 0; padding: 8px 10px}
#sources > div {padding: 0}
.sources details {border: 1px solid var(--border-color-primary); border-radius: 8px; margin: 6px 0; padding: 8px 12px}
.sources summary {cursor: pointer; font-weight: 600; line-height: 1.5; overflow-wrap: anywhere}
.sources mark {background: #fde68a; color: #111; padding: 0 1px}
#notice p {opacity: .8; font-size: .88em; margin: 4px 0}
#suggestions {gap: 6px; flex-wrap: wrap}
#suggestions button {min-width: 0; flex: 0 1 auto; white-space: normal; text-align: left}
"""
SHOWN_SUGGESTIONS = 3

Update = tuple[list[dict[str, str]], str, Any, *tuple[Any, ...]]


def page(reception: Reception) -> gr.Blocks:
    """The chat page over a reception."""
    wording = reception.bot.wording
    blocks: gr.Blocks
    with gr.Blocks(title=wording.say("page.title"), analytics_enabled=False) as blocks:
        gr.Markdown(_intro(wording), elem_id="intro")
        region = _region_chooser(reception.bot.know().vocabulary.regions, wording)
        session = gr.State(None)
        chat = _chat(wording)
        sources = gr.HTML(elem_id="sources")
        with gr.Row(elem_id="suggestions"):
            suggestions = [gr.Button(visible=False, size="sm") for _ in range(SHOWN_SUGGESTIONS)]
        text = gr.Textbox(
            elem_id="question",
            show_label=False,
            placeholder=wording.say("page.placeholder"),
            submit_btn=wording.say("page.send"),
            lines=1,
        )
        gr.Markdown(wording.say("notice"), elem_id="notice")
        outputs = [chat, sources, session, *suggestions]
        ask = _asker(reception)
        text.submit(_taken, [text, chat], [text, chat], queue=False).then(ask, [chat, session, region], outputs)
        for button in suggestions:
            button.click(_taken, [button, chat], [text, chat], queue=False).then(ask, [chat, session, region], outputs)
        chat.example_select(_chosen, chat, chat, queue=False).then(ask, [chat, session, region], outputs)
        chat.clear(lambda: ("", None, *_buttons([])), None, [sources, session, *suggestions], queue=False)
    return blocks


def _chat(wording: Wording) -> gr.Chatbot:
    """The conversation; while it is empty it offers questions to begin with."""
    return gr.Chatbot(
        elem_id="chat",
        show_label=False,
        height="54vh",
        buttons=["copy"],
        placeholder=wording.say("page.who"),
        examples=[{"text": example} for example in wording.list("page.examples")],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
    )


def _intro(wording: Wording) -> str:
    return f"# {wording.say('page.title')}\n{wording.say('page.intro')} [{wording.say('page.knowledge')}](knowledge/)"


def _taken(text: str, history: list[dict[str, str]]) -> tuple[str, list[dict[str, str]]]:
    """The question moves from the box into the conversation."""
    return "", [*history, {"role": "user", "content": text}] if text.strip() else history


def _chosen(history: list[dict[str, str]], event: gr.SelectData) -> list[dict[str, str]]:
    """A question chosen from those offered, as if it had been typed."""
    return [*history, {"role": "user", "content": event.value["text"]}]


def _asker(reception: Reception) -> Any:
    """The handler that streams an answer into the conversation, then its sources and suggestions."""
    wording = reception.bot.wording

    def ask(history: list[dict[str, Any]], session: Any, region: str) -> Iterator[Update]:
        quiet = [gr.skip()] * SHOWN_SUGGESTIONS
        if not history or history[-1]["role"] != "user":
            yield (history, gr.skip(), session, *quiet)
            return
        text, shown = "", list(history)
        try:
            for part in reception.stream(_said(history[-1]), {"region": region}, session):
                if isinstance(part, str):
                    text += part
                    yield ([*shown, _says(text)], gr.skip(), session, *quiet)
                else:
                    html = sources_html(part, reception.bot.index.passages, wording, reception.originals)
                    yield ([*shown, _says(part["answer"])], html, part["session"], *_buttons(part["suggestions"]))
        except UnusableQuestion as error:
            yield ([*shown, _says(str(error))], "", session, *quiet)

    return ask


def _said(message: dict[str, Any]) -> str:
    """The text of a message: Gradio hands contents back as a list of parts."""
    content = message["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def _says(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}


def _buttons(suggestions: list[str]) -> list[Any]:
    """As many buttons as there are suggestions; the others hidden."""
    padded = [*suggestions[:SHOWN_SUGGESTIONS], *[""] * SHOWN_SUGGESTIONS][:SHOWN_SUGGESTIONS]
    return [gr.Button(value=suggestion, visible=bool(suggestion)) for suggestion in padded]


def _region_chooser(regions: Regions, wording: Wording) -> gr.State:
    """Three choices, each narrowing the next; the state holds the full name of the narrowest."""
    chosen = gr.State("")
    with gr.Accordion(wording.say("page.region"), open=False, elem_id="region"), gr.Row():
        unset = (wording.say("page.region_unset"), "")
        boxes = [
            gr.Dropdown([unset], value="", label=wording.say(f"page.{name}"), min_width=90, interactive=True)
            for name in ("province", "city", "county")
        ]
        boxes[0].choices = [unset, *_named(regions, "全国")]

    def narrow(full_name: str, wider: str) -> tuple[str, Any]:
        return full_name or wider, gr.Dropdown([unset, *(_named(regions, full_name) if full_name else [])], value="")

    boxes[0].input(lambda name: narrow(name, ""), boxes[0], [chosen, boxes[1]]).then(
        lambda: gr.Dropdown([unset], value=""), None, boxes[2]
    )
    boxes[1].input(narrow, [boxes[1], boxes[0]], [chosen, boxes[2]])
    boxes[2].input(lambda county, city: county or city, [boxes[2], boxes[1]], chosen)
    return chosen


def _named(regions: Regions, within: str) -> list[tuple[str, str]]:
    """Divisions one level below, as (own name, full name)."""
    return [(region.name, region.full_name) for region in regions.below(regions.find(within))]
