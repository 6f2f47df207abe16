"""What is negated, and what must, may or need not be done, is so in the source too.

A clause of the claim is set beside the clause that it comes from; cues of duty, leave and negation are compared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.grounding.clauses import Clause, canonical, clauses, grams, origins, pairs, share

_CUES = {
    "asks": r"(?P<twice>.)不(?P=twice)|有没有|是否|能不能|会不会|要不要",
    "forbid": r"不得|(?<!拿)不准|不许|禁止|严禁|不允许|不可以|不能|不可(?!抗|缺)|别(?=[再说把用拿选去做当宣信只买急等])|不要(?!求|紧|钱)|切勿|勿",
    "exempt": r"不(?:会|是|再)?强制|没有?(?:强制|硬性)|不(?:要求|用|必|需要|需|须|是必须|是非|一定要|一定)|无需|无须|用不着|免(?=[于办收交除担检费])|自愿|非强制|可以不",
    "soft": r"建议|鼓励|提倡|推荐性|最好|尽量|最?稳妥|最稳|可以考虑|酌情|视情况|看情况|自行决定|自己决定|自主决定|随意|任选|没关系|不要紧|无所谓|无妨",
    "usual": r"一般|通常|原则上|常见|往往|大多|多数|常",
    "only": r"才能|才可以|才可|方可|才准|才算|才(?=[能可会给发算行])|只能|只可以|只得",
    "must": r"必须|一律|必定|肯定|必然|百分之百|强制(?!性(?!的)|检定|国标|标准)|一定要|一定得|必需|非.{1,6}不可",
    "need": r"要求(?=.)|(?<![只主重需次摘])要(?!求|点|么|是|素|件|闻|害|紧|不|好)|须(?!知)|需(?!求|量|方)|(?<![供相响适对反效])应(?![用急收税对变])|还得|都得|就得|先得|也得|要得|得(?=[经在有先要同由向到把按])",
    "may": r"(?<!许)可以(?!考)|(?<![功不性才智职可节产效])能(?![力源效耗量级])|允许|有权|准许",
    "not": r"另算|(?<![别否])不(?!到|足|过|仅|但|管(?=是|在|哪|怎|什|谁|多)|论|断|良|动产|同|少(?![了得])|锈|妨|符合项|合格)|没有|没(?!关)|无(?!公害|障碍|锡|线|人机|形|论|限|机|效)|未(?!成年|来)|并非|非(?!常|遗|经|法)|拒不",
}  # fmt: skip
_PATTERN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _CUES.items()))
_NEGATIVE = frozenset(("forbid", "exempt", "not"))
_DUTY = frozenset(("must", "need", "only"))
_LESS = re.compile("不到|少于")
_PUNISHED = re.compile("罚|责令|取缔|没收|吊销|拘留")
_FULFILLED = re.compile("[的就才后即](?:可以|能)")
"""Leave on a condition, 满一年的可以申请, is what the duty said: 要满一年."""
_DEED = 8
"""Characters after a cue in which the deed is looked for."""
_SAME, _SAME_DEED, _LIKE = 0.8, 0.65, 0.5
"""Shares from which a deed counts as the same, said elsewhere or in the claim; a clause as like enough to deny it."""


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Told:
    """A clause with its cues and what is left without them. Negations in a list (没经认证、没加标志) count once."""

    text: str
    cues: tuple[_Cue, ...]
    grams: frozenset[str]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(cue.kind for cue in self.cues)

    @property
    def negatives(self) -> int:
        denials = [cue for cue in self.cues if cue.kind in _NEGATIVE]
        listed = sum(self.text[: cue.start].endswith("、") for cue in denials[1:])
        return len(denials) - listed + len(_LESS.findall(self.text))

    def after(self, cue: _Cue, most: int = 4) -> str:
        """What is negated or ordered: the characters after the cue, without further cues."""
        return _content(_PATTERN.sub("", self.text[cue.end :]))[:most]


def contradictions(text: str, said: str) -> Iterator[str]:
    """What `text` says to be so, not so, a duty or a choice against `said`."""
    claim, source = [_told(clause) for clause in clauses(text)], [_told(clause) for clause in clauses(said)]
    bound = frozenset(kind for told in source for kind in told.kinds)
    if not bound & (_DUTY | {"forbid"}) and bound & {"may", "exempt", "soft"}:
        yield from (f"must {told.text}" for told in claim if "must" in told.kinds)
    for origin in origins(text, said):
        own, theirs, beside = _told(origin.own), _told(origin.clause), [_told(clause) for clause in origin.sentence]
        yield from _duties(own, theirs, beside)
        yield from _added(own, claim, beside, source)
    for own in claim:
        yield from _modes(own, source, grams(canonical(text)))
    yield from _removed(claim, source)


def has_cue(text: str) -> bool:
    """Whether a stretch of text says of duty, leave or negation."""
    return _PATTERN.search(text) is not None


@lru_cache(maxsize=2048)
def _told(clause: Clause) -> _Told:
    found = (_Cue(m.lastgroup or "", m.start(), m.end()) for m in _PATTERN.finditer(clause.text))
    cues = tuple(cue for cue in found if cue.kind != "asks")
    return _Told(clause.text, cues, grams(_PATTERN.sub("", clause.text)))


def _duties(own: _Told, theirs: _Told, beside: Sequence[_Told]) -> Iterator[str]:
    """Duties, leaves and softenings against those of the clause and its sentence."""
    has, whole = theirs.kinds, frozenset(kind for told in beside for kind in told.kinds)
    duty, free = has & {"must", "need", "only", "forbid"}, has & {"may", "exempt", "soft"}
    bound = bool(whole & {"must", "need", "only", "forbid"} or "not" in has)
    for kind in own.kinds:
        wrong = {
            "must": not duty and (bool(free) or "usual" in has or (not bound and "先" not in theirs.text)),
            "may": bool(duty) and not free and _frees(own, theirs),
            "soft": (bool(whole & {"must", "need", "forbid"}) and not whole & {"soft", "may", "exempt", "usual"})
            or (bool(duty) and not free),
        }
        if wrong.get(kind):
            yield f"{kind} {own.text}"


def _frees(own: _Told, theirs: _Told) -> bool:
    """Whether a clause leaves free, without a duty of its own, something of what the other orders or forbids."""
    if own.kinds & _DUTY or _FULFILLED.search(own.text):
        return False
    free = frozenset[str]().union(*(grams(own.after(cue, _DEED)) for cue in own.cues if cue.kind == "may"))
    return not free or any(
        free & grams(theirs.text[cue.end :]) for cue in theirs.cues if cue.kind in _DUTY | {"forbid"}
    )


def _modes(own: _Told, source: Sequence[_Told], said: frozenset[str]) -> Iterator[str]:
    """The same deed left free and forbidden, whatever clause it stands in."""
    for cue in own.cues:
        deed = own.after(cue)
        if cue.kind != "may" or not deed:
            continue
        modes = {other.kind for told in source for other in told.cues if _is_deed(said, deed, told, other)}
        if modes and modes <= {"forbid"}:
            yield f"forbidden {deed}"


def _is_deed(said: frozenset[str], deed: str, told: _Told, other: _Cue) -> bool:
    """Whether a cue of the source is about the same deed; one of a single character is, if what it is done with is the same."""
    its = told.after(other)
    if len(its) == 1:
        return deed[0] == its and share(grams(told.text[: other.start]), said) >= _SAME_DEED
    return len(deed) > 1 and deed[:2] == its[:2]


def _added(own: _Told, claim: Sequence[_Told], beside: Sequence[_Told], source: Sequence[_Told]) -> Iterator[str]:
    """A negation where the source has none. Two make a duty: 没有健康证明不能上岗; what is punished is forbidden."""
    there = sum(told.negatives for told in beside)
    if sum(told.negatives for told in claim) % 2 == 0 and not there:
        return
    denied = {told.after(cue)[:2] for told in source for cue in told.cues if cue.kind in _NEGATIVE}
    punished = any(_PUNISHED.search(told.text) or "forbid" in told.kinds for told in beside)
    for cue in own.cues:
        what = own.after(cue)[: 4 if own.after(cue)[:1].isascii() else 2]
        if (
            cue.kind not in _NEGATIVE
            or len(what) < 2
            or any(d and what.startswith(d) for d in denied)
            or (cue.kind == "forbid" and punished)
        ):
            continue
        asserting = [told for told in beside if what in _content(told.text)]
        theirs = max(asserting, key=lambda told: len(told.grams & own.grams), default=None)
        if (
            theirs
            and share(own.grams, theirs.grams) >= _LIKE
            and theirs.negatives % 2 != own.negatives % 2
            and not _is_denied_beside(own, cue, theirs, beside)
        ):
            yield f"not {what}"


def _is_denied_beside(own: _Told, cue: _Cue, theirs: _Told, beside: Sequence[_Told]) -> bool:
    """Whether the clause itself forbids in the same way, or another clause of the sentence denies of what the claim speaks of."""
    if cue.kind == "forbid" and "forbid" in theirs.kinds:
        return True
    own_words = pairs(own.text) - pairs(theirs.text)
    return any(told.negatives and own_words & pairs(told.text) for told in beside if told is not theirs)


def _removed(claim: Sequence[_Told], source: Sequence[_Told]) -> Iterator[str]:
    """What the source denies, and the claim says without. A duty may stand for two denials."""
    positive = [told for told in source if not told.negatives]
    for theirs in source:
        for cue in theirs.cues:
            what = theirs.after(cue)
            if cue.kind not in _NEGATIVE or len(what) < 2 or any(share(grams(what), t.grams) > _SAME for t in positive):
                continue
            for own in claim:
                doubled = theirs.negatives > 1 and own.kinds & _DUTY
                if not own.negatives and not doubled and _asserts(own, what, theirs, cue):
                    yield f"no longer not {what}"


def _asserts(own: _Told, what: str, theirs: _Told, cue: _Cue) -> bool:
    """Whether a clause says that to be so which another denies; of a thing that is not had, that it is had."""
    said = _content(own.text)
    if what[:2] not in said:
        return False
    if theirs.text[cue.start : cue.end] in ("没有", "无"):
        return re.search(rf"有.{{0,3}}{re.escape(what[:2])}", said) is not None
    lead = _content(theirs.text[: cue.start])[-3:]
    return share(grams(what), own.grams) >= _SAME_DEED or (len(lead) == 3 and lead in said)


def _content(text: str) -> str:
    return "".join(character for character in text if character.isalnum() and character not in "的了就也都还是在会再被")
