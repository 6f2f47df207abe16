"""Cuts a model's text into sentences as it comes, each with the numbers that it cites."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 3000
"""Characters of a model's text that are read at most."""
LONGEST_SENTENCE = 300
"""Characters of one sentence; a longer one is none, and takes long to check."""
_MARK = re.compile(r"[\[【［]\s*\d+(?:\s*[,，、]\s*\d+)*\s*[\]】］]")
_SENTENCE = re.compile(  # with the marks behind it; whole only once it is seen that no further mark follows
    rf"[^。！？!?\n]*[。！？!?\n]+(?:\s*{_MARK.pattern})*(?=\s*(?:[^\s\[【［]|[\[【［]\s*[^\s\d]))"
)
_THINKING = "<think>"
_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_ITEM = re.compile(r"^(?:[-•·]|\d{1,2}[.、)）])\s*")
_DECORATION = re.compile(r"[*#`|]")
_STOPS = "。！？!?；;，,：: "


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without marks, decoration and the sign of a list, and the numbers that it cites."""

    text: str
    numbers: tuple[int, ...]


def sentences(pieces: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of a text that comes in pieces, each as soon as it is whole. A fragment at the end counts only if it cites."""
    text, read = "", 0
    for piece in pieces:
        text, read = _THOUGHT.sub("", text + piece), read + len(piece)
        while not text.lstrip().startswith(_THINKING) and (match := _SENTENCE.match(text)):
            text = text[match.end() :]
            yield from _sentence(match[0])
        if read > LONGEST:
            return
    if _MARK.search(text) and not text.lstrip().startswith(_THINKING):
        yield from _sentence(text)


def _sentence(raw: str) -> Iterator[Sentence]:
    """The sentence, if there is one between the line ends; always with a stop."""
    numbers = (int(number) for mark in _MARK.findall(raw) for number in re.findall(r"\d+", mark))
    line = _DECORATION.sub("", _MARK.sub("", raw)).strip()
    text = " ".join(_ITEM.sub("", line).split()).rstrip(_STOPS)
    if any(character.isalnum() for character in text) and len(text) <= LONGEST_SENTENCE:
        yield Sentence(f"{text}。", tuple(dict.fromkeys(numbers)))
