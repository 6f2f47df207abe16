"""A condition on which an amount or a duty depends is not left out: 首次, 满3年, 逾期不改的, 经同意, at most."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.grounding.clauses import Clause, Origin, canonical, content, grams, origins, sentences_of, share
from bot.grounding.figures import stands
from corpus.figures import Figure, figures, forms, is_count, is_date, is_duration, is_money, is_share

_HARD = {
    "首次": "首初新", "再次": "再又", "新认定": "新首", "新获": "新首", "新认证": "新首", "新评": "新首", "拒不": "拒不仍还", "逾期": "逾超晚过限", "轻微": "轻小微",
    "情节": "情重轻", "严重": "严重", "优秀": "优", "规上": "规", "限上": "限",
}  # fmt: skip
"""Words that make a condition by themselves, each with the characters of which a rewording keeps one."""
_CLOSES = re.compile(r"(?:的|的话|时|后|前|之后|之前|之日起|以后|之外|以外|期间)$")
_LEAVE = re.compile(r"^经.{1,12}?(?:同意|批准|许可|审核|审查|评审|认可)")
_OPENS = re.compile(
    r"^.{0,4}?(?:为(?=保护|了|防)|如果|若|只要|只有|凡|除非|除了|遇到|一旦|没有|没|须|仅|限于|只限|前提|因|由于)|^经|^在.{1,12}情况下"
)
_INNER = re.compile(
    r"^(.{2,60}?)(?:(?<![说谓称局部委厅])的|后)(?=免|企业|单位|组织|主体|个|机构|民宿|产品|项目|证书|房|车|店|人|一次性|罚|处|奖|补|给|不|可|能(?!力)|要|应|须|由|也|都|当年|当场|必|最|加|再(?!认证)|另|按|先)"
)
_RESULT = re.compile(r"停业|暂停|撤销|取消|适合|吊销|责令|没收|元|罚|奖|补|可以|能|不得|必须|要|应|不予|免|加|当场|\d")
_BEFORE = re.compile(
    r"(最高|最低|大约|约|近|超过|不到|够|连续|满(?!足|意)|过(?![渡程期后去了])|没有?(?=$))[^，,。；;：:最约]{0,10}$"
)
_AFTER = re.compile(r"^(?:内|最高|最低|里|大约|到|至|—|-|~)|^[^，,。；;：:、\d]{1,3}(最高|最低|大约)")
_KEPT, _TAIL, _TAIL_KEPT, _TAKEN, _HALF = 0.4, 4, 0.2, 0.8, 0.5
_BOUNDS = {
    "最高": "cap",
    **dict.fromkeys(("最低", "超过", "满", "过", "够", "连续"), "floor"),
    **dict.fromkeys(("内", "里", "不到", "没", "没有", "大约", "约", "近"), "within"),
    **dict.fromkeys(("到", "至", "—", "-", "~"), "range"),
}
_GOES_ON = re.compile("[并且还]|同时")
_WAYS = re.compile("[、或]")
_PREMISE = re.compile("前提(?:条件)?(?:还|都)?是?(.+)")
_VAGUE = re.compile("[多余几来]")
_ENDS = re.compile(r"\s*(?:到|至|—|-|~|最低)?\s*")
_LIST = re.compile(r"^[^，,。；;：:]{0,4}、\s*$")
_LIMITS = (is_money, is_duration, is_share, is_count)


def dropped(text: str, said: str, asked: str = "") -> Iterator[str]:
    """The conditions of what `text` takes from `said` that it leaves out."""
    own = canonical(f"{text} {asked}")
    known = forms(own)
    for origin in origins(text, said):
        if (premise := _premise(origin, said)) and share(grams(premise), grams(own)) < _HALF:
            yield premise
        yield from (condition for condition in _conditions(origin) if _is_lost(condition, own, known))
        missing = [form for form in _thresholds(origin.clause) if not stands(form, known)]
        if "或" not in origin.clause.text or len(missing) == len(tuple(_thresholds(origin.clause))):
            yield from missing
    yield from _unbound(canonical(text), canonical(said))


def _premise(origin: Origin, said: str) -> str:
    """The premise that the next sentence of the source names."""
    following = list(pairwise((*sentences_of(said), ())))
    after = next((late for early, late in following if early is origin.sentence), ())
    found = _PREMISE.match(after[0].text) if after else None
    return found[1] if found else ""


def _thresholds(part: Clause) -> Iterator[str]:
    """What must be reached or not exceeded: lengths of time that must have passed, limits before what follows from them."""
    for figure, bound in _bounded(part.text):
        rest = part.text[figure.end :]
        limits = bound in ("floor", "cap") and re.match(
            r"(?:最低|最高)?(?:[(].*?[)])?(?:的|免|按|奖|补|罚|或|并且|且|算|才)", rest
        )
        if (bound == "floor" and is_duration(figure.form)) or limits:
            yield figure.form


def _conditions(origin: Origin) -> Iterator[str]:
    """On what a clause depends: hard words of its own; where it states a result, what narrows it within and the clauses right
    before it that close or open as conditions; what narrows other results of the sentence that the claim's clause takes in."""
    part = origin.clause
    yield from (word for word in _HARD if word in part.text and not re.search(f"[、或]{word}|{word}[、或]", part.text))
    for other in origin.sentence:
        inner = _INNER.match(other.text) or _LEAVE.match(other.text)
        if inner and _takes(origin.own, other.text[inner.end() :], _HALF if other is part else _TAKEN):
            yield inner[0]
    if not _RESULT.search(part.text) or not _RESULT.search(origin.own.text) or part.text.startswith("或"):
        return
    late = ""
    for before in reversed(origin.sentence[: origin.place]):
        if _GOES_ON.match(part.text) and before is origin.sentence[origin.place - 1]:
            continue
        if not (_CLOSES.search(before.text) or _OPENS.search(before.text)):
            break
        late = f"{before.text}{late}"
        if late.startswith("或"):  # the clause before is another way to fulfil it
            continue
        yield late
        yield from (word for word in _HARD if word in late and "或" not in late)
        late = ""


def _takes(own: Clause, result: str, most: float) -> bool:
    """Whether a clause of the claim has what is said under a condition, its figures too."""
    return forms(result) <= own.figures and len(grams(result)) >= 3 and share(grams(result), own.grams) >= most


def _is_lost(condition: str, text: str, known: frozenset[str]) -> bool:
    if condition in _HARD:
        return not set(text).intersection(_HARD[condition])
    needed = [form for form in forms(condition) if not is_date(form)]
    if needed and not any(stands(form, known) for form in needed):
        return True
    plain = _unfigured(condition) if needed else condition
    return not any(_is_kept(content(way), text) for way in _WAYS.split(plain))


def _unfigured(condition: str) -> str:
    """A condition without its figures: they are compared by their forms, 7日 is 七天."""
    for figure in reversed(figures(condition)):
        condition = condition[: figure.start] + condition[figure.end :]
    return condition


def _is_kept(plain: str, text: str) -> bool:
    """Whether the claim has enough of one way to fulfil the condition, and of its end, which tells most."""
    kept = share(frozenset(plain), text) >= _KEPT
    return kept and share(grams(plain[-_TAIL:]), grams(text)) >= _TAIL_KEPT


def _unbound(own: str, source: str) -> Iterator[str]:
    """An amount that is a limit in the source and none in the claim, or the other limit."""
    bounds, said = _by_form(source), _by_form(own)
    for form, mine in said.items():
        its = bounds.get(form, set())
        if not its or mine & its or {"range", "within"} & (its | mine) or not any(kind(form) for kind in _LIMITS):
            continue
        if "" not in its or (is_money(form) and mine & {"cap", "floor"}):
            yield f"{form} is {'/'.join(sorted(its))}"


def _by_form(text: str) -> dict[str, set[str]]:
    bounds: dict[str, set[str]] = {}
    for form, bound in _bounds(text):
        bounds.setdefault(form, set()).add(bound)
    return bounds


def _bounds(text: str) -> Iterator[tuple[str, str]]:
    return ((figure.form, bound) for figure, bound in _bounded(text))


def _bounded(text: str) -> Iterator[tuple[Figure, str]]:
    """Each figure with what it is of: a cap, a floor, within or about so much, a range (1万元以上10万元以下), or simply so much. A list
    shares one."""
    found, last = figures(text), ""
    for number, figure in enumerate(found):
        between = text[found[number - 1].end if number else 0 : figure.start]
        behind = text[figure.end : found[number + 1].start if number + 1 < len(found) else len(text)]
        before, after = _BEFORE.search(between), _AFTER.match(behind)
        bound = _BOUNDS.get((after and (after[1] or after[0])) or (before and before[1]) or "", "")
        if _VAGUE.search(text[figure.start : figure.end]):
            bound = "within"
        elif (number and _ENDS.fullmatch(between)) or (number + 1 < len(found) and _ENDS.fullmatch(behind)):
            bound = "range"
        elif not bound and _LIST.match(between):
            bound = last
        last = bound
        yield figure, bound
