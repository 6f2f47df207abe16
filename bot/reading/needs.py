"""Splits a question into needs, subject x aspect, clause by clause, with what the conversation so far supplies."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.conversation import Need, Session, Turn
from bot.reading.vocabulary import Vocabulary
from corpus.regions import Region

MOST_NEEDS = 4
SHORT = 6
"""Characters of a question that says nothing but 那呢: it repeats the last one."""
_CLAUSE = re.compile(r"[，。？！?!；;,\n]+|还有|另外|以及|顺便|再问一下|再问")
_REFERS_BACK = re.compile(r"^(?:那么?|它|这个|这种|该|其|刚才|上面)|(?:呢|呐)[？?。]?$")


_Key = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Subject, aspect, objects, wanted kinds of value."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with what it names. `near` is set where it names a look-alike of a subject, `asks` where its words make it a question."""

    text: str
    subjects: tuple[str, ...]
    aspects: tuple[str, ...]
    objects: tuple[str, ...]
    near: bool
    asks: bool
    wants: tuple[str, ...] = ()
    told: bool = True


def needs(
    text: str, session: Session, vocabulary: Vocabulary, region: Region | None, day: str, region_said: bool
) -> tuple[Need, ...]:
    """The needs of a question, at most MOST_NEEDS. One of no known subject has the subject of the last turn, or none."""
    parts = [part.strip() for part in _CLAUSE.split(text) if part.strip()]
    clauses = [_clause(part, text, vocabulary) for part in parts]
    asking = _about_something(clauses, session.last, region_said)
    groups: dict[_Key, list[Clause]] = {}
    for clause in asking:
        for subject in clause.subjects:
            for aspect in clause.aspects or (vocabulary.terms.bare_aspect(clause.text),):
                groups.setdefault(_key(subject, aspect, clause, groups), []).append(clause)
    alone = len(groups) == 1 and all(clause.text in parts for clause in asking)
    return tuple(
        Need(
            subject=key[0],
            aspect=key[1],
            region=region,
            day=day,
            text=text if alone else "，".join(clause.text for clause in group),
            objects=key[2],
            wants=vocabulary.terms.wants(text) if alone else key[3],
            told=group[0].told,
        )
        for key, group in list(groups.items())[:MOST_NEEDS]
    )


def _key(subject: str, aspect: str, clause: Clause, groups: Iterable[_Key]) -> _Key:
    """What parts one need from another. A clause that wants no value of its own goes with the one before it."""
    alike = [key for key in groups if key[:3] == (subject, aspect, clause.objects)]
    if alike and (not clause.wants or not alike[-1][3]):
        return alike[-1]
    return subject, aspect, clause.objects, clause.wants


def _clause(text: str, whole: str, vocabulary: Vocabulary) -> Clause:
    terms = vocabulary.terms
    spots, objects = vocabulary.object_spots(text), vocabulary.objects_in(text)
    mentions = [m for m in terms.subject_mentions(text) if not _inside((m.start, m.end), spots)]
    named = [(mention.start, mention.end) for mention in mentions] + spots
    cues = [
        m for m in terms.aspect_mentions(text) if not any(start <= m.start and m.end <= end for start, end in named)
    ]
    near = any(mention.near for mention in mentions)
    subjects = terms.subjects_of(mentions, text, whole)
    if not subjects and not near:
        subjects = tuple(dict.fromkeys(vocabulary.objects[name] for name in objects))
    aspects = tuple(dict.fromkeys(cue.of for cue in cues))
    yielding = {a for a in aspects if set(terms.aspects[a].gives_way) & set(aspects)}
    kept = tuple(aspect for aspect in aspects if aspect not in yielding)
    return Clause(text, subjects, kept, objects, near, terms.asks(text), terms.wants(text))


def _inside(spot: tuple[int, int], wider: Iterable[tuple[int, int]]) -> bool:
    """Whether a name is only a part of a thing's: 煤气 in 煤气灶."""
    start, end = spot
    return any(first <= start and end <= last and last - first > end - start for first, last in wider)


def _about_something(clauses: list[Clause], last: Turn | None, region_said: bool) -> list[Clause]:
    """The clauses that ask, each with its subject: its own, the nearest before it, the next one's, or the last turn's."""
    if any(clause.near for clause in clauses) and not any(clause.subjects for clause in clauses):
        return []
    named = next((clause for clause in clauses if clause.subjects), None)
    if named is None:
        return _follow_up(clauses, last, region_said) if last and last.subject else _subjectless(clauses)
    subjects, objects, result = named.subjects, named.objects, list[Clause]()
    for clause in clauses:
        subjects, objects = clause.subjects or subjects, clause.objects or objects
        result.append(replace(clause, subjects=subjects, objects=objects))
    return _asking(result) or [clause for clause in result if clause.asks][-1:] or [named]


def _asking(clauses: Sequence[Clause]) -> list[Clause]:
    """Those that ask for an aspect; among them those that are questions by their words, if there are any."""
    of_aspect = [clause for clause in clauses if clause.aspects]
    return [clause for clause in of_aspect if clause.asks] or of_aspect


def _follow_up(clauses: list[Clause], last: Turn, region_said: bool) -> list[Clause]:
    """What names no subject asks about the last one: another aspect, the same for another region, or anything else."""
    about = [replace(clause, subjects=(last.subject,), objects=clause.objects or last.objects) for clause in clauses]
    if asking := _asking(about):
        return asking
    refers = region_said or any(_REFERS_BACK.search(clause.text) for clause in clauses)
    if refers and sum(len(clause.text) for clause in clauses) <= SHORT:
        return [replace(about[0], text=last.question, aspects=last.aspects, objects=last.objects)]
    return [replace(clause, told=False) for clause in about[:1]]


def _subjectless(clauses: list[Clause]) -> list[Clause]:
    """No subject at all: evidence of any subject may answer, if it fits closely."""
    asking = _asking(clauses) or clauses[:1]
    return [replace(clause, subjects=("",), told=False) for clause in asking[:1]]
