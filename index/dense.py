"""Vectors in Chroma, embedded in a version's folder or on a server. Holds ids and vectors only: the text lives in the version's own file,
so nothing of a removed document can linger here."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import cast
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from index.embedders import Vectors

HELD = 20_000
"""Vectors up to which those of a version are held in memory (30 MB): a search is exact then, takes a tenth of Chroma's three
milliseconds, and many at once do not wait for one another. Beyond them Chroma's graph is searched."""


class VectorsUnavailable(RuntimeError):
    """Chroma cannot be reached or does not hold what it should; the message says what to do."""


class Dense:
    """The vectors of one version. Similarity is the inner product of unit vectors: the cosine."""

    def __init__(self, client: ClientAPI, collection: str, create: bool = False) -> None:
        self._client = client
        self._collection = collection
        if create:
            self.drop()
            space = {"hnsw": {"space": "ip", "ef_construction": 200, "ef_search": 200}}
            self._vectors = client.create_collection(collection, embedding_function=None, configuration=space)  # type: ignore[arg-type]
        else:
            try:
                self._vectors = client.get_collection(collection, embedding_function=None)
            except NotFoundError as error:
                raise VectorsUnavailable(
                    f"Chroma has no collection {collection}: run `python -m index` again"
                ) from error
        self._held: _Held | None = None

    def __enter__(self) -> "Dense":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Adds vectors, shape (len(ids), dimension)."""
        for start in range(0, len(ids), self._client.get_max_batch_size()):
            end = start + self._client.get_max_batch_size()
            self._vectors.add(ids=list(ids[start:end]), embeddings=vectors[start:end])

    def count(self) -> int:
        """How many vectors there are."""
        return self._vectors.count()

    def hold(self, ids: Sequence[str]) -> "Dense":
        """Reads the vectors of the ids into memory, if they are all and not too many. Returns itself."""
        if len(ids) <= HELD:
            found = dict(self.vectors(ids))
            if len(found) == self.count():
                self._held = _Held(tuple(found), np.array(list(found.values()), np.float32))
        return self

    def vectors(self, ids: Sequence[str]) -> Iterator[tuple[str, Vectors]]:
        """Those of the ids that there are, each with its vector."""
        if self._held:
            yield from self._held.vectors(ids)
            return
        for start in range(0, len(ids), self._client.get_max_batch_size()):
            found = self._vectors.get(
                ids=list(ids[start : start + self._client.get_max_batch_size()]), include=["embeddings"]
            )
            vectors = found["embeddings"]
            yield from zip(found["ids"], np.asarray(vectors, np.float32) if vectors is not None else (), strict=True)

    def query(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """The `limit` nearest ids with their cosine, best first."""
        if self._held:
            return self._held.query(vector, limit)
        found = self._vectors.query(query_embeddings=[vector], n_results=limit, include=["distances"])  # type: ignore[arg-type]
        distances = found["distances"]
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances[0] if distances else (), strict=True)]

    def drop(self) -> None:
        """Removes the collection, if there is one."""
        try:
            self._client.delete_collection(self._collection)
        except NotFoundError:
            return

    def close(self) -> None:
        """Lets go of the client: an embedded one has then written everything."""
        cast(Client, self._client).close()  # the protocol lacks what every client has


class _Held:
    """Vectors in memory, shape (len(ids), dimension)."""

    def __init__(self, ids: Sequence[str], vectors: Vectors) -> None:
        self._ids, self._vectors = ids, vectors
        self._places = {identity: place for place, identity in enumerate(ids)}

    def vectors(self, ids: Sequence[str]) -> Iterator[tuple[str, Vectors]]:
        return ((i, self._vectors[self._places[i]]) for i in ids if i in self._places)

    def query(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        cosines = self._vectors @ vector
        best = np.argsort(-cosines, kind="stable")[:limit]
        return [(self._ids[place], float(cosines[place])) for place in best]


def open_dense(folder: Path, server: str, version: str, create: bool = False) -> Dense:
    """The vectors of a version: in `folder`/chroma, or on the server as a collection named by the version. Raises VectorsUnavailable."""
    if not server:
        return Dense(chromadb.PersistentClient(folder / "chroma", _quiet()), "passages", create)
    address = urlsplit(server if "//" in server else f"http://{server}")
    try:
        client = chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or 8000,
            ssl=address.scheme == "https",
            settings=_quiet(),
        )
    except (ValueError, ChromaError) as error:
        raise VectorsUnavailable(
            f"no Chroma server answers at {server}: start `chroma run`, or unset CERTGUIDE_CHROMA"
        ) from error
    return Dense(client, f"certguide-{version}", create)


def _quiet() -> ChromaSettings:
    return ChromaSettings(anonymized_telemetry=False)
