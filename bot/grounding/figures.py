"""Every number of a sentence stands in what it cites: amounts, units, dates, shares, ordinals, bare numbers.

Forms are those of corpus/figures.py. Does not judge which figure belongs to which thing; that is subjects.py.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.figures import Figure, figures, is_count, is_date, plain_text

_HAN = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)*")
_ORDINAL = re.compile(r"第([零〇一二两三四五六七八九十百\d]+)(?=[条款章号批届期版档类])")
_SMALL = re.compile(r"([三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?)(?=[步道关项件样点端栏条大块环])")
_FRACTION = re.compile(r"([一二两三四五六七八九十\d]+)分之([一二两三四五六七八九十\d]+)")
_ONE = re.compile(r"(?<![之统第])一(?:个)?(月|天|周|小时|工作日|季度|倍)(?!内地)")
_HALF = re.compile(r"半(年|个月)|(?<![\d一二两三四五六七八九十])(一)年半|两年半")
_EITHER = re.compile(r"([两二三四五六七八])([三四五六七八九])(?=[家户个名位人种类项款门条样次回张份本年月天周])")
_BOTH = re.compile(r"[和与及、].{0,12}两(?=[个项种类者边样方])|两[者边方]")
_PERIODS = {"1年": "年", "1月": "月", "1天": "[天日]", "7天": "周"}
_ALIKE = ("家户个名位人", "种类项个款门条样档", "次回趟个", "张份本个", "级档个", "间个", "人次", "步个")
"""Counters that one may use for another: 5家, 5户, 5个."""
_TIMES = {("24小时", "1天"), ("48小时", "2天"), ("72小时", "3天")}


def unvouched(text: str, known: Iterable[str], around: str) -> Iterator[str]:
    """The numbers of `text` that neither the forms `known` nor the words `around` have."""
    plain = _BOTH.sub(lambda match: match[0].replace("两", " "), _EITHER.sub(r"\1至\2", plain_text(text)))
    there, known = plain_text(around), frozenset(known)
    found, years = figures(plain), frozenset(re.findall(r"(?<=[(（—–-])(?:19|20)\d\d(?=[)）—–-])", there))
    yield from (f.form for f in found if not stands(f.form, known | years) and not _is_period(f, plain, there))
    yield from _bare(plain, found, f"{there} {' '.join(known)}")
    yield from (m[0] for m in _ORDINAL.finditer(plain) if _value(m[1]) not in _values(there) and not (_value(m[1]) == "1" and "首" in there))
    yield from (m[0] for m in _ONE.finditer(plain) if not _one_stands(m[1], known, there))
    yield from (m[0] for m in _FRACTION.finditer(plain) if not _fraction_stands(m, there))
    if any(m[0] not in there and not _half_stands(m[0], known) for m in _HALF.finditer(plain)):
        yield "半"


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
    return any(_agree(number, unit, *_split(other)) or (form, other) in _TIMES or (other, form) in _TIMES for other in known)


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
    return number == other and unit != "" and its != "" and (counted or any(unit in kind and its in kind for kind in _ALIKE))


def _split(form: str) -> tuple[str, str]:
    unit = form.lstrip("0123456789.")
    return form[: len(form) - len(unit)], unit


def _one_stands(unit: str, known: frozenset[str], there: str) -> bool:
    forms_of_one = {"周": "7天", "季度": "3月"}
    said = "[天日]" if unit == "天" else unit
    return (
        forms_of_one.get(unit, f"1{unit}") in known
        or re.search(rf"(?:每|/|按|一|1)\s*个?(?:人)?{said}|(?<![\d一二三四五六七八九十个])月(?=[销营收均度])", there) is not None
    )


def _fraction_stands(match: re.Match[str], there: str) -> bool:
    below, above = _value(match[1]), _value(match[2])
    return match[0] in there or f"{above}/{below}" in there or any(
        (_value(m[1]), _value(m[2])) == (below, above) for m in _FRACTION.finditer(there)
    )


def _is_period(figure: Figure, plain: str, there: str) -> bool:
    """一年一次 is 每年一次."""
    form, said = figure.form, plain[figure.start]
    return said == "一" and form in _PERIODS and re.search(rf"(?:每|/|按|逐){_PERIODS[form]}|年[度底终]", there) is not None


def _half_stands(said: str, known: frozenset[str]) -> bool:
    same = {"半年": ("6月",), "半个月": ("15天",), "一年半": ("18月", "1.5年"), "两年半": ("30月", "2.5年")}
    return any(form in known for form in same[said])


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


