"""A conversation as safe HTML: each turn with its answer, sources, mark of generated content and what can be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from bot.rendering.answers import answer_html, copied
from bot.rendering.forms import complaint_form
from bot.rendering.sources import sources_html
from bot.rendering.why import why_fold, why_whole
from bot.talk import Told
from bot.words import Wording
from corpus.document import Passage
from corpus.originals import Original

MOST_SUGGESTIONS = 4
MOST_ECHOED = 120
"""Characters shown of a question that is too long to be one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What turns are shown with: the words of a language, the passages quoted, how to find originals."""

    wording: Wording
    passages: Mapping[str, Passage]
    originals: Sequence[Original]
    opened: bool = False
    """Whether sources stand open."""
    traces: Mapping[str, Mapping[str, Any] | None] | None = None
    """By answer, why it is so (None: not kept). Without them the fold of each is empty until the page's script fills it."""
    why: bool = False
    """Whether these stand open."""

    def brief(self, answer: Mapping[str, Any]) -> str:
        """An answer object with its sources and mark and nothing to be done with it: for doors that only show."""
        said = answer_html(answer["answer"], answer["id"], self.wording)
        sources = sources_html(answer, self.passages, self.wording, self.originals, report=False)
        return f'<div class="said">{said}</div>{sources}<p class="notice">{escape(answer["notice"])}</p>'

    def talk(self, turns: Sequence[Told]) -> list[str]:
        """A piece of HTML for each turn; questions to begin with where there is none."""
        return [self._turn(turn, turn is turns[-1]) for turn in turns] or [welcome_html(self.wording)]

    def _turn(self, turn: Told, is_last: bool) -> str:
        body = self._answer(turn) if turn.answer else self._unanswered(turn)
        after = self._next(turn) if is_last else ""
        busy = "false" if turn.done else "true"
        return f'<article class="turn" aria-busy="{busy}">{self._asked(turn)}{body}{after}</article>'

    def _asked(self, turn: Told) -> str:
        whole = len(turn.question) <= MOST_ECHOED or turn.answer
        asked = turn.question if whole else turn.question[:MOST_ECHOED] + "…"
        you = escape(self.wording.say("page.you"))
        return f'<h2 class="asked"><span class="unseen">{you}</span>{escape(asked)}</h2>' if asked.strip() else ""

    def _unanswered(self, turn: Told) -> str:
        if turn.advice:
            return f'<div class="answer"><p class="advice">{escape(turn.advice)}</p></div>'
        said = (
            answer_html(turn.text, "", self.wording) if turn.text else f"<p>{escape(self.wording.say('page.wait'))}</p>"
        )
        return f'<div class="answer"><div class="said">{said}</div></div>'

    def _answer(self, turn: Told) -> str:
        answer = turn.answer
        assert answer
        said = answer_html(answer["answer"], answer["id"], self.wording)
        return (
            f'<div class="answer" data-answer="{escape(answer["id"])}" data-status="{escape(answer["status"])}">'
            f'<div class="said">{said}</div>{sources_html(answer, self.passages, self.wording, self.originals, opened=self.opened)}'
            f'<p class="notice">{escape(answer["notice"])}</p>{self._why(answer["id"])}{self._acts(turn)}</div>'
        )

    def _why(self, answer: str) -> str:
        if self.traces is None:
            return why_fold(answer, self.wording)
        trace = self.traces.get(answer)
        return why_whole(trace, self.wording, self.why) if trace else ""

    def _acts(self, turn: Told) -> str:
        """Copy, helpful, not helpful; thanks where a vote was given."""
        answer = turn.answer
        assert answer
        say, identity = self.wording.say, escape(answer["id"])
        given = {vote for vote, passage in turn.votes if vote in ("up", "down")}
        copy = f'<button type="button" data-copy="{escape(copied(answer))}" data-done="{escape(say("page.copied"))}">{escape(say("page.copy"))}</button>'
        up = f'<button type="button" data-vote="up" data-answer="{identity}">{escape(say("page.up"))}</button>'
        votes = "" if given else up + complaint_form(answer["id"], self.wording)
        thanks = f'<span class="thanks" role="status">{escape(say("page.thanks"))}</span>' if turn.votes else ""
        return f'<div class="acts">{copy}{votes}{thanks}</div>'

    def _next(self, turn: Told) -> str:
        suggestions = turn.answer["suggestions"][:MOST_SUGGESTIONS] if turn.answer else ()
        if not suggestions:
            return ""
        key = "page.choose" if turn.answer and turn.answer["status"] == "clarify" else "page.next"
        return _offered(suggestions, "next", self.wording.say(key))


def welcome_html(wording: Wording) -> str:
    """What an empty conversation shows: questions to begin with, a tap each."""
    return f'<div class="welcome">{_offered(wording.list("page.examples"), "examples", wording.say("page.try"))}</div>'


def _offered(questions: Sequence[str], kind: str, title: str) -> str:
    buttons = "".join(f'<button type="button" data-ask="{escape(one)}">{escape(one)}</button>' for one in questions)
    return (
        f'<div class="offered {kind}" role="group" aria-label="{escape(title)}"><p>{escape(title)}</p>{buttons}</div>'
    )
