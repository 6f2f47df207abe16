"""A small layer over the vectors of a model, `v + v A B`, that brings owners' questions and the documents' sentences together.

The same layer is laid over both sides: on facts never seen it gains as much again as one over questions alone loses (measured).
Low-rank after Hu et al., LoRA (2021). `python -m index train` makes one; `index/trained/` holds the one that is shipped.
"""

import json
import os
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from index.embedders import Vectors

SHIPPED = Path(__file__).parent / "trained" / "adapter.npz"


@dataclass(frozen=True, slots=True)
class Origin:
    """How an adapter was made: of which model and data, by which libraries, and what it gained on facts held out."""

    model: str
    seed: int
    data: str
    pairs: int
    libraries: dict[str, str]
    held_out: dict[str, float]


@dataclass(frozen=True, slots=True)
class Adapter:
    """`down` has the shape (dimension, rank), `up` (rank, dimension)."""

    down: Vectors
    up: Vectors

    @property
    def digest(self) -> str:
        """Tells adapters apart."""
        return blake2b(self.down.tobytes() + self.up.tobytes(), digest_size=6).hexdigest()

    def __call__(self, vectors: Vectors) -> Vectors:
        """The vectors moved, of unit length, same shape."""
        moved = vectors + vectors @ self.down @ self.up
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-9), np.float32)


def read_adapter(path: Path = SHIPPED) -> Adapter:
    """The adapter in a file. Raises OSError or ValueError."""
    with np.load(path, allow_pickle=False) as content:
        return Adapter(content["down"].astype(np.float32), content["up"].astype(np.float32))


def write_adapter(path: Path, adapter: Adapter, origin: Origin) -> None:
    """Writes the adapter, and beside it a .json that says how it was made; a kill leaves the old or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(".new")
    with waiting.open("wb") as file:
        np.savez(file, down=adapter.down.astype(np.float16), up=adapter.up.astype(np.float16))
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(".json").write_text(json.dumps(asdict(origin), ensure_ascii=False, indent=1) + "\n", "utf-8")
    os.replace(waiting, path)
