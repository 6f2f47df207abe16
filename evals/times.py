"""How fast: the product over its own passages and as many made ones, told apart by nothing that a search could use to cheat.

Made passages are the corpus's own clauses with another county, product and figures, from a fixed seed. Printed, never a gate.
"""

import random
import re
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering import Bot
from bot.conversation import Question, Session
from corpus.document import Passage, Span
from corpus.load import Knowledge
from corpus.regions import COUNTY, Region
from evals.case import Case
from evals.metrics import percentile
from evals.run import DAY, last_question

SEED = 20261124
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Built:
    """What building took."""

    seconds: float
    passages: int


def made(knowledge: Knowledge, wanted: int, regions: Sequence[Region]) -> Knowledge:
    """The knowledge with made passages up to `wanted` in all. They state no facts and hold for counties of their own."""
    chance = random.Random(SEED)
    counties = [region for region in regions if region.level == COUNTY]
    own = knowledge.passages
    more = [_made(chance.choice(own), chance.choice(counties), number, chance) for number in range(wanted - len(own))]
    return replace(knowledge, passages=(*own, *more))


def _made(passage: Passage, county: Region, number: int, chance: random.Random) -> Passage:
    text = _NUMBER.sub(lambda _number: str(chance.randint(1, 999)), passage.text)
    text = f"{county.name}{text}"
    return replace(
        passage,
        id=f"made-{number}",
        title=f"{county.name}{passage.title}",
        text=text,
        region=county.full_name,
        spans=(Span(0, len(text), ()),),
    )


def report(cases: Sequence[Case], bot: Bot, built: Built) -> str:
    """Times of all cases' last questions, each asked once after a warm-up, and what building took."""
    questions = [last_question(case, bot) for case in cases]
    bot.answer(Question("热身", Session(), DAY))
    times = [_milliseconds(bot, question) for question in questions]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{len(bot.index.passages)} passages, {len(times)} questions\n"
        f"build {built.seconds:.0f} s, {built.passages / built.seconds:.0f} passages/s\n"
        f"answer p50 {percentile(times, 50):.0f} ms, p95 {percentile(times, 95):.0f} ms, most {max(times):.0f} ms\n"
        f"memory at most {memory:.0f} MB"
    )


def _milliseconds(bot: Bot, question: Question) -> float:
    started = time.perf_counter()
    bot.answer(question)
    return (time.perf_counter() - started) * 1000
