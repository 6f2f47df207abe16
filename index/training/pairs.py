"""What is learned from: owners' questions, each with the statement that answers it, in batches."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from corpus.document import Passage
from corpus.load import Knowledge
from corpus.ways import Way

FACTS, EACH, RUN = 32, 3, 8
"""Facts of a batch, questions of each, facts of one subject that stand together."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the statement that answers it, title and heading in front."""

    question: str
    statement: str
    fact: str
    subject: str
    aspect: str
    region: str


@dataclass(frozen=True, slots=True)
class Group:
    """Some questions of one statement, as a batch holds them."""

    pair: Pair
    questions: tuple[str, ...]


def is_held_out(fact: str) -> bool:
    """Whether a fact belongs to the fixed fifth, by its id."""
    return int.from_bytes(blake2b(fact.encode(), digest_size=4).digest()) % 5 == 0


def pairs(knowledge: Knowledge) -> list[Pair]:
    """All questions that point to a fact, with its statement as it is indexed; of several the one that has the sentence that answers."""
    stated: dict[str, list[tuple[Passage, str]]] = {}
    for passage in knowledge.passages:
        for span in passage.spans:
            for fact in span.facts:
                stated.setdefault(fact, []).append((passage, passage.text[span.start : span.end]))
    return [_pair(way, stated[way.fact]) for way in knowledge.ways if way.fact in stated]


def _pair(way: Way, stated: Sequence[tuple[Passage, str]]) -> Pair:
    passage, text = next((one for one in stated if way.sentence in one[1]), stated[0])
    told = f"{passage.title} {passage.heading}\n{text}"
    return Pair(way.text, told, way.fact, passage.subject, passage.aspect, passage.region)


def batches(shown: Sequence[Pair]) -> Iterator[list[Group]]:
    """Batches of all questions in which no fact stands twice, made of runs of one subject; what does not fit comes last."""
    by_subject: dict[str, list[Group]] = {}
    for group in _groups(shown):
        by_subject.setdefault(group.pair.subject, []).append(group)
    runs = [some[start : start + RUN] for some in by_subject.values() for start in range(0, len(some), RUN)]
    random.shuffle(runs)
    left: list[Group] = []
    yield from _filled((group for run in runs for group in run), left)
    yield from _filled(list(left), [])


def _groups(shown: Sequence[Pair]) -> list[Group]:
    """The questions of each statement in groups of at most EACH, both in random order."""
    by_statement: dict[str, list[Pair]] = {}
    for pair in random.sample(list(shown), len(shown)):
        by_statement.setdefault(pair.statement, []).append(pair)
    groups = [
        Group(several[0], tuple(pair.question for pair in several[start : start + EACH]))
        for several in by_statement.values()
        for start in range(0, len(several), EACH)
    ]
    return random.sample(groups, len(groups))


def _filled(several: Iterable[Group], left: list[Group]) -> Iterator[list[Group]]:
    """Full batches; a group whose fact already stands in the batch goes to `left`."""
    batch: list[Group] = []
    for group in several:
        if any(group.pair.fact == other.pair.fact for other in batch):
            left.append(group)
            continue
        batch.append(group)
        if len(batch) == FACTS:
            yield batch
            batch = []
