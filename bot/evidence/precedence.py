"""Which statement goes before which, by where and when they hold: the ladder from county to nation, and the past beside the present."""

from collections.abc import Sequence

from bot.conversation import Need, Statement
from bot.evidence.signs import is_list_asked, lacks_all
from corpus.regions import Region, Regions

ABOUT_ALIKE = 0.5
"""Within how much of the best score a statement under the same heading says the same, for a place nearer to the asker."""
SEVERAL = 2
"""Measures that two statements share only if they are of the same matter."""
AS_GOOD = 1.0
"""How much worse a statement of the same facts may fit, under the heading asked for, to be told first."""
MUCH_BETTER = 0.15
"""How much better what is past must fit than what holds, to be said first."""


def shared_rungs(statement: Statement, asker: Region, regions: Regions) -> int:
    """How near another place is: divisions that both lie in."""
    other = regions.find(statement.passage.region)
    return len(set(regions.chain(other)) & set(regions.chain(asker)))


def outdoes(past: Statement, local: Statement, asker: Region, regions: Regions) -> bool:
    """Whether what is past answers better: it fits much better, or it held for the whole place where the other holds for a part."""
    if not regions.covers(regions.find(past.passage.region), asker) or _on_the_same(past, local, asker, regions):
        return False
    return past.score > local.score + MUCH_BETTER or _goes_with(past, local, asker, regions)


def _on_the_same(past: Statement, local: Statement, asker: Region, regions: Regions) -> bool:
    """Whether what holds says today, in the same place or nearer to the asker, what is past: then the past has nothing to add."""
    now, then = regions.find(local.passage.region), regions.find(past.passage.region)
    as_near = regions.covers(now, asker) and now.level >= then.level
    same_kind = {fact.kind for fact in past.facts} == {fact.kind for fact in local.facts}
    return as_near and same_kind and past.passage.aspect == local.passage.aspect


def stays_beside(past: Statement, local: Statement, asker: Region, regions: Regions) -> bool:
    """Whether what holds is to be told after what is past: it is of a part of the place, or the city, province or nation pays for
    the very thing that the county paid for, and is known to do so today."""
    then, now = past.passage, local.passage
    over = local.state == "in_force" and regions.covers(regions.find(now.region), asker)
    money = all(fact.kind == "subsidy" for fact in (*past.facts, *local.facts))
    same = money and (now.subject, now.aspect) == (then.subject, then.aspect)
    return (over and same) or _goes_with(past, local, asker, regions)


def _goes_with(past: Statement, local: Statement, asker: Region, regions: Regions) -> bool:
    """Whether what holds for a part of the place says today what is past for the whole."""
    of_part = regions.find(local.passage.region).level > asker.level >= regions.find(past.passage.region).level > 0
    return of_part and past.passage.aspect == local.passage.aspect


def nearest_first(
    need: Need, statements: Sequence[Statement], asker: Region, regions: Regions
) -> tuple[Statement, ...]:
    """The ladder: for one and the same thing asked, the county's own before the city's, the province's, the nation's."""

    def rung(statement: Statement) -> int:
        level = regions.find(statement.passage.region).level
        return asker.level - level if level <= asker.level else level

    money = [s for s in statements if any(fact.kind == "subsidy" for fact in s.facts)]
    if not money or statements[0] not in money:
        alike = [s for s in statements if _rivals(s, statements[0], whatever=bool(need.side))]
        nearest = tuple(sorted(statements, key=lambda s: (s not in alike, rung(s) if s in alike else 0, -s.score)))
        # what leads now may have rivals of its own, nearer still
        return nearest if nearest[:1] == statements[:1] else nearest_first(need, nearest, asker, regions)
    return tuple(sorted(statements, key=lambda s: (s not in money, rung(s), -s.score)))


def headed_first(
    need: Need, statements: tuple[Statement, ...], kinds: Sequence[str] = (), only_that: bool = False
) -> tuple[Statement, ...]:
    """The statement under the heading asked for first, if it is about as good: of the same facts as the one that leads, or because that
    has no figure of the `kinds` that the heading is to give (what is fined, not what is forbidden), or the heading is `only_that` asked for; of
    papers or steps the list goes before what lists nothing."""
    lead, *others = statements or (None,)
    if lead is None or not need.aspect or lead.passage.aspect == need.aspect:
        return statements
    bare = only_that or lacks_all(kinds, lead.text)
    headed = [s for s in others if s.passage.aspect == need.aspect]
    of_it = [s for s in headed if s.passage.subject == lead.passage.subject]
    lists = (s for s in of_it if is_list_asked(need, s.text) and not is_list_asked(need, lead.text))
    as_good = (s for s in headed if s.score >= lead.score - AS_GOOD and (bare or s.facts == lead.facts))
    first = next(lists, None) or next(as_good, None)
    return statements if first is None else (first, *(s for s in statements if s is not first))


def own_place_first(need: Need, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """What is told of the very place that a question names before what holds there as well, if it is about as good: 浙江的民宿分几级."""
    place = need.region.full_name if need.placed and need.region and need.region.level else ""
    lead = next(iter(statements), None)
    if not place or need.side or lead is None or lead.passage.region == place:
        return statements
    headed = bool(need.aspect) and lead.passage.aspect == need.aspect
    as_headed = (s for s in statements if not headed or s.passage.aspect == need.aspect)
    own = (s for s in as_headed if s.passage.region == place and s.score >= lead.score - AS_GOOD)
    first = next(own, None)
    return statements if first is None else (first, *(s for s in statements if s is not first))


def without_wider(statements: tuple[Statement, ...], regions: Regions) -> tuple[Statement, ...]:
    """The statements without those that give the measures of the first one for a wider place: the county's limits stand in for the province's."""
    lead = next(iter(statements), None)
    if lead is None or _measures(lead) is None:
        return statements
    level = regions.find(lead.passage.region).level
    return tuple(
        s
        for s in statements
        if s is lead or _measures(s) != _measures(lead) or regions.find(s.passage.region).level >= level
    )


def _rivals(one: Statement, best: Statement, whatever: bool) -> bool:
    """Whether a statement says about as well what the best one says under the same heading, or `whatever` its heading, or gives the very
    same measures."""
    same = whatever or (one.passage.subject, one.passage.aspect) == (best.passage.subject, best.passage.aspect)
    return same and (one.score >= best.score - ABOUT_ALIKE or _measures(one) == _measures(best) is not None)


def _measures(statement: Statement) -> frozenset[str] | None:
    """What a statement gives figures for, if that is so much that another cannot give the same by chance: 客房上限, 层数上限."""
    names = frozenset(name for fact in statement.facts for name in fact.values)
    return names if len(names) >= SEVERAL else None
