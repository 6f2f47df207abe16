"""What stands around a conversation, as safe HTML: who answers, for where, what is remembered, what can be taken away."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from bot.memory import chips
from bot.words import Wording


def head_html(wording: Wording, others: Sequence[Wording]) -> str:
    """Name, what it is, the ways to look at it: language, light or dark, large type."""
    say = wording.say
    languages = "".join(
        f'<button type="button" data-language="{escape(other.language)}" lang="{escape(other.language)}">{escape(other.say("page.language"))}</button>'
        for other in others
    )
    looks = "".join(
        f'<button type="button" data-look="{look}" aria-pressed="false">{escape(say(f"page.{look}"))}</button>'
        for look in ("large", "dark")
    )
    return (
        f'<header data-language="{escape(wording.language)}"><h1>{escape(say("page.title"))}</h1>'
        f'<nav aria-label="{escape(say("page.looks"))}">{looks}{languages}</nav>'
        f'<p class="who">{escape(say("page.who"))}</p></header>'
        f'<p class="intro">{escape(say("page.intro"))} <a href="knowledge/">{escape(say("page.knowledge"))}</a></p>'
        f'<h2 class="unseen" id="talk-name">{escape(say("page.conversation"))}</h2>'
    )


def memory_html(profile: Mapping[str, Any], wording: Wording) -> str:
    """For where the answers hold, and what else is remembered, each on a button that forgets it."""
    buttons = [(name, _chip(name, value, wording)) for name, value in chips(profile)]
    place = "".join(button for name, button in buttons if name == "region")
    others = " ".join(button for name, button in buttons if name != "region")
    where = f"{escape(wording.say('page.where'))} {place}" if place else escape(wording.say("page.nowhere"))
    rest = f'<p class="remembered">{escape(wording.say("page.remember"))} {others}</p>' if others else ""
    return f'<p class="where">{where}</p>{rest}'


def foot_html(answers: Sequence[str], forms: Mapping[str, str], wording: Wording) -> str:
    """Links to the whole conversation as a file in each of `forms`, format to name: docx to Word."""
    if not answers:
        return ""
    query = urlencode([*(("answer", one) for one in answers), ("language", wording.language)])
    links = " ".join(
        f'<a href="api/exports/{form}?{escape(query)}" download>{escape(name)}</a>' for form, name in forms.items()
    )
    return f'<p class="export">{escape(wording.say("page.export"))} {links}</p>'


def _chip(name: str, value: str, wording: Wording) -> str:
    label = escape(wording.say("page.forget", what=value))
    return (
        f'<button type="button" class="chip" data-forget="{name}" data-value="{escape(value)}" aria-label="{label}">'
        f'{escape(value)} <span aria-hidden="true">×</span></button>'
    )
