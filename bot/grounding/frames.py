"""The bot's own words around a sentence: labels of wording/, a verdict, marks of lists and tables. They cite nothing and are taken off
before a sentence is checked; a verdict must be that of the row."""

import re
from collections.abc import Iterable
from functools import cache

from bot.words import Wording, languages, load_wording
from corpus.fact import VERDICTS, Fact

LABELS = ("premise.mistaken", "unconfirmed", "recalled", "lapsed", "not_yet", "draft", "conflict", "example")
_MARKS = re.compile(r"^\s*(?:[-*>]\s+|\|[^|]*\|\s*|\d+\.\s+)+")
_ENDS = " 。；\n|"


def bare(text: str) -> str:
    """The sentence within our marks and labels, without what closes it."""
    inner = _MARKS.sub("", text).strip(_ENDS)
    while found := next(filter(None, (label.fullmatch(inner) for label in _labels())), None):
        inner = found["sentence"].strip(_ENDS)
    return inner


def without_verdict(sentence: str, facts: Iterable[Fact]) -> str | None:
    """The sentence without the verdict before it; None where no row has that verdict."""
    rows = {fact.verdict for fact in facts}
    for verdict, said in _verdicts().items():
        if sentence.startswith(said):
            return sentence.removeprefix(said) if verdict in rows else None
    return sentence


@cache
def names(subject: str) -> str:
    """A subject's names in the languages of the wording."""
    return " ".join(_wording(language).name(subject) for language in languages())


@cache
def _wording(language: str = "zh") -> Wording:
    return load_wording(language)


@cache
def _verdicts() -> dict[str, str]:
    return {verdict: _wording().say(f"verdict.{verdict}") for verdict in VERDICTS}


@cache
def _labels() -> tuple[re.Pattern[str], ...]:
    """Each label as a pattern: what stands for the sentence, and gaps for all else that is filled in."""
    gaps = dict.fromkeys(("source", "office", "since", "region", "figure"), "\0")
    said = (_wording().say(label, sentence="\1", **gaps).rstrip("。") for label in LABELS)
    return tuple(
        re.compile(re.escape(s).replace("\0", ".{1,80}?").replace("\1", "(?P<sentence>.+)"), re.DOTALL) for s in said
    )
