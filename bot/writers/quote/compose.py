"""Composes an answer from evidence: the direct sentence, what it depends on, the list, other voices, where it holds.

Every sentence stands in its passage word for word, but for labels from the wording. Chooses no evidence: takes it best first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation import Claim, Evidence, Need, Reading, Statement
from bot.evidence.lead import parts_of
from bot.words import Wording
from bot.writers.quote.label import labelled, named_state, one_sentence
from bot.writers.quote.premise import mistaken
from bot.writers.quote.table import table
from corpus.regions import COUNTY
from corpus.split import whole_sentences

ROOM = 200
"""Characters for one need (design: median of an answer at most 250); a list may take LIST_ROOM."""
LIST_ROOM = 420
MORE = 2
"""Further statements at most, and how far below the first they may score."""
NEAR_ENOUGH = 0.15
EXAMPLES = 2
_EXCEPTS = re.compile("不用|不需|不必|不须|无需|不属于|不在|免")
"""In a later sentence of a rule: what it does not hold for."""
OVERVIEW = 6


class QuoteWriter:
    """See the module. Stateless apart from its wording."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def write(self, reading: Reading, evidence: Sequence[Evidence]) -> Iterator[Claim]:
        """The claims of each need's answer, needs parted by a paragraph; nothing is said twice."""
        if evidence and all(one.need.side for one in evidence):
            yield from table(evidence, self._wording)
            return
        said: set[str] = set()
        room = ROOM if len(evidence) == 1 else ROOM // 2
        shown: list[tuple[Statement, Need]] = []
        for one in evidence:
            claims = list(self._answer(one, said, room))
            if claims:
                yield replace(claims[0], before="\n\n" if said else "")
                yield from claims[1:]
                said.update(statement.text for claim in claims for statement, _ in claim.on)
                if one.status == "answered" and not _is_overview(one, one.local[0]):
                    shown.append((one.local[0], one.need))
        yield from self._where(shown)

    def _answer(self, evidence: Evidence, said: set[str], room: int) -> Iterator[Claim]:
        if evidence.status == "answered":
            fresh = [statement for statement in evidence.local if statement.text not in said]
            now = list(self._local(evidence, fresh, said, room)) if fresh else []
            if evidence.leads_with_past and now:
                yield from self._past(evidence, 1)
                now[0] = replace(now[0], before="\n\n")
            yield from now
        elif evidence.status == "not_in_force":
            yield from self._nothing_here(evidence)
            yield from self._past(evidence)
        elif evidence.status == "other_region":
            yield from self._elsewhere(evidence)

    def _local(self, evidence: Evidence, statements: Sequence[Statement], said: set[str], room: int) -> Iterator[Claim]:
        lead, rest = statements[0], statements[1:]
        if (evidence.need.overview and len(statements) > 1) or _is_overview(evidence, lead):
            yield from self._overview(evidence, statements)
            return
        parts = parts_of(lead, evidence.need)
        alone = _is_list(lead) or not _is_of_part(
            lead, evidence.need
        )  # else the further ones hold where the first says
        shown = parts[:1] if alone else (parts[0], *_fitting(parts[1:], room - len(parts[0])))
        verdict, first = self._verdict(evidence, lead, parts[0]), labelled(one_sentence(shown), lead, self._wording)
        if figure := mistaken(evidence.need, parts[0], lead, self._wording):
            first = self._wording.say("premise.mistaken", figure=figure, sentence=first)
        yield Claim(verdict + first, tuple((lead, part) for part in shown))
        if alone:
            yield from _details(lead, parts[1:], LIST_ROOM if _is_list(lead) else room - len(parts[0]))
        for other in [s for s in evidence.conflicts if s.text not in said][:1]:
            head = whole_sentences(other.text)[0]
            yield Claim(
                self._wording.say("conflict", sentence=labelled(head, other, self._wording)), ((other, head),), "\n\n"
            )
        used = len(lead.text)
        for other in () if verdict else _further(evidence, lead, rest):
            head = whole_sentences(other.text)[0]
            used += len(head)
            if used <= room:
                yield Claim(labelled(head, other, self._wording), ((other, head),), "\n")

    def _overview(self, evidence: Evidence, statements: Sequence[Statement]) -> Iterator[Claim]:
        """How many there are, then a line each, under its place's own name; asked for no place in particular, money asks for one."""
        need, shown = evidence.need, statements[:OVERVIEW]
        places = "、".join(dict.fromkeys(_last(s.passage.region) for s in shown))
        names = {"subject": need.subject, "aspect": need.aspect, "places": places}
        computed = (f"{len(statements)}条", f"{len(shown)}条")
        yield Claim(self._wording.say("overview", total=len(statements), shown=len(shown), **names), computed=computed)
        for statement in shown:
            head = parts_of(statement, need)[0]
            yield Claim("- " + labelled(head, statement, self._wording), ((statement, head),), "\n")
        if need.region is None and any(fact.is_money for s in shown for fact in s.facts if fact.kind == "subsidy"):
            yield Claim(self._wording.say("choose_region"), (), "\n\n")

    def _nothing_here(self, evidence: Evidence) -> Iterator[Claim]:
        """That the asker's own county pays nothing on record, before what the city or province once paid."""
        need, money = evidence.need, any(fact.is_money for fact in evidence.past[0].facts)
        own = need.region and any(s.passage.region == need.region.full_name for s in evidence.past)
        if need.region and need.region.level == COUNTY and money and not own:
            yield Claim(self._wording.nothing_in(need.region.full_name, need.subject, need.aspect))

    def _past(self, evidence: Evidence, most: int = EXAMPLES) -> Iterator[Claim]:
        for number, statement in enumerate(evidence.past[:most]):
            parts = parts_of(statement, evidence.need)
            before = "\n\n" if number or evidence.status == "not_in_force" else ""
            shown = parts[:1] if _is_list(statement) else (parts[0], *_fitting(parts[1:], ROOM - len(parts[0])))
            said = labelled(one_sentence(shown), statement, self._wording)  # the further ones are as past as the first
            yield Claim(said, tuple((statement, part) for part in shown), before)
            if _is_list(statement):
                yield from _details(statement, parts[1:], LIST_ROOM)

    def _elsewhere(self, evidence: Evidence) -> Iterator[Claim]:
        need = evidence.need
        names = {"subject": need.subject, "aspect": need.aspect}
        if need.region:
            yield Claim(self._wording.nothing_in(need.region.full_name, need.subject, need.aspect))
        else:
            yield Claim(self._wording.say("region_unsaid", **names))
        for statement in evidence.elsewhere[:EXAMPLES]:
            head = whole_sentences(statement.text)[0]
            sentence = labelled(head, statement, self._wording)
            text = self._wording.say("example", region=statement.passage.region, sentence=sentence)
            yield Claim(text, ((statement, head),), "\n\n")
            if _is_list(statement):
                yield from _details(statement, parts_of(statement, need)[1:], LIST_ROOM)

    def _verdict(self, evidence: Evidence, lead: Statement, part: str) -> str:
        """要的， before a sentence that answers yes or no, where yes or no was asked; a sentence may name the exception (不用许可)."""
        verdict = next((fact.verdict for fact in lead.facts if fact.verdict), None)
        same = evidence.need.aspect and lead.passage.aspect == evidence.need.aspect
        asked = same and any(word in evidence.need.text for word in self._wording.list("verdict.asked"))
        excepts = verdict == "yes" and not lead.text.startswith(part) and _EXCEPTS.search(part)
        return self._wording.say(f"verdict.{verdict}") if verdict and asked and not excepts else ""

    def _where(self, leads: Sequence[tuple[Statement, Need]]) -> Iterator[Claim]:
        """Where and until when the answer holds, a line a region."""
        for region in dict.fromkeys(lead.passage.region for lead, _ in leads):
            own = ((lead, need) for lead, need in leads if lead.passage.region == region)
            names = list(dict.fromkeys(named_state(lead, need, self._wording) for lead, need in own))
            said = names[0] if len(names) == 1 else "，".join(self._wording.say("some", state=name) for name in names)
            yield Claim(self._wording.say("holds", region=region, state=said), (), "\n\n")


def _last(region: str) -> str:
    """浙江省湖州市德清县: 德清县."""
    return [part for part in re.split(r"(?<=[省市盟])|(?<=自治州)", region) if part][-1]


def _is_overview(evidence: Evidence, lead: Statement) -> bool:
    """Asked for a whole province or city (or nowhere in particular), money comes from several counties; what the place itself pays is told first."""
    place = evidence.need.region
    wide = place is None or place.level < COUNTY
    regions = {
        s.passage.region for s in evidence.local if any(fact.kind == "subsidy" and fact.is_money for fact in s.facts)
    }
    own = place is not None and lead.passage.region == place.full_name
    return wide and not own and len(regions) > 1 and any(fact.kind == "subsidy" for fact in lead.facts)


def _is_of_part(statement: Statement, need: Need) -> bool:
    """Whether it holds for a part of the province or city asked for."""
    place = need.region.full_name if need.region and need.region.level else ""
    return bool(place) and statement.passage.region != place and statement.passage.region.startswith(place)


def _is_list(statement: Statement) -> bool:
    return "\n" in statement.text


def _details(lead: Statement, parts: Sequence[str], room: int) -> Iterator[Claim]:
    """The lead's further sentences, in order, as long as there is room; items of a list a line each."""
    for part in _fitting(parts, room):
        yield Claim(part, ((lead, part),), "\n" if _is_list(lead) else "")


def _fitting(parts: Sequence[str], room: int) -> Iterator[str]:
    for part in parts:
        room -= len(part)
        if room < 0:
            return
        yield part


def _further(evidence: Evidence, lead: Statement, rest: Sequence[Statement]) -> list[Statement]:
    """Other statements of the same aspect and nearly as good; of a comparison the next, which is likely to be of its other side."""
    others = [s for s in rest if s.passage.aspect == lead.passage.aspect and s not in evidence.conflicts]
    near = [s for s in others if s.score >= lead.score - NEAR_ENOUGH][:MORE]
    return near or (others[:1] if evidence.need.compares else [])
