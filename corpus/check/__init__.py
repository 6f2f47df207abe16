"""Finds what is wrong with the knowledge and says file, line and what to write instead. Repairs nothing.

Each rule is a function that yields problems; `RULES` lists them.
"""

from collections.abc import Sequence
from pathlib import Path

from corpus import load
from corpus.check import documents, facts, ways
from corpus.check.desk import Desk, Problem, is_official, official_hosts
from corpus.fact import Fact
from corpus.regions import Regions
from corpus.rows import MalformedFile
from corpus.terms import load_terms

__all__ = ["RULES", "Problem", "check", "is_official", "official_hosts"]

RULES = (
    documents.unread,
    documents.headers,
    documents.headings,
    documents.links,
    documents.names,
    facts.identities,
    facts.marks,
    facts.quantities,
    facts.validities,
    facts.doubled_money,
    facts.places,
    ways.strays,
    ways.sentences_meant,
    ways.doubled,
)


def check(folders: Sequence[Path]) -> list[Problem]:
    """All problems of the knowledge in `folders`, sorted by place. A file that cannot be read is itself a problem."""
    problems: list[Problem] = []
    try:
        rows = list(load.rows(folders))
        desk = Desk(
            folders=tuple(folders),
            facts=tuple(row for row in rows if isinstance(row, Fact)),
            documents=tuple(load.documents(folders)),
            regions=Regions.load(folders[0] / "words"),
            terms=load_terms(folders),
            hosts=official_hosts(folders),
        )
    except MalformedFile as error:
        return [Problem(error.path, error.line, error.message)]
    problems += [Problem(row.path, row.line, row.message) for row in rows if isinstance(row, MalformedFile)]
    for rule in RULES:
        problems += rule(desk)
    return sorted(set(problems))
