"""Searches the version in use: words and vectors, their scores fused, within what the caller keeps. Switches to a newer version by itself.

Knows nothing of regions or validity; `keep` does.
"""

import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread

import numpy as np
from numpy.typing import NDArray

from corpus.document import Passage
from corpus.fact import Fact
from corpus.ways import Way
from index import store
from index.embedders import Asking, Embedder, InPieces, Sentence, Vectors
from index.fusing import fused
from index.pieces import sentence_of
from index.refusing import HARDLY, LEANS, SURE
from index.snapshot import Snapshot, open_snapshot
from index.standing import standing
from index.ways import Near

log = logging.getLogger(__name__)

CANDIDATES = 100
"""Passages taken from each half before fusing."""

FRESH = 0.05
"""Seconds for which the version in use is not looked up again: one question asks for it ten times."""
FEWEST_ORDINARY = 50
"""Passages that a cosine is compared with, at least."""

THINNED = 4
"""Of those every how manyeth is compared piece by piece: that is sixty times the work of a cosine."""

Keep = Callable[[Passage], bool]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its fused score and the two it was made of (BM25, cosine).

    `standing` is how far its cosine stands above that of ordinary passages (index/standing.py). None while no model is loaded, or where
    there are too few to compare with. `met` is the same of how well the question's pieces are met (index/pieces.py), None besides where
    the model gives none.
    """

    passage: Passage
    score: float
    lexical: float
    dense: float
    standing: float | None = None
    met: float | None = None


def keep_all(_passage: Passage) -> bool:
    """Keeps every passage."""
    return True


class Index:
    """The index at a folder, for many threads. Made by `open`."""

    def __init__(self, root: Path, server: str) -> None:
        self._root, self._server = root, server
        self._lock = Lock()
        self._embedder: Embedder | None = None
        self._loading: Thread | None = None
        self.failure: Exception | None = None
        self._passed_over, self._fresh_until = "", 0.0
        self._snapshot = self._opened(self._current())
        self.asking = lru_cache(maxsize=128)(self._embed)
        """A question as the model sees it; of the last ones it is kept."""

    @classmethod
    def open(cls, root: Path, embedder: Callable[[], Embedder], server: str = "") -> "Index":
        """Opens the version in use; the embedder is made in the background, and until then words alone are searched. Raises NoIndex,
        VectorsUnavailable."""
        index = cls(root, server)
        index._loading = Thread(target=index._load, args=(embedder,), daemon=True, name="embedder")
        index._loading.start()
        return index

    @property
    def ready(self) -> bool:
        """Whether the embedder is loaded."""
        return self._embedder is not None

    def wait(self) -> None:
        """Waits until the embedder is loaded or has failed."""
        if self._loading:
            self._loading.join()

    @property
    def version(self) -> str:
        return self.snapshot().version

    @property
    def passages(self) -> Mapping[str, Passage]:
        """All passages of the version in use, by id."""
        return self.snapshot().passages

    @property
    def facts(self) -> Mapping[str, Fact]:
        """All facts of the version in use, by id and by the ids joined into them."""
        return self.snapshot().facts

    def search(
        self,
        query: str,
        keep: Keep = keep_all,
        limit: int = 20,
        meaning: str = "",
        besides: Collection[str] = (),
    ) -> tuple[Hit, ...]:
        """The best `limit` passages that `keep` lets through, and after them those `besides` that it lets through, by id.
        `meaning` is embedded instead of the query, where it is given."""
        snapshot, sense = self.snapshot(), meaning or query
        kept = np.fromiter((keep(passage) for passage in snapshot.order), bool, len(snapshot.order))
        lexical = snapshot.lexical.scores(query)
        more = {place for i in besides if (place := snapshot.places.get(i)) is not None and kept[place]}
        cosines = self._cosines(snapshot, sense, kept, max(limit, CANDIDATES))
        cosines |= self._cosines_of(snapshot, sense, more - cosines.keys()) if cosines else {}
        by_words = _best(np.where(kept, lexical, -1.0), max(limit, CANDIDATES))
        chosen = sorted({int(i) for i in by_words if kept[i]} | cosines.keys() | more)
        if not chosen:
            return ()
        words = lexical[chosen]
        floor = min(cosines.values(), default=0.0)
        cosine = np.array([cosines.get(place, floor) for place in chosen], np.float32)
        scores = fused(words, cosine if cosines else None)
        order = np.argsort(-scores, kind="stable")
        best = np.array([*order[:limit], *(i for i in order[limit:] if chosen[i] in more)])
        above = self._standing(snapshot, sense, cosine[best]) if cosines else None
        met = self._met(snapshot, sense, [chosen[i] for i in best]) if above is not None else None
        return tuple(
            Hit(
                snapshot.order[chosen[i]],
                float(scores[i]),
                float(words[i]),
                float(cosine[i]),
                None if above is None else float(above[place]),
                None if met is None else float(met[place]),
            )
            for place, i in enumerate(best)
        )

    def standing(self, text: str, passage: str) -> float | None:
        """How far a text's cosine with a passage stands above that with ordinary ones, as in Hit; None where no model tells."""
        snapshot = self.snapshot()
        if not self._knows(snapshot) or passage not in snapshot.passages:
            return None
        vectors = np.array([vector for _, vector in snapshot.dense.vectors([passage])], np.float32)
        above = self._standing(snapshot, text, vectors @ self.asking(text).vector)
        return None if above is None else float(above[0])

    @property
    def ways(self) -> tuple[Way, ...]:
        """All ways in of the version in use."""
        return self.snapshot().ways.all

    def near(self, question: str, limit: int = 50) -> tuple[Near, ...]:
        """The owners' questions nearest to one, in no order: `limit` by words and `limit` by meaning."""
        snapshot = self.snapshot()
        means = self._knows(snapshot) and getattr(self._embedder, "semantic", True)
        return snapshot.ways.near(question, self.asking(question).vector if means else None, limit)

    def refuses(self, request: str, searched: str = "") -> str:
        """Why nobody is helped with a request, by the refused one nearest to it; empty for an honest one, and while no model is loaded.
        `searched` is what is searched for because of it: embedded anyway, it mostly shows that the request is honest."""
        snapshot = self.snapshot()
        if snapshot.refusing is None or not self._knows(snapshot):
            return ""
        if searched and snapshot.refusing.odds(request, self.asking(searched).vector) < HARDLY:
            return ""
        if (odds := snapshot.refusing.odds(request, self.asking(request).vector)) < HARDLY:
            return ""
        reason, nearer = snapshot.ways.nearest_refused(self.asking(request).vector)
        leans = LEANS * getattr(self._embedder, "semantic", True)  # nearness of letters tells nothing
        return reason if odds + leans * nearer >= SURE else ""

    def odds(self, question: str, passage: Passage, parts: Sequence[tuple[int, int]]) -> list[float] | None:
        """How likely each range of a passage's text answers the question, as logarithms of odds; None where the model gives no pieces."""
        read = self.sentences(passage, parts)
        if not read or not isinstance(self._embedder, InPieces):
            return None
        return self._embedder.odds(self.asking(question), read)

    def sentences(self, passage: Passage, parts: Sequence[tuple[int, int]]) -> list[Sentence]:
        """The pieces of each range of a passage's text, after those of title and heading; none where the model gives none."""
        snapshot, before = self.snapshot(), len(passage.searchable) - len(passage.text)
        if not self._knows(snapshot) or snapshot.pieces is None or passage.id not in snapshot.places:
            return []
        part = snapshot.pieces.of(snapshot.places[passage.id])
        return [sentence_of(part, start + before, end + before, before) for start, end in parts]

    def snapshot(self) -> Snapshot:
        """The version in use, opened if it has changed since. Where a newer program has made it, the one that is open stays in use."""
        if (now := time.monotonic()) < self._fresh_until:
            return self._snapshot
        self._fresh_until, name = now + FRESH, self._current()
        if name not in (self._snapshot.version, self._passed_over):
            with self._lock:
                if name not in (self._snapshot.version, self._passed_over):
                    self._switch(name)
        return self._snapshot

    def _switch(self, name: str) -> None:
        try:
            self._snapshot = self._opened(name)
        except store.OtherFormat as error:
            log.warning("%s; version %s stays in use until this process is started anew", error, self._snapshot.version)
            self._passed_over = name

    def _knows(self, snapshot: Snapshot) -> bool:
        """Whether the model that made a version's vectors is loaded."""
        return self._embedder is not None and self._embedder.name == snapshot.embedder

    def _current(self) -> str:
        name = store.current(self._root)
        if name is None:
            raise store.NoIndex(f"there is no index in {self._root}: run `python -m index`")
        return name

    def _opened(self, name: str) -> Snapshot:
        return open_snapshot(self._root, name, self._server)

    def _load(self, make: Callable[[], Embedder]) -> None:
        """Runs in the background. Whatever a model's library raises is kept and told: words alone go on."""
        try:
            made = make()
            made.question("热身")  # a model is loaded when first used
            self._embedder = made
            if made.name != (built := self.snapshot().embedder):
                log.warning(
                    "the index was built with %s, not %s: run `python -m index`; words alone until then",
                    built,
                    made.name,
                )
        except Exception as error:  # the libraries of any model may raise anything; it must not be lost in a thread
            self.failure = error
            log.exception("the embedding model could not be loaded; searching by words alone")

    def _embed(self, text: str) -> Asking:
        assert self._embedder is not None
        if isinstance(self._embedder, InPieces):
            return self._embedder.question_in_pieces(text)
        return Asking(self._embedder.question(text))

    def _standing(self, snapshot: Snapshot, query: str, cosines: Vectors) -> Vectors | None:
        """How far cosines stand above those of ordinary passages, in standard deviations."""
        if len(snapshot.ordinary) < FEWEST_ORDINARY or not getattr(self._embedder, "semantic", True):
            return None
        return standing(cosines, snapshot.ordinary @ self.asking(query).vector)

    def _met(self, snapshot: Snapshot, query: str, places: list[int]) -> Vectors | None:
        """How far passages meet the question's pieces better than ordinary ones do, in standard deviations."""
        asking = self.asking(query)
        if snapshot.pieces is None or asking.pieces is None:
            return None
        return standing(snapshot.pieces.met(asking, places), snapshot.pieces.met(asking, snapshot.some[::THINNED]))

    def _cosines(self, snapshot: Snapshot, query: str, kept: NDArray[np.bool_], wanted: int) -> dict[int, float]:
        """Places of the nearest kept passages with their cosine; none while the embedder is not that of the version.

        Chroma is asked for more until enough are kept: its own filter over everything costs fifty times as much (measured).
        """
        if not self._knows(snapshot) or not kept.any():
            return {}
        if kept.sum() <= wanted:
            return self._cosines_of(snapshot, query, [int(place) for place in np.flatnonzero(kept)])
        vector, total, asked = self.asking(query).vector, len(snapshot.order), wanted
        while True:
            asked = min(asked, total)
            near = [(snapshot.places[i], cosine) for i, cosine in snapshot.dense.query(vector, asked)]
            found = {place: cosine for place, cosine in near if kept[place]}
            if len(found) >= wanted or asked == total or asked >= 16 * CANDIDATES:
                return found
            asked *= 4

    def _cosines_of(self, snapshot: Snapshot, query: str, places: Collection[int]) -> dict[int, float]:
        """The cosines of some passages."""
        if not places:
            return {}
        vector = self.asking(query).vector
        found = snapshot.dense.vectors([snapshot.order[place].id for place in places])
        return {snapshot.places[i]: float(np.asarray(own) @ vector) for i, own in found}


def _best(scores: NDArray[np.float32], limit: int) -> NDArray[np.intp]:
    """Places of the `limit` highest scores."""
    if len(scores) <= limit:
        return np.arange(len(scores))
    return np.argpartition(-scores, limit)[:limit]
