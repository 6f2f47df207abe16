"""The evidence for a whole question: for each of its needs, or for all of it at once where it was cut in two for nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation import Evidence, Need, Statement
from bot.evidence.gather import Told, gather, trust
from bot.evidence.ground import Ground
from bot.evidence.signs import has_all_wanted, names_object
from corpus.figures import forms
from corpus.terms import Terms

SEVERAL = 2
SAYS_ENOUGH = 3
"""Characters beyond aspect and figure from which a clause may be meant without the one before."""
BESIDES = 0.15
"""Chance from which something is told for a need before what was told already."""
BETTER = 0.15
"""By how much what was told already must answer a part better than anything else, for nothing else to be told for it."""
OF_ANOTHER = 0.7
"""Chance from which a part that names no subject is answered from another subject than those told of."""
SURELY = 0.38
"""Chance from which what follows in words that tell nothing of what is wanted is answered on its own."""
_SOME = re.compile("(?<![要得交带备需用给有到哪])几[把家个张台只间位辆批瓶箱件本套名](?=[\u4e00-\u9fff]{2})")
"""Some of what is named next, rather than how many of it."""


def evidence_for(needs: Sequence[Need], ground: Ground) -> Sequence[Evidence]:
    """The evidence of each need that is to be answered or told to be missing."""
    found = _each(needs, ground)
    if any(need.side for need in needs):
        return _compared(found)
    return [each for one in _kept(needs, found, ground) for each in _of_each_thing(one)]


def _of_each_thing(one: Evidence) -> Iterator[Evidence]:
    """The evidence; if it names some of the things asked about and not others, then what names those."""
    yield one
    need, left = one.need, [thing for thing in one.need.objects if not _names(thing, one.local[:1])]
    if one.status != "answered" or len(left) == len(need.objects):
        return
    for thing in left:
        if own := tuple(s for s in one.local[1:] if _names(thing, (s,))):
            yield replace(one, need=replace(need, objects=(thing,)), local=own, conflicts=())


def _names(thing: str, statements: Sequence[Statement]) -> bool:
    """Whether statements speak of a thing."""
    need = Need("", "", None, "", "", objects=(thing,))
    return any(names_object(need, s.text, s.facts) for s in statements)


def _kept(needs: Sequence[Need], found: Sequence[Evidence], ground: Ground) -> Sequence[Evidence]:
    """Without what is missing of a question that is answered; together where it was cut in two for nothing."""
    answered = {one.need.text for one in found if one.status == "answered"}
    if len(answered) > 1:
        found = [one for one in found if not _says_nothing(one.need, ground.terms)] or found
    kept = [
        one
        for one in found
        if one.status != "not_covered"
        or not (one.need.text in answered or (answered and _tells(one.need, ground.terms)))
    ]
    if len(kept) > 1 and any(one.status == "not_covered" for one in kept) and (whole := _whole(needs, ground.terms)):
        together = gather(whole, ground)
        return [together] if trust(together) > max(map(trust, kept)) else kept
    return kept


def _tells(need: Need, terms: Terms) -> bool:
    """Whether a part of a question tells rather than asks: 车间里几把卡尺的日期早过了."""
    own = _SOME.sub(" ", need.own or need.text)
    return not terms.asks(own) and len("".join(terms.left(own).split())) >= SAYS_ENOUGH


def _says_nothing(need: Need, terms: Terms) -> bool:
    """Whether a part neither names anything nor asks for anything that is told: 赶货嘛."""
    names = need.subject or need.aspect or need.wants or need.objects
    return not names and len("".join(terms.left(need.text).split())) < SAYS_ENOUGH


def _each(needs: Sequence[Need], ground: Ground) -> list[Evidence]:
    """The evidence of each need; of what may be but a part of the one before only where it is surely something else."""
    found: list[Evidence] = []
    for need in needs:
        one = _besides(found, need, ground)
        if need.perhaps:
            found[-1:] = _told_apart(found[-1:], one, ground)
        elif found and strays(one, found):
            found.append(Evidence(need, "not_covered", found=one.found))
        else:
            found += _still_to_tell(one, found)
    return found


def strays(one: Evidence, found: Sequence[Evidence]) -> bool:
    """Whether a part that names no subject is answered from another than what was told before, and hardly surely: 后头送哪里, of a watch that
    a guest lost, is not where papers are sent."""
    lead = next(iter((*one.local, *one.past)), None)
    if lead is None or one.need.subject or trust(one) >= OF_ANOTHER:
        return False
    return all(lead.passage.subject != told.passage.subject for other in found for told in other.local[:1])


def _told_apart(before: Sequence[Evidence], aside: Evidence, ground: Ground) -> Sequence[Evidence]:
    """What is told where something was asked in addition: after what the first asks, with it or without it, whichever is answered better."""
    if not before or (before[0].local and trust(aside) < BESIDES):
        return before
    first = before[0].need
    alone = replace(first, text=" ".join(first.text.replace(aside.need.text, " ").split()))
    other = gather(alone, ground, _told([aside]))
    if not before[0].local:
        return [other, aside] if other.local else before
    if not aside.local:
        return before
    better = other if trust(other) > trust(before[0]) else before[0]
    if aside.local[0].text in _told(before):
        better = other
    if not better.local or trust(better) < BESIDES or strays(aside, [better]):
        return before
    return [better, aside] if trust(aside) >= SURELY or better is other else before


def _still_to_tell(one: Evidence, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence; where what comes nearest was told already, none if that holds what is wanted, else that nothing does."""
    nearest = next(iter((*one.local, *one.found)), None)
    if one.need.side or nearest is None or nearest.text not in _told(found):
        return (one,)
    return (
        () if has_all_wanted(one.need, forms(nearest.text)) else (Evidence(one.need, "not_covered", found=one.found),)
    )


def _besides(found: Sequence[Evidence], need: Need, ground: Ground) -> Evidence:
    """The evidence of a need: what answered one before it answers this one too only where nothing else does."""
    told = _told(found)
    if not told or need.side:
        return gather(need, ground)
    ways = {one: gather(one, ground, told) for one in _as_it_may_be_meant(need, found, ground.terms)}
    other = max(ways.values(), key=trust)
    if trust(other) < BESIDES:
        return gather(next(iter(ways)), ground)
    if other.status != "answered" or need.perhaps or any(one.need.text == need.text for one in found):
        return other  # what one clause asks of several things (民宿跟工厂各要多少人) is asked of each
    again = gather(list(ways)[0 if need.own else -1], ground)
    return again if _told_again(again, need, told) and trust(again) > trust(other) + BETTER else other


def _told_again(one: Evidence, need: Need, told: Told) -> bool:
    """Whether what leads was told already and holds what is wanted: 朋友圈写“最佳”，同行要举报，要罚多少 asks of one thing twice."""
    return any(lead.text in told and has_all_wanted(need, forms(lead.text)) for lead in one.local[:1])


def _as_it_may_be_meant(need: Need, found: Sequence[Evidence], terms: Terms) -> Iterator[Need]:
    """A need with the clause before it and without; one that names no subject, or has that of the question before alone, also of the subject
    that the clause before turned out to be about: of that alone if it says nothing else (证几年一换)."""
    own = need.own or need.text
    left = terms.left(own)
    bare = terms.names_nothing(left)
    subject = next((one.local[0].passage.subject for one in reversed(found) if one.local), "")
    from_before = bool(need.before) and not need.told and subject != need.subject
    if subject and from_before and bare:
        yield replace(need, subject=subject, text=own, told=True)  # 收不收钱: of this, not of what was asked before
        return
    yield need
    if need.own or bare:
        yield replace(need, text=f"{found[0 if need.own else -1].need.text} {own}", own=own)
    if need.own and len("".join(left.split())) >= SAYS_ENOUGH:
        yield replace(need, text=own)
    if subject and (from_before or (need.own and not need.subject)):
        texts = (own,) if bare else dict.fromkeys((need.text, own))
        yield from (replace(need, subject=subject, text=text, told=bare) for text in texts)


def _told(found: Sequence[Evidence]) -> Told:
    return frozenset(statement.text for one in found for statement in one.local[:1])


def _family(subjects: Sequence[str], terms: Terms) -> str:
    """What all subjects lie within, if there is such a one: 管理体系认证 of 9001 and 14001."""
    within = [terms.subjects[subject].within for subject in subjects]
    return next((name for name in within[0] if all(name in others for others in within)), "")


def _whole(needs: Sequence[Need], terms: Terms) -> Need | None:
    """All needs as one, of their subject or the family of their subjects; None where there is neither, or several places."""
    needs = [need for need in needs if not need.perhaps]
    subjects, aspects = (
        list(dict.fromkeys(filter(None, names))) for names in zip(*((n.subject, n.aspect) for n in needs), strict=True)
    )
    subject = next(iter(subjects), "") if len(subjects) < SEVERAL else _family(subjects, terms)
    if (subjects and not subject) or len({need.region for need in needs}) > 1:
        return None
    return replace(
        needs[0],
        subject=subject,
        aspect=aspects[0] if len(aspects) == 1 else "",
        text=" ".join(dict.fromkeys(need.text for need in needs)),
        objects=tuple(dict.fromkeys(name for need in needs for name in need.objects)),
        wants=tuple(dict.fromkeys(kind for need in needs for kind in need.wants)),
        told=any(need.told for need in needs),
    )


def _compared(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Of a comparison the one statement that compares, or that all sides would show; else the sides."""
    whole, sides = evidence[0], evidence[1:]
    if whole.local and whole.local[0].passage.aspect == whole.need.aspect:
        return [whole]
    same = len({one.local[0].identity for one in sides if one.local}) == 1 and all(one.local for one in sides)
    return [replace(sides[0], need=replace(whole.need, side=""))] if same else sides
