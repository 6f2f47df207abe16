"""How well the check before display strikes what is wrong and lets stand what is honest.

Errors are of two sorts: mechanical ones made from sentences of the corpus, and errors of meaning (errors.yaml) that were written, as
the honest rewordings were (honest.yaml), by someone who did not know the rules. Rules were mended by looking at one half of both;
the other half, by a hash of the fact, was never looked at.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from bot.conversation import Claim, Statement
from bot.grounding import faults
from corpus.load import Knowledge
from corpus.regions import Regions
from corpus.rows import read_yaml
from corpus.terms import Terms
from evals.grounding.mechanical import made
from evals.report import write_between

FOLDER = Path(__file__).parent
DOCUMENT = FOLDER.parent.parent / "docs" / "grounding.md"
BEGIN, END = "<!-- figures: made by `python -m evals grounding --write` -->", "<!-- end of figures -->"
HONEST = "honest reworded"


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim, what it was written from, and whether its half was looked at while the rules were made."""

    kind: str
    claim: Claim
    looked_at: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of a kind and half are struck."""

    kind: str
    half: str
    struck: int
    all: int

    @property
    def share(self) -> float:
        return self.struck / self.all if self.all else 0.0


def samples(knowledge: Knowledge, regions: Regions) -> Iterator[Sample]:
    """All claims to judge: mechanical errors, errors of meaning, honest rewordings, and every statement as it stands."""
    by_fact = statements_by_fact(knowledge)
    every = list({id(s): s for found in by_fact.values() for s in found}.values())
    for error in made(every, regions):
        yield Sample(error.kind, Claim(error.text, ((error.statement, error.statement.text),)), True)
    for name in ("errors", "honest"):
        path = FOLDER / f"{name}.yaml"
        for row in read_yaml(path.read_text(encoding="utf-8"), path):
            claim = Claim(row["claim"], tuple((s, s.text) for s in by_fact[row["fact"]]))
            yield Sample(row.get("kind", HONEST), claim, looked_at(row["fact"]))
    for statement in every:
        yield Sample("quoted", Claim(statement.text, ((statement, statement.text),)), True)


def looked_at(fact: str) -> bool:
    """Whether claims of a fact belong to the half that was looked at."""
    return blake2b(fact.encode(), digest_size=1).digest()[0] % 2 == 0


def statements_by_fact(knowledge: Knowledge) -> dict[str, list[Statement]]:
    """The statements of each fact, by its id and those joined into it."""
    found: dict[str, list[Statement]] = {}
    for passage in knowledge.passages:
        for span in passage.spans:
            rows = tuple(knowledge.facts[identity] for identity in span.facts if identity in knowledge.facts)
            text = passage.text[span.start : span.end]
            statement = Statement(passage, text, rows, passage.validity.state, 1.0)
            for identity in dict.fromkeys((*span.facts, *(other for row in rows for other in row.also))):
                found.setdefault(identity, []).append(statement)
    return found


def measure(claims: Sequence[Sample], regions: Regions, terms: Terms) -> list[Figure]:
    """How many of each kind are struck, by half. No model is asked: these are the rules' own figures."""
    every, struck = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    for sample in claims:
        fails = next(faults(sample.claim, "", regions, terms), None) is not None
        every[sample.kind, sample.looked_at] += 1
        struck[sample.kind, sample.looked_at] += fails
    halves = {True: "looked at", False: "never looked at"}
    return [Figure(kind, halves[half], struck[kind, half], every[kind, half]) for kind, half in every]


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table: a row a kind, with the sum of the errors of meaning."""
    lines = ["| kind | looked at | never looked at | all |", "| --- | --- | --- | --- |"]
    kinds = list(dict.fromkeys(figure.kind for figure in figures))
    meaning = [kind for kind in kinds if any(f.kind == kind and f.half == "never looked at" for f in figures)]
    groups = {kind: [kind] for kind in kinds} | {"errors of meaning in sum": [k for k in meaning if k != HONEST]}
    for name, members in groups.items():
        cells = [_cell(figures, members, half) for half in ("looked at", "never looked at", "")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(figures: Sequence[Figure], kinds: Sequence[str], half: str) -> str:
    chosen = [figure for figure in figures if figure.kind in kinds and half in ("", figure.half)]
    struck, every = sum(figure.struck for figure in chosen), sum(figure.all for figure in chosen)
    return f"{struck} of {every} ({100 * struck / every:.1f} %)" if every else "–"


def write(figures: str, path: Path = DOCUMENT) -> None:
    """Puts the figures into the document, whole or not at all."""
    write_between(path, BEGIN, END, figures)
