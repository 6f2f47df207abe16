"""The same question with its one fact taken out of the corpus: what is not on record must not be answered with a neighbour's figure."""

import random
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answering import Bot
from bot.conversation import REFUSALS
from corpus.document import Passage, Span
from corpus.load import Knowledge
from evals.case import Case
from evals.run import run_product
from evals.wrong_figures import wrong_figures

SEED = 11

MakeBot = Callable[[Knowledge, Path], Bot]


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


def left_out(cases: Sequence[Case], knowledge: Knowledge, make: MakeBot, only: str = "") -> list[Left]:
    """Each case asked of a corpus without its gold facts, or without the one fact `only`."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            gone = frozenset([only] if only else (fact for group in case.gold for fact in group))
            bot = make(without(knowledge, gone), Path(folder))
            run = run_product([replace(case, gold=())], bot)
            outcome = run.outcomes[case.id]
            none_right = replace(case, gold=(), direct=("\0",), require=())
            wrong = wrong_figures(none_right, outcome, bot.index.facts, (), lambda _part: False)
            found.append(Left(case, outcome.status, outcome.text, wrong))
            bot.index.snapshot().dense.close()
    return found


def without(knowledge: Knowledge, gone: Collection[str]) -> Knowledge:
    """The knowledge without facts, under any id joined into them: neither row nor words nor ways in."""
    ids = {i for fact in knowledge.facts.values() if set(gone) & {fact.id, *fact.also} for i in (fact.id, *fact.also)}
    facts = {identity: fact for identity, fact in knowledge.facts.items() if identity not in ids}
    passages = tuple(part for passage in knowledge.passages if (part := _without(passage, ids)))
    ways = tuple(way for way in knowledge.ways if way.fact not in ids)
    return replace(knowledge, facts=facts, passages=passages, ways=ways)


def _without(passage: Passage, ids: Collection[str]) -> Passage | None:
    """The passage without the spans that state the facts; nothing if none is left."""
    if not set(passage.facts) & set(ids):
        return passage
    kept = [span for span in passage.spans if not set(span.facts) & set(ids)]
    if not kept:
        return None
    spans, texts, start = list[Span](), list[str](), 0
    for span in kept:
        text = passage.text[span.start : span.end]
        spans.append(Span(start, start + len(text), span.facts))
        texts.append(text)
        start += len(text) + 1
    return replace(passage, id=f"{passage.id}-left", text="\n".join(texts), spans=tuple(spans))


def report(found: Sequence[Left]) -> str:
    """How many were kept back, and how many of the others show a figure that no one asked about."""
    kept = [one for one in found if one.kept_back]
    shown = [one for one in found if not one.kept_back and one.figures]
    lines = [f"{one.case.id} [{one.status}] {one.text[:80]!r}" for one in found if not one.kept_back]
    return "\n".join(
        [*lines, f"{len(kept)} of {len(found)} refused or partial; {len(shown)} answered with a neighbour's figure"]
    )
