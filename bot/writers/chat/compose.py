"""Lets a model say what the quoting writer would quote. Whatever it says badly, or not at all, the quoting writer says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation import Claim, Evidence, Reading, Statement
from bot.grounding import grounded
from bot.words import Wording
from bot.writers import Writer
from bot.writers.chat.bearing import bearing
from bot.writers.chat.model import ChatModel
from bot.writers.chat.prompt import messages
from bot.writers.chat.sentences import Sentence, sentences
from bot.writers.quote.label import labelled, one_sentence
from corpus.figures import forms, is_money
from corpus.regions import Region, Regions

MOSTLY = 0.5
"""Share of a quote that the model's sentences must rely on, to have said it."""


class ChatWriter:
    """See the module. The quoting writer's claims are the measure: each of them is said, in the model's words or in its own."""

    LANGUAGE = "zh"
    """Of the only frame that is left to a model: in another language words cannot be compared with the source's."""

    def __init__(self, model: ChatModel, quoting: Writer, wording: Wording, regions: Regions) -> None:
        self._model, self._quoting, self._wording, self._regions = model, quoting, wording, regions

    def write(self, reading: Reading, evidence: Sequence[Evidence]) -> Iterator[Claim]:
        """The model's sound sentences as they come, then what they leave out of the quoting writer's claims."""
        quoted = tuple(self._quoting.write(reading, evidence))
        shown: list[Claim] = []
        for sound in self._phrased(reading, quoted):
            for claim in self._in_turn(sound, quoted, shown):
                shown.append(claim)
                yield claim
        yield from (claim for claim in quoted if not self._said(claim, shown))

    def _phrased(self, reading: Reading, quoted: Sequence[Claim]) -> Iterator[Claim]:
        """What the model makes of what is quoted, sound sentences only. It is not asked where the quoting writer begins with words of
        its own (nothing is on record here, so many there are, these compare so) or with a list, which is quoted whole."""
        plain = [claim.on[0][0] for claim in quoted if self._is_plain(claim) and not _is_list(claim.on[0][0])]
        told = list({statement.identity: statement for statement in plain}.values())
        leads = quoted[0].on if quoted else ()
        if reading.language != self.LANGUAGE or not told or not leads or _is_list(leads[0][0]):
            return
        places = {need.region for need in reading.needs}
        asker = places.pop() if len(places) == 1 else None
        for sentence in sentences(self._model.pieces(messages(reading, told, self._wording))):
            if claim := self._claim(sentence, told, asker):
                yield claim

    def _claim(self, sentence: Sentence, told: Sequence[Statement], asker: Region | None) -> Claim | None:
        """The sentence as a claim, without label; None if it cites nothing or what is not there, or if what it cites does not bear it."""
        if not sentence.numbers or not all(1 <= number <= len(told) for number in sentence.numbers):
            return None
        on = bearing(sentence.text, [told[number - 1] for number in sentence.numbers])
        texts = {labelled(sentence.text, statement, self._wording) for statement, _ in on}
        if len(texts) != 1 or not all(self._is_placed(sentence.text, statement, asker) for statement, _ in on):
            return None
        place = asker.full_name if asker else ""  # all that is taken from the question: its figures are no evidence
        return Claim(sentence.text, on) if grounded(Claim(texts.pop(), on), place, self._regions) else None

    def _in_turn(self, claim: Claim, quoted: Sequence[Claim], shown: Sequence[Claim]) -> Iterator[Claim]:
        """The claim with its label, unless all of it was shown. The first time that a statement is spoken of, what the quoting writer
        says until then and of it goes before the claim, unless the claim says as much. `shown` grows with what is yielded."""
        before = ""
        for due in _due(claim, quoted, shown):
            if self._said(due, [claim]):
                before = before or due.before
            elif not self._said(due, shown):
                yield due
        if not _repeats(claim, shown):
            is_new = not all(_about(statement, shown) for statement, _ in claim.on)
            needs_label = is_new or any(map(is_money, forms(claim.text)))
            text = labelled(claim.text, claim.on[0][0], self._wording) if needs_label else claim.text
            yield replace(claim, text=text, before=before)

    def _is_placed(self, text: str, statement: Statement, asker: Region | None) -> bool:
        """Whether the sentence speaks of where the statement holds: of no place outside, and by name unless the asker's own lies there."""
        there = self._regions.find(statement.passage.region)
        named, known = self._places(text), self._places(statement.text)
        if not all(place in known or self._regions.covers(there, place) for place in named):
            return False
        return there.level == 0 or there in named or (asker is not None and self._regions.covers(there, asker))

    def _places(self, text: str) -> set[Region]:
        """The places that a text names; of an ambiguous name all that it may be."""
        mentions = self._regions.mentions(text)
        return {place for mention in mentions for place in ((mention.region,) if mention.region else mention.choices)}

    def _is_plain(self, claim: Claim) -> bool:
        """Whether the claim is its quote, labelled or not, and has no word of the quoting writer's own (a verdict, that sources
        disagree): such words no model says."""
        if not claim.on:
            return False
        quote = one_sentence([part for _, part in claim.on])
        return claim.text in (quote, labelled(quote, claim.on[0][0], self._wording))

    def _said(self, claim: Claim, shown: Sequence[Claim]) -> bool:
        """Whether what was shown says the claim: relies on most of its quote and has all its figures."""
        if claim in shown:
            return True
        if not self._is_plain(claim):
            return False
        statement, quote = claim.on[0][0], "".join(part for _, part in claim.on)
        wanted, about = _spots(statement, [claim]), _about(statement, shown)
        return len(wanted & _spots(statement, about)) >= MOSTLY * len(wanted) and forms(quote) <= _forms(about)


def _due(claim: Claim, quoted: Sequence[Claim], shown: Sequence[Claim]) -> Sequence[Claim]:
    """What the quoting writer says up to its direct sentence on what this claim speaks of for the first time; at the start its first."""
    fresh = [statement for statement, _ in claim.on if not _about(statement, shown)]
    until = max((quoted.index(_about(statement, quoted)[0]) + 1 for statement in fresh), default=0)
    return quoted[: until if shown else max(until, 1)]


def _repeats(claim: Claim, shown: Sequence[Claim]) -> bool:
    """Whether a claim says nothing that was not shown."""
    fresh = any(_spots(statement, [claim]) - _spots(statement, shown) for statement, _ in claim.on)
    return not fresh and forms(claim.text) <= _forms(shown)


def _about(statement: Statement, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that rely on the statement."""
    return [claim for claim in claims if any(other.identity == statement.identity for other, _ in claim.on)]


def _spots(statement: Statement, claims: Sequence[Claim]) -> set[int]:
    """The places of a statement's text that claims rely on."""
    quotes = [quote for claim in claims for other, quote in claim.on if other.identity == statement.identity]
    starts = ((statement.text.find(quote), quote) for quote in quotes)
    return {place for start, quote in starts if start >= 0 for place in range(start, start + len(quote))}


def _forms(claims: Sequence[Claim]) -> frozenset[str]:
    return frozenset(form for claim in claims for form in forms(claim.text))


def _is_list(statement: Statement) -> bool:
    return "\n" in statement.text
