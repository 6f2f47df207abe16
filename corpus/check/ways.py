"""Rules about owners' questions: each points to something there is, to a sentence only where one begins so, and stands once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.check.desk import Desk, Problem
from corpus.split import sentences
from corpus.ways import read_ways


def strays(desk: Desk) -> Iterator[Problem]:
    """Questions that point to no fact, subject or aspect."""
    known = {identity for fact in desk.facts for identity in (fact.id, *fact.also)}
    for path, line, row in _rows(desk):
        if row.get("fact") and row["fact"] not in known:
            yield Problem(
                str(path), line, f"fact {row['fact']} is in no facts file: correct the id, or point to a subject"
            )
        for subject in (row.get("subject"), row.get("gap")):
            if subject and subject not in desk.terms.subjects:
                yield Problem(str(path), line, f"subject {subject} is not in words/terms.yaml")
        if row.get("aspect") and row["aspect"] not in desk.terms.aspects:
            yield Problem(str(path), line, f"aspect {row['aspect']} is not in words/aspects.yaml")


def sentences_meant(desk: Desk) -> Iterator[Problem]:
    """Questions that point to a sentence which no statement of their fact has."""
    stated: dict[str, list[str]] = {}
    for _, _, block in desk.blocks():
        for fact in block.facts:
            stated.setdefault(fact, []).extend(sentences(block.text))
    for path, line, row in _rows(desk):
        begins = row.get("sentence")
        if begins and not any(sentence.startswith(begins) for sentence in stated.get(row["fact"], ())):
            yield Problem(
                str(path),
                line,
                f"no sentence on {row['fact']} begins with {begins!r}: write how it begins now, or nothing",
            )


def doubled(desk: Desk) -> Iterator[Problem]:
    """Questions that stand twice: the second would never be found."""
    seen: dict[str, str] = {}
    for path, line, row in _rows(desk):
        for text in row["ask"]:
            place = f"{path.name}:{line}"
            if text in seen:
                yield Problem(
                    str(path), line, f"{text!r} also stands at {seen[text]}: ask it in other words, or of one only"
                )
            seen.setdefault(text, place)


def _rows(desk: Desk) -> Iterator[tuple[Path, int, Mapping[str, Any]]]:
    for folder in desk.folders:
        for path in sorted((folder / "questions").glob("*.yaml")):
            for line, row in read_ways(path):
                yield path, line, row
