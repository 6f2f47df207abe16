"""The network of multilingual-e5-small (a BERT) for onnxruntime, put down node by node in the operators that it has for transformers.

Twelve layers of seven nodes: no exporter, no torch and no file are needed, and a processor without bfloat16 answers a question in a third of
torch's time. Vectors of words are looked up in the package's table, which is only mapped, so that the graph holds a fifth of the weights.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.embedders import Vectors
from index.embedders._e5 import Packaged, dequantised

BATCH = 4
"""Texts a batch: questions come 1.4 times as fast as one by one; more of them are no faster, and pad more."""
LONGEST = 512
"""Word pieces that are read of a text."""
MICROSOFT = "com.microsoft"
"""The domain of the operators that onnxruntime adds to those of ONNX."""

Kept = TypeVar("Kept")
Begins = NDArray[np.int32]


class Network:
    """The network over weights that may have been adapted; it takes them out of `packaged`, not to hold them twice. For many threads:
    each computes on one core, none waits for another."""

    def __init__(self, packaged: Packaged) -> None:
        self._words, self._tokenizer = packaged.words, packaged.tokenizer
        self._tokenizer.enable_truncation(LONGEST)
        places, kinds = (
            packaged.weights.pop(f"embeddings.{side}_embeddings.weight") for side in ("position", "token_type")
        )
        self._places = places + kinds[0]
        graph = _Graph(packaged.weights, packaged.sizes["eps"])
        last = graph.network(packaged.sizes["NL"], packaged.sizes["NH"])
        self._constants = graph.constants  # the session computes with this very memory
        self._session = _session(graph, last, packaged.sizes["H"])

    def read(self, prompt: str, texts: Sequence[str], keep: Callable[[Vectors, Begins], Kept]) -> list[Kept]:
        """For each text what `keep` takes of the vectors of its pieces, shape (pieces, dimension), and the characters at which they
        begin; the prompt before it and the marks at both ends count as its first. All pieces of thousands of texts would fill the memory."""

        def batch(places: Sequence[int]) -> list[Kept]:
            return [keep(*one) for one in self._batch(prompt, [texts[place] for place in places])]

        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))  # so that little is padded
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        if len(batches) == 1:
            found = batch(batches[0])
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                found = list(chain.from_iterable(pool.map(batch, batches)))
        kept = dict(zip(order, found, strict=True))
        return [kept[place] for place in range(len(texts))]

    def _batch(self, prompt: str, texts: Sequence[str]) -> list[tuple[Vectors, Begins]]:
        cut = [self._tokenizer.encode(prompt + text) for text in texts]
        lengths = np.array([len(one.ids) for one in cut], np.int32)
        ids = np.zeros((len(cut), lengths.max()), np.int64)
        for row, one in zip(ids, cut, strict=True):
            row[: len(one.ids)] = one.ids
        words = dequantised(self._words[ids].tobytes()).reshape(*ids.shape, -1) + self._places[: ids.shape[1]]
        (found,) = self._session.run(None, {"words": words, "lengths": lengths})
        begins = [np.array([max(0, begin - len(prompt)) for begin, _ in one.offsets], np.int32) for one in cut]
        return [(vectors[: len(begin)], begin) for vectors, begin in zip(found, begins, strict=True)]


class _Graph:
    """Nodes and constants as they are put down; weights by the names of transformers' BertModel, each taken once."""

    def __init__(self, weights: dict[str, Vectors], epsilon: float) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Vectors] = {}
        self._weights, self._epsilon = weights, epsilon

    def weight(self, *layers: str, side: str = "weight") -> str:
        """The weight, inputs x outputs, or with side="bias" the bias, of a layer, or of several that read the same, one beside the other."""
        name = f"{layers[0]}.{side}"
        values = np.concatenate([self._weights.pop(f"{layer}.{side}") for layer in layers])
        self.constants[name] = np.ascontiguousarray(values.T)
        return name

    def node(self, operator: str, *inputs: str, domain: str = MICROSOFT, **attributes: Any) -> str:
        """Puts down a node and returns the name of what comes out of it."""
        from onnx import helper

        name = f"{operator}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name, domain=domain, **attributes))
        return name

    def times(self, before: str, layer: str) -> str:
        """What a dense layer gives, its bias still to be added."""
        return self.node("MatMul", before, self.weight(layer), domain="")

    def added(self, inner: str, before: str, name: str) -> str:
        """The end of half a layer: dense, added to what came before, normalised."""
        norm, dense = f"{name}.LayerNorm", f"{name}.dense"
        scale, shift, bias = self.weight(norm), self.weight(norm, side="bias"), self.weight(dense, side="bias")
        found = self.times(inner, dense)
        return self.node("SkipLayerNormalization", found, before, scale, shift, bias, epsilon=self._epsilon)

    def layer(self, before: str, name: str, heads: int) -> str:
        """A layer of the transformer."""
        seen = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        weight, bias = self.weight(*seen), self.weight(*seen, side="bias")
        attended = self.node("Attention", before, weight, bias, "lengths", num_heads=heads)
        middle = self.added(attended, before, f"{name}.attention.output")
        dense = f"{name}.intermediate.dense"
        inner = self.node("BiasGelu", self.times(middle, dense), self.weight(dense, side="bias"))
        return self.added(inner, middle, f"{name}.output")

    def network(self, layers: int, heads: int) -> str:
        """All of it: from the vectors of `words` in their places, and from `lengths`, the number of pieces of each text, to the vectors of
        the pieces in their context, whose name it returns."""
        norm = "embeddings.LayerNorm"
        scale, shift = self.weight(norm), self.weight(norm, side="bias")
        last = self.node("LayerNormalization", "words", scale, shift, domain="", epsilon=self._epsilon)
        for number in range(layers):
            last = self.layer(last, f"encoder.layer.{number}", heads)
        return last


def _session(graph: _Graph, last: str, width: int) -> Any:
    """One core a computation: many questions at once want many cores, and a core that waits for another is lost."""
    from onnxruntime import InferenceSession, OrtValue, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it never gives back what the longest text took, and is no faster
    values = [OrtValue.ortvalue_from_numpy(constant) for constant in graph.constants.values()]
    options.add_external_initializers(list(graph.constants), values)
    return InferenceSession(_model(graph, last, width), options, providers=["CPUExecutionProvider"])


def _model(graph: _Graph, last: str, width: int) -> bytes:
    """The graph without its constants, which are handed over beside it: within it they would be copied four times, and kept."""
    from onnx import StringStringEntryProto, TensorProto, helper

    shape: list[str | int | None] = ["texts", "pieces", width]
    words, found = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("words", last))
    lengths = helper.make_tensor_value_info("lengths", TensorProto.INT32, ["texts"])
    place = [StringStringEntryProto(key="location", value="beside")]
    kind, outside = TensorProto.FLOAT, TensorProto.EXTERNAL
    constants = [
        TensorProto(name=name, dims=value.shape, data_type=kind, data_location=outside, external_data=place)
        for name, value in graph.constants.items()
    ]
    made = helper.make_graph(graph.nodes, "e5", [words, lengths], [found], constants)
    operators = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    content: bytes = helper.make_model(made, opset_imports=operators, ir_version=8).SerializeToString()
    return content
