"""Cuts a question into clauses and tells what each names: subjects, places, things, aspects, kinds of value, and whether it asks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from bot.reading.vocabulary import Vocabulary
from corpus.naming import LISTS, Mention
from corpus.regions import Region
from corpus.terms import Terms

_BREAK = re.compile(r"[，。？！?!；;,\n]+|\s+(?=\S)|还有(?!没|多)|(?<![要还得])另外|以及|顺便|再问一下|再问")
_ASKS_WHICH = re.compile("[啥哪咋怎么]")
"""In a cue that asks: 材料递进去要多久 names papers and asks for none."""
FIGURES = ("money", "duration", "score")
IN_A_ROW = 2
"""Characters between the words that ask for two figures."""
_ROUND = re.compile("几[十百千万]")
GOES_ON = 5
"""Characters behind a figure from which it is told rather than asked for."""
SHORTEST = 4
"""Characters of a clause that stands alone: shorter ones belong to the one before."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with what it names; `text` is without places. `near` is set where it names a look-alike of a subject, `asks`
    where its words make it a question."""

    text: str
    subjects: tuple[str, ...]
    aspects: tuple[str, ...]
    objects: tuple[str, ...]
    places: tuple[Region, ...]
    near: bool
    asks: bool
    wants: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    """What is asked after it in words that tell nothing of what is wanted: parts of it, or something else."""
    own: str = ""
    """What it says itself, where its text begins with the clause before."""


def clauses(text: str, vocabulary: Vocabulary, home: Region) -> list[Clause]:
    """The clauses of a question in order; one that asks for two kinds of value is cut between them."""
    parts = _joined([part.strip() for part in _BREAK.split(text) if part and part.strip()], vocabulary)
    halves = [half for part in parts for half in _halves(part, vocabulary)]
    found = [_clause(half, text, vocabulary, home) for half in halves]
    return [_telling(one, later, vocabulary) for one, later in zip_longest(found, found[1:])]


def _telling(clause: Clause, later: Clause | None, vocabulary: Vocabulary) -> Clause:
    """A clause that names a round figure and asks for none if the next one asks for the same: 花几千块从中介手里买张证，罚多少."""
    if not later or clause.aspects or not clause.wants or clause.wants != later.wants:
        return clause
    _, start, end = vocabulary.terms.want_spots(clause.text)[-1]
    if len(clause.text) - end < GOES_ON or not _ROUND.search(clause.text[start : end + 1]):
        return clause
    return replace(clause, wants=(), asks=vocabulary.terms.asks(clause.text[:start] + clause.text[end:]))


def _joined(parts: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Parts too short to be clauses are put to the one before, unless they name something."""
    whole: list[str] = []
    for part in parts:
        names = vocabulary.terms.subject_mentions(part) or vocabulary.terms.aspect_mentions(part)
        if whole and len(part) < SHORTEST and not names and not vocabulary.terms.wants(part):
            whole[-1] += " " + part
        else:
            whole.append(part)
    return whole


def _halves(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """多少钱多久能下来 asks for two figures in a row: cut where the second is asked for."""
    spots = [spot for spot in vocabulary.terms.want_spots(text) if spot[0] in FIGURES]
    pairs = pairwise(spots)
    cut = next((start for (kind, _, end), (other, start, _) in pairs if kind != other and start - end <= IN_A_ROW), 0)
    cut = cut or _before_list(text, spots, vocabulary)
    yield from (text[:cut], text[cut:]) if cut else (text,)


def _before_list(text: str, spots: Sequence[tuple[str, int, int]], vocabulary: Vocabulary) -> int:
    """Where a list (of papers, of steps) is asked for behind a figure, or a figure behind a list: 几天能拿到要带啥材料."""
    cues = vocabulary.terms.aspect_mentions(text)
    lists = [cue for cue in cues if cue.of in LISTS and _ASKS_WHICH.search(cue.text)]
    if len(spots) != 1 or not lists:
        return 0
    (_, start, end), first = spots[0], lists[0]
    if first.start >= end:
        return first.start
    return start if start >= lists[-1].end else 0


def _clause(text: str, whole: str, vocabulary: Vocabulary, home: Region) -> Clause:
    terms = vocabulary.terms
    bare, places = vocabulary.placed(text, home)
    spots, objects = vocabulary.object_spots(bare), vocabulary.objects_in(bare)
    mentions = [m for m in terms.subject_mentions(bare) if not _inside((m.start, m.end), spots)]
    named = [(mention.start, mention.end) for mention in mentions] + spots
    cues = [m for m in terms.aspect_mentions(bare) if not _lies_in(m, named)]
    hidden = {m.of for m in terms.aspect_mentions(bare) if _lies_in(m, named)}  # 贴息 in 服务业贴息
    near = any(mention.near for mention in mentions)
    subjects = terms.subjects_of(mentions, bare, whole)
    aspects = tuple(dict.fromkeys(cue.of for cue in cues))
    if not subjects and not near:
        judged = any("verdict" in terms.aspects[aspect].wants for aspect in aspects)
        objects = (
            objects if judged or bare in objects else ()
        )  # a thing alone is talk, until it is asked what holds for it
        subjects = tuple(dict.fromkeys(vocabulary.objects[name] for name in objects))
    wants = terms.wants(bare)
    yielding = {
        a
        for a in aspects
        if {*terms.aspects[a].gives_way} & {*aspects, *_wanted_besides(a, cues, bare, terms), *hidden}
    }
    kept = tuple(aspect for aspect in aspects if aspect not in yielding) or tuple(filter(None, (terms.given(bare),)))
    wants = wants or terms.wants_of(kept, bare)
    return Clause(bare, subjects, kept, objects, places, near, bool(wants) or terms.asks(bare), wants)


def _wanted_besides(aspect: str, cues: Sequence[Mention], text: str, terms: Terms) -> Iterator[str]:
    """Kinds of value that the words ask for which ask for no aspect: 关几天 asks what comes of it, not how long it takes."""
    own = [(cue.start, cue.end) for cue in cues if cue.of == aspect]
    yield from (kind for kind, start, end in terms.want_spots(text) if not any(s <= start and end <= e for s, e in own))


def _lies_in(mention: Mention, spots: Iterable[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spots)


def _inside(spot: tuple[int, int], wider: Iterable[tuple[int, int]]) -> bool:
    """Whether a name is only a part of a thing's: 煤气 in 煤气灶."""
    start, end = spot
    return any(first <= start and end <= last and last - first > end - start for first, last in wider)


def narrowed(clause: Clause, told: Clause, vocabulary: Vocabulary) -> Clause:
    """A clause that names but a wider subject is about what was told before: 客户要27001，体系得先跑多久."""
    subjects = vocabulary.terms.subjects
    wider = {name for subject in told.subjects for name in subjects[subject].within}
    return replace(clause, subjects=told.subjects) if {*clause.subjects} & wider else clause


def joined(first: Clause, second: Clause) -> Clause:
    """Both as one, in their order: what the first tells belongs to what the second asks."""
    return replace(
        second,
        text=f"{first.text} {second.text}",
        subjects=second.subjects or first.subjects,
        aspects=second.aspects or first.aspects,
        objects=second.objects or first.objects,
        places=second.places or first.places,
        near=first.near or second.near,
        asks=first.asks or second.asks,
        wants=second.wants or first.wants,
    )
