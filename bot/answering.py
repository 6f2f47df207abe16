"""The Bot: a function from Question to Answer. Its steps, in order, one call each; read this file first.

guard -> read -> tool? -> gather -> write -> ground -> finish. Holds no conversation and stores nothing.
"""

import logging
import secrets
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot import guard
from bot.citing import Citer
from bot.conversation import (
    BEGINNING,
    REMEMBERED_TURNS,
    Answer,
    Claim,
    Evidence,
    Question,
    Reading,
    Session,
    Turn,
)
from bot.declining import decline_need, decline_reading, missing_line, status_of, status_of_missing
from bot.evidence.candidates import sense_of
from bot.evidence.ground import Ground
from bot.evidence.lead import parts_of
from bot.evidence.signs import has_all_wanted
from bot.evidence.wanted import evidence_for
from bot.grounding import grounded
from bot.reading.read import read
from bot.reading.vocabulary import Vocabulary
from bot.suggesting import suggestions
from bot.tools import Tool
from bot.trace import Clock
from bot.tracing import Outcome, traced
from bot.words import Wording
from bot.writers import Writer
from corpus.figures import forms
from corpus.terms import Terms
from index.search import Index

log = logging.getLogger(__name__)


class UnusableQuestion(ValueError):
    """A question that cannot be read: empty. The message says what to do, in Chinese."""


class LongQuestion(UnusableQuestion):
    """A question that is too long to be one."""


@dataclass(frozen=True, slots=True)
class Knowing:
    """What one version of the index and the words make: looked up afresh for each question."""

    vocabulary: Vocabulary
    ground: Ground


@dataclass(frozen=True, slots=True)
class Bot:
    """Answers questions. Put together in assemble.py; every part can be replaced by argument."""

    index: Index
    know: Callable[[], Knowing]
    writer: Writer
    tools: Sequence[Tool]
    wordings: Mapping[str, Wording]
    """By language; the first is the usual one."""

    @property
    def wording(self) -> Wording:
        """The wording of the usual language."""
        return next(iter(self.wordings.values()))

    def _speaking(self, language: str) -> Wording:
        return self.wordings.get(language, self.wording)

    def answer(self, question: Question) -> Answer:
        """The answer to a question. Raises UnusableQuestion."""
        *_, last = self.stream(question)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: Question) -> Iterator[str | Answer]:
        """Pieces of the answer's text as they are ready, then exactly one Answer. Raises UnusableQuestion."""
        clock = Clock()
        question = self._guarded(question)
        known = self.know()
        reading = read(question, known.vocabulary)
        clock.lap("read")
        citer = Citer()
        outcome = yield from self._told(question, reading, known, citer, clock)
        clock.lap("write")
        yield self._finished(question, reading, known, citer, outcome, clock)

    def _guarded(self, question: Question) -> Question:
        text = guard.cleaned(question.text)
        wording = self._speaking(question.session.profile.language)
        if not text:
            raise UnusableQuestion(wording.say("empty"))
        if len(text) > guard.LONGEST_QUESTION:
            raise LongQuestion(wording.say("too_long", limit=guard.LONGEST_QUESTION))
        return replace(question, text=text)

    def _told(
        self, question: Question, reading: Reading, known: Knowing, citer: Citer, clock: Clock
    ) -> Generator[str, None, Outcome]:
        """The pieces of the answer, each grounded before it is yielded; returns what came of it."""
        wording = self._speaking(reading.language)
        if declined := decline_reading(reading, wording, known.vocabulary.terms):
            yield citer.add(Claim(declined[1]))
            return Outcome(declined[0])
        reason = self.index.refuses(*_request(reading)) if _of_our_field(reading, known.vocabulary.terms) else ""
        clock.lap("gather")
        if reason:
            yield citer.add(Claim(wording.say(f"blocked.{reason}")))
            return Outcome("blocked")
        claims, unsound = self._tool_claims(question, reading, known)
        clock.lap("gather")
        if claims:
            yield from map(citer.add, claims)
            return Outcome("tool", shown=claims, struck=unsound)
        evidence = evidence_for(reading.needs, known.ground)
        clock.lap("gather")
        asked, vocabulary = f"{question.text} {reading.text}", known.vocabulary
        shown, struck = list[Claim](), list[Claim]()
        for claim in self.writer.write(reading, evidence):
            if grounded(claim, asked, vocabulary.regions, vocabulary.terms, self.index.standing):
                shown.append(claim)
                yield citer.add(claim)
            else:
                struck.append(claim)
        stands = _shown(evidence, shown, struck)
        missing = [one for one in (stands if struck else evidence) if one.status == "not_covered" or not citer.text]
        yield from map(citer.add, self._missing(missing, known, wording, alone=not citer.text))
        return Outcome(status_of(stands, known.vocabulary.terms), evidence, shown, (*unsound, *struck))

    def _tool_claims(self, question: Question, reading: Reading, known: Knowing) -> tuple[list[Claim], list[Claim]]:
        """The claims of the first tool that wants the question, in the order of their names: the sound ones, and those struck."""
        offers = (tool.answer(question, reading, known.ground) for tool in self.tools)
        claims = next(filter(None, offers), ())
        sound = [claim for claim in claims if grounded(claim, question.text, known.vocabulary.regions)]
        unsound = [claim for claim in claims if claim not in sound]
        for claim in unsound:
            log.warning("a tool's claim was struck, for what nothing vouches for")
            log.debug("struck: %s", claim.text)  # it may repeat the question
        return sound, unsound

    def _missing(self, missing: Sequence[Evidence], known: Knowing, wording: Wording, alone: bool) -> Iterator[Claim]:
        """What is missing: the first in full where there is no other answer, else a line for each need."""
        terms = known.vocabulary.terms
        if missing and alone:
            passages, facts = tuple(self.index.passages.values()), self.index.facts
            yield from decline_need(missing[0], passages, facts, wording, terms)
            missing = missing[1:] if status_of_missing(missing[0], terms) == "not_covered" else ()
        for line in dict.fromkeys(missing_line(one.need, wording, terms) for one in missing):
            yield Claim(line, (), "\n\n")

    def _finished(
        self, question: Question, reading: Reading, known: Knowing, citer: Citer, outcome: Outcome, clock: Clock
    ) -> Answer:
        passages = tuple(self.index.passages.values())
        region = reading.region.full_name if reading.region else ""
        wording, subject = self._speaking(reading.language), _subject(reading, outcome.evidence)
        return Answer(
            id=secrets.token_urlsafe(16),
            text=citer.text,
            status=outcome.status,
            citations=citer.citations(),
            suggestions=suggestions(
                reading, subject, outcome.status, outcome.evidence, passages, wording, known.vocabulary.terms
            ),
            session=_next_session(
                replace(question.session, profile=reading.profile), reading, subject, outcome.evidence
            ),
            region=region,
            on=question.on,
            notice=wording.say("notice"),
            trace=traced(question.text, reading, outcome, known.ground, clock.steps_ms),
            took_ms=round(clock.whole_ms),
        )


def _of_our_field(reading: Reading, terms: Terms) -> bool:
    """Whether a question is about our subjects at all: a poem that somebody wants written is no fraud, like as it may sound to one."""
    return any(need.subject or need.aspect or terms.in_field(need.text) for need in reading.needs)


def _request(reading: Reading) -> tuple[str, str]:
    """What is looked at for what nobody is helped with: the question; and what is searched for because of it. Where that is just the
    question, as it is searched for, so that it is embedded once."""
    searched = [sense_of(need) for need in reading.needs]
    alone = len(searched) == 1
    if alone and searched[0] == reading.needs[0].text:
        return searched[0], ""
    return reading.text, searched[0] if alone else ""


def _shown(evidence: Sequence[Evidence], shown: Sequence[Claim], struck: Sequence[Claim]) -> Sequence[Evidence]:
    """The evidence as it came to be shown: what lost its answer to the check is not covered."""
    cites = any(claim.on for claim in shown)
    return [one if cites and _stands(one, shown, struck) else replace(one, status="not_covered") for one in evidence]


def _stands(one: Evidence, shown: Sequence[Claim], struck: Sequence[Claim]) -> bool:
    """Whether what is shown for a need answers it: where one of its sentences was struck, what is left has to hold a figure of each
    kind asked for; where none is asked for, a struck sentence is taken to have been the answer unless others of its statement stand."""
    statements = {statement.identity for statement in (*one.local, *one.past, *one.elsewhere)}
    left, lost = ([c for c in claims if any(s.identity in statements for s, _ in c.on)] for claims in (shown, struck))
    if not lost:
        return True
    found = {form for claim in left for form in forms(claim.text)}
    return bool(left) and has_all_wanted(one.need, found)


def _next_session(session: Session, reading: Reading, subject: str, evidence: Sequence[Evidence]) -> Session:
    """The session with this turn, which was about `subject`. What is about no subject and names no place leaves no trace: the next question follows the one before."""
    said = reading.region.full_name if reading.region else ""
    if not subject:
        turn = Turn("", region=said)
        return replace(session, turns=(*session.turns, turn)[-REMEMBERED_TURNS:]) if said else session
    named = next((need for need in reading.needs if need.subject == subject), None)
    text, objects = (named or reading.needs[0]).text, named.objects if named else ()
    aspects = tuple(dict.fromkeys(one.aspect for one in reading.needs if one.aspect))
    leading = ((one.need, (*one.local, *one.past)[:1]) for one in evidence)
    answered = [(statement, need) for need, first in leading for statement in first]
    answer = next((parts_of(statement, need)[0] for statement, need in answered), "")
    aspects = aspects or tuple(statement.passage.aspect for statement, _ in answered[:1])
    turn = Turn(guard.masked(text), subject, aspects, said, objects, answer[:BEGINNING])
    return replace(session, turns=(*session.turns, turn)[-REMEMBERED_TURNS:])


def _subject(reading: Reading, evidence: Sequence[Evidence]) -> str:
    """What a question was about: what evidence was gathered for, which may be another thing than was read; or what it turned out to be."""
    gathered = (one.need.subject for one in evidence)
    found = (statement.passage.subject for one in evidence for statement in (*one.local, *one.past)[:1])
    read_ = (need.subject for need in reading.needs)
    return next(filter(None, (*gathered, *found, *read_)), "")
