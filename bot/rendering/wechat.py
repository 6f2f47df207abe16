"""An answer as WeChat shows it: plain text of at most 2,048 bytes a message, cut at a sentence, its sources, what to tap or type next, the mark."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.rendering.answers import named, plain_lines
from bot.words import Wording

LARGEST = 2048
"""Bytes of UTF-8 that a text reply may have."""
LONGEST_SOURCE = 60
"""Characters of a source's title and number."""

_SENTENCE = re.compile(r".+?(?:[。！？；](?:\[\d+\])*|$)", re.DOTALL)
_MARK = re.compile(r"\[(\d{1,3})\]")


def wechat_pages(
    answer: Mapping[str, Any], wording: Wording, link: str = "", note: str = "", largest: int = LARGEST
) -> tuple[str, ...]:
    """An answer object as messages, the first to be sent and the rest when asked for.

    Each carries the sources of what it says, the choices, the `link` to the answer's page and the generated-content mark; `note` stands
    in the first. `largest` is in bytes.
    """
    frame, rest = _Frame(answer, wording, link), list(_pieces(answer["answer"]))
    pages = list[str]()
    while rest or not pages:
        told = "" if pages else note
        count = _fitting(rest, frame, told, largest)
        if not count and rest:  # one sentence is too long for a message
            rest[:1] = _halves(rest[0])
            continue
        body, rest = "".join(rest[:count]), rest[count:]
        pages.append(frame.filled(body, bool(rest), told))
    return tuple(pages)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around each part of an answer."""

    answer: Mapping[str, Any]
    wording: Wording
    link: str

    def filled(self, body: str, more: bool, note: str) -> str:
        """One message."""
        say = self.wording.say
        parts = (
            _harmless(body.strip()),
            say("wechat.more") if more else "",
            note,
            _harmless("\n".join(_sources(self.answer["citations"], body))),
            self._choices(),
            f'<a href="{self.link}">{say("wechat.link")}</a>' if self.link else "",
            self.answer["notice"],
        )
        return "\n\n".join(part for part in parts if part)

    def _choices(self) -> str:
        choices: Sequence[str] = self.answer["suggestions"]
        if not choices:
            return ""
        head = self.wording.say("wechat.choose" if self.answer["status"] == "clarify" else "wechat.next")
        return _harmless("\n".join((head, *(f"{number} {one}" for number, one in enumerate(choices, 1)))))


def _pieces(text: str) -> Iterator[str]:
    """Sentences with their marks, the last of a line with the line's end."""
    for line in plain_lines(text):
        sentences = _SENTENCE.findall(line)
        yield from sentences[:-1]
        yield from (f"{last}\n" for last in sentences[-1:])


def _fitting(pieces: Sequence[str], frame: _Frame, note: str, largest: int) -> int:
    """How many of the pieces fit into one message."""
    for count in range(len(pieces), 0, -1):
        page = frame.filled("".join(pieces[:count]), count < len(pieces), note)
        if len(page.encode()) <= largest:
            return count
    return 0


def _halves(text: str) -> list[str]:
    middle = len(text) // 2
    assert middle, "not a single character fits beside what stands around it"
    return [text[:middle], text[middle:]]


def _sources(citations: Sequence[Mapping[str, Any]], body: str) -> Iterator[str]:
    """The sources that a part cites, each once: [1][4]《…》."""
    cited = {int(number) for number in _MARK.findall(body)}
    used = sorted((one for one in citations if one["number"] in cited), key=named)
    grouped = [(title, [one["number"] for one in same]) for title, same in groupby(used, key=named)]
    for title, numbers in sorted(grouped, key=lambda group: group[1]):
        short = title if len(title) <= LONGEST_SOURCE else title[:LONGEST_SOURCE] + "…"
        yield "".join(f"[{number}]" for number in numbers) + short


def _harmless(text: str) -> str:
    """Text in which nothing is a link or a tag: WeChat makes links of `<a>`."""
    return text.replace("<", "＜")
