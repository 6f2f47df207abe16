"""Single signs of whether a statement answers a need: its aspect, its values, the things it names, special topics."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from bot.conversation import Need
from bot.evidence.lacking import HOW_MANY
from corpus.document import Passage
from corpus.fact import SUBSIDY, Fact
from corpus.figures import KINDS, forms, is_money, is_share, plain_text
from corpus.naming import LISTS
from corpus.terms import Terms

VERDICT, DATE = "verdict", "date"
SHORT_NAME = 2
"""Characters by which the end of a thing's name is known."""


@lru_cache(maxsize=16384)
def _kinds_of(value: str) -> frozenset[str]:
    return frozenset(kind for kind, is_of in KINDS.items() if is_of(value))


def _has(want: str, fact: Fact) -> bool:
    """Whether a row has a value of a kind."""
    if want == VERDICT:
        return fact.verdict is not None
    since = fact.validity.since if want == DATE else None
    return any(want in _kinds_of(value) for value in (*fact.values.values(), since or ""))


_NUMBERED = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,6}(?![\d元万])")
"""Numbers of standards: four to six digits that are no year and no money."""
_CLAUSE = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.\d{1,2}(?![\d.])")
"""Numbers of a standard's clauses: 8.5.2 is not 5.2."""
_LETTERED = re.compile(r"(?<![a-z])[a-z]{2,}(?![a-z])")
"""Names in letters (ce, fsc): a certificate of another name is another certificate."""

_LEVEL = re.compile("[一二三四五][钻星]|[甲乙丙]级")
_SET_APART = (
    ("一般纳税人", "小规模纳税人"), ("个税|个人所得税", "企业所得税", "增值税"), ("小餐饮", "经营许可"), ("第一阶段", "第二阶段"),
)  # fmt: skip
"""Kinds that rules set apart, each by its names: a rate for one, the term of one paper, is none for the other (the tax laws; 浙江省食品小作坊小餐饮店小食杂店和食品摊贩管理规定)."""
_YEARS = re.compile(r"20\d\d(?=年)")
_FREE = re.compile("[费钱]")
_COUNTED = re.compile(r"(?:几|多少)个?([级家张种类项条章步户人批件天层])")
"""What is counted: 分几级, 多少家."""


def fits(need: Need, passage: Passage, facts: Iterable[Fact], terms: Terms) -> float:
    """Whether a statement is about the aspect asked for: 1 if its heading says so, 0.5 if kind and values do, else 0."""
    if not need.aspect or passage.aspect == need.aspect:
        return 1.0
    aspect = terms.aspects[need.aspect]
    facts = tuple(facts)
    of_kind = any(fact.kind in aspect.kinds for fact in facts)
    return 0.5 if of_kind and aspect.wants and holds_wanted(need, facts, terms) else 0.0


def is_list_asked(need: Need, text: str) -> bool:
    """Whether papers or steps are asked for and no figure of them, and a statement lists things."""
    return need.aspect in LISTS and not need.wants and "\n" in text


def holds_wanted(need: Need, facts: Iterable[Fact], terms: Terms) -> float:
    """Share of the kinds of value wanted that a row has: those of the question's words, else those of the aspect (any one)."""
    facts = _of_money_asked(need, facts, terms)
    if need.wants:
        return sum(_holds(want, need.text, facts) for want in need.wants) / len(need.wants)
    wants = terms.aspects[need.aspect].wants if need.aspect else ()
    return float(any(_has(want, fact) for fact in facts for want in wants))


def pays_instead(need: Need, facts: Sequence[Fact], terms: Terms) -> bool:
    """Whether a statement tells what the government pays where a price or a fine is asked for."""
    return bool(facts) and not _of_money_asked(need, facts, terms)


def pays_for_another_thing(need: Need, passage: Passage, facts: Sequence[Fact]) -> bool:
    """Whether a statement tells what the government pays for a thing that its heading names (补贴：民宿管家) and nobody asks about: within its
    subject that is another matter. A thing may be called by its end alone (管家)."""
    asked = f"{need.text} {' '.join(need.objects)}"
    things = [thing for fact in facts if fact.kind == SUBSIDY for thing in fact.objects if thing in passage.heading]
    return bool(things) and not any(thing[-SHORT_NAME:] in asked for thing in things)


def has_all_wanted(need: Need, found: Collection[str]) -> bool:
    """Whether there is a figure of each kind that a question's words ask for among the forms `found`."""
    return all(any(map(KINDS[want], found)) for want in need.wants if want in KINDS)


def is_of_another_level(need: Need, around: str) -> bool:
    """Whether one level of a row is asked about, and a statement with its heading names others of the row alone, or none where it is asked how
    many there are of it (四钻有几家)."""
    asked = _levels(need.text)
    rows = {level[-1] for level in asked}
    told = {level for level in _levels(around) if level[-1] in rows} if asked else set()
    return bool(asked) and asked.isdisjoint(told) and bool(told or HOW_MANY.search(need.text))


def is_of_another_kind(need: Need, around: str) -> bool:
    """Whether one of two kinds that a rule sets apart is asked about (一般纳税人), and a statement speaks of the other alone."""
    for kinds in _SET_APART:
        asked = {kind for kind in kinds if re.search(kind, need.text)}
        told = {kind for kind in kinds if re.search(kind, around)} if asked else set()
        if told and asked.isdisjoint(told):
            return True
    return False


def _levels(text: str) -> frozenset[str]:
    return frozenset(_LEVEL.findall(text))


def is_of_another_year(need: Need, text: str) -> bool:
    """Whether it is asked how many there were in a year, and a statement tells of others, later ones among them."""
    day = (need.day if need.then else need.year) if "count" in need.wants else ""
    years = _YEARS.findall(text) if day else []
    return bool(years) and max(years) > day[:4] and day[:4] not in years


def lacks_figures(need: Need, text: str) -> float:
    """Share of the kinds of value that a question's words ask for of which a text has no figure."""
    wants = [want for want in need.wants if want in KINDS]
    return sum(want not in _kinds_in(text) for want in wants) / len(wants) if wants else 0.0


def lacks_all(kinds: Sequence[str], text: str) -> bool:
    """Whether there are kinds of figures, and a text has one of none of them."""
    known = [kind for kind in kinds if kind in KINDS]
    return bool(known) and not any(kind in _kinds_in(text) for kind in known)


@lru_cache(maxsize=8192)
def _kinds_in(text: str) -> frozenset[str]:
    return frozenset(kind for form in forms(text) for kind, is_of in KINDS.items() if is_of(form))


def lacks_amount(need: Need, text: str, is_price: bool = False) -> bool:
    """Whether a statement names no amount, of money or of percent, where a question's words ask for one. A share is no price."""
    return "money" in need.wants and not (_names_money(text) if is_price else _names_amount(text))


def lacks_price(text: str) -> bool:
    """Whether a text names no money and does not say either that there is none to pay."""
    return not _names_money(text) and not _FREE.search(text)


@lru_cache(maxsize=8192)
def _names_money(text: str) -> bool:
    return any(map(is_money, forms(text)))


@lru_cache(maxsize=8192)
def _names_amount(text: str) -> bool:
    return any(is_money(form) or is_share(form) for form in forms(text))


def _of_money_asked(need: Need, facts: Iterable[Fact], terms: Terms) -> tuple[Fact, ...]:
    """Without subsidies where a price or a fine is asked for: what the government pays is neither."""
    aspect = terms.aspects.get(need.aspect)
    owed = aspect is not None and "money" in aspect.wants and SUBSIDY not in aspect.kinds
    return tuple(fact for fact in facts if not (owed and fact.kind == SUBSIDY))


def _holds(want: str, asked: str, facts: tuple[Fact, ...]) -> float:
    """1 if a row has a value of the kind wanted; half that for a count of other things (几级 asks for levels, not for sheets)."""
    if not any(_has(want, fact) for fact in facts):
        return 0.0
    counted = _COUNTED.findall(asked) if want == "count" else []
    values = [value for fact in facts for value in fact.values.values()]
    return 1.0 if not counted or any(value.endswith(unit) for value in values for unit in counted) else 0.5


def names_object(need: Need, text: str, facts: Iterable[Fact]) -> bool:
    """Whether the statement is about a thing that the need names."""
    if not need.objects:
        return False
    named = {name.lower() for fact in facts for name in fact.objects}
    plain = plain_text(text).lower()
    return any(thing in named or thing in plain for thing in need.objects)


def is_stranger(left: str, around: str) -> bool:
    """Whether what is left of a question names a standard's number or a name in letters that stands nowhere around a statement."""
    names = _proper(left)
    return bool(names) and any(name not in around.lower() for name in names)


@lru_cache(maxsize=512)
def _proper(left: str) -> tuple[str, ...]:
    return (*_NUMBERED.findall(left), *_CLAUSE.findall(left), *_LETTERED.findall(left.lower()))


def wants_value(need: Need, terms: Terms) -> bool:
    """Whether a kind of value is asked for, by the question's words or by its aspect."""
    return bool(need.wants or (need.aspect and terms.aspects[need.aspect].wants))


def asks_money(need: Need, terms: Terms) -> bool:
    """Whether money is asked for, by words or aspect."""
    return "money" in need.wants or bool(need.aspect and "money" in terms.aspects[need.aspect].wants)
