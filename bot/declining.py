"""What is said where there is nothing to answer with: kindly, with the nearest thing that is on record and whom to ask."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.conversation import Claim, Evidence, Need, Reading, Status
from bot.words import Wording
from corpus.document import Passage
from corpus.fact import Fact
from corpus.figures import forms
from corpus.regions import PROVINCE
from corpus.terms import Terms

SHOWN = 6
MOST_CHOICES = 4
OF_OUR_FIELD = 0.6
"""How near an owners' question must be for a question that names nothing of our field to be of it all the same."""
QUOTED = 20
"""Characters of a part of a question that is quoted when it is missing."""
_HAN = re.compile(r"[\u4e00-\u9fff\s，、]*")
SAYS_WHAT = 3
"""Characters left of a question without a subject from which it says what it is about, so that asking back would be no help."""


def decline_reading(reading: Reading, wording: Wording, terms: Terms) -> tuple[Status, str] | None:
    """Status and text for a reading that asks for no evidence; None for one that does."""
    match reading.intent:
        case "small_talk":
            return "small_talk", wording.small_talk()[int(reading.detail)][1]
        case "out_of_scope":
            return "out_of_scope", wording.say("out_of_scope", subjects=_subjects(terms, wording))
        case "ambiguous_region":
            return "clarify", wording.say("clarify_region", name=reading.detail)
        case "near_miss":
            what, subject = reading.choices
            return "not_covered", wording.say(
                "near_miss", name=reading.detail, what=what, subject=subject
            ) + wording.say("ask_office", office=wording.say("offices"))
    return None


def decline_need(
    one: Evidence, passages: Sequence[Passage], facts: Mapping[str, Fact], wording: Wording, terms: Terms
) -> Iterator[Claim]:
    """For a need with no evidence at all: what is missing, the nearest that is on record, whom to ask."""
    need = one.need
    match status_of_missing(one, terms):
        case "clarify":
            yield Claim(wording.say("clarify_subject", subjects=wording.listed(choices_of(one, terms))))
            return
        case "out_of_scope":
            yield Claim(wording.say("out_of_scope", subjects=_subjects(terms, wording)))
            return
    if not need.subject:
        yield Claim(wording.say("not_covered_plain"))
        yield Claim(wording.say("ask_office", office=wording.say("offices")))
        return
    yield Claim(_what_is_missing(need, wording))
    aspects = [aspect for aspect in aspects_on_record(need.subject, passages, terms) if aspect != need.aspect]
    if aspects:  # not the one just declined: it is on record, but not of what was asked
        yield Claim(wording.say("nearest", subject=wording.name(need.subject), aspects=wording.listed(aspects[:SHOWN])))
    office = office_for(need, passages, facts, terms) or wording.say("offices")
    yield Claim(wording.say("ask_office", office=office))


def missing_line(need: Need, wording: Wording, terms: Terms) -> str:
    """That of several things asked this one is not on record."""
    asked = (need.own or need.text).strip()
    if len(asked) <= QUOTED and not need.original and _is_plain(asked, terms):
        return wording.say("missing_part", asked=asked)
    key = "missing" if need.aspect else "missing_point" if need.subject else "missing_any"
    return wording.say(key, aspect=wording.name(need.aspect), subject=wording.name(need.subject))


def _is_plain(asked: str, terms: Terms) -> bool:
    """Whether a part of a question may be said again: it asks, in Chinese characters and names that we know, and tells no figure. Whatever
    else stands there (a tag, an order, a telephone) would be said in our name."""
    bare = asked
    for mention in reversed(terms.subject_mentions(asked)):
        bare = bare[: mention.start] + bare[mention.end :]
    return terms.asks(asked) and not forms(asked) and _HAN.fullmatch(bare) is not None


def _what_is_missing(need: Need, wording: Wording) -> str:
    """Names the thing, the place or the aspect of which nothing is on record."""
    names = {"subject": wording.name(need.subject), "aspect": wording.name(need.aspect)}
    if need.objects:
        return wording.say("not_covered_object", object=need.objects[0], **names)
    # of a place beneath a province one asks for what is its own
    if need.region and need.region.level > PROVINCE and need.aspect:
        return wording.nothing_in(wording.place(need.region.full_name), **names)
    return wording.say("not_covered" if need.aspect else "not_covered_point", **names)


def _subjects(terms: Terms, wording: Wording) -> str:
    return wording.listed(list(terms.subjects)[:SHOWN])


def office_for(need: Need, passages: Sequence[Passage], facts: Mapping[str, Fact], terms: Terms) -> str:
    """The office that rows of the subject name most often for the asker's place; empty where none does."""
    if need.region is None:
        return ""
    kin, place = terms.kin(need.subject), need.region.full_name
    rows = (facts[i] for p in passages if p.subject in kin and p.region == place for i in p.facts if i in facts)
    named = Counter(fact.confirm_with for fact in rows if fact.confirm_with)
    return named.most_common(1)[0][0] if named else ""


def choices_of(one: Evidence, terms: Terms) -> Sequence[str]:
    """The subjects to choose from: those that fit, else the first of the list."""
    return (one.choices or tuple(terms.subjects))[:MOST_CHOICES]


def aspects_on_record(subject: str, passages: Sequence[Passage], terms: Terms) -> list[str]:
    """The aspects of a subject that some passage is about, in the order of the list; of a family without documents its members'."""
    own = {passage.aspect for passage in passages if passage.subject == subject}
    known = own or {passage.aspect for passage in passages if passage.subject in terms.kin(subject)}
    return [name for name in terms.aspects if name in known]


def status_of_missing(one: Evidence, terms: Terms) -> Status:
    """Of a need without evidence: not covered where it is about a subject; else asked back if it is of our field at all."""
    need = one.need
    if need.subject:
        return "not_covered"
    if one.choices:
        return "clarify"
    if not (terms.in_field(need.text) or need.aspect or one.near >= OF_OUR_FIELD):
        return "out_of_scope"
    return "not_covered" if len(terms.left(need.text).replace(" ", "")) >= SAYS_WHAT else "clarify"


def status_of(evidence: Sequence[Evidence], terms: Terms) -> Status:
    """The worst need decides; where some are answered and some are not, the answer is partial."""
    found = {status_of_missing(e, terms) if e.status == "not_covered" else e.status for e in evidence}
    if len(found) == 1:
        return found.pop()
    if "answered" in found:
        return "partial"
    order: tuple[Status, ...] = ("not_in_force", "other_region", "clarify", "not_covered", "out_of_scope")
    return max(found, key=order.index)
