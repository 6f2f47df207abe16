"""Every number of a sentence stands in what it cites: amounts, units, dates, shares, ordinals, bare numbers.

Forms are those of corpus/figures.py. Does not judge which figure belongs to which thing; that is subjects.py.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.figures import Figure, figures, is_count, is_date, plain_text

_HAN = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)*(?!\d|[Cc](?![a-z]))")
_ORDINAL = re.compile(r"第([零〇一二两三四五六七八九十百\d]+)(?=[条款章号批届期版档类])")
_SMALL = re.compile(r"([三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?)(?=[步道关项件样点端栏条大块环])")
_FRACTION = re.compile(r"([一二两三四五六七八九十\d]+)分之([一二两三四五六七八九十\d]+)")
_SECTION = re.compile(r"(?<![\d.])(\d+(?:\.\d+)+)条(?!款)")
"""The number of a section, 5.2条: no count of things."""
_PART_OF = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])")
_ONE = re.compile(r"(?<![之统第])一(?:个)?(月|天|周|小时|工作日|季度|倍)(?!内地)")
_YEAR_AND_HALF, _HALF_YEAR = re.compile(r"([一两二三四五])年半"), re.compile(r"半年(?!度|报)")
_EITHER = re.compile(r"([两二三四五六七八])([三四五六七八九])(?=[家户个名位人种类项款门条样次回张份本年月天周])")
_BOTH = re.compile(r"[和与及、].{0,12}两(?=[个项种类者边样方])|两[者边方]")
_TENTHS, _HALVES = re.compile(r"([一二两三四五六七八九])成(?![为立果员本都就])"), re.compile("一半|半数")
_THOUSAND, _SHORT_YEAR = (
    re.compile(r"(?<![\d.])(\d)千(?=[元多人家])"),
    re.compile(r"(?<![\d.])(2\d)年(?=[底初末]|\d{1,2}月)"),
)
_MONTH = re.compile(r"(?<=年)([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?")
_CALENDAR = re.compile(r"自然(?=[年月日天周])|日历(?=[年月日天周])")
"""What tells a calendar month from another: left out as often as said."""
_BY_ALL_MEANS = re.compile(r"(?<!\d)千万(?=别|不|要|勿|记|小心|注意)")
_THINGS = ("个", "类", "种", "项", "条", "步", "点", "方面")
_RUN, _ITEM = re.compile(r"[^、，。；：\s]{1,14}(?:[、和及与][^、，。；：\s和及与]{1,14})+"), re.compile("[、和及与]")
_PERIODS = {"1年": "年", "1月": "月", "1天": "[天日]", "7天": "周"}
_ALIKE = ("家户个名位人", "种类项个款门条样档", "次回趟个", "张份本个", "级档个", "间个", "人次", "步个")
"""Counters that one may use for another: 5家, 5户, 5个."""
_TIMES = {("24小时", "1天"), ("48小时", "2天"), ("72小时", "3天")}


def unvouched(text: str, known: Iterable[str], around: str) -> Iterator[str]:
    """The numbers of `text` that neither the forms `known` nor the words `around` have."""
    plain = _BOTH.sub(lambda match: match[0].replace("两", " "), _EITHER.sub(r"\1至\2", written(plain_text(text))))
    there, known = written(plain_text(around)), frozenset(known)
    found, years = figures(plain), frozenset(re.findall(r"(?<=[(（—–-])(?:19|20)\d\d(?=[)）—–-])", there))
    yield from (f.form for f in found if not stands(f.form, known | years) and not _is_said(f, plain, there))
    yield from _bare(plain, found, f"{there} {' '.join(known)}")
    yield from (
        m[0]
        for m in _ORDINAL.finditer(plain)
        if _value(m[1]) not in _values(there) and not (_value(m[1]) == "1" and "首" in there)
    )
    yield from (m[0] for m in _ONE.finditer(plain) if not _one_stands(m[1], known, there))
    yield from (m[0] for m in _PART_OF.finditer(plain) if m[0] not in there)


def stands(form: str, known: frozenset[str]) -> bool:
    """Whether a form is among those known: itself, a date that a known one makes more precise (never the other way), the same
    count with another counter."""
    if form in known:
        return True
    if is_date(form):
        return _date_stands(form, known)
    number, unit = _split(form)
    if any(other.startswith(f"{form}/") for other in known):  # 5000元/人日: what it is paid for may be said apart
        return True
    return any(
        _agree(number, unit, *_split(other)) or (form, other) in _TIMES or (other, form) in _TIMES for other in known
    )


def written(plain: str) -> str:
    """A text with what people write their own way as it is read here: 三分之一 1/3, 三成 30%, 一半 50%, 5千元 5000元, 八月 8月, 25年底 2025年底."""
    plain = _SECTION.sub(r"\1", _CALENDAR.sub("", _BY_ALL_MEANS.sub("", plain)))
    plain = _FRACTION.sub(lambda m: f"{_value(m[2])}/{_value(m[1])}", plain)
    plain = _YEAR_AND_HALF.sub(lambda m: f"{12 * _HAN[m[1]] + 6}个月", plain)
    plain = (
        _HALF_YEAR.sub("6个月", plain)
        .replace("半个月", "15天")
        .replace("半小时", "30分钟")
        .replace("半个小时", "30分钟")
    )
    plain = _TENTHS.sub(lambda m: f"{_HAN[m[1]]}0%", _HALVES.sub("50%", plain))
    plain = _THOUSAND.sub(r"\g<1>000", _SHORT_YEAR.sub(r"20\1年", plain))
    return _MONTH.sub(lambda m: f"{_value(m[1])}月" + (f"{_value(m[2])}日" if m[2] else ""), plain)


def numbers(text: str) -> frozenset[str]:
    """All runs of Arabic digits of a text, without thousands commas; those of section numbers (8.5.1) whole."""
    return frozenset(match[0].replace(",", "") for match in _NUMBER.finditer(plain_text(text)))


def _bare(plain: str, found: Iterable[Figure], there: str) -> Iterator[str]:
    """Numbers without a unit: those outside figures, and small Chinese ones before what is counted (五步, 七项)."""
    rest = plain
    for figure in found:
        rest = rest[: figure.start] + " " * (figure.end - figure.start) + rest[figure.end :]
    vouched = _values(there) | numbers(there) | {part for number in numbers(there) for part in number.split(".")}
    yield from (number for number in numbers(rest) if number not in vouched)
    yield from (m[0] for m in _SMALL.finditer(rest) if _value(m[1]) not in vouched)


def _values(there: str) -> frozenset[str]:
    """All whole numbers of a text, in whatever digits."""
    return frozenset(map(_value, re.findall(r"[零〇一二两三四五六七八九十百]+|\d+", there)))


def _date_stands(form: str, known: frozenset[str]) -> bool:
    dates = [other for other in known if is_date(other)]
    if any(other.startswith(form) for other in dates):
        return True
    if form.startswith("--"):
        return any(other.endswith(form[1:]) and len(other) > len(form) for other in dates)
    year, _, day = form.partition("-")
    return f"--{day}" in known and any(other.startswith(year) for other in dates)


def _agree(number: str, unit: str, other: str, its: str) -> bool:
    counted = "个" in (unit, its) and all(is_count(f"1{one}") for one in (unit, its))
    return (
        number == other
        and unit != ""
        and its != ""
        and (counted or any(unit in kind and its in kind for kind in _ALIKE))
    )


def _split(form: str) -> tuple[str, str]:
    unit = form.lstrip("0123456789.")
    return form[: len(form) - len(unit)], unit


def _one_stands(unit: str, known: frozenset[str], there: str) -> bool:
    forms_of_one = {"周": "7天", "季度": "3月"}
    said = "[天日]" if unit == "天" else unit
    return (
        stands(forms_of_one.get(unit, f"1{unit}"), known)
        or re.search(rf"(?:每|/|按|一|1)\s*个?(?:人)?{said}|(?<![\d一二三四五六七八九十个])月(?=[销营收均度])", there)
        is not None
    )


def _is_said(figure: Figure, plain: str, there: str) -> bool:
    """Whether a quantity in Chinese numerals stands there in another way: 一年 of 每年, 三类 of 三大类, 三个 of three things listed."""
    said, (number, unit) = plain[figure.start], _split(figure.form)
    if said == "一" and figure.form in _PERIODS:
        return re.search(rf"(?:每|/|按|逐){_PERIODS[figure.form]}|年[度底终营均应销]", there) is not None
    if figure.form == "3月" and "季度" in there:
        return True
    if said not in _HAN or unit not in _THINGS:
        return False
    return number in _values(there) or any(str(len(_ITEM.split(run[0]))) == number for run in _RUN.finditer(there))


def _value(digits: str) -> str:
    """The number that Chinese or Arabic digits write, up to hundreds."""
    if digits.isdigit():
        return str(int(digits))
    total, digit = 0, 0
    for character in digits:
        if character in "十百":
            total, digit = total + (digit or 1) * (10 if character == "十" else 100), 0
        elif character in _HAN:
            digit = digit * 10 + _HAN[character] if digit and not total else _HAN[character]
    return str(total + digit)
