"""What holds for some place or kind is not said of all."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.grounding.clauses import any_of, canonical, clauses, grams, pairs, share, words
from corpus.regions import NATION
from corpus.segments import word_bounds
from corpus.split import sentences

_ALL_THERE = re.compile(
    "所有|任何|一切|凡|全部|一律|不论|无论|不管|任意|都|均|人人|每|各|全体|全都|全数|一概|随便|普遍|长期"
)
_NATION = ("全国", "各地", "各省", "到处", "哪儿都")
_NATION_THERE = re.compile("全国|我国|中国|国内|各地|境内|各省")
_SOME = re.compile("一家|有的|有些|部分|某|个别")
_RUNG = {"全省": "省", "全市": "市", "全县": "县", "全区": "区", "各市": "省", "各县": "市县"}
_CHAIN = re.compile(".+?(?:省|自治区|市|县|区)")
_HEADS = ("企业", "机构", "产品", "民宿", "组织", "房子", "玩具", "机器人")
_LITTLE = 0.25
_HOLDS_ONE = re.compile("[获持有拿]证$")
_BEFORE = re.compile(
    r"([^，,。；;：:、\s的对向由给把在是有等和与或及从为让使到])([^，,。；;：:、\s的对向由给把在是等和与或及从为让使到]{1,9})$"
)
_BARE = re.compile(
    r"(?:^|[，,。；;：:、\s对向由给把在是有等和与或及从为让使到的]|所有|任何|一切|凡是|全部|各类|每家|每个|家)$"
)


def widened(text: str, said: str, regions: Sequence[str]) -> Iterator[str]:
    """The words by which `text` says of all what `said` says of some; `regions` are those where the statements hold."""
    own, source = canonical(text), canonical(said)
    sentence = _from(own, source)
    bounds = word_bounds(own)
    for match in _all().finditer(own):
        if match.start() in bounds and match[0] not in source and not _is_all(own[match.end() :], source, sentence):
            yield match[0]
    if not any(word in source for word in (*words()["always"][0], "每年", "每次")):
        yield from (word for word in words()["always"][0] if word in own.replace("一直到", ""))
    for word in words()["everywhere"][0]:
        if word in text and word not in said and not _holds_there(word, sentence, regions):
            yield word
    yield from _without_kind(own, sentence)


def _is_all(after: str, source: str, sentence: str) -> bool:
    """Whether the source too speaks of all of what follows the word for all."""
    noun = after.lstrip("的家个类种")[:2]
    naming = [clause.text for clause in clauses(source) if noun in clause.text] if len(noun) == 2 else []
    return any(map(_ALL_THERE.search, naming)) if naming else _ALL_THERE.search(sentence) is not None


def _from(own: str, source: str) -> str:
    """The sentence of the source that the claim comes from."""
    return max(sentences(source), key=lambda sentence: len(grams(sentence) & grams(own)), default="")


def _holds_there(word: str, sentence: str, regions: Sequence[str]) -> bool:
    if word in _NATION:
        everywhere = set(regions) == {NATION} and not _SOME.search(sentence)
        return everywhere or _NATION_THERE.search(sentence) is not None
    rungs = _RUNG.get(word, "")
    names = {name for region in regions for name in _CHAIN.findall(region) if name[-1] in rungs}
    return any(region[-1] in rungs for region in regions) or any(name[:-1] in sentence for name in names)


def _without_kind(own: str, sentence: str) -> Iterator[str]:
    """A kind that the source always narrows (绿色产品认证企业), and the claim never does (企业)."""
    for head in _HEADS:
        narrowed = [_BEFORE.search(sentence[: m.start()]) for m in re.finditer(head, sentence)]
        bare = [_BARE.search(own[: m.start()]) for m in re.finditer(head, own)]
        if narrowed and bare and all(narrowed) and all(bare):
            kinds = [match[0] for match in narrowed if match]
            if all(_kinds().search(kind) and not _keeps(kind, own) for kind in kinds):
                yield f"{head} of any kind"


def _keeps(kind: str, own: str) -> bool:
    """Whether the claim says the kind all the same: 获证企业 are those of its 证书."""
    return share(pairs(kind), pairs(own)) > _LITTLE or (_HOLDS_ONE.search(kind) is not None and "证书" in own)


@cache
def _kinds() -> re.Pattern[str]:
    return any_of(words()["kinds"][0])


@cache
def _all() -> re.Pattern[str]:
    return re.compile("|".join((*words()["all"][0], "不管(?=.{0,2}[是在哪怎什谁多])")))
