"""A condition on which an amount or a duty depends is not left out: 首次, 满3年, 逾期不改的, 经同意, at most."""

import re
from collections.abc import Iterator

from bot.grounding.clauses import Clause, Origin, canonical, content, grams, origins, share
from corpus.figures import figures, forms, is_count, is_date, is_duration, is_money, is_share, same

_HARD = ("首次", "再次", "新认定", "新获", "拒不", "逾期", "情节", "严重", "轻微", "优秀", "规上", "限上", "明显", "小微")
_CLOSES = re.compile(r"(?:的|的话|时|后|前|之后|之前|之日起|以后|之外|以外)$")
_LEAVE = re.compile(r"^经.{1,12}?(?:同意|批准|许可|审核|审查|评审|认可)")
_OPENS = re.compile(r"^.{0,4}?(?:为(?=保护|了|防)|如果|若|只要|只有|凡|除非|除了|遇到|一旦|没有|没|经|须|仅|限|前提|因|由于)|^在.{1,12}情况下")
_INNER = re.compile(
    r"^(.{2,30}?)(?:的|后)(?=免|企业|单位|组织|主体|个人|机构|民宿|产品|一次性|罚|处|奖|补|给|不|可|能|要|应|须|由|也|都|当年|当场|必|最|加|再|另|按|先)"
)
_RESULT = re.compile(r"元|罚|奖|补|可以|能|不得|必须|要|应|不予|免|加|当场|\d")
_BEFORE = re.compile(r"(最高|最低|大约|约|近|超过|不到|满|过|足)[^，,。；;：:最约]{0,10}$")
_AFTER = re.compile(r"^(?:以?内|最高|最低|里|之内|大约|到|至|—|-|~)")
_KEPT, _TAIL, _TAIL_KEPT, _TAKEN = 0.4, 6, 0.2, 0.8
_BOUNDS = {
    **dict.fromkeys(("最高", "内", "以内", "里", "之内", "不到"), "cap"),
    **dict.fromkeys(("最低", "超过", "满", "过", "足"), "floor"),
    **dict.fromkeys(("大约", "约", "近"), "about"),
    **dict.fromkeys(("到", "至", "—", "-", "~"), "range"),
}
_LIST = re.compile(r"^[^，,。；;：:]{0,4}、\s*$")
_LIMITS = (is_money, is_duration, is_share, is_count)


def dropped(text: str, said: str, asked: str = "") -> Iterator[str]:
    """The conditions of what `text` takes from `said` that it leaves out."""
    own = canonical(f"{text} {asked}")
    known = forms(own)
    for origin in origins(text, said):
        yield from (condition for condition in _conditions(origin) if _is_lost(condition, own, known))
        yield from (form for form in _thresholds(origin.clause) if not any(same(form, other) for other in known))
    yield from _unbound(canonical(text), canonical(said))


def _thresholds(part: Clause) -> Iterator[str]:
    """Lengths of time that must have passed."""
    return (form for form, bound in _bounds(part.text) if bound == "floor" and is_duration(form))


def _conditions(origin: Origin) -> Iterator[str]:
    """On what a clause depends: hard words of its own; where it states a result, what narrows it within and the clauses right
    before it that close or open as conditions; what narrows other results of the sentence that the claim's clause takes in."""
    part = origin.clause
    yield from (word for word in _HARD if word in part.text)
    for other in origin.sentence:
        inner = _INNER.match(other.text) or _LEAVE.match(other.text)
        if inner and (other is part or _takes(origin.own, other.text[inner.end() :])):
            yield inner[0]
    if not _RESULT.search(part.text):
        return
    for before in reversed(origin.sentence[: origin.place]):
        if not (_CLOSES.search(before.text) or _OPENS.search(before.text)):
            break
        yield before.text
        yield from (word for word in _HARD if word in before.text)


def _takes(own: Clause, result: str) -> bool:
    return len(grams(result)) >= 3 and share(grams(result), own.grams) >= _TAKEN


def _is_lost(condition: str, text: str, known: frozenset[str]) -> bool:
    there = frozenset(text)
    if condition in _HARD:
        return condition not in text and not there.intersection(condition)
    if any(not is_date(form) and not any(same(form, other) for other in known) for form in forms(condition)):
        return True
    plain = content(condition)
    return share(frozenset(plain), there) < _KEPT or share(grams(plain[-_TAIL:]), grams(text)) < _TAIL_KEPT


def _unbound(own: str, source: str) -> Iterator[str]:
    """An amount that is a limit in the source and none in the claim, or the other limit."""
    bounds, said = _by_form(source), _by_form(own)
    for form, mine in said.items():
        its = bounds.get(form, set())
        if not its or mine & its or "range" in its or not any(kind(form) for kind in _LIMITS):
            continue
        if "" not in its or mine & {"cap", "floor"}:
            yield f"{form} is {'/'.join(sorted(its))}"


def _by_form(text: str) -> dict[str, set[str]]:
    bounds: dict[str, set[str]] = {}
    for form, bound in _bounds(text):
        bounds.setdefault(form, set()).add(bound)
    return bounds


def _bounds(text: str) -> Iterator[tuple[str, str]]:
    """Each figure with what it is of: a cap, a floor, about so much, the end of a range, or simply so much. A list shares one."""
    found, last = figures(text), ""
    for number, figure in enumerate(found):
        between = text[found[number - 1].end if number else 0 : figure.start]
        before, after = _BEFORE.search(between), _AFTER.match(text[figure.end : figure.end + 3])
        bound = _BOUNDS.get((after and after[0]) or (before and before[1]) or "", "")
        if number and between.strip() in ("", "到", "至", "—", "-", "~"):
            bound = "range"
        elif not bound and _LIST.match(between):
            bound = last
        last = bound
        yield figure.form, bound
