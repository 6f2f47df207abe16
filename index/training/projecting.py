"""Trains the projection of index/pieces.py over a model that stays as it is: minutes, where the model itself takes an hour and more.

Each question is to meet its own statement better than the hardest others, those that the model itself ranks first: the listwise
cross-entropy over one right and NEGATIVES wrong statements.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedders import Vectors
from index.pieces import Projection

WIDTH, NEGATIVES, HARDEST = 128, 12, 16
EPOCHS, BATCH, RATE, DECAY, WARM_UP, SHARPNESS = 2, 16, 2e-3, 0.01, 50, 20.0
"""The best of five settings tried, by the facts held out; 64 and 128 wide, 7 and 12 negatives, three rates."""


@dataclass(frozen=True, slots=True)
class Task:
    """Pieces of questions and statements as the model gives them, and for each question the place of its own statement, then those
    of the HARDEST others; shape (questions, 1 + HARDEST)."""

    questions: Sequence[Vectors]
    statements: Sequence[Vectors]
    candidates: NDArray[np.intp]
    cosines: Vectors


def trained(task: Task) -> Projection:
    """The projection. Uses the random state of torch and of Python as they are: seed them."""
    import torch  # noqa: PLC0415 - heavy, and of no use to whoever only asks

    matrix = torch.nn.init.orthogonal_(torch.empty(WIDTH, task.statements[0].shape[1])).requires_grad_()
    weigher = torch.zeros(task.statements[0].shape[1], requires_grad=True)
    sharpness = torch.full((2,), SHARPNESS, requires_grad=True)
    optimizer = torch.optim.AdamW([matrix, weigher, sharpness], lr=RATE, weight_decay=DECAY)
    asked, told = _padded(task.questions), _padded(task.statements)
    steps = [batch for _ in range(EPOCHS) for batch in _batches(len(task.questions))]
    for number, batch in enumerate(steps):
        optimizer.param_groups[0]["lr"] = RATE * min(1, (number + 1) / WARM_UP) * max(0.05, 1 - number / len(steps))
        chosen = [0, *random.sample(range(1, HARDEST + 1), NEGATIVES)]
        met = _met(_part(asked, batch), _part(told, task.candidates[batch][:, chosen]), matrix, weigher)
        scores = sharpness[0] * met + sharpness[1] * torch.tensor(task.cosines[batch][:, chosen])
        loss = torch.nn.functional.cross_entropy(scores, torch.zeros(len(batch), dtype=torch.long))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return Projection(matrix.detach().numpy(), weigher.detach().numpy())


def _batches(number: int) -> Iterator[list[int]]:
    order = random.sample(range(number), number)
    yield from (order[start : start + BATCH] for start in range(0, number - BATCH + 1, BATCH))


def _met(questions: tuple[Any, Any], statements: tuple[Any, Any], matrix: Any, weigher: Any) -> Any:
    """How well each question is met by its candidates, shape (questions, candidates); as Pieces.met, for torch."""
    import torch  # noqa: PLC0415 - see trained

    normalized = torch.nn.functional.normalize
    (asked, known), (told, there) = questions, statements
    shares = (asked @ weigher).masked_fill(~known, -1e4).softmax(-1)
    asked, told = normalized(asked @ matrix.T, dim=-1), normalized(told @ matrix.T, dim=-1)
    cosines = torch.einsum("qnd,qkmd->qknm", asked, told).masked_fill(~there[:, :, None], -1)
    return (cosines.max(-1).values * shares[:, None]).sum(-1)


def _padded(parts: Sequence[Vectors]) -> tuple[Any, Any]:
    """The parts in one tensor, in half precision, and where it holds something."""
    import torch  # noqa: PLC0415 - see trained

    longest = max(map(len, parts))
    values = torch.zeros(len(parts), longest, parts[0].shape[1], dtype=torch.float16)
    there = torch.zeros(len(parts), longest, dtype=torch.bool)
    for place, part in enumerate(parts):
        values[place, : len(part)] = torch.from_numpy(np.asarray(part, np.float16))
        there[place, : len(part)] = True
    return values, there


def _part(padded: tuple[Any, Any], places: Any) -> tuple[Any, Any]:
    """Some of them, no longer than the longest of those."""
    values, there = (side[places] for side in padded)
    longest = int(there.sum(-1).max())
    return values[..., :longest, :].float(), there[..., :longest]
