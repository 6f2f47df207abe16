"""Splits a question into needs, subject x aspect, clause by clause, with what the conversation so far supplies."""

import re
from dataclasses import dataclass

from bot.conversation import Need, Session, Turn
from bot.reading.vocabulary import Vocabulary
from corpus.regions import Region

MOST_NEEDS = 4
_CLAUSE = re.compile(r"[，。？！?!；;,\n]+|还有|另外|以及|顺便|再问一下|再问")
_REFERS_BACK = re.compile(r"^(?:那么?|它|这个|这种|该|其|刚才|上面)|(?:呢|呐)[？?。]?$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with what it names. `near` is set where it names a look-alike of a subject."""

    text: str
    subjects: tuple[str, ...]
    aspects: tuple[str, ...]
    objects: tuple[str, ...]
    near: bool


def needs(
    text: str, session: Session, vocabulary: Vocabulary, region: Region | None, day: str, region_said: bool
) -> tuple[Need, ...]:
    """The needs of a question, at most MOST_NEEDS; none where no subject can be told."""
    clauses = [clause for part in _CLAUSE.split(text) if part.strip() and (clause := _clause(part.strip(), vocabulary))]
    clauses = _about_something(clauses, session.last, region_said)
    found: dict[tuple[str, str, str], Need] = {}
    for clause in clauses:
        for subject in clause.subjects:
            for aspect in clause.aspects or ("",):
                need = Need(subject, aspect, region, day, clause.text, clause.objects)
                found.setdefault((subject, aspect, clause.text if aspect else ""), need)
    return tuple(found.values())[:MOST_NEEDS]


def _clause(text: str, vocabulary: Vocabulary) -> Clause:
    mentions = vocabulary.terms.subject_mentions(text)
    named = [(mention.start, mention.end) for mention in mentions]
    cues = [
        m
        for m in vocabulary.terms.aspect_mentions(text)
        if not any(m.start < end and start < m.end for start, end in named)
    ]
    objects = vocabulary.objects_in(text)
    subjects = dict.fromkeys(mention.of for mention in mentions if not mention.near)
    if not subjects and not any(mention.near for mention in mentions):
        subjects = dict.fromkeys(vocabulary.objects[name] for name in objects)
    aspects = tuple(dict.fromkeys(cue.of for cue in cues))
    yielding = {a for a in aspects if set(vocabulary.terms.aspects[a].gives_way) & set(aspects)}
    return Clause(
        text,
        tuple(subjects),
        tuple(a for a in aspects if a not in yielding),
        objects,
        any(mention.near for mention in mentions),
    )


def _about_something(clauses: list[Clause], last: Turn | None, region_said: bool) -> list[Clause]:
    """Clauses that ask something, each with its subject: its own, the nearest before it, the next one's, or the last turn's."""
    if any(clause.near for clause in clauses) and not any(clause.subjects for clause in clauses):
        return []
    named = next((clause for clause in clauses if clause.subjects), None)
    if named is None:
        return _follow_up(clauses, last, region_said) if last and last.subject else []
    subjects, objects, result = named.subjects, named.objects, list[Clause]()
    for clause in clauses:
        subjects, objects = clause.subjects or subjects, clause.objects or objects
        if clause.aspects or clause.subjects:
            result.append(Clause(clause.text, subjects, clause.aspects, objects, False))
    asking = [clause for clause in result if clause.aspects]
    return asking or result[:1]


def _follow_up(clauses: list[Clause], last: Turn, region_said: bool) -> list[Clause]:
    """A question that names no subject asks about the last one: another aspect of it, or the same for another region."""
    asking = [clause for clause in clauses if clause.aspects]
    if asking:
        return [Clause(clause.text, (last.subject,), clause.aspects, last.objects, False) for clause in asking]
    refers = region_said or any(_REFERS_BACK.search(clause.text) for clause in clauses)
    return [Clause(last.question, (last.subject,), last.aspects, last.objects, False)] if refers else []
