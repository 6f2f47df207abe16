"""Why an answer is as it is, as safe HTML: a fold beneath the answer, and in it the steps of its trace in plain words."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from bot.rendering.sources import badge
from bot.words import Wording

COLOURS = {"used": "in_force", "struck": "lapsed"}
"""Badges that are coloured as a state of validity is."""


def why_fold(answer: str, wording: Wording) -> str:
    """The fold of an answer beneath which nothing stands yet but a link; the page's script puts the steps in when it is opened."""
    page, asked = f"h5/answers/{quote(answer, safe='')}", {"lang": wording.language}
    steps, whole = f"{page}/why?{urlencode(asked)}", f"{page}?{urlencode({**asked, 'why': 1})}#{_id(answer)}"
    link = f'<a href="{escape(whole)}">{escape(wording.say("why.link"))}</a>'
    return _fold(answer, f'<div data-why="{escape(steps)}"><p>{link}</p></div>', wording, opened=False)


def why_whole(trace: Mapping[str, Any], wording: Wording, opened: bool) -> str:
    """The fold of an answer with its steps in it."""
    return _fold(trace["answer"], steps_html(trace, wording), wording, opened)


def steps_html(trace: Mapping[str, Any], wording: Wording) -> str:
    """The steps of a trace, in the order in which they were taken."""
    say = wording.say
    way = escape(say(f"why.way.{_way(trace)}"))
    needs = "".join(_need(need, wording) for need in trace["needs"])
    struck = "".join(f"<li>{escape(sentence)}</li>" for sentence in trace["struck"])
    taken_out = f"<p>{escape(say('why.struck'))}</p><ul>{struck}</ul>" if struck else ""
    took = [say(f"why.step.{step}", ms=round(ms)) for step, ms in trace["steps_ms"].items()]
    time = escape(say("why.took", steps=_listed(took, wording)))
    return f'<div class="steps"><p>{way}</p>{needs}{taken_out}<p>{time}</p></div>'


def _way(trace: Mapping[str, Any]) -> str:
    """How it was answered; `nothing` where all that was found was left unused."""
    relied = any(found["use"] == "used" for need in trace["needs"] for found in need["found"])
    return trace["way"] if relied or trace["way"] != "evidence" else "nothing"


def _id(answer: str) -> str:
    return f"why-{escape(answer)}"


def _fold(answer: str, inner: str, wording: Wording, opened: bool) -> str:
    title = escape(wording.say("why.title"))
    return f'<details class="why" id="{_id(answer)}"{" open" if opened else ""}><summary>{title}</summary>{inner}</details>'


def _need(need: Mapping[str, Any], wording: Wording) -> str:
    """What was understood, which filters held, what was found."""
    found = "".join(f"<li>{_passage(one, wording)}</li>" for one in need["found"])
    lines = "".join(f"<p>{escape(line)}</p>" for line in (_understood(need, wording), *_filters(need, wording)))
    return f'<section class="need">{lines}{f"<ul>{found}</ul>" if found else ""}</section>'


def _understood(need: Mapping[str, Any], wording: Wording) -> str:
    say = wording.say
    wants = [say(f"why.want.{want}") for want in need["wants"]]
    parts = (
        wording.name(need["subject"]) or say("why.no_subject"),
        wording.name(need["aspect"]),
        need["region"] or say("why.no_region"),
        need["day"],
        say("why.all") if need["overview"] else "",
        say("why.wants", kinds=_listed(wants, wording)) if wants else "",
        say("why.things", things=_listed(need["things"], wording)) if need["things"] else "",
    )
    return say("why.understood", what=_listed(filter(None, parts), wording))


def _filters(need: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    """Where and when what counts has to hold, and how much was found; nothing where nothing was looked up."""
    if not need["places"]:
        return
    say, (nearest, *wider) = wording.say, need["places"]
    first = say("why.within", place=nearest) if need["within"] else nearest
    yield say("why.filters", places=_listed((first, *wider), wording), day=need["day"])
    if need["choices"]:
        yield say("why.choices", subjects=_listed(map(wording.name, need["choices"]), wording))
    else:
        yield say(f"why.evidence.{need['evidence'] if need['found'] else 'nothing'}")


def _passage(one: Mapping[str, Any], wording: Wording) -> str:
    use, state = one["use"], one["validity"]
    percent = round(one["chance"] * 100) or "<1"
    chance = wording.say("why.chance", percent=percent) if one["chance"] else ""
    score = wording.say("why.score", score=f"{one['score']:.2f}")
    told = (one["region"], wording.say(f"status.{state}"), score, chance)
    return (
        f"{badge(COLOURS.get(use, use), wording.say(f'why.use.{use}'))} {escape('《' + one['title'] + '》' + one['heading'])} "
        f'<span class="told">{escape(wording.say("why.told", what=_listed(filter(None, told), wording)))}</span>'
    )


def _listed(parts: Any, wording: Wording) -> str:
    return wording.say("why.and").join(map(str, parts))
