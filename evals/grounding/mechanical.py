"""Mechanical errors made from sentences of the corpus: one figure, unit, date, share, document number or place changed, or a source
invented. A fixed seed, so that all who run it see the same."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from bot.conversation import Statement
from bot.grounding import vouched
from bot.grounding.figures import stands
from corpus.figures import document_numbers, forms, plain_text
from corpus.regions import Region, Regions, short_name
from corpus.split import sentences

EACH, SEED = 50, 20260923
_AMOUNT = re.compile(
    r"(?<![\d.〔第—–-])(\d+(?:\.\d+)?)(?=(?:万|亿)?元|家|张|人|间|项|种|分|平方米|个月|天|工作日|小时)"
)
_UNITS = {
    "万元": "元", "亿元": "万元", "元": "万元", "年": "个月", "个月": "年", "天": "小时", "日": "小时", "个工作日": "个月",
    "小时": "天", "分钟": "小时", "平方米": "亩", "周": "天", "倍": "%", "%": "倍", "分": "%",
}  # fmt: skip
_UNIT = re.compile(
    r"(?<![\d.月第〔—-])(\d{1,3}(?:\.\d+)?)(万元|亿元|元|个月|年(?![版度])|个工作日|小时|分钟|平方米|天|日|周|倍|%|分)"
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_SHARE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(?=%)")
_SOURCES = (
    "中国消费品质量协会", "国家认证技术研究院", "华东标准化促进会", "浙江省质量发展研究中心", "中华民宿产业联盟", "全国小微企业服务中心",
    "国务院发展研究中心", "世界认证组织", "中国质量万里行促进会", "商务部", "国家药品监督管理局", "新华社", "人民日报", "中国银行", "清华大学",
    "《中国认证年鉴》", "《认证机构管理白皮书》", "《小微企业质量报告》", "《浙江民宿发展蓝皮书》", "《绿色消费指南》",
)  # fmt: skip
_SAID = (
    "据{source}，{sentence}",
    "{source}规定，{sentence}",
    "按照{source}的说法，{sentence}",
    "{sentence}（来源：{source}）",
)


@dataclass(frozen=True, slots=True)
class Error:
    """A sentence of a statement with one thing wrong: what the check must strike."""

    kind: str
    statement: Statement
    text: str


def made(statements: Sequence[Statement], regions: Regions) -> Iterator[Error]:
    """EACH errors of each kind, in no statement twice of one kind."""
    names = _by_level(regions)
    makers: dict[str, Callable[[str, Statement, Random], str | None]] = {
        "figure": _figure, "unit": _unit, "date": _date, "share": _share, "document number": _number,
        "place": partial(_place, regions=regions, names=names), "source": _source,
    }  # fmt: skip
    for kind, make in makers.items():
        random, count = Random(f"{SEED} {kind}"), 0
        for statement in random.sample(statements, len(statements)):
            text = next(filter(None, (make(s, statement, random) for s in sentences(statement.text))), None)
            if text and count < EACH:
                count += 1
                yield Error(kind, statement, text)


def _figure(sentence: str, statement: Statement, random: Random) -> str | None:
    """Another number; never one that the statement has of something else, which would be a swap."""
    return _changed(_AMOUNT, sentence, statement, lambda m: _other(m[1], random), random)


def _unit(sentence: str, statement: Statement, random: Random) -> str | None:
    return _changed(_UNIT, sentence, statement, lambda m: m[1] + _UNITS[m[2]], random)


def _date(sentence: str, statement: Statement, random: Random) -> str | None:
    return _changed(_DATE, sentence, statement, lambda m: _another_day(m, random), random)


def _share(sentence: str, statement: Statement, random: Random) -> str | None:
    return _changed(_SHARE, sentence, statement, lambda m: _other(m[1], random), random)


def _changed(
    pattern: re.Pattern[str],
    sentence: str,
    statement: Statement,
    change: Callable[[re.Match[str]], str],
    random: Random,
) -> str | None:
    """The sentence with one match changed, if that makes a figure that nothing vouches for."""
    plain = plain_text(sentence)
    matches = [m for m in pattern.finditer(plain) if not _in_title(plain, m.start())]
    if not matches:
        return None
    match = random.choice(matches)
    text = plain[: match.start()] + change(match) + plain[match.end() :]
    known = vouched(statement)
    new = forms(text) - forms(plain)
    return text if new and not any(stands(form, known) for form in new) else None


def _other(number: str, random: Random) -> str:
    if "." in number:
        return f"{float(number) + random.choice((0.3, 1.2, 2.5)):g}"
    value = int(number)
    return str(
        random.choice(
            [v for v in (value * 2, value * 3, value + 1, value + 5, value * 10, value // 2) if v not in (value, 0)]
        )
    )


def _another_day(match: re.Match[str], random: Random) -> str:
    year, month, day = match.groups()
    part = random.choice([name for name, value in (("year", year), ("month", month), ("day", day)) if value])
    if part == "year":
        year = str(int(year) + random.choice((-2, -1, 1, 2)))
    elif part == "month":
        month = str(int(month) % 12 + 1)
    else:
        day = str(int(day) % 27 + 1)
    return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")


def _in_title(text: str, place: int) -> bool:
    return text.rfind("《", 0, place) > text.rfind("》", 0, place)


def _number(sentence: str, statement: Statement, random: Random) -> str | None:
    numbers = document_numbers(sentence)
    if not numbers:
        return None
    number = random.choice(numbers)
    digit = random.choice(list(re.finditer(r"\d", number)))
    wrong = number[: digit.start()] + str((int(digit[0]) + random.randint(1, 9)) % 10) + number[digit.end() :]
    around = plain_text(f"{statement.passage.text} {statement.passage.title} {statement.passage.source.number}")
    return None if wrong in around else plain_text(sentence).replace(number, wrong, 1)


def _by_level(regions: Regions) -> dict[int, list[Region]]:
    levels: dict[int, list[Region]] = {1: [], 2: [], 3: []}
    for region in regions.divisions:
        if region.level and len(short_name(region.name)) > 1:
            levels[region.level].append(region)
    return levels


def _place(
    sentence: str, statement: Statement, random: Random, regions: Regions, names: dict[int, list[Region]]
) -> str | None:
    """Another place of the same level, named in full or shortly as the one it replaces."""
    mentions = [m for m in regions.mentions(sentence) if m.region and m.region.level in names]
    if not mentions:
        return None
    mention = random.choice(mentions)
    assert mention.region
    other = random.choice(names[mention.region.level])
    said = sentence[mention.start : mention.end]
    wrong = other.name if said.endswith(("省", "市", "县", "区")) else short_name(other.name)
    if wrong in statement.passage.text or not any(m.region == other for m in regions.mentions(wrong)):
        return None
    return sentence[: mention.start] + wrong + sentence[mention.end :]


def _source(sentence: str, statement: Statement, random: Random) -> str | None:
    source = random.choice(_SOURCES)
    if source.strip("《》") in f"{statement.passage.text} {statement.passage.source}":
        return None
    return random.choice(_SAID).format(source=source, sentence=sentence.rstrip("。；"))
