"""`python -m index` builds or refreshes the index; `status` tells what it holds; `search "…"` what is found;
`train` makes the adapter anew from the owners' questions, `train --pieces` the part of it that compares word pieces. What reads question and
sentence together is trained over it by `python -m evals reading`."""

import argparse
import json
import sys
import time
from dataclasses import asdict

from corpus.load import load
from corpus.registry import UnknownPlugin
from corpus.rows import MalformedFile
from index import store
from index.adapter import read_adapter, write_adapter
from index.dense import VectorsUnavailable
from index.embedders import Embedder
from index.embedders._e5 import WeightsUnavailable
from index.embedding import embedder
from index.progress import bar
from index.search import Index
from index.training import train, train_further, train_pieces
from index.unchanged import digest, remember, unchanged
from settings import InvalidSetting, Settings, from_environment


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    parser.add_argument("command", nargs="?", choices=["build", "status", "search", "train"], default="build")
    parser.add_argument("query", nargs="?", default="")
    parser.add_argument("--further", action="store_true", help="with train: one more epoch from the shipped layers")
    parser.add_argument("--pieces", action="store_true", help="with train: only what compares word pieces; minutes")
    chosen = parser.parse_args(arguments)
    try:
        settings = from_environment()
        match chosen.command:
            case "build":
                refresh(settings)
            case "status":
                _status(settings)
            case "search":
                _search(settings, chosen.query)
            case "train":
                _train(settings, chosen)
    except (
        InvalidSetting,
        MalformedFile,
        UnknownPlugin,
        store.NoIndex,
        VectorsUnavailable,
        WeightsUnavailable,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def refresh(settings: Settings) -> store.Manifest:
    """Builds the index or brings it up to the corpus, with a progress bar. Nothing is loaded if nothing changed."""
    started, made = time.perf_counter(), embedder(settings.embedder, settings.data)
    files = digest(settings.corpus, made.name)
    manifest = unchanged(settings.index, files) or _built(settings, made, files)
    print(
        f"index: {len(manifest.documents)} documents, {manifest.passages} passages, {manifest.facts} facts, {time.perf_counter() - started:.1f} s"
    )
    return manifest


def _built(settings: Settings, made: Embedder, files: str) -> store.Manifest:
    knowledge = load(settings.corpus)
    with bar() as progress:
        manifest = store.build(settings.index, knowledge, made, settings.chroma, progress)
    remember(settings.index, manifest.version, files)
    return manifest


def _train(settings: Settings, chosen: argparse.Namespace) -> None:
    """Trains on the owners' questions of all folders and writes what it made beneath the data folder."""
    started, models, knowledge = time.perf_counter(), settings.data / "model", load(settings.corpus)
    with bar() as progress:
        if chosen.pieces:
            made = train_pieces(knowledge, settings.data, read_adapter())
        elif chosen.further:
            made = train_further(knowledge, settings.data, read_adapter(), progress)
        else:
            made = train(knowledge, settings.data, progress)
    write_adapter(models / "adapter.npz", made.shipped, made.origin)
    if made.judged:
        write_adapter(models / "adapter-judged.npz", made.judged, made.origin)
    print(json.dumps(made.origin.held_out))
    print(f"{models / 'adapter.npz'}: {made.origin.pairs} pairs, {time.perf_counter() - started:.0f} s")
    print(f"use it with CERTGUIDE_EMBEDDER=trained:{models / 'adapter.npz'}")


def _status(settings: Settings) -> None:
    name = store.current(settings.index)
    if name is None:
        raise store.NoIndex(f"there is no index in {settings.index}: run `python -m index`")
    print(json.dumps(asdict(store.manifest(settings.index, name)), ensure_ascii=False, indent=1))


def _search(settings: Settings, query: str) -> None:
    model = embedder(settings.embedder, settings.data)
    index = Index.open(settings.index, lambda: model, settings.chroma)
    index.wait()
    for hit in index.search(query, limit=8):
        print(
            f"{hit.score:6.2f} {hit.lexical:6.2f} {hit.dense:5.3f} {hit.passage.title} · {hit.passage.heading} · {hit.passage.text[:60]!r}"
        )


if __name__ == "__main__":
    sys.exit(main())
