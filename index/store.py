"""Versions of the index and the small file `current` that names the one in use. What is built is immutable.

A build makes a new version beside the others, checks it, and replaces `current`; a kill at any moment leaves the old or the new.
Vectors of unchanged passages are taken over from the version in use; only new passages are embedded.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.metadata import version as library_version
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from corpus.document import Passage, Source, Span, Validity
from corpus.fact import Fact
from corpus.load import Knowledge
from corpus.whole import sync, write_whole
from index.dense import Dense, open_dense
from index.embedders import Embedder, InPieces, Vectors
from index.lexical import Lexical
from index.pieces import as_part, open_pieces, write_pieces
from index.progress import Progress
from index.refusing import write_refusing
from index.training.refusing import fitted
from index.ways import read_ways, write_ways

FORMAT = 7
"""Of all that a version holds; goes up with any change of it, also of what is baked into numbers (index/refusing.py)."""
KEPT = 3
"""Versions kept: the one in use and those before it, which a running process may still have open."""
BATCH = 64
"""Passages embedded between two reports of progress."""
LIBRARIES = ("chromadb", "onnxruntime", "sentence-transformers", "bm25s", "numpy")


class NoIndex(LookupError):
    """There is no index that can be opened: `python -m index` builds one."""


class OtherFormat(NoIndex):
    """The index in use was made by a program of another format."""


class CorruptBuild(RuntimeError):
    """A version that was just built does not hold what it should; the one in use stays."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a version was made. `documents` maps a document's id to the digest of its file."""

    version: str
    format: int
    embedder: str
    documents: Mapping[str, str]
    passages: int
    facts: int
    built: str
    libraries: Mapping[str, str]


def build(
    root: Path, knowledge: Knowledge, embedder: Embedder, server: str = "", progress: Progress | None = None
) -> Manifest:
    """Brings the index at `root` up to `knowledge` and returns the manifest in use. Builds nothing if nothing changed."""
    root.mkdir(parents=True, exist_ok=True)
    with FileLock(root / "lock"):
        name = _version(knowledge, embedder)
        before = current(root)
        if before == name:
            return manifest(root, name)
        _remove_partial(root)
        if not (root / "versions" / name).exists():
            _build(root, name, knowledge, embedder, server, before, progress or (lambda _done, _total: None))
        _switch(root, name)
        _prune(root, name, server)
        return manifest(root, name)


def current(root: Path) -> str | None:
    """The name of the version in use, or None."""
    try:
        return (root / "current").read_text().strip() or None
    except FileNotFoundError:
        return None


def manifest(root: Path, name: str) -> Manifest:
    """The manifest of a version. Raises NoIndex."""
    try:
        return Manifest(**json.loads((folder(root, name) / "manifest.json").read_text()))
    except FileNotFoundError as error:
        raise NoIndex(f"no version {name} in {root}: run `python -m index`") from error


def folder(root: Path, name: str) -> Path:
    """The folder of a version."""
    return root / "versions" / name


def read_knowledge(root: Path, name: str) -> tuple[tuple[Passage, ...], dict[str, Fact]]:
    """Passages and facts of a version, as they were when it was built."""
    content = json.loads((folder(root, name) / "knowledge.json").read_text(encoding="utf-8"))
    return tuple(map(_passage, content["passages"])), {row["id"]: _fact(row) for row in content["facts"]}


def _version(knowledge: Knowledge, embedder: Embedder) -> str:
    """A version is named by what it is made of, so that the same knowledge is never built twice."""
    made_of = {
        "format": FORMAT,
        "embedder": embedder.name,
        "documents": sorted((document.id, document.digest) for document in knowledge.documents),
        "passages": [asdict(passage) for passage in knowledge.passages],
        "facts": [_stored(fact) for fact in knowledge.facts.values()],
        "ways": [asdict(way) for way in knowledge.ways],
        "names": knowledge.names,
    }
    return blake2b(json.dumps(made_of, ensure_ascii=False, sort_keys=True).encode(), digest_size=10).hexdigest()


def _build(
    root: Path, name: str, knowledge: Knowledge, embedder: Embedder, server: str, before: str | None, progress: Progress
) -> None:
    """Makes the version in a partial folder and renames it when it is whole and written to the disk."""
    versions = root / "versions"
    versions.mkdir(exist_ok=True)
    partial = Path(tempfile.mkdtemp(dir=versions, prefix=".partial-"))
    passages = knowledge.passages
    with open_dense(partial, server, name, create=True) as dense:
        pieces = _fill(dense, passages, embedder, _known(root, before, embedder, server), progress)
        if dense.count() != len({passage.id for passage in passages}):
            raise CorruptBuild(
                f"{dense.count()} vectors for {len(passages)} passages: two passages have one id, or Chroma lost some"
            )
    if pieces:
        write_pieces(partial, [pieces[passage.id] for passage in passages])
    _write(
        partial / "knowledge.json",
        {"passages": [asdict(p) for p in passages], "facts": [_stored(f) for f in knowledge.facts.values()]},
    )
    Lexical([passage.searchable for passage in passages], knowledge.names).write(partial / "passages")
    _write_ways(partial, knowledge, _known_ways(root, before, embedder), embedder)
    _write(partial / "manifest.json", asdict(_manifest(name, knowledge, embedder)))
    os.replace(partial, folder(root, name))
    sync(versions)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the version in use already has of passages, by id, if the same embedder made it."""

    vectors: Mapping[str, Vectors]
    pieces: Mapping[str, Any]


def _known(root: Path, before: str | None, embedder: Embedder, server: str) -> _Known:
    if before is None or not _made_alike(manifest(root, before), embedder):
        return _Known({}, {})
    ids = [passage.id for passage in read_knowledge(root, before)[0]]
    with open_dense(folder(root, before), server, before) as dense:
        vectors = dict(dense.vectors(ids))
    pieces = open_pieces(folder(root, before))
    return _Known(vectors, {i: pieces.of(place) for place, i in enumerate(ids)} if pieces else {})


def _made_alike(made: Manifest, embedder: Embedder) -> bool:
    return made.embedder == embedder.name and made.format == FORMAT


def _fill(
    dense: Dense, passages: Sequence[Passage], embedder: Embedder, known: _Known, progress: Progress
) -> dict[str, Any]:
    """Puts the vectors of all passages into Chroma, computing those not known; returns the pieces by id, if there are any."""
    kept = [passage.id for passage in passages if passage.id in known.vectors]
    dense.add(kept, np.stack([known.vectors[i] for i in kept])) if kept else None
    pieces = dict(known.pieces)
    fresh = [passage for passage in passages if passage.id not in known.vectors]
    for start in range(0, len(fresh), BATCH):
        batch = fresh[start : start + BATCH]
        ids, texts = [passage.id for passage in batch], [passage.searchable for passage in batch]
        if isinstance(embedder, InPieces):
            vectors, parts = embedder.passages_in_pieces(texts)
            pieces |= {i: as_part(*part) for i, part in zip(ids, parts, strict=True)}
        else:
            vectors = embedder.passages(texts)
        dense.add(ids, vectors)
        progress(start + len(batch), len(fresh))
    return pieces


def _known_ways(root: Path, before: str | None, embedder: Embedder) -> dict[str, Vectors]:
    """Vectors of questions that the version in use already has, by their text, if the same embedder made them."""
    if before is None or not _made_alike(manifest(root, before), embedder):
        return {}
    ways = read_ways(folder(root, before))
    return {way.text: vector for way, vector in zip(ways.all, ways.vectors, strict=True)}


def _write_ways(partial: Path, knowledge: Knowledge, known: dict[str, Vectors], embedder: Embedder) -> None:
    """The ways in and their vectors, for exact search over a few thousand needs no store of its own; and what is learned of refusing."""
    ways = knowledge.ways
    fresh = [way.text for way in ways if way.text not in known]
    known = {**known, **dict(zip(fresh, embedder.questions(fresh), strict=True))} if fresh else known
    vectors = np.array([known[way.text] for way in ways], np.float32)
    write_ways(partial, ways, vectors, knowledge.names)
    if refusing := fitted(ways, vectors):
        write_refusing(partial, refusing)


def _manifest(name: str, knowledge: Knowledge, embedder: Embedder) -> Manifest:
    return Manifest(
        version=name,
        format=FORMAT,
        embedder=embedder.name,
        documents={document.id: document.digest for document in knowledge.documents},
        passages=len(knowledge.passages),
        facts=len(knowledge.facts),
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        libraries={library: library_version(library) for library in LIBRARIES},
    )


def _switch(root: Path, name: str) -> None:
    """From here on the new version is the one in use."""
    os.utime(folder(root, name))
    write_whole(root / "current", name)


def _prune(root: Path, name: str, server: str) -> None:
    """Removes versions older than the last KEPT; on a server their collections too."""
    versions = [path for path in (root / "versions").iterdir() if not path.name.startswith(".") and path.name != name]
    for path in sorted(versions, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        if server:
            with open_dense(path, server, path.name) as dense:
                dense.drop()
        shutil.rmtree(path)


def _remove_partial(root: Path) -> None:
    """Clears what a killed build left behind: a version half made, a `current` not yet renamed."""
    for path in (root / "versions").glob(".partial-*"):
        shutil.rmtree(path)
    for path in root.glob(".partial-*"):
        path.unlink()


def _write(path: Path, content: Any) -> None:
    write_whole(path, json.dumps(content, ensure_ascii=False))


def _stored(fact: Fact) -> dict[str, Any]:
    """A fact without its place in the files, which may move while the fact stays the same."""
    return {name: value for name, value in asdict(fact).items() if name not in ("path", "line")}


def _fact(row: Mapping[str, Any]) -> Fact:
    return Fact(**_with_values(row, ("also", "objects", "conflict")))


def _passage(row: Mapping[str, Any]) -> Passage:
    spans = tuple(Span(span["start"], span["end"], tuple(span["facts"])) for span in row["spans"])
    return Passage(**{**_with_values(row, ()), "spans": spans})


def _with_values(row: Mapping[str, Any], tuples: Iterable[str]) -> dict[str, Any]:
    made = {"source": Source(**row["source"]), "validity": Validity(**row["validity"])}
    return {**row, **made, **{name: tuple(row[name]) for name in tuples}}
