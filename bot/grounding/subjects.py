"""Whatever is said is said of the right thing: figures keep their labels, parallel clauses their heads, opposites their side."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cache, lru_cache
from itertools import combinations
from os.path import commonprefix

from bot.grounding.cited import Cited
from bot.grounding.clauses import Clause, Origin, canonical, clauses, grams, letters, origins, pairs, share
from bot.grounding.clauses import words as lists
from bot.grounding.negation import has_cue
from corpus.figures import Figure, figures, is_date, plain_text
from corpus.split import sentences
from corpus.terms import Terms

_CERTIFIED = re.compile("认证|体系|食品|标志|资质|绿色|有机|碳|iso|haccp")
_PART = re.compile(r"[、，,；;：:（）()\n]")
_RANGE = re.compile(r"^\s*(?:至|到|—|-|~|～|以上|以下)*\s*$")
_LEVEL = re.compile(r"[\d.]+(?:级|档|类|种|点|步|项|章|条|期|号|次|期|页|层|方面|部门|门)$")
_DOING = re.compile(r"\d|[提说称达分每]|一次|规定|写明")
_AFTER_HEAD = "要应须需得"
_LONGEST = 14
_KEPT, _MOST, _MUCH, _HALF, _SOME, _LITTLE = 5, 0.7, 0.6, 0.5, 0.34, 0.2


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A figure with the words that say what it is of."""

    form: str
    words: str

    @property
    def label(self) -> frozenset[str]:
        return grams(self.words)

    @property
    def nearest(self) -> frozenset[str]:
        """The last part of the label, where it says anything."""
        parts = [grams(part) for part in _PART.split(self.words)]
        return next((part for part in reversed(parts) if len(part) > 3), self.label)


def swapped(text: str, there: Cited, terms: Terms | None = None) -> Iterator[str]:
    """What `text` says of another thing than what it cites does."""
    said, topic = there.said, canonical(there.topic)
    yield from _opposites(canonical(text), canonical(said), canonical(there.asked))
    yield from _offices(text, there.around)
    if terms:
        yield from _subjects(text, there.around, terms)
    yield from _relabelled(text, said, grams(topic))
    yield from _crossed(text, said)
    yield from _by_another(text, said)
    yield from _substituted(text, said, pairs(topic))


def _opposites(own: str, source: str, asked: str) -> Iterator[str]:
    for pattern in _rows():
        has, its = set(pattern.findall(own)), set(pattern.findall(source))
        for word in has - its - set(pattern.findall(asked)) if its - has else ():
            yield f"{word} for {'/'.join(sorted(its - has))}"


def _offices(text: str, around: str) -> Iterator[str]:
    yield from (office for row in lists()["offices"] for office in row if office in text and office not in around)


def _subjects(text: str, around: str, terms: Terms) -> Iterator[str]:
    """Certificates and schemes by any of their names; a wider one may stand for a narrower."""
    there = {mention.of for mention in terms.subject_mentions(around)}
    near = {kin for subject in there for kin in terms.kin(subject)}
    for mention in terms.subject_mentions(text):
        if _CERTIFIED.search(mention.text) and mention.of not in near and mention.text not in plain_text(around).lower():
            yield mention.text


def _relabelled(text: str, said: str, topic: frozenset[str]) -> Iterator[str]:
    """A figure under the label that another figure has in the source."""
    source = _labelled(said)
    for own in _labelled(text):
        its = [other for other in source if other.form == own.form]
        others = [other for other in source if other.form != own.form]
        if its and all(one.label for one in its) and any(_is_of(own, other, its, topic) for other in others):
            yield f"{own.form} of another"


def _is_of(own: _Labelled, other: _Labelled, its: Sequence[_Labelled], topic: frozenset[str]) -> bool:
    """Whether a figure of the claim has the label of another figure, and of its own nothing; labels whole, or their last parts."""
    for label, fitting in (
        (other.label, [one.label - other.label - topic for one in its]),
        (other.nearest, [one.nearest - other.nearest - topic for one in its]),
    ):
        foreign = label.difference(*(one.label for one in its))
        if len(foreign) >= 2 and share(foreign, own.label) >= _MOST:
            if all(len(fit) >= 2 and share(fit, own.label) <= _LITTLE for fit in fitting):
                return True
    return False


@lru_cache(maxsize=512)
def _labelled(text: str) -> tuple[_Labelled, ...]:
    return tuple(one for sentence in sentences(text) for one in _labels_of(plain_text(sentence)))


def _labels_of(sentence: str) -> Iterator[_Labelled]:
    """The figures of a sentence, each with what stands between it and its neighbours; a range has one label. Dates apart."""
    found = [figure for figure in figures(sentence) if not _LEVEL.match(figure.form)]
    for kind in (True, False):
        yield from _labels_between(sentence, [figure for figure in found if is_date(figure.form) is kind])


def _labels_between(sentence: str, found: Sequence[Figure]) -> Iterator[_Labelled]:
    label = ""
    for number, figure in enumerate(found):
        start = found[number - 1].end if number else 0
        end = found[number + 1].start if number + 1 < len(found) else len(sentence)
        before, after = sentence[start : figure.start], _PART.split(sentence[figure.end : end])[0]
        if not number or not _RANGE.match(before):
            parts = _PART.split(before)
            mine = "".join(parts[1:]) if number and len(parts) > 1 else before
            label = f"{canonical(mine)} {canonical(after)}"
        yield _Labelled(figure.form, label)


def _crossed(text: str, said: str) -> Iterator[str]:
    """The beginning of one clause of the source with the rest of another that is built alike: 认可是给 + 企业发证."""
    source = [letters(clause.text) for clause in clauses(said)]
    for origin in origins(text, said):
        own, its = letters(origin.own.text), letters(origin.clause.text)
        for other in source:
            head = commonprefix((own, other))
            rest = pairs(own[len(head) :])
            before = its[: its.find(own[len(head) : len(head) + 2])]
            alike = len(before) > 1 and head[1:] and head[-1] == before[-1] and not head[-1].isdigit() and head not in before
            if alike and len(rest) > 1 and share(rest, pairs(its)) >= _MOST and share(rest, pairs(other)) <= _HALF:
                yield f"{head}…{own[len(head):]}"
                break


def _substituted(text: str, said: str, topic: frozenset[str]) -> Iterator[str]:
    """A clause of the source in which words of another clause, or of its own other end, stand in place of its own."""
    source, found = clauses(said), origins(text, said)
    for origin in found:
        own, its = letters(origin.own.text), letters(origin.clause.text)
        replaced, kept = _replaced(own, its)
        beside = "".join(o.own.text for o in found if o.own is not origin.own and o.clause is origin.clause)
        for mine, theirs in replaced:
            if _are_things(mine, theirs) and _is_lost(theirs, own, its) and theirs not in letters(beside):
                enough = kept >= _MUCH * (len(own) - len(mine))
                if enough and (_is_actor_for(mine, theirs, own) or _is_of_another(origin, mine, theirs, kept, source, topic)):
                    yield f"{mine} for {theirs}"
        for (one, its_one), (two, its_two) in combinations(replaced, 2):
            if len(one) > 1 and len(two) > 1 and _alike(one, its_two) and _alike(two, its_one):
                yield f"{one} and {two} exchanged"


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


def _by_another(text: str, said: str) -> Iterator[str]:
    """What the source says is done by one (由企业负责), and the claim by another."""
    source = [letters(clause.text) for clause in clauses(said)]
    theirs = [clause[clause.index("由") + 1 :] for clause in source if "由" in clause]
    for clause in map(letters, (clause.text for clause in clauses(text))):
        _, by, own = clause.partition("由")
        for other in theirs if by else ():
            deed = commonprefix((own[::-1], other[::-1]))[::-1]
            mine, its = own.removesuffix(deed), other.removesuffix(deed)
            apart = min(len(mine), len(its)) > 1 and share(pairs(its), pairs(clause)) <= _LITTLE and not set(mine) <= set(its)
            if deed and apart and not any(mine in one for one in theirs):
                yield f"由{mine}{deed}"


def _said(word: str, text: str) -> str:
    """A word with the character that follows it."""
    return word + _after(word, text)


def _fits(own: Clause, mine: str, home: Clause) -> bool:
    """Whether a clause that has the words has the rest too: then nothing was replaced."""
    rest = pairs(letters(own.text).replace(mine, " "))
    return share(rest, home.grams) > _HALF and own.figures <= home.figures


def _after(word: str, text: str) -> str:
    """The character after a word: two clauses that are built alike go on alike."""
    return text.partition(word)[2][:1]


def _are_things(mine: str, theirs: str) -> bool:
    """Whether one thing stands for another: not a rewording of doing, or of how much."""
    short = len(mine) < 2 and not any(row.search(mine) for row in _sides())
    return not short and len(theirs) <= _LONGEST and not _DOING.search(mine + theirs) and not has_cue(mine) and not has_cue(theirs) and (mine.isdigit() == theirs.isdigit())


def _replaced(own: str, its: str) -> tuple[list[tuple[str, str]], int]:
    """The stretches of two clauses that differ, pairwise, and how many characters stay; what is shared by chance (under three
    characters) does not part them. A side of one character (甲 of 甲级) takes the next with it."""
    blocks = [b for b in SequenceMatcher(None, own, its, autojunk=False).get_matching_blocks() if _holds(b, own, its)]
    found, start, its_start = [], 0, 0
    for block in blocks:
        mine, theirs = own[start : block.a], its[its_start : block.b]
        same = len(commonprefix((mine, theirs)))
        mine, theirs = mine[same:], theirs[same:]
        if mine.rstrip(_AFTER_HEAD) and theirs:
            more = int(len(mine) == 1 and block.size > 0)
            found.append((mine.rstrip(_AFTER_HEAD) + own[block.a : block.a + more], theirs + its[block.b : block.b + more]))
        start, its_start = block.a + block.size, block.b + block.size
    return found, sum(block.size for block in blocks)


def _holds(block: Match, own: str, its: str) -> bool:
    """Whether a stretch that two clauses share parts what differs: it is long, or stands at the same end of both."""
    ends = block.a + block.size == len(own) and block.b + block.size == len(its)
    return block.size > 2 or ends or (block.a == block.b == 0)


def _is_lost(theirs: str, own: str, its: str) -> bool:
    """Whether the source's own words are nowhere in the clause."""
    return _said(theirs, its) not in own and share(pairs(theirs), pairs(own)) <= _SOME


def _alike(one: str, other: str) -> bool:
    return one in other or other in one


@cache
def _sides() -> tuple[re.Pattern[str], ...]:
    return (*map(_any, lists()["sides"]), *map(re.compile, ("[a-z](?=型|类|档|级)", r"[一二三四五六七八九十\d](?=[星钻级档类])")))


@cache
def _rows() -> tuple[re.Pattern[str], ...]:
    return tuple(map(_any, lists()["opposites"]))


@cache
def _actors() -> re.Pattern[str]:
    return _any(lists()["actors"][0])


def _any(row: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(map(canonical, row), key=len, reverse=True))))
