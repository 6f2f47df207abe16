"""From clauses to needs: what each asking clause wants, of which subject, where, with what the conversation so far supplies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.conversation import Need, Session, Turn
from bot.reading.clauses import Clause, clauses, joined, narrowed
from bot.reading.following import ENDS_OPEN, REFERS_BACK, following
from bot.reading.sides import DIFFERENCE, sides
from bot.reading.vocabulary import Vocabulary
from corpus.naming import asks_there_is
from corpus.regions import Region
from corpus.terms import Terms

MOST_NEEDS = 4
SEVERAL = 2
ABOUT_SOMETHING = 3
"""Characters that must be left of what is asked besides for it to be about something else."""
_OF_EACH = re.compile("各|分别|两样|两个都")
"""过了CMMI，又拿了绿标，各给多少: of all that was named."""
_ACKNOWLEDGES = re.compile(
    r"^(?:(?:哦+|噢|喔|嗯+|好的?|行|收到)(?![吗不的])[^，。,. ；;]{0,8}|[^，。,. ；;]{0,8}(?:知道|晓得|明白|懂|清楚)了)[，。,. ；;]+(?=\S)"
)
"""哦要满一年，那…: what was told is taken in before the next is asked."""
_CORRECTS = re.compile(
    r"^(?:哎|哦|呃)?(?:不是的?|不对|错了|说错了?|打错了?|搞错了?|我(?:说|问|指|讲)的是|我是说|应该是)[，,。 ]*"
)


def needs(text: str, session: Session, vocabulary: Vocabulary, region: Region | None, day: str) -> tuple[Need, ...]:
    """The needs of a question, at most MOST_NEEDS. One of no known subject has the subject of the last turn, or none."""
    home = region or vocabulary.home
    text = _ACKNOWLEDGES.sub("", text) if session.last else text
    said = _CORRECTS.sub("", _CORRECTS.sub("", text))
    found = clauses(said or text, vocabulary, home)
    if any(clause.near for clause in found) and not any(clause.subjects for clause in found):
        return ()
    asking = _asking(found, vocabulary)
    names_its_own = len(asking) > 1 and any(clause.subjects for clause in asking)
    if session.last and not names_its_own:
        asking = [following(clause, session.last, vocabulary, corrects=said != text) for clause in asking]
    several = [
        need for clause in _handed_down(asking, vocabulary) for need in _of(clause, vocabulary, region, day, text)
    ]
    compares = vocabulary.terms.compares(text)
    if compares and (compared := tuple(sides(text, several, vocabulary))):
        return compared
    if last := session.last:
        several = [_after(last, one) for one in several]
    return tuple(replace(need, compares=compares) for need in _once(several, vocabulary))[:MOST_NEEDS]


def _after(last: Turn, need: Need) -> Need:
    """The need with what the turn before tells about it: nothing was said that counts where its question is repeated."""
    follows, repeats = not need.told and need.subject == last.subject, last.question in need.text
    return replace(need, before=last.question if follows else "", said="" if repeats else last.said)


def _once(several: Sequence[Need], vocabulary: Vocabulary) -> Iterator[Need]:
    """Without those that say nothing more than one before; what they want is put to that."""
    kept: list[Need] = []
    for need in several:
        same = [place for place, other in enumerate(kept) if _alike(other, need)]
        before = kept[same[-1]] if same else None
        if kept and _is_what_differs(need, kept[-1], vocabulary):
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text} {need.own or need.text}", aspect=DIFFERENCE)
            continue
        another = before and before.wants and need.wants and before.wants != need.wants
        if before and not another and not need.perhaps and not vocabulary.terms.left(need.text).strip():
            kept[same[-1]] = replace(before, text=f"{before.text} {need.text}", wants=need.wants or before.wants)
        else:
            kept.append(need)
    yield from kept


def _is_what_differs(need: Need, before: Need, vocabulary: Vocabulary) -> bool:
    """Whether a need only asks in what that differs which the one before names: 哪个严重，差在哪."""
    bare = not vocabulary.terms.left(need.own or need.text).strip()
    same = (need.subject, need.region) == (before.subject, before.region)
    return bare and same and need.aspect == DIFFERENCE and before.aspect in ("", DIFFERENCE)


def _alike(one: Need, other: Need) -> bool:
    """Whether two are about the same: subject, place, and aspect unless the second has none of its own."""
    aspects = (one.aspect, other.aspect)
    return (one.subject, one.region) == (other.subject, other.region) and (not other.aspect or aspects[0] == aspects[1])


def _asking(found: Sequence[Clause], vocabulary: Vocabulary) -> list[Clause]:
    """A clause for each that asks for something of its own, with what was told before it. What follows and asks for nothing new
    goes with the one before."""
    result: list[Clause] = []
    told: Clause | None = None
    named: tuple[str, ...] = ()
    none_asks = not any(clause.asks for clause in found)
    for clause, later in zip_longest(found, found[1:]):
        named = (*named, *(subject for subject in clause.subjects if subject not in named))
        whole = _after_what_was_told(clause, told, vocabulary) if told else clause
        if told and not clause.subjects and _OF_EACH.search(clause.text):
            whole = replace(whole, subjects=named)
        if _only_names(clause, later):
            told = whole
        elif clause.asks and result and not told and not _of_its_own(clause):
            more = _followed(result[-1], clause)
            result[-1] = replace(more, asides=(*more.asides, clause.text))
        elif clause.asks or (clause.aspects and none_asks):
            result.append(whole)
            told, named = None, ()
        else:
            told = whole
    if told and result:
        result[-1] = _followed(result[-1], told)
    return result or ([told] if told else [])


def _only_names(clause: Clause, later: Clause | None) -> bool:
    """Whether a clause only names what the next one asks about: 那拿了27001呢，奖多少; 要是已经装上了呢，会怎么罚."""
    if not later or clause.wants or not ENDS_OPEN.search(clause.text):
        return False
    asks = later.asks and bool(later.aspects or later.wants) and not later.subjects
    return asks and not (clause.aspects and later.aspects)


def _after_what_was_told(clause: Clause, told: Clause, vocabulary: Vocabulary) -> Clause:
    """A clause with what was told before it; that may also tell how much of what is asked: 派出所说要罚，大概多少."""
    whole = _judged(joined(told, narrowed(clause, told, vocabulary)), vocabulary)
    whole = replace(whole, own=clause.text)
    return whole if whole.wants else replace(whole, wants=vocabulary.terms.wants_of(whole.aspects, clause.text))


def _judged(clause: Clause, vocabulary: Vocabulary) -> Clause:
    """A clause that asks whether something holds, with the thing of its subject that was named before: 做电饭煲的，3C要不要."""
    asks_whether = any("verdict" in vocabulary.terms.aspects[aspect].wants for aspect in clause.aspects)
    if clause.objects or not asks_whether:
        return clause
    named = (thing for thing in vocabulary.objects_in(clause.text) if vocabulary.objects[thing] in clause.subjects)
    return replace(clause, objects=tuple(named))


def _of_its_own(clause: Clause) -> bool:
    return bool(clause.wants or clause.aspects or clause.subjects or clause.objects or clause.places)


def _followed(clause: Clause, more: Clause) -> Clause:
    """The clause with what is said after it."""
    return replace(joined(more, clause), text=f"{clause.text} {more.text}")


def _handed_down(asking: Sequence[Clause], vocabulary: Vocabulary) -> Iterator[Clause]:
    """A clause that names no subject, thing or place has those of the clause before; of a later one only where it says nothing of
    its own. Where none names a subject, what was said before tells what it is about."""
    first = next((clause for clause in asking if clause.subjects), None)
    places = next((clause.places for clause in asking if clause.places), ())
    naming: Clause | None = None
    previous: Clause | None = None
    saying = ""
    for clause in asking:
        lends = naming or (None if vocabulary.terms.things(clause.text) else first)
        subjects = clause.subjects or (lends.subjects if lends else ())
        names_none = lends and not clause.subjects and not vocabulary.terms.things(clause.text)
        objects = clause.objects or (lends.objects if lends and names_none else ())
        text, own = clause.text, clause.own
        if previous and not subjects:
            text, own = f"{saying or previous.text} {clause.text}", clause.text
        places = clause.places or places
        whole = replace(clause, text=text, own=own, subjects=subjects, objects=objects, places=places)
        if previous and not clause.wants and not clause.aspects and REFERS_BACK.search(clause.text):
            whole = replace(whole, wants=previous.wants, aspects=previous.aspects)
        if previous and _gives_way(clause, previous, vocabulary):
            whole = replace(whole, aspects=previous.aspects)
        yield whole
        naming, previous = (whole if subjects else naming), clause
        saying = clause.text if vocabulary.terms.left(clause.text).strip() else saying


def _gives_way(clause: Clause, previous: Clause, vocabulary: Vocabulary) -> bool:
    """Whether a clause that says nothing else asks how much of what the clause before asks for: 有扶持么，几个钱."""
    aspects = [vocabulary.terms.aspects[aspect] for aspect in clause.aspects]
    yields = all({*aspect.gives_way} & {*previous.aspects} for aspect in aspects)
    return bool(aspects) and yields and not vocabulary.terms.left(clause.text).strip()


def _without_others(clause: Clause, subject: str, terms: Terms) -> str:
    """A clause for one of its subjects; where it is asked what is paid for each, without what was told of the others alone."""
    if len(clause.subjects) < SEVERAL or terms.subsidies not in clause.aspects:
        return clause.text
    named = {part: {mention.of for mention in terms.subject_mentions(part)} for part in clause.text.split()}
    return " ".join(part for part, names in named.items() if subject in names or not names & {*clause.subjects})


def _of(clause: Clause, vocabulary: Vocabulary, region: Region | None, day: str, whole: str) -> Iterator[Need]:
    """The needs of a clause: one for each of its subjects and places."""
    terms = vocabulary.terms
    named = terms.subject_mentions(f"{whole} {clause.text}")  # a clause that repeats a question names what that named
    told = any(mention.of in clause.subjects for mention in named) or bool(clause.objects)
    is_there = bool(clause.places) and asks_there_is(clause.text)
    aspect = clause.aspects[0] if clause.aspects else "" if is_there else terms.bare_aspect(clause.text)
    for place in clause.places or (region,):
        for subject in clause.subjects or ("",):
            need = Need(
                subject=subject,
                aspect=aspect,
                region=place,
                placed=bool(clause.places),
                day=day,
                text=_without_others(clause, subject, terms),
                objects=clause.objects,
                wants=clause.wants,
                told=told and bool(subject),
                overview=terms.asks_for_all(whole),
                own=clause.own,
            )
            yield need
            for aside in clause.asides:
                if len(terms.left(aside).replace(" ", "")) >= ABOUT_SOMETHING and not terms.asks_for_all(aside):
                    yield replace(need, aspect="", text=aside, own="", wants=(), perhaps=True, overview=False)
