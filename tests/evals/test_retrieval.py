"""Retrieval on a folder in the form of BEIR: read with clear errors, searched with the product's own search."""

import json
from pathlib import Path

import pytest

from evals.retrieval import MalformedDataset, measure, read_dataset, report
from index.embedding import embedder


def put(folder: Path, judged: str = "q1\tp1\t1\nq2\tp2\t1\nq2\tp1\t0\n") -> Path:
    (folder / "qrels").mkdir(exist_ok=True)
    passages = [
        {"_id": "p1", "title": "茶", "text": "绿茶用八十度的水泡。"},
        {"_id": "p2", "text": "墨斗鱼遇险会喷墨。"},
    ]
    questions = [{"_id": "q1", "text": "泡绿茶用多少度的水"}, {"_id": "q2", "text": "墨斗鱼遇险怎么办"}]
    for name, rows in (("corpus", passages), ("queries", questions)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", encoding="utf-8")
    return folder


def test_a_dataset_is_read_with_what_is_relevant(tmp_path: Path) -> None:
    dataset = read_dataset(put(tmp_path))
    assert [passage.id for passage in dataset.passages] == ["p1", "p2"]
    assert dataset.relevant == {"q1": {"p1"}, "q2": {"p2"}}


def test_the_right_passages_are_found(tmp_path: Path) -> None:
    found = measure(read_dataset(put(tmp_path)), embedder("hashing", tmp_path), tmp_path / "index")
    assert found == {"ndcg@10": 1.0, "mrr@10": 1.0, "recall@5": 1.0, "recall@20": 1.0}


def test_figures_are_printed_a_line_each(tmp_path: Path) -> None:
    assert report({"ndcg@10": 0.8123}, {"ndcg@10": 0.8}) == "ndcg@10 0.812\nplain ndcg@10 0.800"


@pytest.mark.parametrize("judged", ["q1\tp9\t1\n", "q9\tp1\t1\n", "q1 p1 1\n", "q1\tp1\tgood\n", ""])
def test_what_is_judged_must_be_there(tmp_path: Path, judged: str) -> None:
    with pytest.raises(MalformedDataset, match=r"test\.tsv"):
        read_dataset(put(tmp_path, judged))


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
@pytest.mark.parametrize("text", ["{", '{"_id": "p1"}', "[1]"])
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, name: str, text: str) -> None:
    (put(tmp_path) / name).write_text(text, encoding="utf-8")
    with pytest.raises(MalformedDataset, match=name):
        read_dataset(tmp_path)


def test_no_folder_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(MalformedDataset, match="corpus"):
        read_dataset(tmp_path / "nowhere")
