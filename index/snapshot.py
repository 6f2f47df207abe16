"""One version of the index, opened for reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Passage
from corpus.fact import Fact
from index import store
from index.dense import Dense, open_dense
from index.embedders import Vectors
from index.lexical import Lexical
from index.pieces import Pieces, open_pieces
from index.refusing import Refusing, read_refusing
from index.ways import Ways, read_ways

ORDINARY = 256
"""Passages that a cosine is compared with, at most."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version, open for reading. Never changes: a search in flight stays on its own."""

    version: str
    order: tuple[Passage, ...]
    passages: Mapping[str, Passage]
    facts: Mapping[str, Fact]
    places: Mapping[str, int]
    lexical: Lexical
    dense: Dense
    embedder: str
    ordinary: Vectors
    """Vectors of some passages, the same for every question: what a cosine is compared with."""
    some: tuple[int, ...]
    """Their places."""
    pieces: Pieces | None
    ways: Ways
    refusing: Refusing | None


def open_snapshot(root: Path, name: str, server: str) -> Snapshot:
    """Opens a version. Raises NoIndex, OtherFormat, VectorsUnavailable."""
    made = store.manifest(root, name)
    if made.format != store.FORMAT:
        raise store.OtherFormat(
            f"the index in {root} has format {made.format}, not {store.FORMAT}: run `python -m index`"
        )
    order, facts = store.read_knowledge(root, name)
    joined = {other: fact for fact in facts.values() for other in fact.also}
    dense = open_dense(store.folder(root, name), server, name).hold([passage.id for passage in order])
    places = {passage.id: place for place, passage in enumerate(order)}
    some = sorted(places)[:: max(1, len(order) // ORDINARY)]
    ordinary = [vector for _, vector in dense.vectors(some)]
    return Snapshot(
        version=name,
        order=order,
        passages={passage.id: passage for passage in order},
        facts={**joined, **facts},
        places=places,
        lexical=Lexical.read(store.folder(root, name) / "passages"),
        dense=dense,
        ordinary=np.array(ordinary, np.float32),
        some=tuple(places[identity] for identity in some),
        pieces=open_pieces(store.folder(root, name)),
        embedder=made.embedder,
        ways=read_ways(store.folder(root, name)),
        refusing=read_refusing(store.folder(root, name)),
    )
