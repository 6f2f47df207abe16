"""Makes the trace of an answer (trace.py) of what its steps hand on. Pure; decides nothing: why a passage was not used is read off
the conditions that gathering keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation import Claim, Evidence, Need, Reading, Statement, Status
from bot.evidence.ground import Ground
from bot.evidence.places import SETTLED, holds_for
from bot.guard import masked
from bot.trace import Found, Sought, Step, Trace, Use
from corpus.regions import CITY, PROVINCE, Region

MOST_FOUND = 6
"""Passages of a need that are kept for each use."""
MOST_STRUCK = 12

Identities = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question: the status, the evidence it rests on, the claims shown and those struck."""

    status: Status
    evidence: Sequence[Evidence] = ()
    shown: Sequence[Claim] = ()
    struck: Sequence[Claim] = ()


def traced(asked: str, reading: Reading, outcome: Outcome, ground: Ground, steps_ms: Mapping[Step, float]) -> Trace:
    """The trace of an answer to the question `asked`."""
    tracer = _Tracer(asked, ground, _relied(outcome.shown), _relied(outcome.struck))
    struck = tuple(masked(claim.text) for claim in outcome.struck[:MOST_STRUCK])
    return Trace(_way(reading, outcome), tuple(tracer.needs(reading, outcome)), struck, dict(steps_ms))


def _way(reading: Reading, outcome: Outcome) -> str:
    if reading.intent != "ask":
        return reading.intent
    return outcome.status if outcome.status in ("blocked", "tool") else "evidence"


def _relied(claims: Sequence[Claim]) -> Identities:
    return frozenset(statement.identity for claim in claims for statement, _ in claim.on)


@dataclass(frozen=True, slots=True)
class _Tracer:
    asked: str
    ground: Ground
    shown: Identities
    struck: Identities

    def needs(self, reading: Reading, outcome: Outcome) -> Iterator[Sought]:
        """Each need with what was found for it; those that nothing was looked up for as they were understood."""
        if outcome.evidence:
            yield from map(self._gathered, outcome.evidence)
        elif outcome.status == "tool":
            claims = (*outcome.shown, *outcome.struck)
            looked_up = tuple(statement for claim in claims for statement, _ in claim.on)
            first, *others = reading.needs
            yield self._sought(first, looked_up, Evidence(first, outcome.status))
            yield from map(self._sought, others)
        else:
            yield from map(self._sought, reading.needs)

    def _gathered(self, one: Evidence) -> Sought:
        return self._sought(one.need, one.found or one.local, one)

    def _sought(self, need: Need, found: Sequence[Statement] = (), evidence: Evidence | None = None) -> Sought:
        asker = need.region or self.ground.home
        places = tuple(place.full_name for place in self.ground.regions.chain(asker)) if evidence else ()
        return Sought(
            subject=need.subject,
            aspect=need.aspect,
            region=need.region.full_name if need.region else "",
            day=need.day,
            wants=need.wants,
            things=tuple(filter(self._may_be_kept, need.objects)),
            overview=need.overview,
            places=places,
            within=bool(places) and asker.level in (PROVINCE, CITY),
            evidence=evidence.status if evidence else "",
            choices=evidence.choices if evidence else (),
            found=tuple(self._found(found, asker, evidence)) if evidence else (),
        )

    def _may_be_kept(self, thing: str) -> bool:
        """Whether a thing named is none of what is masked in the stored question."""
        return masked(thing) == thing and (thing not in self.asked or thing in masked(self.asked))

    def _found(self, statements: Sequence[Statement], asker: Region, evidence: Evidence) -> Iterator[Found]:
        """The passages of the statements, each once by its best statement, those relied on first; of each use at most MOST_FOUND."""
        told = [(self._use(statement, asker, evidence), statement) for statement in statements]
        told.sort(key=lambda pair: ("used", "struck", pair[0]).index(pair[0]))  # stable: else the order found
        seen, counts = set[str](), dict[Use, int]()
        for use, statement in told:
            passage = statement.passage
            if passage.id in seen or counts.get(use, 0) >= MOST_FOUND:
                continue
            seen.add(passage.id)
            counts[use] = counts.get(use, 0) + 1
            title, heading, region = passage.source.title, passage.heading, passage.region
            yield Found(passage.id, title, heading, region, statement.state, statement.score, statement.chance, use)

    def _use(self, statement: Statement, asker: Region, evidence: Evidence) -> Use:
        if not statement.fits:  # also where it was used, but for another need
            return "not_about"
        if statement.identity in self.shown:
            return "used"
        if statement.identity in self.struck:
            return "struck"
        if evidence.choices:
            return "ambiguous"
        if not holds_for(statement.passage.region, asker, self.ground.regions):
            return "other_place"
        return "not_needed" if statement.state in SETTLED else "other_time"
