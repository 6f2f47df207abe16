"""The network of multilingual-e5-small (a BERT) for onnxruntime, put down node by node in the operators that it has for transformers.

Twelve layers of nine nodes: no exporter, no torch and no file are needed, and a processor without bfloat16 answers a question in a fifth of
torch's time, most of it in bytes. Vectors of words are looked up in the package's table, which is only mapped, so that the graph holds a fifth of the weights.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.embedders import Vectors
from index.embedders._e5 import Packaged, dequantised

LONGEST = 512
"""Word pieces that are read of a text."""
MIDDLE, TINY = 127, 1e-12
"""Half of what a byte holds; a scale where all weights are nothing."""
EXACT = 6
"""Layers whose middle holds a few values far from all others: as bytes of one scale these cost more than all else that is rounded (cosines
with the vectors of exact arithmetic 0.990 instead of 0.996)."""
MICROSOFT = "com.microsoft"
"""The domain of the operators that onnxruntime adds to those of ONNX."""

Kept = TypeVar("Kept")
Begins = NDArray[np.int32]


class Network:
    """The network over weights that may have been adapted; it takes them out of `packaged`, not to hold them twice. For many threads:
    each computes on one core, none waits for another. `in_bytes`: most of it is reckoned in bytes; else all of it in float32."""

    def __init__(self, packaged: Packaged, in_bytes: bool = True) -> None:
        self._words, self._tokenizer = packaged.words, packaged.tokenizer
        self._tokenizer.enable_truncation(LONGEST)
        places, kinds = (
            packaged.weights.pop(f"embeddings.{side}_embeddings.weight") for side in ("position", "token_type")
        )
        self._places = places + kinds[0]
        graph = _Graph(packaged.weights, packaged.sizes["eps"], in_bytes)
        last = graph.network(packaged.sizes["NL"], packaged.sizes["NH"])
        self._constants = graph.constants  # the session computes with this very memory
        self._session = _session(graph, last, packaged.sizes["H"])

    def read(self, prompt: str, texts: Sequence[str], keep: Callable[[Vectors, Begins], Kept]) -> list[Kept]:
        """For each text what `keep` takes of the vectors of its pieces, shape (pieces, dimension), and the characters at which they
        begin; the prompt before it and the marks at both ends count as its first. All pieces of thousands of texts would fill the memory."""

        def one(text: str) -> Kept:
            return keep(*self._one(prompt, text))

        if len(texts) == 1:
            return [one(texts[0])]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(one, texts))

    def _one(self, prompt: str, text: str) -> tuple[Vectors, Begins]:
        """One text a run: in a batch the others would set the scale of its bytes, and its vector would hang on its neighbours."""
        cut = self._tokenizer.encode(prompt + text)
        words = dequantised(self._words[np.array(cut.ids)].tobytes()).reshape(len(cut.ids), -1)
        (found,) = self._session.run(None, {"words": (words + self._places[: len(cut.ids)])[None]})
        begins = np.array([max(0, begin - len(prompt)) for begin, _ in cut.offsets], np.int32)
        return found[0], begins


class _Graph:
    """Nodes and constants as they are put down; weights by the names of transformers' BertModel, each taken once."""

    def __init__(self, weights: dict[str, Vectors], epsilon: float, in_bytes: bool) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, NDArray[Any]] = {}
        self._weights, self._epsilon, self._in_bytes = weights, epsilon, in_bytes

    def weight(self, *layers: str, side: str = "weight") -> str:
        """The scale, or with side="bias" the bias, of a layer, or of several that read the same, one beside the other."""
        return self._kept(f"{layers[0]}.{side}", self._taken(layers, side))

    def times(self, before: str, *layers: str, bias: str = "", in_bytes: bool = True) -> str:
        """What a dense layer gives, or several that read the same; the bias is added where it is handed in. In bytes a third of the time: each
        output's weights are bytes around their middle, with a scale of their own, and what comes in is made bytes too."""
        values, in_bytes = self._taken(layers, "weight").T, in_bytes and self._in_bytes
        if not in_bytes:
            found = self.node("MatMul", before, self._kept(f"{layers[0]}.weight", values), domain="")
            return self.node("Add", found, bias, domain="") if bias else found
        scales = np.maximum(np.abs(values).max(0) / MIDDLE, TINY)
        weights = np.asarray(np.rint(values / scales) + MIDDLE + 1, np.uint8)
        middles = np.full(scales.shape, MIDDLE + 1, np.uint8)
        kept = [self._kept(f"{layers[0]}.{what}", v) for what, v in zip("wsm", (weights, scales, middles), strict=True)]
        return self.node("DynamicQuantizeMatMul", before, *kept, bias)

    def _taken(self, layers: Sequence[str], side: str) -> Vectors:
        return np.concatenate([self._weights.pop(f"{layer}.{side}") for layer in layers])

    def _kept(self, name: str, values: NDArray[Any]) -> str:
        self.constants[name] = np.ascontiguousarray(values)
        return name

    def node(self, operator: str, *inputs: str, domain: str = MICROSOFT, **attributes: Any) -> str:
        """Puts down a node and returns the name of what comes out of it."""
        from onnx import helper

        name = f"{operator}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name, domain=domain, **attributes))
        return name

    def parted(self, before: str, parts: int) -> list[str]:
        """Parts of the same width, side by side."""
        from onnx import helper

        names = [f"Split.{len(self.nodes)}.{part}" for part in range(parts)]
        self.nodes.append(helper.make_node("Split", [before], names, names[0], axis=2))
        return names

    def added(self, inner: str, before: str, name: str, in_bytes: bool = True) -> str:
        """The end of half a layer: dense, added to what came before, normalised."""
        norm, dense = f"{name}.LayerNorm", f"{name}.dense"
        scale, shift, bias = self.weight(norm), self.weight(norm, side="bias"), self.weight(dense, side="bias")
        found = self.times(inner, dense, in_bytes=in_bytes)
        return self.node("SkipLayerNormalization", found, before, scale, shift, bias, epsilon=self._epsilon)

    def layer(self, before: str, name: str, heads: int, in_bytes: bool) -> str:
        """A layer of the transformer; whether what its middle gives may be made bytes."""
        seen = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        asked = self.times(before, *seen, bias=self.weight(*seen, side="bias"))
        attended = self.node("MultiHeadAttention", *self.parted(asked, len(seen)), num_heads=heads)
        middle = self.added(attended, before, f"{name}.attention.output")
        dense = f"{name}.intermediate.dense"
        inner = self.node("BiasGelu", self.times(middle, dense), self.weight(dense, side="bias"))
        return self.added(inner, middle, f"{name}.output", in_bytes)

    def network(self, layers: int, heads: int) -> str:
        """All of it: from the vectors of `words` in their places to the vectors of the pieces in their context, whose name it returns."""
        norm = "embeddings.LayerNorm"
        scale, shift = self.weight(norm), self.weight(norm, side="bias")
        last = self.node("LayerNormalization", "words", scale, shift, domain="", epsilon=self._epsilon)
        for number in range(layers):
            last = self.layer(last, f"encoder.layer.{number}", heads, number >= EXACT)
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

    shape: list[str | int | None] = [1, "pieces", width]
    words, found = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("words", last))
    place = [StringStringEntryProto(key="location", value="beside")]
    constants = [
        TensorProto(
            name=name,
            dims=value.shape,
            data_type=helper.np_dtype_to_tensor_dtype(value.dtype),
            data_location=TensorProto.EXTERNAL,
            external_data=place,
        )
        for name, value in graph.constants.items()
    ]
    made = helper.make_graph(graph.nodes, "e5", [words], [found], constants)
    operators = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    content: bytes = helper.make_model(made, opset_imports=operators, ir_version=8).SerializeToString()
    return content
