"""What each part of retrieval brings and costs: rankers, each asked the same needs of the same cases over the same passages.

How a question is read belongs to none of them: every ranker is given what was read. So is the text looked for, by words and by meaning,
that of bot/evidence/candidates.py. The reranker loses a part by its features being zero.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from bot.answering import Bot
from bot.conversation import Need
from bot.evidence.candidates import MOST, examine, sense_of, words_of
from bot.evidence.gather import rank
from bot.evidence.ground import Ground
from bot.evidence.relevance import WEIGHTS, score
from bot.reading.read import read
from corpus.document import Passage
from corpus.split import sentences
from evals.case import Case
from evals.report import write_between
from evals.retrieval import score_alone
from evals.run import DEPTH, gathered, last_question, retrieval_figures, stating
from index.embedders import Embedder, Vectors
from index.fusing import fused
from index.lexical import Lexical
from index.search import CANDIDATES, Hit, Index
from settings import CHECKOUT

DOCUMENT = CHECKOUT / "docs" / "ablation.md"
BEGIN, END = "<!-- figures: made by `python -m evals ablation --write` -->", "<!-- end of figures -->"
SHOWN = ("hit@1", "hit@5", "nDCG@10")

TEXT = ("standing", "words", "met")
"""Features of the reranker that a text alone has."""
OWNERS = ("way", "votes_aspect", "share")
"""Those that owners' questions give."""
RANK_CONSTANT = 60
"""Of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""
BATCH = 64
"""Texts embedded between two steps of the progress bar."""

Scores = Callable[[Need], NDArray[np.float32]]
"""Scores of all passages, in their order in the index."""
Ranker = Callable[[Need], Iterable[tuple[str, float]]]
"""From a need to ids of passages with their scores, in no order."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one ranker reaches, and its median milliseconds a question."""

    name: str
    figures: Mapping[str, float]
    ms: float


class OnlyWords(Lexical):
    """BM25 over words without bigrams."""

    def tokens(self, text: str) -> list[str]:
        return self.words(text)


class OnlyBigrams(Lexical):
    """BM25 over bigrams without words."""

    def tokens(self, text: str) -> list[str]:
        return self.bigrams(text)


class OneVector:
    """A model that keeps its word pieces to itself: a search neither uses them nor takes the time for them."""

    def __init__(self, model: Embedder) -> None:
        self.name, self.semantic = model.name, getattr(model, "semantic", True)
        self.passages, self.question, self.questions = model.passages, model.question, model.questions


def measure(cases: Sequence[Case], bot: Bot, rankers: Mapping[str, Ranker]) -> list[Row]:
    """A row for each ranker, over the cases whose gold facts are stated somewhere."""
    passages = tuple(bot.index.passages.values())
    relevant = {case.id: found for case in cases if (found := stating(case, passages))}
    vocabulary = bot.know().vocabulary
    needs = {c.id: read(last_question(c, bot), vocabulary).needs for c in cases if c.id in relevant}
    return [_row(name, ranker, needs, relevant) for name, ranker in rankers.items()]


def _row(
    name: str, ranker: Ranker, needs: Mapping[str, Sequence[Need]], relevant: Mapping[str, Collection[str]]
) -> Row:
    ranked, times = dict[str, list[str]](), list[float]()
    for identity, of_case in tqdm(needs.items(), desc=name, disable=None):
        started = perf_counter()
        ranked[identity] = best_first(ranker, of_case)
        times.append((perf_counter() - started) * 1000)
    return Row(name, retrieval_figures(ranked, relevant), median(times) if times else 0.0)


def best_first(ranker: Ranker, needs: Iterable[Need]) -> list[str]:
    """Ids for all needs of a question together, best first."""
    found = [pair for need in needs for pair in ranker(need)]
    ordered = sorted(found, key=lambda pair: -pair[1])
    return list(dict.fromkeys(identity for identity, _ in ordered))[:DEPTH]


def rankers(ground: Ground, root: Path, model: Embedder, plain: Embedder) -> dict[str, Ranker]:
    """All rankers by name, over the index at `root`, which `model` made; `plain` is the model before it was trained."""
    snapshot, names = ground.index.snapshot(), ground.terms.names
    order = snapshot.order
    titled, bare = [passage.searchable for passage in order], [passage.text for passage in order]
    words, vectors = by_words(snapshot.lexical), by_vectors(model, _vectors(ground.index))

    def best(scores: Scores) -> Ranker:
        return lambda need: _best(scores(need), order)

    def anew() -> Ground:
        return replace(ground, index=opened(root, model))

    return {
        "words": best(by_words(OnlyWords(titled, names))),
        "words, no headings in front": best(by_words(OnlyWords(bare, names))),
        "character bigrams": best(by_words(OnlyBigrams(titled, names))),
        "words and bigrams": best(words),
        "vectors, plain model": best(by_vectors(plain, embedded(plain, titled, "passages"))),
        "vectors, trained model": best(vectors),
        "words, bigrams and vectors, by rank": best(by_rank(words, vectors)),
        "the same, by z-score": by_search(opened(root, OneVector(model))),
        "the same, the best sentence's vector": best(by_z_score(words, by_sentences(model, order))),
        "by z-score + word pieces": by_pieces(opened(root, model)),
        "+ owners' questions": by_features(anew(), (*TEXT, *OWNERS)),
        "+ all other features": by_features(anew(), WEIGHTS.keys() - {"answers"}),
        "+ question and sentence read together": by_reranker(anew()),
        "+ place, time and what is enough": by_gathering(anew()),
    }


def opened(root: Path, model: Embedder) -> Index:
    """The index anew: each ranker embeds its questions itself, none finds them remembered."""
    index = Index.open(root, lambda: model)
    index.wait()
    if index.failure:
        raise index.failure
    return index


def by_words(lexical: Lexical) -> Scores:
    """BM25."""
    return lambda need: lexical.scores(words_of(need))


def by_vectors(model: Embedder, vectors: Vectors) -> Scores:
    """Cosines with the passages' vectors."""
    return lambda need: vectors @ model.question(sense_of(need))


def by_sentences(model: Embedder, order: Sequence[Passage]) -> Scores:
    """Cosine of each passage's best sentence, title and heading in front of every one."""
    parts = [[f"{p.title} {p.heading}\n{part}" for part in sentences(p.text) or (p.text,)] for p in order]
    begins = np.cumsum([0, *map(len, parts[:-1])])
    cosines = by_vectors(model, embedded(model, list(chain.from_iterable(parts)), "sentences"))
    return lambda need: np.maximum.reduceat(cosines(need), begins)


def by_rank(*halves: Scores) -> Scores:
    """Reciprocal rank fusion of the best of each half."""

    def scores(need: Need) -> NDArray[np.float32]:
        ranks = np.array([np.argsort(np.argsort(-half(need), kind="stable")) + 1 for half in halves])
        gained: NDArray[np.float32] = np.where(ranks <= CANDIDATES, 1 / (RANK_CONSTANT + ranks), 0.0).sum(axis=0)
        return gained

    return scores


def by_z_score(words: Scores, vectors: Scores) -> Scores:
    """As the index fuses its halves: over the best of each; what only words found has the least cosine of the others."""

    def scores(need: Need) -> NDArray[np.float32]:
        lexical, cosines = words(need), vectors(need)
        cosines = np.maximum(cosines, np.sort(cosines)[-CANDIDATES:][0])
        best = np.union1d(*(np.argsort(-half, kind="stable")[:CANDIDATES] for half in (lexical, cosines)))
        found = np.full(len(lexical), -np.inf, np.float32)
        found[best] = fused(lexical[best], cosines[best])
        return found

    return scores


def by_search(index: Index) -> Ranker:
    """The index's own search."""
    return lambda need: [(hit.passage.id, hit.score) for hit in _hits(index, need)]


def by_pieces(index: Index) -> Ranker:
    """The same, put in order by what a text alone tells, word pieces too."""
    return lambda need: [(hit.passage.id, score_alone(hit)) for hit in _hits(index, need)]


def by_features(ground: Ground, kept: Collection[str]) -> Ranker:
    """All candidates, the features of the reranker zero but for those kept."""

    def scored(features: Mapping[str, float]) -> float:
        return score({name: features[name] if name in kept else 0.0 for name in WEIGHTS})

    return lambda need: [(one.passage.id, scored(one.features)) for one in examine(need, ground)]


def by_reranker(ground: Ground) -> Ranker:
    """The reranker in use."""
    return lambda need: [(one.passage.id, one.score) for one in rank(need, ground)]


def by_gathering(ground: Ground) -> Ranker:
    """What answers are written from: what `python -m evals` judges."""
    return lambda need: [(one.passage.id, one.score) for one in gathered(need, ground)]


def embedded(model: Embedder, texts: Sequence[str], what: str) -> Vectors:
    """Vectors of texts, with a progress bar."""
    starts = tqdm(range(0, len(texts), BATCH), desc=f"{what}, {model.name}", disable=None)
    return np.concatenate([model.passages(texts[start : start + BATCH]) for start in starts])


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown."""
    lines = [f"| ranked by | {' | '.join(SHOWN)} | ms |", f"| --- |{' --: |' * (len(SHOWN) + 1)}"]
    for row in rows:
        figures = " | ".join(f"{row.figures.get(name, 0.0):.3f}" for name in SHOWN)
        lines.append(f"| {row.name} | {figures} | {row.ms:.1f} |")
    return "\n".join(lines)


def write(figures: str, path: Path = DOCUMENT) -> None:
    """Puts the table into the document."""
    write_between(path, BEGIN, END, figures)


def _hits(index: Index, need: Need) -> Sequence[Hit]:
    return index.search(words_of(need), limit=MOST, meaning=sense_of(need))


def _vectors(index: Index) -> Vectors:
    """Those that the index holds, in the order of its passages."""
    order = index.snapshot().order
    found = dict(index.snapshot().dense.vectors([passage.id for passage in order]))
    return np.array([found[passage.id] for passage in order], np.float32)


def _best(scores: NDArray[np.float32], order: Sequence[Passage]) -> list[tuple[str, float]]:
    places = np.argsort(-scores, kind="stable")[:DEPTH]
    return [(order[place].id, float(scores[place])) for place in places]
