"""The chat: who answers and for where, a conversation whose answers carry their sources, a box to type in. What it says is in the wording,
how it is set is in bot/rendering/, what it holds is bot/talk.py."""

from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api

from bot.capacity import THREADS, TurnedAway
from bot.reception import Reception
from bot.words import load_wording
from pages._screen import ASSETS, Screen

PATH = "/"
CSS = (ASSETS / "chat.css").read_text(encoding="utf-8")
HEAD = "".join(
    f"<script>{(ASSETS / name).read_text(encoding='utf-8')}</script>" for name in ("look.js", "box.js", "ready.js")
)

AT_ONCE = THREADS
"""Questions of different people that are taken at the same time: the reception has them wait, or turns them away."""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Handlers of ours are no API and cover nothing with a spinner."""
MANY: dict[str, Any] = {**QUIET, "trigger_mode": "multiple", "concurrency_limit": AT_ONCE}
"""May be called again while one runs: questions wait their turn in the talk."""

SEND = "(text, ...rest) => { certguideBox.empty(text); return [text, ...rest]; }"
BRING_BACK = "() => certguideBox.back()"
READY = "() => certguideReady()"


def page(reception: Reception) -> gr.Blocks:
    """The chat page over a reception; `?lang=en`, `?region=德清` and `?big` choose how it opens."""
    blocks: gr.Blocks
    with gr.Blocks(title=load_wording().say("page.title"), analytics_enabled=False) as blocks:
        api(_asking(reception), api_name="ask", concurrency_limit=AT_ONCE)  # first, so that the name is free
        screen = Screen(reception)
        _take_questions(screen)
        _know_the_asker(screen)
        _take_away(screen)
        opened = blocks.load(screen.opened, [screen.browser, screen.talk], screen.parts, **QUIET)
        opened.then(None, js=READY, **QUIET)
    return blocks


def _asking(reception: Reception) -> Callable[..., dict[str, Any]]:
    """What programs call by `gradio_client` as /ask."""

    def ask(question: str, region: str = "", session: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer object of the HTTP contract; hand its session back with the next question."""
        try:
            return reception.ask(question, {"region": region}, session)
        except (ValueError, TurnedAway) as error:  # a question, region or session that cannot be used says why
            raise gr.Error(str(error), print_exception=False) from error

    return ask


def _take_questions(screen: Screen) -> None:
    """A question leaves the box as it is sent, so that the next can be typed; where it does not arrive, it comes back."""
    told = [screen.talk, screen.browser]
    sent = screen.question.submit(screen.ask, [screen.question, *told], screen.parts, js=SEND, **MANY)
    sent.failure(screen.show, screen.talk, screen.parts, **QUIET)
    sent.failure(None, js=BRING_BACK, **QUIET)
    screen.log.select(screen.ask_chosen, told, screen.parts, **MANY)
    screen.log.like(screen.vote, told, screen.parts, queue=False, **MANY)


def _know_the_asker(screen: Screen) -> None:
    """Region, what is remembered, language."""
    told = [screen.talk, screen.browser]
    for box in screen.boxes:
        box.input(screen.narrow, [*told, *screen.boxes], screen.parts, **QUIET)
    screen.memory.select(screen.forget, told, screen.parts, **QUIET)
    screen.head.select(screen.speak, told, screen.parts, **QUIET)


def _take_away(screen: Screen) -> None:
    """Beginning anew; deleting, once asked again."""
    told = [screen.talk, screen.browser]
    screen.clear.click(screen.restart, told, screen.parts, **QUIET)
    asked = screen.delete.click(lambda: gr.Column(visible=True), None, screen.sure, **QUIET)
    asked.then(None, js="() => document.querySelector('#sure').scrollIntoView({block: 'center'})", **QUIET)
    screen.no.click(lambda: gr.Column(visible=False), None, screen.sure, **QUIET)
    screen.yes.click(screen.delete_all, told, screen.parts, **QUIET)
