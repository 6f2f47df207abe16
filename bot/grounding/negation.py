"""What is negated, and what must, may or need not be done, is so in the source too.

A clause of the claim is set beside the clause that it comes from; cues of duty, leave and negation are compared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.grounding.clauses import Clause, clauses, grams, origins, share

_CUES = {
    "asks": r"(?P<twice>.)不(?P=twice)|有没有|是否|能不能|会不会|要不要",
    "forbid": r"不得|(?<!拿)不准|不许|禁止|严禁|不允许|不可以|不能|不可(?!抗|缺)|别(?=[再说把用拿选去做当宣信只买急等])|不要(?!求|紧|钱)|切勿|勿",
    "exempt": r"不(?:会|是|再)?强制|不(?:要求|用|必|需要|需|须|是必须|是非|一定要|一定)|无需|无须|用不着|免(?=[于办收交除担检费])|自愿|非强制|可以不",
    "soft": r"建议|鼓励|提倡|最好|尽量|可以考虑|酌情|视情况|看情况|自行决定|自己决定|自主决定|随意|任选|没关系|不要紧|无所谓|无妨",
    "usual": r"一般|通常|原则上|常见|往往|大多|多数|常",
    "only": r"才能|才可以|才可|方可|才准|才算|才(?=[能可会给发算行])|只能|只可以|只得",
    "always": r"一律|必定|肯定|必然|绝对|百分之百",
    "must": r"必须|强制|一定要|一定得|必需|非.{1,6}不可",
    "need": r"(?<![只主重需次摘])要(?!求|点|么|是|素|件|闻|害|紧|不|好)|须(?!知)|需(?!求|量|方)|(?<![供相响适对反效])应(?![用急收税对变])|还得|都得|就得|先得|也得|要得|得(?=[经在有先要同由向到把按])",
    "may": r"(?<!许)可以(?!考)|(?<![功不性才智职可节产效])能(?![力源效耗量级])|允许|有权|准许",
    "not": r"(?<![别否])不(?!到|足|过|仅|但|管|论|断|良|动产|同|少(?![了得])|锈|妨|符合项|合格)|没有|没(?!关)|无(?!障碍|锡|线|人机|形|论|限|机|效)|未(?!成年|来)|并非|非(?!常|遗|经|法)|拒不",
}  # fmt: skip
_PATTERN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _CUES.items()))
_NEGATIVE = frozenset(("forbid", "exempt", "not"))
_DUTY = frozenset(("must", "need", "only"))
_LESS = re.compile("不到|少于")
_ALL = ("全部", "均", "都", "所有", "每", "任何", "一概", "全")
_PUNISHED = re.compile("罚|责令|取缔|没收|吊销|拘留")
_SAME, _SAME_DEED = 0.8, 0.65
"""Shares from which a deed counts as the same, said elsewhere or in the claim."""


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Told:
    """A clause with its cues and what is left without them."""

    text: str
    cues: tuple[_Cue, ...]
    grams: frozenset[str]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(cue.kind for cue in self.cues)

    @property
    def negatives(self) -> int:
        return sum(cue.kind in _NEGATIVE for cue in self.cues) + len(_LESS.findall(self.text))

    def after(self, cue: _Cue, most: int = 4) -> str:
        """What is negated or ordered: the characters after the cue, without further cues."""
        return _content(_PATTERN.sub("", self.text[cue.end :]))[:most]


def contradictions(text: str, said: str) -> Iterator[str]:
    """What `text` says to be so, not so, a duty or a choice against `said`."""
    claim, source = [_told(clause) for clause in clauses(text)], [_told(clause) for clause in clauses(said)]
    for origin in origins(text, said):
        own, theirs, beside = _told(origin.own), _told(origin.clause), [_told(clause) for clause in origin.sentence]
        yield from _duties(own, theirs, beside)
        yield from _added(own, claim, beside, source)
    for own in claim:
        yield from _modes(own, source)
    yield from _removed(claim, source)


@lru_cache(maxsize=2048)
def _told(clause: Clause) -> _Told:
    found = (_Cue(m.lastgroup or "", m.start(), m.end()) for m in _PATTERN.finditer(clause.text))
    cues = tuple(cue for cue in found if cue.kind != "asks")
    return _Told(clause.text, cues, grams(_PATTERN.sub("", clause.text)))


def _duties(own: _Told, theirs: _Told, beside: Sequence[_Told]) -> Iterator[str]:
    """Duties, leaves and softenings against those of the clause and its sentence."""
    has, whole = theirs.kinds, frozenset(kind for told in beside for kind in told.kinds)
    duty, free = has & {"must", "need", "only", "forbid"}, has & {"may", "exempt", "soft"}
    for cue in own.cues:
        wrong = {
            "must": not duty and (bool(free) or "usual" in has or not (whole & {"must", "need", "only", "forbid"} or "not" in has)),
            "need": not duty and any(_same_deed(own, cue, theirs, other) for other in theirs.cues if other.kind in free),
            "may": bool(duty) and not free and not own.kinds & _DUTY,
            "exempt": bool(duty) and not has & {"exempt", "not", "forbid"},
            "soft": not whole & {"soft", "may", "exempt", "usual"} or (bool(duty) and not free),
            "always": not whole & {"always", "must", "forbid"} and not any(w in told.text for w in _ALL for told in beside),
        }
        if wrong.get(cue.kind):
            yield f"{cue.kind} {own.text}"


def _modes(own: _Told, source: Sequence[_Told]) -> Iterator[str]:
    """The same deed left free and forbidden, whatever clause it stands in."""
    for cue in own.cues:
        if cue.kind != "may" or len(deed := own.after(cue)[:2]) < 2:
            continue
        modes = {other.kind for told in source for other in told.cues if told.after(other)[:2] == deed}
        if modes and modes <= {"forbid"}:
            yield f"forbidden {deed}"


def _same_deed(own: _Told, cue: _Cue, theirs: _Told, other: _Cue) -> bool:
    deed, its = own.after(cue)[:2], theirs.after(other)[:2]
    return bool(deed) and deed == its


def _added(own: _Told, claim: Sequence[_Told], beside: Sequence[_Told], source: Sequence[_Told]) -> Iterator[str]:
    """A negation where the source has none. Two make a duty: 没有健康证明不能上岗; what is punished is forbidden."""
    there = sum(told.negatives for told in beside)
    if sum(told.negatives for told in claim) % 2 == 0 and not there:
        return
    denied = {told.after(cue)[:2] for told in source for cue in told.cues if cue.kind in _NEGATIVE}
    punished = any(_PUNISHED.search(told.text) for told in beside)
    for cue in own.cues:
        what = own.after(cue)[: 4 if own.after(cue)[:1].isascii() else 2]
        if cue.kind not in _NEGATIVE or len(what) < 2 or what in denied or (cue.kind == "forbid" and punished):
            continue
        asserting = [told for told in beside if what in _content(told.text)]
        theirs = max(asserting, key=lambda told: len(told.grams & own.grams), default=None)
        if theirs and theirs.negatives % 2 != own.negatives % 2:
            yield f"not {what}"


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
                if not own.negatives and not doubled and what[:2] in _content(own.text) and share(grams(what), own.grams) >= _SAME_DEED:
                    yield f"no longer not {what}"


def _content(text: str) -> str:
    return "".join(character for character in text if character.isalnum() and character not in "的了就也都还是在会再被")
