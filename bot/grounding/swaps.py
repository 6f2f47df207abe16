"""Words keep their place: a clause of the source in which words of another clause, or of its own other end, stand instead of its own.

The claim's clause is set beside the one that it comes from, and what differs is looked at stretch by stretch.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from functools import cache
from itertools import combinations

from bot.grounding.clauses import Clause, Origin, any_of, clauses, common_start, letters, origins, pairs, share, words
from bot.grounding.negation import has_cue

_DOING = re.compile(r"\d|[提说称达分每]|一次|规定|写明")
_HERE = re.compile("[全本该]?[省市县区](?:内|里)?")
_FIGURE = re.compile(r"\d")
_ONESELF = re.compile("由[^，。；]{0,8}?(本人|亲自)")
_AFTER_HEAD = "要应须需得"
_TO = "给对向为面针"
"""Words that only tell to whom: 给企业, 面向企业."""
_ANNOUNCES = frozenset("网址 官网 网站 电话 热线 地址 邮箱 编号 文号 代码 号码 全称 简称 全名".split())
"""Words that only announce what follows them."""
_LEVELS = "一二三四五六七八九十甲乙丙丁金银国省市县上下内外新旧首再abcdef"
"""Characters that tell two things of one kind apart: 甲级 from 乙级."""
_LONGEST, _KEPT = 14, 5
"""Characters that a thing's name has at most, and that a clause must keep for a word that is of the topic to count as replaced."""
_MOST, _MUCH, _HALF, _SOME, _LITTLE = 0.7, 0.6, 0.5, 0.34, 0.2
"""Shares: of a rest that a clause has; of a clause that stays; of a rest that another place has too; of what is lost."""


def crossed(text: str, said: str) -> Iterator[str]:
    """The beginning of one clause of the source with the rest of another that is built alike: 认可是给 + 企业发证."""
    source = [letters(clause.text) for clause in clauses(said)]
    for origin in origins(text, said):
        own, its = letters(origin.own.text), letters(origin.clause.text)
        for other in source:
            head = common_start(own, other)
            rest = pairs(own[len(head) :])
            its_head = its[: its.find(own[len(head) : len(head) + 2])]
            taken = len(rest) > 1 and share(rest, pairs(its)) >= _MOST and share(rest, pairs(other)) <= _HALF
            if taken and _are_heads(head, its_head):
                yield f"{head}…{own[len(head) :]}"
                break


def _are_heads(one: str, other: str) -> bool:
    """Whether two beginnings are built alike, of different things: 认证是给, 认可是给."""
    one, other = one.lstrip(_TO), other.lstrip(_TO)
    long = min(len(one), len(other)) > 1 and one != other
    return long and one[-1] == other[-1] and not one[-1].isdigit() and one not in other


def by_another(text: str, said: str) -> Iterator[str]:
    """What the source says is done by one (由企业负责), and the claim by another."""
    source = [letters(clause.text) for clause in clauses(said)]
    theirs = [clause[clause.index("由") + 1 :] for clause in source if "由" in clause]
    yield from (who[0] for who in _ONESELF.finditer(text) if who[1] not in said)
    for clause in map(letters, (clause.text for clause in clauses(text))):
        _, by, own = clause.partition("由")
        for other in theirs if by else ():
            deed = common_start(own[::-1], other[::-1])[::-1]
            mine, its = own.removesuffix(deed), other.removesuffix(deed)
            apart = (
                min(len(mine), len(its)) > 1
                and share(pairs(its), pairs(clause)) <= _LITTLE
                and not set(mine) <= set(its)
            )
            if deed and apart and not any(mine in one for one in theirs):
                yield f"由{mine}{deed}"


def substituted(text: str, said: str, topic: frozenset[str]) -> Iterator[str]:
    """A clause of the source in which words of another clause, or of its own other end, stand in place of its own."""
    source, found = clauses(said), origins(text, said)
    for origin in found:
        own, its = letters(origin.own.text), letters(origin.clause.text)
        replaced, kept = _replaced(own, its)
        beside = "".join(o.own.text for o in found if o.own is not origin.own and o.clause is origin.clause)
        for mine, theirs in replaced:
            if _are_things(mine, theirs) and _is_lost(theirs, own, its) and theirs not in letters(beside):
                enough = kept >= _MUCH * (len(own) - len(mine))
                if (
                    enough
                    and not _is_place(mine, theirs, topic)
                    and not _goes_on(origin, mine, theirs)
                    and (_is_actor_for(mine, theirs, own) or _is_of_another(origin, mine, theirs, kept, source, topic))
                ):
                    yield f"{mine} for {theirs}"
        for (one, its_one), (two, its_two) in combinations(replaced, 2):
            if _alike(one, its_two) and _alike(two, its_one):
                yield f"{one} and {two} exchanged"


def _is_place(mine: str, theirs: str, topic: frozenset[str]) -> bool:
    """Whether the place that all is about is named where the source says 全市; which one is judged by names.py."""
    return _HERE.fullmatch(theirs) is not None and pairs(mine) <= topic


def _goes_on(origin: Origin, mine: str, theirs: str) -> bool:
    """Whether two clauses of the source that follow each other are drawn into one: 上认e云，网址cx.cnca.cn without 网址."""
    before = origin.sentence[origin.place - 1].text if origin.place else ""
    return theirs in _ANNOUNCES and letters(before).endswith(mine)


def _is_of_another(
    origin: Origin, mine: str, theirs: str, kept: int, source: Sequence[Clause], topic: frozenset[str]
) -> bool:
    """Whether the words are those of another clause of the source, which has not the rest."""
    its = letters(origin.clause.text)
    homes = [other for other in source if other is not origin.clause and mine in letters(other.text)]
    built = any(_after(mine, letters(other.text)) == _after(theirs, its) != "" for other in homes)
    peers = any(theirs in letters(other.text) for other in source if other is not origin.clause)
    likes = built or (kept >= _KEPT and (peers or not pairs(mine) <= topic))
    return bool(homes) and likes and mine not in its and not any(_fits(origin.own, mine, home) for home in homes)


def _is_actor_for(mine: str, theirs: str, own: str) -> bool:
    """Whether one who does stands for another at the head of the clause."""
    one, other = _actors().search(mine), _actors().search(theirs)
    ends = one and other and mine.endswith(one[0]) and theirs.endswith(other[0]) and one[0] != other[0]
    return own.startswith(mine) and bool(ends)


def _alike(one: str, other: str) -> bool:
    """Whether two stretches are the same but for their ends; who does by 由 is judged apart, and so are figures."""
    apart = "由" in one + other or _FIGURE.search(one + other)
    return len(one) > 1 and not apart and (one in other or other in one)


def _fits(own: Clause, mine: str, home: Clause) -> bool:
    """Whether a clause that has the words has the rest too: then nothing was replaced."""
    rest = pairs(letters(own.text).replace(mine, " "))
    return share(rest, home.grams) > _HALF and own.figures <= home.figures


def _said(word: str, text: str) -> str:
    """A word with the character that follows it."""
    return word + _after(word, text)


def _after(word: str, text: str) -> str:
    """The character after a word: two clauses that are built alike go on alike."""
    return text.partition(word)[2][:1]


def _are_things(mine: str, theirs: str) -> bool:
    """Whether one thing stands for another: not a rewording of doing, or of how much."""
    doing = any(_DOING.search(words) or has_cue(words) for words in (mine, theirs))
    return len(mine) > 1 and len(theirs) <= _LONGEST and not doing


def _replaced(own: str, its: str) -> tuple[list[tuple[str, str]], int]:
    """The stretches of two clauses that differ, pairwise, and how many characters stay; what is shared by chance (under three
    characters) does not part them. One character of a level (甲 of 甲级) takes the next with it."""
    blocks = [b for b in SequenceMatcher(None, own, its, autojunk=False).get_matching_blocks() if _holds(b, own, its)]
    found, start, its_start = [], 0, 0
    for block in blocks:
        mine, theirs = own[start : block.a], its[its_start : block.b]
        same = len(common_start(mine, theirs))
        mine, theirs = mine[same:], theirs[same:]
        mine = mine.rstrip(_AFTER_HEAD)
        if mine and theirs:
            more = int(len(mine) == 1 and mine in _LEVELS and theirs[-1] in _LEVELS)
            found.append((mine + own[block.a : block.a + more], theirs + its[block.b : block.b + more]))
        start, its_start = block.a + block.size, block.b + block.size
    return found, sum(block.size for block in blocks)


def _holds(block: Match, own: str, its: str) -> bool:
    """Whether a stretch that two clauses share parts what differs: it is long, or stands at the same end of both."""
    ends = block.a + block.size == len(own) and block.b + block.size == len(its)
    return block.size > 2 or ends or (block.a == block.b == 0)


def _is_lost(theirs: str, own: str, its: str) -> bool:
    """Whether the source's own words are nowhere in the clause."""
    left = pairs(theirs) or frozenset((theirs,) if theirs[0] in _LEVELS else ())
    return bool(left) and _said(theirs, its) not in own and share(left, pairs(own)) <= _SOME


@cache
def _actors() -> re.Pattern[str]:
    return any_of(words()["actors"][0])
