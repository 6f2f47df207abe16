"""The parts of the chat page and what each shows at a moment; handlers give back the parts that change. No logic: it shows what the talk holds."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from bot.exports import forms
from bot.reception import Reception
from bot.records.store import UnknownAnswer
from bot.rendering.frame import foot_html, head_html, memory_html
from bot.rendering.turns import Shown, welcome_html
from bot.talk import Talk, Told
from bot.words import Wording, languages, load_wording
from corpus.regions import NATION, AmbiguousRegion, Regions, UnknownRegion

ASSETS = Path(__file__).parent / "assets"
LEVELS = ("province", "city", "county")
DEFAULT = "zh"
KEY, SECRET = "certguide", "certguide-chat"
"""Where the browser keeps the conversation. The secret is fixed, so that a restart of the server loses nothing; it is in every page,
and only keeps casual eyes off."""
KEPT = 3600
"""Seconds after which the server forgets a conversation in which nothing happens; the browser brings it back."""

Updates = dict[Any, Any]


class Screen:
    """The chat page's components, laid out when made, and the handlers of their events."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._words = {language: load_wording(language) for language in languages()}
        self._exports = {name: module.NAME for name, module in forms().items()}
        self._lay_out(self._words[DEFAULT])

    def _lay_out(self, words: Wording) -> None:
        self.talk = gr.State(None, time_to_live=KEPT)
        self.browser = gr.BrowserState(None, storage_key=KEY, secret=SECRET)
        self.head = _html("head", head_html(words, self._others(words)))
        self.memory = _html("memory", memory_html({}, words))
        with gr.Accordion(words.say("page.region"), open=False, elem_id="place") as self.place, gr.Row():
            self.boxes = [
                gr.Dropdown(label=words.say(f"page.{name}"), min_width=220, interactive=True) for name in LEVELS
            ]
        self.log = _html(
            "talk",
            [welcome_html(words)],
            '<div role="log" aria-live="polite" aria-labelledby="talk-name">${value.join("")}</div>',
        )
        with gr.Column(elem_id="ask"):
            self.question = gr.Textbox(elem_id="question", label=words.say("page.question"),
                placeholder=words.say("page.placeholder"), submit_btn=words.say("page.send"), lines=1, max_lines=6)  # fmt: skip
        self.foot = gr.HTML(elem_id="foot", apply_default_css=False)
        with gr.Row(elem_id="tools"):
            self.clear, self.delete = (gr.Button(words.say(f"page.{name}"), size="sm") for name in ("clear", "delete"))
        with gr.Column(visible=False, elem_id="sure") as self.sure:
            self.warning = gr.Markdown(words.say("page.delete_sure"))
            with gr.Row():
                self.yes = gr.Button(words.say("page.delete_yes"), variant="stop", size="sm")
                self.no = gr.Button(words.say("page.delete_no"), size="sm")

    @property
    def parts(self) -> list[Any]:
        """Every component that a handler may change."""
        return [self.talk, self.browser, self.head, self.memory, self.place, *self.boxes, self.log, self.question,
            self.foot, self.clear, self.delete, self.sure, self.warning, self.yes, self.no]  # fmt: skip

    def opened(self, kept: Any, talk: Talk | None, request: gr.Request) -> Updates:
        """The page as it opens: what the browser kept, then what the address asks for."""
        talk = self._of(talk, kept)
        language, region = (request.query_params.get(name, "") for name in ("lang", "region"))
        if language in self._words:
            talk.profile["language"] = language
        if region:
            self._settle(talk, region)
        return {**self._worded(talk), **self._whole(talk)}

    def ask(self, text: str, talk: Talk | None, kept: Any) -> Iterator[Updates]:
        """Answers a question, the conversation shown each time there is more of it."""
        talk = self._of(talk, kept)
        yield {self.talk: talk}
        for turn in talk.ask(text, self._reception, self._words_of(talk)):
            yield self._after(talk, turn) if turn.done else {self.log: self._turns(talk)}

    def ask_chosen(self, talk: Talk | None, kept: Any, event: gr.EventData) -> Iterator[Updates]:
        """Answers a question that was offered."""
        yield from self.ask(str(event.value), talk, kept)

    def vote(self, talk: Talk | None, kept: Any, event: gr.EventData) -> Updates:
        """Stores what was said of an answer or of a passage."""
        talk = self._of(talk, kept)
        answer, vote, reason, passage = _said(event, "answer", "vote", "reason", "passage")
        try:
            talk.vote(answer, vote, reason, passage, self._reception)
        except UnknownAnswer as error:  # deleted meanwhile
            raise gr.Error(self._words_of(talk).say("h5.gone"), print_exception=False) from error
        return {self.talk: talk, self.log: self._turns(talk)}

    def forget(self, talk: Talk | None, kept: Any, event: gr.EventData) -> Updates:
        """Forgets what a chip stood for."""
        talk = self._of(talk, kept)
        talk.forget(*_said(event, "name", "value"))
        return self._whole(talk)

    def narrow(self, talk: Talk | None, kept: Any, *names: str) -> Updates:
        """The region is what the narrowest box says that lies within the wider ones."""
        talk = self._of(talk, kept)
        chosen = ""
        for name in names:
            if name and (not chosen or self._lies(name, chosen)):
                chosen = name
            else:
                break
        self._settle(talk, chosen)
        return self._whole(talk)

    def speak(self, talk: Talk | None, kept: Any, event: gr.EventData) -> Updates:
        """Shows the page in another language."""
        talk = self._of(talk, kept)
        talk.profile["language"] = event.value if event.value in list(self._words) else DEFAULT
        return {**self._worded(talk), **self._whole(talk)}

    def restart(self, talk: Talk | None, kept: Any) -> Updates:
        """Begins anew."""
        talk = self._of(talk, kept)
        talk.restart()
        return self._whole(talk)

    def delete_all(self, talk: Talk | None, kept: Any) -> Updates:
        """Deletes this browser's records, forgets all, and says so."""
        talk = self._of(talk, kept)
        words = self._words_of(talk)
        number = talk.delete(self._reception)
        gr.Info(words.say("page.deleted", number=number))
        return {self.sure: gr.Column(visible=False), **self._whole(talk)}

    def show(self, talk: Talk | None) -> Updates:
        """The conversation as it stands, after something failed."""
        return {self.log: self._turns(talk)} if talk else {}

    def _of(self, talk: Talk | None, kept: Any) -> Talk:
        """The conversation; one that the server no longer holds as the browser kept it."""
        return talk or Talk.brought_back(kept, self._reception)

    def _settle(self, talk: Talk, region: str) -> None:
        """Takes a region by any name; one that is not known, or not one, leaves things as they are."""
        try:
            full_name = self._regions.find(region).full_name if region else ""
        except (UnknownRegion, AmbiguousRegion):
            return
        talk.forget("region")
        talk.profile["region"] = full_name

    def _after(self, talk: Talk, turn: Told) -> Updates:
        """After a turn all may have changed; a question that could not be used goes back into the box."""
        back = {self.question: turn.question} if turn.advice and turn.question.strip() else {}
        return {**self._whole(talk), **back}

    def _whole(self, talk: Talk) -> Updates:
        """All that shows what the talk holds."""
        words, profile = self._words_of(talk), talk.profile
        return {
            self.talk: talk,
            self.memory: memory_html(profile, words),
            **dict(zip(self.boxes, self._places(str(profile.get("region") or ""), words), strict=True)),
            self.log: self._turns(talk),
            self.foot: foot_html(talk.answers, self._exports, words),
            self.browser: talk.kept(),
        }

    def _worded(self, talk: Talk) -> Updates:
        """All whose words are of a language."""
        words = self._words_of(talk)
        say = words.say
        return {
            self.head: head_html(words, self._others(words)),
            self.place: gr.Accordion(label=say("page.region")),
            self.question: gr.Textbox(
                label=say("page.question"), placeholder=say("page.placeholder"), submit_btn=say("page.send")
            ),
            self.clear: gr.Button(say("page.clear")),
            self.delete: gr.Button(say("page.delete")),
            self.warning: say("page.delete_sure"),
            self.yes: gr.Button(say("page.delete_yes")),
            self.no: gr.Button(say("page.delete_no")),
        }

    def _turns(self, talk: Talk) -> list[str]:
        shown = Shown(self._words_of(talk), self._reception.bot.index.passages, self._reception.originals)
        return shown.talk(talk.turns)

    def _places(self, region: str, words: Wording) -> list[Any]:
        """The three boxes as they stand for a region: each offers what lies in the choice of the one before."""
        unset = (words.say("page.region_unset"), "")
        chain = {one.level: one.full_name for one in self._regions.chain(self._regions.find(region))} if region else {}
        wider, boxes = NATION, list[Any]()
        for level, name in enumerate(LEVELS, 1):
            choices = [unset, *self._below(wider)] if wider else [unset]
            wider = chain.get(level, "")
            boxes.append(gr.Dropdown(choices, value=wider, label=words.say(f"page.{name}")))
        return boxes

    def _below(self, region: str) -> list[tuple[str, str]]:
        """Divisions one level below, as (own name, full name)."""
        return [(one.name, one.full_name) for one in self._regions.below(self._regions.find(region))]

    def _lies(self, inner: str, outer: str) -> bool:
        return self._regions.within(self._regions.find(inner), self._regions.find(outer))

    def _words_of(self, talk: Talk) -> Wording:
        return self._words.get(str(talk.profile.get("language") or DEFAULT), self._words[DEFAULT])

    def _others(self, words: Wording) -> list[Wording]:
        return [other for other in self._words.values() if other.language != words.language]

    @property
    def _regions(self) -> Regions:
        return self._reception.bot.know().vocabulary.regions


def _said(event: gr.EventData, *names: str) -> list[str]:
    """What an event of a script of ours says; empty where a forged one says nothing."""
    value = getattr(event, "value", None)
    told = value if isinstance(value, Mapping) else {}
    return [str(told.get(name) or "") for name in names]


def _html(name: str, value: Any, template: str = "${value}") -> gr.HTML:
    """A part that is HTML of bot/rendering/, with its script of assets/."""
    script = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
    return gr.HTML(value, html_template=template, js_on_load=script, elem_id=name, apply_default_css=False)
