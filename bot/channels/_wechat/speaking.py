"""What is said to a message: an answer, the rest of one, a greeting, or what can be done instead. Knows no HTTP and no process."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.answering import UnusableQuestion
from bot.capacity import TurnedAway
from bot.channels._wechat.envelope import Incoming
from bot.conversation import InvalidSession
from bot.memory import is_division, remembered
from bot.reception import Reception
from bot.rendering.wechat import wechat_pages
from bot.words import Wording
from bot.writers.quote import create
from corpus.regions import Regions

QUOTE = "quote"
"""The writer that needs no model, and answers at once whatever the usual one is."""
FOLLOWED = ("subscribe", "scan")
_SCENE = re.compile(r"(?:qrscene_)?(\d{6})?[-_]?(.*)", re.DOTALL)
_WORKSHOP = re.compile(
    r"(?!.*[〇零一二两三四五六七八九幺]{3})(?!.*(?:[加请扫领找送转付汇打拨搜群号码钱奖]|微信|联系|电话|客服|通知))"
    r"[\u4e00-\u9fff]{0,8}(?:第(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3})期)?[\u4e00-\u9fff]{0,4}(?:班|课|讲座|沙龙)"
)
"""What a workshop may be called in a greeting of ours: 莫干山民宿班, 第12期培训班. Anybody can write another scene into a link, so that it
would say for them what they like: no letters, numbers, signs or requests, nothing to reach anybody by."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to a message and what is remembered of the asker with it (None: as before; empty: nothing any more).

    `question` and `answer` (the object of the contract) where it is one that a slower writer may answer better.
    """

    text: str
    state: Mapping[str, Any] | None = None
    question: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Answers messages. `quick` is sure to answer at once; `slow`, where there is one, better."""

    quick: Reception
    slow: Reception | None
    wording: Wording
    public: str

    @classmethod
    def of(cls, reception: Reception) -> "Speaker":
        """The speaker over a reception: its own writer is the slow one unless it quotes."""
        bot, settings = reception.bot, reception.settings
        if settings.writer == QUOTE:
            return cls(reception, None, bot.wording, settings.public)
        quick = replace(reception, bot=replace(bot, writer=create(bot.wordings, settings)))
        return cls(quick, reception, bot.wording, settings.public)

    def speaks(self, incoming: Incoming) -> bool:
        """Whether a message is answered at all: most events are not."""
        return incoming.kind != "event" or incoming.event in (*FOLLOWED, "click", "enter_agent")

    def say(self, incoming: Incoming, state: Mapping[str, Any]) -> Said:
        """What is said at once."""
        match incoming.kind, incoming.event:
            case "event", "click":
                return self._typed(incoming.key, state)
            case "event", "enter_agent" if state:
                return Said("")
            case "event", _:
                return self._greeting(incoming.key, state)
            case "text", _:
                return self._typed(incoming.text, state)
            case "voice", _:
                return self._typed(incoming.text, state) if incoming.text else Said(self.wording.say("wechat.unheard"))
        return Said(self.wording.say("wechat.unknown"))

    def say_better(self, said: Said, state: Mapping[str, Any]) -> Said:
        """What the slower writer says to the same question; it takes the quick answer's place on record."""
        assert self.slow
        answer = self.slow.rewrite(said.answer["id"], said.question, self._profile(state), state.get("session"))
        return self._told(said.question, answer, state)

    def say_meanwhile(self, said: Said) -> Said:
        """The quick answer, with word that a better one is being written."""
        first, *rest = self._pages(said.answer, self.wording.say("wechat.writing"))
        return replace(said, text=first, state={**(said.state or {}), "rest": rest, "writing": True})

    def amended(self, state: dict[str, Any], better: Said, sent: bool) -> dict[str, Any]:
        """The asker's state when the better answer is written, unless they asked something else since; `sent`: they have its first part.

        What they can choose stays as it was shown.
        """
        if state.get("answer") != better.answer["id"]:
            return state
        return {**state, "rest": list(self._pages(better.answer))[sent:], "writing": False}

    def _typed(self, text: str, state: Mapping[str, Any]) -> Said:
        plain = unicodedata.normalize("NFKC", text).strip(" .,、。”“\"'")
        if plain in self.wording.list("wechat.forget_words"):
            return Said(self.wording.say("wechat.forgotten"), {})
        if plain in self.wording.list("wechat.more_words"):
            return self._more(state)
        choices = state.get("choices", [])
        chosen = plain.isdecimal() and len(plain) == 1 and 0 < int(plain) <= len(choices)
        return self._asked(choices[int(plain) - 1] if chosen else text, state)

    def _more(self, state: Mapping[str, Any]) -> Said:
        rest = state.get("rest", [])
        if rest:
            return Said(rest[0], {**state, "rest": rest[1:]})
        return Said(self.wording.say("wechat.still_writing" if state.get("writing") else "wechat.no_more"))

    def _asked(self, question: str, state: Mapping[str, Any]) -> Said:
        profile, session = self._profile(state), state.get("session")
        try:
            answer = self.quick.ask(question, profile, session)
        except InvalidSession:  # kept by an older version
            answer = self.quick.ask(question, profile)
        except (UnusableQuestion, TurnedAway) as error:
            return Said(str(error))
        return self._told(question, answer, state)

    def _told(self, question: str, answer: Mapping[str, Any], state: Mapping[str, Any]) -> Said:
        first, *rest = self._pages(answer)
        after = {
            "scene": state.get("scene", ""),
            "profile": remembered(answer, self._profile(state), self._regions),
            "session": answer["session"],
            "answer": answer["id"],
            "choices": answer["suggestions"],
            "rest": rest,
        }
        return Said(first, after, question, answer)

    def _pages(self, answer: Mapping[str, Any], note: str = "") -> tuple[str, ...]:
        """The answer's messages, with a link to its page if there is more to see there: sources, or what is still being written."""
        seen = self.public and (answer["citations"] or note)
        link = f"{self.public}/h5/answers/{answer['id']}" if seen else ""
        return wechat_pages(answer, self.wording, link, note)

    def _greeting(self, scene: str, state: Mapping[str, Any]) -> Said:
        """To whoever follows the account. A scene is a county's code, a workshop, or both: 330521, 330521-莫干山."""
        found = _SCENE.fullmatch(scene)
        code, workshop = (found[1] or "", found[2]) if found else ("", scene)
        region = self._regions.find(code).full_name if code and is_division(code, self._regions) else ""
        say, profile = self.wording.say, self._profile(state)
        lines = (
            say("wechat.workshop", workshop=workshop) if _WORKSHOP.fullmatch(workshop) else "",
            say("wechat.greeting"),
            say("wechat.placed", region=region) if region else "",
        )
        after = {**state, "scene": scene, "profile": {**profile, "region": region} if region else profile}
        return Said("\n".join(line.strip() for line in lines if line), after)

    def _profile(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """What is remembered, without a region that is none any more."""
        profile = dict(state.get("profile", {}))
        if not is_division(str(profile.get("region", "")), self._regions):
            profile.pop("region", None)
        return profile

    @property
    def _regions(self) -> Regions:
        return self.quick.bot.know().vocabulary.regions
