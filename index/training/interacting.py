"""Fits index/interaction.py over a model that stays as it is: each owner's question is to find the sentence that answers it, among the others
of its statement and those of the statements that rival it; or none of them, where nothing on record answers. evals/reading.py finds the rivals.

Cross-entropy over a right sentence, wrong ones, and none, whose odds are 1: so the odds of a sentence tell whether it answers at all.
Now and then the right one is left out, and none is right. Twenty minutes on a core.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from index.embedders import Asking, Sentence
from index.interaction import FAR, QUESTION_PIECES, USUALLY_MET, Interaction, padded
from index.progress import Progress
from index.training.pairs import is_held_out

COMPARED, TOLD, HIDDEN = 192, 96, 192
"""Widths of what is compared piece by piece, of what is read of a sentence, and of the layer that judges."""
WRONG, OF_ITS_OWN, READ_WHOLE = 12, 4, 3
"""Wrong sentences shown at a time, of the right statement at most, and rivals of which all may be."""
EPOCHS, BATCH, RATE, DECAY, WARM_UP, DROPPED, LEFT_OUT = 3, 16, 1e-3, 0.01, 100, 0.15, 0.15
KEEN, MET = 12.0, 20.0
"""Where two of the weights begin."""

Weights = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with its sentences."""

    facts: frozenset[str]
    sentences: Mapping[str, Sentence]


@dataclass(frozen=True, slots=True)
class Example:
    """A question; the sentences that answer it (none where nothing on record does), the others of their statement, and the rivals."""

    asking: Asking
    fact: str
    right: Sequence[Sentence]
    own: Sequence[Sentence]
    rivals: Sequence[Stated]


def without_held_out(examples: Sequence[Example]) -> list[Example]:
    """Those of facts that the network may see where it is judged by others, without what it is judged by: seen as wrong alone, that would
    be held wrong."""
    shown = (one for one in examples if not is_held_out(one.fact))
    return [replace(one, rivals=[s for s in one.rivals if not any(map(is_held_out, s.facts))]) for one in shown]


def figures(network: Interaction, asked: Sequence[Example]) -> dict[str, float]:
    """Shares of questions whose sentence stands first among those of its statement, and whose statement among its rivals."""
    sentence, statement = [], []
    for example in asked:
        rivals = [s for one in example.rivals for s in one.sentences.values()]
        right, own, other = (_best(network, example.asking, some) for some in (example.right, example.own, rivals))
        sentence += [right > own] if example.own else []
        statement.append(max(right, own) > other)
    return {
        "sentence first": round(float(np.mean(sentence)), 3),
        "statement first": round(float(np.mean(statement)), 3),
    }


def _best(network: Interaction, asking: Asking, some: Sequence[Sentence]) -> float:
    return max(network.odds(asking, some), default=FAR) if some else FAR


def fitted(shown: Sequence[Example], progress: Progress) -> Interaction:
    """The network. Uses the random state of torch and of Python as they are: seed them."""
    import torch  # noqa: PLC0415 - heavy, and of no use to whoever only asks

    weights = fresh(next(sentence[0].shape[1] for one in shown for sentence in one.right))
    optimizer = torch.optim.AdamW(weights.values(), lr=RATE, weight_decay=DECAY)
    steps = [batch for _ in range(EPOCHS) for batch in _batches(shown)]
    for number, batch in enumerate(steps):
        optimizer.param_groups[0]["lr"] = RATE * min(1, (number + 1) / WARM_UP) * max(0.03, 1 - number / len(steps))
        picked = [_picked(example) for example in batch]
        odds = odds_of(weights, [example.asking for example in batch], [right + wrong for right, wrong in picked])
        none = torch.zeros(len(batch), 1)
        loss = torch.nn.functional.cross_entropy(
            torch.cat([none, odds], 1), torch.tensor([bool(right) for right, _ in picked]).long()
        )
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(weights.values()), 1.0)
        optimizer.step()
        progress(number + 1, len(steps))
    return Interaction({name: value.detach().numpy() for name, value in weights.items()})


def _batches(shown: Sequence[Example]) -> Iterator[list[Example]]:
    order = random.sample(list(shown), len(shown))
    yield from (order[start : start + BATCH] for start in range(0, len(order) - BATCH + 1, BATCH))


def _picked(example: Example) -> tuple[list[Sentence], list[Sentence]]:
    """A right sentence, or none, and wrong ones."""
    rivals = [list(one.sentences.values()) for one in example.rivals]
    if not example.right or random.random() < LEFT_OUT:
        return [], [s for some in rivals for s in some][:WRONG]
    others = [random.choice(some) for some in rivals] + [s for some in rivals[:READ_WHOLE] for s in some]
    random.shuffle(others)
    own = random.sample(list(example.own), min(len(example.own), OF_ITS_OWN))
    return [random.choice(example.right)], [*own, *others[: WRONG - len(own)]]


def fresh(width: int) -> Weights:
    """The weights as they begin, by the names of index/interaction.py; shapes (outputs, inputs)."""
    import torch  # noqa: PLC0415 - see fitted

    def dense(*shape: int) -> Any:
        return torch.empty(*shape).uniform_(-1, 1) / shape[-1] ** 0.5

    drawn = {
        "align": torch.eye(width), "keen": torch.tensor(KEEN), "met": torch.tensor(MET), "asked": dense(width),
        "compared": dense(COMPARED, 4 * width + 2), "compared_bias": torch.zeros(COMPARED),
        "told": dense(TOLD, width + 2), "told_bias": torch.zeros(TOLD), "telling": dense(width + 2),
        "hidden": dense(HIDDEN, 2 * COMPARED + 2 * TOLD + 1), "hidden_bias": torch.zeros(HIDDEN),
        "out": dense(HIDDEN), "out_bias": torch.zeros(()),
    }  # fmt: skip
    return {name: value.requires_grad_() for name, value in drawn.items()}


def odds_of(w: Weights, askings: Sequence[Asking], told: Sequence[Sequence[Sentence]], dropped: float = DROPPED) -> Any:
    """As Interaction.odds, for torch: for each question those of its sentences, shape (questions, most sentences); far below zero where
    a question has fewer. `dropped` is the share of what is compared and read that is left out (Srivastava et al., 2014)."""
    import torch  # noqa: PLC0415 - see fitted

    functional = torch.nn.functional
    asked, known, shares = _questions(askings)
    said, there, own = _sentences(told)
    likeness = torch.einsum("qnd,qkmd->qknm", asked @ w["align"].T, said).masked_fill(~there[:, :, None], FAR)
    aligning = (w["keen"] * likeness).softmax(-1)
    aligned, best = torch.einsum("qknm,qkmd->qknd", aligning, said), likeness.max(-1).values
    each = asked[:, None].expand(aligned.shape)
    counts = (asked @ w["asked"] + torch.log(shares + 1e-6)).masked_fill(~known, FAR).softmax(-1)[:, None]
    mine = (aligning * own[:, :, None]).sum(-1)
    apart = [each, aligned, each * aligned, (each - aligned).abs(), best[..., None], mine[..., None]]
    compared = functional.linear(torch.cat(apart, -1), w["compared"], w["compared_bias"]).relu()
    compared = functional.dropout(compared, dropped) * known[:, None, :, None]
    asked_of = likeness.masked_fill(~known[:, None, :, None], FAR)
    met = [asked_of.max(2).values.clamp(min=-1), (asked_of.clamp(min=0) * counts[..., None]).sum(2)]
    read = torch.cat([said, *(one[..., None] for one in met)], -1)
    heard = functional.linear(read, w["told"], w["told_bias"]).relu()
    heard = functional.dropout(heard, dropped) * own[..., None]
    telling = (read @ w["telling"]).masked_fill(~own, FAR).softmax(-1)
    whole = (best.clamp(min=-1) * shares[:, None]).sum(-1)
    parts = [(compared * counts[..., None]).sum(2), compared.max(2).values]
    parts += [(heard * telling[..., None]).sum(2), heard.max(2).values, whole[..., None]]
    hidden = functional.linear(torch.cat(parts, -1), w["hidden"], w["hidden_bias"]).relu()
    odds = hidden @ w["out"] + w["out_bias"] + w["met"] * (whole - USUALLY_MET)
    return odds.masked_fill(~own.any(-1), FAR)


def _questions(askings: Sequence[Asking]) -> tuple[Any, Any, Any]:
    """Pieces of questions, shape (questions, most pieces, width), where there are some, and their shares."""
    import torch  # noqa: PLC0415 - see fitted

    cut = [
        (a.pieces[:QUESTION_PIECES], a.shares[:QUESTION_PIECES])
        for a in askings
        if a.pieces is not None and a.shares is not None
    ]
    pad: Callable[..., Any] = partial(torch.nn.utils.rnn.pad_sequence, batch_first=True)
    pieces, shares = (pad([torch.from_numpy(np.asarray(one[side], np.float32)) for one in cut]) for side in (0, 1))
    return pieces, pad([torch.ones(len(one), dtype=torch.bool) for one, _ in cut]), shares


def _sentences(told: Sequence[Sequence[Sentence]]) -> tuple[Any, Any, Any]:
    """Pieces of sentences, shape (questions, most sentences, most pieces, width), where there are some, and which are their own."""
    import torch  # noqa: PLC0415 - see fitted

    most, width = max(map(len, told)), next(pieces.shape[1] for some in told for pieces, _ in some)
    nothing = np.zeros((0, width), np.int8), np.zeros(0, bool)
    told_by = padded([sentence for some in told for sentence in (*some, *[nothing] * (most - len(some)))])
    said, there, own = (torch.from_numpy(one.reshape(len(told), most, *one.shape[1:])) for one in told_by)
    return said, there, own
