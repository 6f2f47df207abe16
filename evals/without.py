"""The same question with its one fact taken out of the corpus: what is not on record must not be answered with a neighbour's figure."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.answering import Bot
from bot.conversation import REFUSALS
from evals.case import Case
from evals.hiding import hiding
from evals.run import run_product
from evals.wrong_figures import wrong_figures

SEED = 11


@dataclass(frozen=True, slots=True)
class Left:
    """What came of a case whose facts were taken out."""

    case: Case
    status: str
    text: str
    figures: Collection[str]

    @property
    def kept_back(self) -> bool:
        return self.status in (*REFUSALS, "partial", "clarify")


def some(cases: Sequence[Case], number: int) -> list[Case]:
    """Random answerable cases with gold facts, the same each time."""
    can = [case for case in cases if case.answerable and case.gold]
    return random.Random(SEED).sample(can, min(number, len(can)))


def left_out(cases: Sequence[Case], bot: Bot, only: str = "") -> list[Left]:
    """Each case asked of a bot without its gold facts, or without the one fact `only`."""
    return [_left(case, hiding(bot, [only] if only else [f for group in case.gold for f in group])) for case in cases]


def _left(case: Case, bot: Bot) -> Left:
    outcome = run_product([replace(case, gold=())], bot).outcomes[case.id]
    none_right = replace(case, gold=(), direct=("\0",), require=())
    wrong = wrong_figures(none_right, outcome, bot.index.facts, (), lambda _part: False)
    return Left(case, outcome.status, outcome.text, wrong)


def report(found: Sequence[Left]) -> str:
    """How many were kept back, and how many of the others show a figure that no one asked about."""
    kept = [one for one in found if one.kept_back]
    shown = [one for one in found if not one.kept_back and one.figures]
    lines = [f"{one.case.id} [{one.status}] {one.text[:80]!r}" for one in found if not one.kept_back]
    return "\n".join(
        [*lines, f"{len(kept)} of {len(found)} refused or partial; {len(shown)} answered with a neighbour's figure"]
    )
