"""Trains the adapter: each owner's question is to lie nearer to the statement that answers it than to those of other facts.

InfoNCE within batches (van den Oord et al., 2018), from questions to statements, back, and between the questions of one fact
(several right ones: Khosla et al., 2020); a batch holds FACTS facts with EACH questions of each, as statements cost most, in runs of
one subject, so that the negatives are hard. Then the projection of word pieces (see projecting.py).
A fixed fifth of the facts is not shown at first: on those the gain is told, and with the adapter as it is then
`python -m evals calibrate` fits. What ships has a last epoch over all of them. Needs the extra `train`.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib.metadata import version as library_version
from pathlib import Path
from typing import Any

import numpy as np

from corpus.load import Knowledge
from index.adapter import Adapter, Origin
from index.embedders.sentence import Sentence, fast_bfloat16, pieces_of, unit
from index.progress import Progress
from index.training.pairs import Group, Pair, batches, is_held_out, pairs
from index.training.projecting import HARDEST, Task, trained

RANK, ALPHA = 16, 32
EPOCHS, RATE, DECAY, WARM_UP, SHARPNESS = 2, 4e-4, 0.01, 20, 40.0
LAST_RATE = 2e-4
"""Rank and rates are the first that were tried; a second epoch brought 0.538 to 0.542 first."""
PROJECTED = 6
"""Questions of a fact that the projection of word pieces learns from: with twice as many it found no more (0.552 first instead of 0.563)."""
LONGEST = 100
"""Characters of a statement that are read in training: its beginning names what it is about."""
LAYERS = ["query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense"]
SEED = 7
LIBRARIES = ("torch", "peft", "sentence-transformers")


@dataclass(frozen=True, slots=True)
class Made:
    """What a training gives: the adapter that never saw the facts held out, if one was made, the one that ships, and how they came about."""

    judged: Adapter | None
    shipped: Adapter
    origin: Origin


@dataclass(frozen=True, slots=True)
class _Encoded:
    """What a model gives for questions and statements, by their text."""

    questions: Mapping[str, Any]
    statements: Mapping[str, Any]


def train(knowledge: Knowledge, data: Path, progress: Progress) -> Made:
    """Two adapters, and how they were made, with the recall on the facts held out. Raises ImportError without the extra `train`."""
    import torch  # noqa: PLC0415 - heavy, and of no use to whoever only asks

    seed()
    found = pairs(knowledge)
    shown, held = [p for p in found if not is_held_out(p.fact)], [p for p in found if is_held_out(p.fact)]
    model = Sentence("", data / "model").loaded(torch.float32)
    plain = recall(model, found, held)
    _grow(model)
    _fit(model, shown, EPOCHS, RATE, progress)
    judged, after = _adapter(model, shown), recall(model, found, held)
    _fit(model, found, 1, LAST_RATE, progress)
    gained = {**{f"{name} plain": value for name, value in plain.items()}, **after}
    return Made(judged, _adapter(model, found), _origin(found, gained))


def train_further(knowledge: Knowledge, data: Path, before: Adapter, progress: Progress) -> Made:
    """One more epoch over all questions, from where an adapter stands: for new questions that are no reason to begin anew. Nothing is
    held out, as the adapter has seen all facts. Raises ImportError without the extra `train`."""
    import torch  # noqa: PLC0415 - see train

    seed()
    found = pairs(knowledge)
    model = Sentence("", data / "model").loaded(torch.float32)
    _grow(model)
    _set(model, before)
    _fit(model, found, 1, LAST_RATE, progress)
    return Made(None, _adapter(model, found), _origin(found, {}))


def train_pieces(knowledge: Knowledge, data: Path, layers: Adapter) -> Made:
    """The same with the layers of an adapter as they are: only the projection of word pieces is fitted anew, in minutes. For new
    questions that are no reason to train an hour and more. Raises ImportError without the extra `train`."""
    import torch  # noqa: PLC0415 - see train

    seed()
    found = pairs(knowledge)
    shown, held = [p for p in found if not is_held_out(p.fact)], [p for p in found if is_held_out(p.fact)]
    model = Sentence("", data / "model").loaded(torch.float32)
    layers.merge(model[0].auto_model)
    gained, encoded = recall(model, found, held), _encoded(model, _some(found))
    fitted = (trained(_task(encoded, _some(some))) for some in (shown, found))
    judged, shipped = (replace(layers, projection=one, interaction=None) for one in fitted)
    return Made(judged, shipped, _origin(found, gained))


def seed() -> None:
    """Sets the random state of Python and torch, so that a training can be made again."""
    import torch  # noqa: PLC0415 - see train

    random.seed(SEED)
    torch.manual_seed(SEED)


def _grow(model: Any) -> None:
    """Gives a model the small layers that are trained, and freezes all others."""
    from peft import LoraConfig, get_peft_model  # noqa: PLC0415 - the extra `train`

    for parameter in model.parameters():
        parameter.requires_grad_(False)
    config = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=LAYERS)
    model[0].auto_model = get_peft_model(model[0].auto_model, config)


def _set(model: Any, adapter: Adapter) -> None:
    """Sets the small layers to those of an adapter. Raises KeyError where a layer is not the model's."""
    modules = dict(model[0].auto_model.named_modules())
    for name, sides in adapter.layers.items():
        for small, values in zip((modules[name].lora_A, modules[name].lora_B), sides, strict=True):
            weight = small["default"].weight
            weight.data.copy_(weight.new_tensor(values.tolist()))


def _origin(found: Sequence[Pair], gained: dict[str, float]) -> Origin:
    libraries = {name: library_version(name) for name in LIBRARIES}
    digest = blake2b("\n".join(f"{p.question}\t{p.statement}" for p in found).encode(), digest_size=10).hexdigest()
    return Origin("multilingual-e5-small", SEED, digest, len(found), libraries, gained)


def recall(model: Any, found: Sequence[Pair], asked: Sequence[Pair]) -> dict[str, float]:
    """Shares of the questions asked whose statement stands first, and among the first five, of all statements."""
    statements = list(dict.fromkeys(pair.statement for pair in found))
    places = {statement: place for place, statement in enumerate(statements)}
    texts, questions = model.encode_document(statements), model.encode_query([pair.question for pair in asked])
    scores = unit(questions) @ unit(texts).T
    own = scores[np.arange(len(asked)), [places[pair.statement] for pair in asked]]
    ranks = (scores > own[:, None]).sum(1)
    return {"recall@1": round(float((ranks < 1).mean()), 3), "recall@5": round(float((ranks < 5).mean()), 3)}


def _fit(model: Any, shown: Sequence[Pair], epochs: int, rate: float, progress: Progress) -> None:
    import torch  # noqa: PLC0415 - see train

    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=DECAY)
    steps = [batch for _ in range(epochs) for batch in batches(shown)]
    fast = fast_bfloat16()  # where it is emulated a step takes half a minute
    model.eval()  # without dropout: so few weights are trained that none is needed, and it takes a third longer
    for number, batch in enumerate(steps):
        optimizer.param_groups[0]["lr"] = rate * min(1, (number + 1) / WARM_UP) * max(0.05, 1 - number / len(steps))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast):
            asked = _embedded(model, [f"query: {question}" for group in batch for question in group.questions])
            told = _embedded(model, [f"passage: {group.pair.statement[:LONGEST]}" for group in batch])
        wrong = loss(asked, told, batch)
        optimizer.zero_grad()
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        progress(number + 1, len(steps))


def loss(asked: Any, told: Any, batch: Sequence[Group]) -> Any:
    """The loss of a batch whose questions and statements have these unit vectors. Of another place's twin nothing is learned: a
    question need not name its place."""
    import torch  # noqa: PLC0415 - see train

    own = torch.tensor([place for place, group in enumerate(batch) for _ in group.questions])
    kinds, regions = ([key(group.pair) for group in batch] for key in (_kind, lambda pair: pair.region))
    twins = torch.tensor(
        [[k == kinds[i] and r != regions[i] for k, r in zip(kinds, regions, strict=True)] for i in range(len(batch))]
    )
    right = own[:, None] == torch.arange(len(batch))
    met = (SHARPNESS * asked @ told.T).masked_fill(twins[own], -1e4)
    alike = (SHARPNESS * asked @ asked.T).masked_fill(twins[own][:, own] | torch.eye(len(own), dtype=torch.bool), -1e4)
    return _missed(met, right) + 0.5 * _missed(met.T, right.T) + 0.5 * _missed(alike, right[:, own] & (alike > -1e4))


def _missed(scores: Any, right: Any) -> Any:
    """The mean, over rows that have any, of how far the right ones fall short of all: -log(their share of the softmax)."""
    short = scores.logsumexp(-1) - scores.masked_fill(~right, -1e4).logsumexp(-1)
    known = right.any(-1)
    return (short * known).sum() / known.sum().clamp(min=1)


def _embedded(model: Any, texts: list[str]) -> Any:
    import torch  # noqa: PLC0415 - see train

    vectors = model(model.preprocess(texts))["sentence_embedding"]
    return torch.nn.functional.normalize(vectors.float(), dim=-1)


def _adapter(model: Any, shown: Sequence[Pair]) -> Adapter:
    """The trained layers as plain arrays, by the names of the model beneath, with a projection for them."""
    layers: dict[str, dict[str, Any]] = {}
    for key, value in model[0].auto_model.state_dict().items():
        name, found, side = key.removeprefix("base_model.model.").partition(".lora_")
        if found:
            layers.setdefault(name, {})[side[0]] = value.detach().float().numpy()
    some = _some(shown)
    projection = trained(_task(_encoded(model, some), some))
    return Adapter(ALPHA / RANK, {name: (sides["A"], sides["B"]) for name, sides in layers.items()}, projection)


def _some(shown: Sequence[Pair]) -> list[Pair]:
    """The first questions of each fact, as many as the projection learns from."""
    counted: Counter[str] = Counter()
    kept = []
    for pair in shown:
        counted[pair.fact] += 1
        kept += [pair] if counted[pair.fact] <= PROJECTED else []
    return kept


def _encoded(model: Any, shown: Sequence[Pair]) -> _Encoded:
    questions = list(dict.fromkeys(pair.question for pair in shown))
    statements = list(dict.fromkeys(pair.statement for pair in shown))
    asked, told = (
        model.encode_query(questions, output_value=None),
        model.encode_document(statements, output_value=None),
    )
    return _Encoded(dict(zip(questions, asked, strict=True)), dict(zip(statements, told, strict=True)))


def _task(encoded: _Encoded, shown: Sequence[Pair]) -> Task:
    """The pieces of all questions and statements, and for each question the statements that the model itself takes for right. Of
    another place's twin nothing is learned: a question need not name its place."""
    stated = list({pair.statement: pair for pair in shown}.values())
    questions = [encoded.questions[pair.question] for pair in shown]
    statements = [encoded.statements[pair.statement] for pair in stated]
    scores = unit(_vectors(questions)) @ unit(_vectors(statements)).T
    kinds, regions = (np.array([kind(pair) for pair in stated]) for kind in (_kind, lambda pair: pair.region))
    places = {pair.statement: place for place, pair in enumerate(stated)}
    chosen = []
    for pair, row in zip(shown, scores, strict=True):
        others = np.where((kinds == _kind(pair)) & (regions != pair.region), -1.0, row)
        others[places[pair.statement]] = -1.0
        chosen.append([places[pair.statement], *np.argsort(-others)[:HARDEST]])
    candidates = np.array(chosen)
    cosines = np.take_along_axis(scores, candidates, 1).astype(np.float32)
    return Task([pieces_of(one) for one in questions], [pieces_of(one) for one in statements], candidates, cosines)


def _kind(pair: Pair) -> str:
    return f"{pair.subject} {pair.aspect}"


def _vectors(encoded: Sequence[Any]) -> Any:
    return np.array([one["sentence_embedding"].float().numpy() for one in encoded])
