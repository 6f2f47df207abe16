"""What a question of yes or no is about, where nothing on record speaks of it: a rule for other things tells nothing of this one."""

import re
from collections.abc import Sequence

from bot.conversation import Need, Statement
from bot.evidence.ground import Ground

_THING = re.compile(r"[\u4e00-\u9fff]{2,8}")
"""What may name a thing, and is safe to be said again."""
LIKELY = 0.45
"""Chance from which a yes or no holds for a thing that the statement calls otherwise: at 0.34 a rice cooker for export was let off as an embassy's."""
NEARLY = 0.5
"""Share of a thing that a statement must hold to speak of it."""
SPOKEN_OF = 0.6
"""The same of a list that is to hold the thing: 电子坐便器 is no 电子烟."""
LISTS_IT = 0.6
"""Chance from which a list is taken to hold what is asked about under another name."""


def unknown_thing(need: Need, statements: Sequence[Statement], ground: Ground) -> str:
    """What a question of yes or no is about, if no statement speaks of it and none holds for everything; else nothing."""
    if need.objects or not need.aspect or "verdict" not in ground.terms.aspects[need.aspect].wants:
        return ""
    if unnamed := _not_listed(need, statements, ground):
        return unnamed
    if any(statement.chance >= LIKELY for statement in statements):
        return ""
    verdicts = [fact for s in statements for fact in s.facts if fact.verdict]
    if not verdicts or any(fact.verdict in ("yes", "no") and not fact.objects for fact in verdicts):
        return ""
    spoken_of = [statement.text for statement in statements]
    for thing in ground.terms.things(need.text):
        if max((ground.rarity.coverage(thing, text) for text in spoken_of), default=0.0) < NEARLY:
            return thing
    return ""


def _not_listed(need: Need, statements: Sequence[Statement], ground: Ground) -> str:
    """What is asked about, if the statement that leads lists things (2024年新增7种产品) and does not speak of it."""
    lead = next(iter(statements), None)
    if lead is None or lead.chance >= LISTS_IT or not any(fact.objects for fact in lead.facts):
        return ""
    around = f"{lead.passage.heading} {lead.text} {' '.join(ground.voices.get(fact.id, '') for fact in lead.facts)}"
    asked = _THING.findall(ground.terms.left(need.text))
    spoken_of = any(ground.rarity.coverage(part, around) >= SPOKEN_OF for part in asked)
    return "" if spoken_of or not asked else max(asked, key=len)
