"""A low-rank adapter of the default model, trained on owners' questions so that they lie near to the statements that answer them.

LoRA (Hu et al., 2021): to a weight W is added `scale · B A`. `python -m index train` makes one; `index/trained/` holds the one that is shipped.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from corpus.whole import whole, write_whole
from index.embedders import Vectors
from index.interaction import NAMES, Interaction
from index.pieces import Projection

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
    reading: dict[str, Any] = field(default_factory=dict)
    """The same of what reads question and sentence together, which is trained over it: questions, their digest, held_out."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """`layers` maps the name of a linear layer to A, shape (rank, inputs), and B, shape (outputs, rank); `projection` is for what
    the model so adapted says of single word pieces, `interaction` reads those of a question and a sentence."""

    scale: float
    layers: Mapping[str, tuple[Vectors, Vectors]]
    projection: Projection
    interaction: Interaction | None = None

    @property
    def digest(self) -> str:
        """Tells those apart that make other vectors; what reads the vectors changes none."""
        layers = (self.layers[name][side] for name in sorted(self.layers) for side in (0, 1))
        parts = (part.tobytes() for part in (*layers, self.projection.matrix, self.projection.weigher))
        return blake2b(b"".join(parts), digest_size=6).hexdigest()

    def additions(self) -> Iterator[tuple[str, Vectors]]:
        """What is added to the weight of each layer, by its name; shape (outputs, inputs)."""
        for name, (a, b) in self.layers.items():
            yield name, np.asarray(self.scale * b @ a, np.float32)

    def merge(self, model: Any) -> None:
        """Adds itself to the weights of a torch model. Raises KeyError where a layer is not the model's."""
        modules = dict(model.named_modules())
        for name, addition in self.additions():
            weight = modules[name].weight
            weight.data += weight.new_tensor(addition.tolist())


def read_adapter(path: Path = SHIPPED) -> Adapter:
    """The adapter in a file. Raises OSError, ValueError, or KeyError where it is none or an old one."""
    with np.load(path, allow_pickle=False) as content:
        names = sorted(key.removesuffix(".A") for key in content.files if key.endswith(".A"))
        layers = {
            name: (content[f"{name}.A"].astype(np.float32), content[f"{name}.B"].astype(np.float32)) for name in names
        }
        matrix, weigher = (content[f"pieces.{side}"].astype(np.float32) for side in ("matrix", "weigher"))
        learned = {
            name: content[f"answers.{name}"].astype(np.float32) for name in NAMES if f"answers.{name}" in content
        }
        interaction = Interaction(learned) if learned else None
        return Adapter(float(content["scale"]), layers, Projection(matrix, weigher), interaction)


def read_origin(path: Path = SHIPPED) -> Origin:
    """How the adapter in a file was made. Raises OSError, ValueError, or TypeError where that is not told."""
    return Origin(**json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))


def write_adapter(path: Path, adapter: Adapter, origin: Origin) -> None:
    """Writes the adapter, then beside it a .json that says how it was made. A kill leaves each of the two old or new, but one between
    them a new adapter beside the .json of the old."""
    path.parent.mkdir(parents=True, exist_ok=True)
    halves = {f"{n}.{s}": m for n, pair in adapter.layers.items() for s, m in zip("AB", pair, strict=True)}
    halves["pieces.matrix"], halves["pieces.weigher"] = adapter.projection.matrix, adapter.projection.weigher
    learned = adapter.interaction.weights if adapter.interaction else {}
    halves |= {f"answers.{name}": values for name, values in learned.items()}
    halves = {name: values.astype(np.float16) for name, values in halves.items()}
    with whole(path) as file:
        np.savez(file, scale=np.float32(adapter.scale), **halves)  # type: ignore[arg-type]
    write_whole(path.with_suffix(".json"), json.dumps(asdict(origin), ensure_ascii=False, indent=1) + "\n")
