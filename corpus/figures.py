"""Quantities and dates in Chinese text, each in one form: 20万元 = 200,000元 = 二十万元 = `200000元`.

The forms are those of `facts/FORMAT.md`, so that a figure in a sentence and a value in a row are compared as strings.
Does not judge what a figure means, nor find figures without a unit.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "伍": 5}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALE = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_UNITS = {
    "元": "元", "块钱": "元", "块": "元", "人民币": "元", "w": "元",
    "个工作日": "工作日", "工作日": "工作日", "个月": "月", "周年": "年", "年": "年", "天": "天", "日": "天",
    "个小时": "小时", "小时": "小时", "分钟": "分钟", "周": "周", "星期": "周",
    "%": "%", "％": "%", "个百分点": "百分点", "百分点": "百分点", "折": "折",
    "分": "分", "倍": "倍", "毫米": "毫米", "厘米": "厘米", "°C": "℃", "℃": "℃", "度": "℃", "V": "V", "伏": "V",
    "平方米": "平方米", "米": "米",
    "yuan": "元", "working days": "工作日", "working day": "工作日", "years": "年", "year": "年", "months": "月", "month": "月",
    "days": "天", "day": "天", "hours": "小时", "hour": "小时", "points": "分", "percent": "%",
}  # fmt: skip
_COUNTERS = "岁 人次 人 家 张 种 类 项 个 次 件 条 章 级 期 号 套 款 台 座 间 层 页 步 户 名 位 批 门 课时 学时 点 方面 部门 床".split()
_UNIT = "|".join(sorted([*_UNITS, *_COUNTERS], key=len, reverse=True)).replace("条", "条(?!款)")
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = "[零〇一二两三四五六七八九十百千壹贰叁伍]+"
_VAGUE = "余|多|来|几"
_BEFORE = "零〇一二两三四五六七八九十百千壹贰叁伍"  # 第五十三条: a number does not begin within another
_NUMBER = rf"(?:(?P<arabic>{_ARABIC})|(?P<han>{_HAN}))\s*(?P<vague1>{_VAGUE})?(?P<scale>[万亿]+)?(?:{_VAGUE})?"
_QUANTITY = re.compile(
    rf"(?<![\d.A-Za-z第年月—{_BEFORE}-]){_NUMBER}\s*(?P<unit>{_UNIT})(?P<per>\s*[/每]\s*(?:人日|年|月|天|张|家|次))?"
)
_LISTED = re.compile(  # numbers that take the unit of the one after them: 5至20万元, 8、15、30毫米
    rf"(?<![\d.A-Za-z第])(?P<first>{_ARABIC}|{_HAN})(?P<scale>[万亿]?)\s*(?:至|到|、|~|～|-|–|—|或)\s*(?={_ARABIC}|{_HAN})"
)
_CNY = re.compile(r"(?:CNY|RMB|¥)\s*(?P<number>" + _ARABIC + r")(?P<scale>[万亿]?)")
_PERCENT = re.compile(rf"百分之(?P<number>{_ARABIC}|{_HAN})(?:点(?P<decimals>[零〇一二三四五六七八九]+))?")
_BARE_MONEY = re.compile(rf"(?<![\d.A-Za-z第])(?P<number>{_ARABIC}|{_HAN})(?P<scale>[万亿]+)(?![余多]?(?:{_UNIT}|\d))")
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:年|[-/.](?=\d))\s*(?:(?P<month>1[0-2]|0?[1-9])\s*(?:月份?|[-/.](?=\d))\s*(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]?(?!\d))?)?"
)
_MONTH_DAY = re.compile(r"(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])[日号]")
_YEARS = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?=(?:—|-|–|至|到|、|和)(?:19|20)\d\d年)")
_TITLE = re.compile(r"《[^》]*》")
_DOCUMENT_NUMBER = re.compile(
    r"[A-Z]{2}[A-Z0-9]*(?:/[A-Z]+)?[\s-]*[A-Z]?\d[\d.\-]*(?:\s*[—:-]\s*(?:19|20)\d\d)?(?:至\d[\d.]*)?"  # GB/T 33761—2024, GB 6675.1至6675.4
    r"|〔\d{4}〕\s*\d+\s*号|\d{4}年第\d+号|第\s*\d+\s*号(?:令|公告)?|令第\d+号|(?:ISO|IEC)\s*\d+"
    r"|(?<=[（、至])0\d{3}(?=[）、至起])|（0\d{3}(?:[、至]0\d{3})*[^）]*）|代码0\d{3}|(?<=——)\d{4}(?=版)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity or date found in a text: its one form and where it stands (`text[start:end]` of the NFKC form)."""

    form: str
    start: int
    end: int


def figures(text: str) -> tuple[Figure, ...]:
    """All quantities and dates of `text`, left to right. Those inside document numbers and titles, and ordinals, are none."""
    untitled = _blank(_TITLE, plain_text(text))
    found = [
        Figure(_form(_value(m["number"], m["scale"]), "元", None), m.start(), m.end()) for m in _CNY.finditer(untitled)
    ]
    plain = _blank(_DOCUMENT_NUMBER, _blank(_CNY, untitled))
    for pattern, form in ((_YEARS, _date), (_DATE, _date), (_MONTH_DAY, _date), (_PERCENT, _percent)):
        found += [Figure(form(match), match.start(), match.end()) for match in pattern.finditer(plain)]
        plain = _blank(pattern, plain)
    found += _quantities(plain)
    return tuple(sorted(found, key=lambda figure: figure.start))


def forms(text: str) -> frozenset[str]:
    """The forms of all figures of `text`."""
    return frozenset(figure.form for figure in figures(text))


def document_numbers(text: str) -> tuple[str, ...]:
    """Numbers of standards and documents: GB/T 33761—2024, 〔2024〕12号."""
    return tuple(match[0] for match in _DOCUMENT_NUMBER.finditer(_blank(_CNY, plain_text(text))))


def same(form: str, other: str) -> bool:
    """Whether two forms agree: equal, or one is a date that the other makes more precise (2025-08 and 2025-08-15)."""
    if form == other:
        return True
    if form.startswith("--") or other.startswith("--"):
        return is_date(form) and is_date(other) and form.lstrip("-")[-5:] == other.lstrip("-")[-5:]
    return is_date(form) and is_date(other) and (form.startswith(other) or other.startswith(form))


def is_date(form: str) -> bool:
    """Whether a form is a date: YYYY, YYYY-MM, YYYY-MM-DD or, without a year, --MM-DD."""
    return re.fullmatch(r"(?:(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)|--\d\d-\d\d", form) is not None


def is_money(form: str) -> bool:
    """Whether a form is an amount of money, per something or not."""
    return "元" in form


def is_duration(form: str) -> bool:
    """Whether a form is a length of time."""
    return re.fullmatch(r"[\d.]+(?:年|月|天|工作日|小时|分钟)", form) is not None


def is_share(form: str) -> bool:
    """Whether a form is a share: 0.15."""
    return re.fullmatch(r"0\.\d+|1", form) is not None


def is_score(form: str) -> bool:
    """Whether a form is a score."""
    return form.endswith("分")


def is_count(form: str) -> bool:
    """Whether a form counts things: 50家, 12类."""
    return form.lstrip("0123456789.") in _COUNTERS


KINDS: Mapping[str, Callable[[str], bool]] = {
    "money": is_money, "duration": is_duration, "date": is_date, "count": is_count,
    "score": lambda form: is_score(form) or is_share(form) or form.endswith("百分点"),
}  # fmt: skip
"""Kinds of value that a question may want, and the forms that are of them."""


def plain_text(text: str) -> str:
    """NFKC with the long dashes kept: full-width digits and letters become ordinary ones."""
    return unicodedata.normalize("NFKC", text)


def _quantities(plain: str) -> list[Figure]:
    found = []
    for match in _QUANTITY.finditer(plain):
        number, unit = _number(match), match["unit"]
        if _is_article(match):
            continue
        found.append(Figure(_form(number, unit, match["per"]), match.start(), match.end()))
        found += _listed_before(plain, match)
    return found + _bare_money(plain)


def _listed_before(plain: str, match: re.Match[str]) -> list[Figure]:
    """The earlier numbers of a range or list, which take this quantity's unit: 4至6周, 8、15、30毫米."""
    found, end = [], match.start()
    while before := next((m for m in _LISTED.finditer(plain, max(0, end - 14), match.end()) if m.end() == end), None):
        # 5至20万元 is fifty thousand to two hundred thousand: the scale is shared where the first has none of its own and is
        # the smaller number; 5000至5万元 is no fifty million
        smaller = _value(before["first"], "") < _value(match["arabic"] or match["han"], "")
        scale = before["scale"] or (match["scale"] or "" if smaller else "")
        found.append(Figure(_form(_value(before["first"], scale), match["unit"], match["per"]), before.start(), end))
        end = before.start()
    return found


def _bare_money(plain: str) -> list[Figure]:
    """20万, said of money without 元. Only whole scales: 20万 is money to an owner, 20 is nothing."""
    return [
        Figure(_form(_value(m["number"], m["scale"]), "元", None), m.start(), m.end())
        for m in _BARE_MONEY.finditer(plain)
    ]


def _is_article(match: re.Match[str]) -> bool:
    """一种, 一家, 十分, 两块, 三元: words, not quantities."""
    han, unit = match["han"], match["unit"]
    if not han or match["scale"]:
        return False
    return (
        (han == "一" and unit != "年")
        or (han == "十" and unit == "分")
        or (len(han) == 1 and unit in ("元", "块", "点", "度"))
    )


def _number(match: re.Match[str]) -> Decimal:
    return _value(match["arabic"] or match["han"], match["scale"] or "")


def _value(digits: str, scale: str) -> Decimal:
    value = _from_han(digits) if digits[0] not in "0123456789" else Decimal(digits.replace(",", ""))
    for character in scale:
        value *= _SCALE[character]
    return value


def _from_han(digits: str) -> Decimal:
    """二十五 -> 25, 一百二 is not used in documents; 二〇二五 is read digit by digit."""
    if not any(c in _TENS for c in digits):
        return Decimal("".join(str(_DIGITS[c]) for c in digits))
    total, digit = 0, 0
    for character in digits:
        if character in _TENS:
            total, digit = total + (digit or 1) * _TENS[character], 0
        else:
            digit = _DIGITS[character]
    return Decimal(total + digit)


def _form(number: Decimal, unit: str, per: str | None) -> str:
    unit = _UNITS.get(unit, unit)
    if unit == "%":
        return _plain(number / 100)
    if unit == "折":
        return _plain(number / (10 if number < 10 else 100))
    if unit == "周":
        number, unit = number * 7, "天"
    if unit == "月" and number % 12 == 0:
        number, unit = number / 12, "年"
    return _plain(number) + unit + (re.sub(r"\s*[/每]\s*", "/", per) if per else "")


def _percent(match: re.Match[str]) -> str:
    decimals = "".join(str(_DIGITS[digit]) for digit in match["decimals"] or "")
    return _plain((_value(match["number"], "") + Decimal(f"0.{decimals or 0}")) / 100)


def _date(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = parts.get("year") or "-"
    return "-".join([year, *(part.zfill(2) for part in (parts.get("month"), parts.get("day")) if part)])


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)
