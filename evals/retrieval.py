"""Our retrieval on a folder in the form of BEIR (Thakur et al., 2021): corpus.jsonl with `_id`, `title`, `text`; queries.jsonl with
`_id`, `text`; qrels/test.tsv with query, passage and grade, a header above. It tells whether what was learned from owners' questions
costs anything elsewhere: the same search once with the trained embedder and once with the plain one.
"""

import csv
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from tqdm import tqdm

from bot.evidence.asked import USUAL_STANDING
from bot.evidence.candidates import USUAL_BM25
from bot.evidence.relevance import WEIGHTS
from corpus.document import Passage, Source, Span, Validity
from corpus.load import Knowledge
from evals import metrics
from index import store
from index.embedders import Embedder
from index.progress import bar
from index.search import Hit, Index

DEPTH = 60
"""Passages that the search gives to be put in order, as for a question of our own."""

Rows = list[dict[str, Any]]


class MalformedDataset(Exception):
    """A folder that is not in the form of BEIR. The message names the file and what is missing."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Passages, questions by id, and for each question the ids of the passages that answer it."""

    passages: tuple[Passage, ...]
    questions: Mapping[str, str]
    relevant: Mapping[str, Collection[str]]


def read_dataset(folder: Path) -> Dataset:
    """The dataset of a folder. Raises MalformedDataset."""
    passages = tuple(_passage(row) for row in _rows(folder / "corpus.jsonl", ("_id", "text")))
    questions = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl", ("_id", "text"))}
    relevant: dict[str, set[str]] = {}
    known = {passage.id for passage in passages}
    for question, passage in _judged(folder / "qrels" / "test.tsv"):
        if question not in questions or passage not in known:
            raise MalformedDataset(f"{folder}/qrels/test.tsv names {question} and {passage}: one of them is in no file")
        relevant.setdefault(question, set()).add(passage)
    if not relevant:
        raise MalformedDataset(f"{folder}/qrels/test.tsv judges nothing")
    return Dataset(passages, questions, relevant)


def measure(dataset: Dataset, embedder: Embedder, folder: Path) -> dict[str, float]:
    """nDCG@10, MRR@10, recall@5 and recall@20 over the questions that are judged, with an index of its own in the folder."""
    with bar() as progress:
        store.build(folder, Knowledge((), {}, dataset.passages), embedder, progress=progress)
    index = Index.open(folder, lambda: embedder)
    index.wait()
    if index.failure:
        raise index.failure
    ranked = {
        identity: search(index, dataset.questions[identity])
        for identity in tqdm(dataset.relevant, desc="questions", disable=None)
    }
    pairs = [(ranked[identity], relevant) for identity, relevant in dataset.relevant.items()]
    return {
        "ndcg@10": mean(metrics.ndcg(found, relevant, 10) for found, relevant in pairs),
        "mrr@10": mean(metrics.reciprocal_rank(found[:10], relevant) for found, relevant in pairs),
        "recall@5": mean(metrics.recall(found, relevant, 5) for found, relevant in pairs),
        "recall@20": mean(metrics.recall(found, relevant, 20) for found, relevant in pairs),
    }


def search(index: Index, question: str) -> list[str]:
    """Ids of the passages found, best first: the search's own, put in order by the features of bot/evidence/relevance.py that a
    text alone has (no subject, no aspect, no owners' questions)."""
    hits = index.search(question, limit=DEPTH)
    return [hit.passage.id for hit in sorted(hits, key=score_alone, reverse=True)]


def report(trained: Mapping[str, float], plain: Mapping[str, float]) -> str:
    """A line for each figure of the trained embedder, then the same of the plain one."""
    return "\n".join(
        [
            *(f"{name} {value:.3f}" for name, value in trained.items()),
            *(f"plain {name} {value:.3f}" for name, value in plain.items()),
        ]
    )


def score_alone(hit: Hit) -> float:
    """How well a hit answers, by the features that a text alone has; the search's own score where no model tells its meaning."""
    if hit.standing is None:
        return hit.score
    dense = WEIGHTS["standing"] * hit.standing + WEIGHTS["met"] * (hit.met or 0.0)
    return dense / USUAL_STANDING + WEIGHTS["words"] * min(2.0, hit.lexical / USUAL_BM25)


def _passage(row: Mapping[str, Any]) -> Passage:
    title, text = str(row.get("title") or ""), str(row["text"])
    source = Source(title or str(row["_id"]))
    return Passage(
        id=str(row["_id"]),
        document=str(row["_id"]),
        title=title,
        heading="",
        text=text,
        source=source,
        validity=Validity(),
        region="全国",
        spans=(Span(0, len(text), ()),),
    )


def _rows(path: Path, keys: Collection[str]) -> Rows:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise MalformedDataset(f"{path}: {error}") from error
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not all(key in row for key in keys):
            raise MalformedDataset(f"{path}:{number}: needs {', '.join(keys)}")
    return rows


def _judged(path: Path) -> Iterator[tuple[str, str]]:
    """Question and passage of each row with a grade above 0."""
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    except OSError as error:
        raise MalformedDataset(f"{path}: {error}") from error
    for number, row in enumerate(rows[1:], 2):
        if len(row) != 3 or not row[2].lstrip("-").isdigit():
            raise MalformedDataset(f"{path}:{number}: write question, passage and a whole grade, with tabs between")
        if int(row[2]) > 0:
            yield row[0], row[1]
