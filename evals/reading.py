"""Trains what reads question and sentence together (index/interaction.py) on what the assistant itself finds: of the statements that rank
first for an owner's question, the one that answers is to be told from the others.

Rivals that merely lie near in the model are told apart more easily than those that words, rules and owners' questions leave: trained on
them it answered 0.836 of 1,615 cases, on these 0.846.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from bot.answering import Bot
from bot.assemble import assemble, one_thread_each
from bot.evidence.candidates import sense_of
from bot.evidence.close import ranges
from bot.evidence.relevance import score
from corpus.split import sentences
from corpus.ways import Way
from evals.asking import need_of, possible
from index.adapter import Adapter, Origin, write_adapter
from index.embedders import Asking
from index.progress import bar
from index.search import Index
from index.training import seed
from index.training.interacting import Example, Stated, figures, fitted, without_held_out
from index.training.pairs import is_held_out
from settings import Settings

RANKED = 14
"""Statements that rank first for a question."""
PART = 500
"""Questions that a process asks at a time."""

Statement = tuple[str, str, frozenset[str]]
"""A passage's id, the text of a statement of it, and the facts stated."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an owner asked, as the model sees it; the fact that answers it (none where nothing on record does) and how its sentence
    begins that does; and the statements that rank first."""

    asking: Asking
    fact: str
    begins: str
    statements: tuple[Statement, ...]


def found(ways: Sequence[Way], settings: Settings) -> list[Found]:
    """What ranks first for each question, over an index that is there; asked by as many processes as there are cores."""
    parts = [ways[start : start + PART] for start in range(0, len(ways), PART)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        asked = pool.map(partial(_asked, settings), parts)
        return list(chain.from_iterable(tqdm(asked, total=len(parts), desc=f"{PART} questions each", disable=None)))


def _asked(settings: Settings, ways: Sequence[Way]) -> list[Found]:
    one_thread_each()
    bot = assemble(settings)
    bot.index.wait()
    return [one for way in ways if (one := _found(way, bot))]


def _found(way: Way, bot: Bot) -> Found | None:
    """Ranked without what is to be trained, so that it does not choose its own rivals."""
    need, fact = need_of(way, bot), bot.index.facts.get(way.fact)
    if not need or bool(way.fact) != bool(fact):
        return None
    best = sorted(possible(need, bot.know().ground), key=lambda one: -score({**one.features, "answers": 0.0}))[:RANKED]
    statements = tuple((one.passage.id, one.text, frozenset(fact.id for fact in one.facts)) for one in best)
    return Found(bot.index.asking(sense_of(need)), fact.id if fact else "", way.sentence, statements)


def examples(asked: Sequence[Found], index: Index) -> list[Example]:
    """An example of each question of which the sentence that answers is known and was found, or that nothing answers."""
    stated = {one: _stated(one, index) for one in dict.fromkeys(s for some in asked for s in some.statements)}
    shown = (_example(one, [stated[s] for s in one.statements]) for one in asked)
    return [example for example in shown if example]


def _stated(statement: Statement, index: Index) -> Stated:
    identity, text, facts = statement
    passage = index.passages[identity]
    read = index.sentences(passage, ranges(passage, text))
    return Stated(facts, dict(zip(sentences(text), read, strict=True)))


def _example(one: Found, stated: Sequence[Stated]) -> Example | None:
    own = [some for some in stated if one.fact in some.facts]
    known = [some for some in own if one.begins or len(some.sentences) == 1]
    right = [s for some in known for text, s in some.sentences.items() if text.startswith(one.begins)]
    if one.fact and not right:
        return None
    others = [s for some in own for text, s in some.sentences.items() if not text.startswith(one.begins)]
    rivals = [some for some in stated if one.fact not in some.facts]
    return Example(one.asking, one.fact, right, others, rivals)


def train(shown: Sequence[Example], data: str, adapter: Adapter, origin: Origin, folder: Path) -> dict[str, float]:
    """Writes the adapter with the network that saw all facts, and beside it (adapter-judged.npz) with the one that never saw a fixed fifth of
    them; gives what that tells of those. `data` is the digest of the questions."""
    seed()
    with bar() as progress:
        judged = fitted(without_held_out(shown), progress)
    held_out = figures(judged, [one for one in shown if one.right and is_held_out(one.fact)])
    seed()
    with bar() as progress:
        ships = fitted(shown, progress)
    told = replace(origin, reading={"questions": len(shown), "data": data, "held_out": held_out})
    write_adapter(folder / "adapter-judged.npz", replace(adapter, interaction=judged), told)
    write_adapter(folder / "adapter.npz", replace(adapter, interaction=ships), told)
    return held_out


def digest(ways: Sequence[Way]) -> str:
    """Tells other questions apart."""
    rows = (f"{way.text}\t{way.fact}\t{way.sentence}" for way in ways)
    return blake2b("\n".join(rows).encode(), digest_size=10).hexdigest()
