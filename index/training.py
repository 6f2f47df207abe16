"""Trains the adapter: each owner's question is to lie nearer to the statement that answers it than to all others.

InfoNCE over all statements (van den Oord et al., 2018), and the same between two questions of one fact. First without a fixed fifth
of the facts, to tell what is gained on those; then with all, for use.
"""

from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import version as library_version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.load import Knowledge
from index.adapter import Adapter, Origin
from index.embedders import Embedder, Vectors

RANK, STEPS, BATCH, RATE, DECAY, DROPOUT, SHARPNESS = 32, 250, 1024, 2e-3, 0.1, 0.3, 30.0
"""Chosen on the held-out fifth, where ranks of 16 to 128 did alike; more steps gain nothing."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions and statements as vectors; question i is answered by statement `answer[i]`. `held` marks those of the fixed fifth."""

    questions: Vectors
    statements: Vectors
    answer: NDArray[np.int64]
    held: NDArray[np.bool_]
    digest: str


def train(knowledge: Knowledge, model: Embedder, whole: bool = True) -> tuple[Adapter, Origin]:
    """The adapter of all pairs, and how it was made, with the recall on facts that a first training never saw; that first one
    itself where not the whole is wanted."""
    pairs = _pairs(knowledge, model)
    tried = fit(pairs, ~pairs.held)
    gained = {"recall@1": _recall(pairs, tried, 1), "recall@5": _recall(pairs, tried, 5)}
    plain = {f"{name} plain": _recall(pairs, None, int(name[-1])) for name in gained}
    libraries = {name: library_version(name) for name in ("torch", "numpy", "sentence-transformers")}
    origin = Origin(model.name, SEED, pairs.digest, len(pairs.answer), libraries, {**plain, **gained})
    return (fit(pairs, np.ones(len(pairs.answer), bool)) if whole else tried), origin


def is_held_out(fact: str) -> bool:
    """Whether a fact belongs to the fixed fifth, by its id."""
    return int.from_bytes(blake2b(fact.encode(), digest_size=4).digest()) % 5 == 0


def fit(pairs: Pairs, used: NDArray[np.bool_]) -> Adapter:
    """An adapter trained on the pairs marked `used`."""
    import torch  # noqa: PLC0415 - heavy, and of no use to whoever only asks

    torch.manual_seed(SEED)
    questions, statements = torch.tensor(pairs.questions[used]), torch.tensor(pairs.statements)
    answer, twin = torch.tensor(pairs.answer[used]), torch.tensor(_twins(pairs.answer[used]))
    down = (torch.randn(questions.shape[1], RANK) * 0.02).requires_grad_()
    up = torch.zeros(RANK, questions.shape[1]).requires_grad_()
    optimizer = torch.optim.AdamW([down, up], lr=RATE, weight_decay=DECAY)

    def moved(vectors: Any) -> Any:
        spread = torch.nn.functional.dropout(vectors, DROPOUT)
        return torch.nn.functional.normalize(vectors + spread @ down @ up, dim=-1)

    for _ in range(STEPS):
        batch = torch.randperm(len(questions))[:BATCH]
        asked = moved(questions[batch])
        loss = torch.nn.functional.cross_entropy(SHARPNESS * asked @ moved(statements).T, answer[batch])
        alike = SHARPNESS * asked @ moved(questions[twin[batch]]).T
        alike = alike.masked_fill((answer[batch][:, None] == answer[batch]) & ~torch.eye(len(batch)).bool(), -1e9)
        loss = loss + 0.5 * torch.nn.functional.cross_entropy(alike, torch.arange(len(batch)))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return Adapter(down.detach().numpy(), up.detach().numpy())


def _pairs(knowledge: Knowledge, model: Embedder) -> Pairs:
    """All questions that point to a fact, with the statements of all facts as they are indexed: title and heading in front."""
    stated: dict[str, str] = {}
    for passage in knowledge.passages:
        for span in passage.spans:
            for fact in span.facts:
                stated.setdefault(fact, f"{passage.title} {passage.heading}\n{passage.text[span.start : span.end]}")
    places = {fact: place for place, fact in enumerate(stated)}
    ways = [way for way in knowledge.ways if way.fact in places]
    texts = [way.text for way in ways]
    return Pairs(
        questions=model.questions(texts),
        statements=model.passages(list(stated.values())),
        answer=np.array([places[way.fact] for way in ways]),
        held=np.array([is_held_out(way.fact) for way in ways]),
        digest=blake2b("\n".join((*texts, *stated.values())).encode(), digest_size=10).hexdigest(),
    )


def _twins(answer: NDArray[np.int64]) -> list[int]:
    """For each question the next one of the same fact, or itself if there is no other."""
    of_fact: dict[int, list[int]] = {}
    for place, fact in enumerate(answer.tolist()):
        of_fact.setdefault(fact, []).append(place)
    after = {place: places[(i + 1) % len(places)] for places in of_fact.values() for i, place in enumerate(places)}
    return [after[place] for place in range(len(answer))]


def _recall(pairs: Pairs, adapter: Adapter | None, among: int) -> float:
    """Share of the held-out questions whose statement stands among the first."""
    questions, statements = pairs.questions[pairs.held], pairs.statements
    if adapter:
        questions, statements = adapter(questions), adapter(statements)
    scores = questions @ statements.T
    own = scores[np.arange(len(scores)), pairs.answer[pairs.held]]
    return round(float(((scores > own[:, None]).sum(1) < among).mean()), 3)
