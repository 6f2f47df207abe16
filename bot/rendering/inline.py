"""What can be tapped within running text: telephone numbers, and the marks [n] of sources. Takes text that is already escaped."""

import re
from collections.abc import Callable
from html import escape

_TELEPHONE = re.compile(
    r"(?<![\dA-Za-z.〔/—-])(?<![A-Za-z] )"  # a standard's or a document's number goes on to the left
    r"(0[1-9]\d{1,2}[-—–]\d{7,8}|[48]00[- ]?\d{3}[- ]?\d{4}|1[3-9]\d{9}|123\d\d|9[56]\d{3}|1(?:10|19|2[02]))"
    r"(?![\dA-Za-z.%/—-]|\s?[元万亿千百多余号条款项家个人户件吨年月日天分％〕]|平方|小时)"
)
_CUED = re.compile(r"9[56]\d{3}|1\d\d")
"""Numbers that are telephone numbers only where the words around them say so."""
_CUE = re.compile(r"[打拨报]|电话|热线")
_AROUND = 5
_MARK = re.compile(r"\[(\d{1,3})\]")


def dialled(text: str) -> str:
    """The text with its telephone numbers as `tel:` links; amounts, standards and document numbers are none."""
    return _TELEPHONE.sub(_link, text)


def cited(text: str, answer: str, spoken: Callable[..., str]) -> str:
    """The text with each [n] as a link to source n of an answer; `spoken(number=n)` is what is read aloud for it: 出处1."""
    return _MARK.sub(lambda found: _mark(int(found[1]), answer, spoken), text)


def source_id(answer: str, number: int) -> str:
    """The HTML id of a source, unique on a page of many answers."""
    return f"source-{escape(answer)}-{number}"


def _link(found: re.Match[str]) -> str:
    number = found[0]
    around = found.string[max(0, found.start() - _AROUND) : found.start()] + found.string[found.end() :][:_AROUND]
    if _CUED.fullmatch(number) and not _CUE.search(around):
        return number
    return f'<a class="tel" href="tel:{re.sub(r"[^0-9]", "", number)}">{number}</a>'


def _mark(number: int, answer: str, spoken: Callable[..., str]) -> str:
    said = escape(spoken(number=number))
    return f'<a class="cite" href="#{source_id(answer, number)}" aria-label="{said}">[{number}]</a>'
