"""How likely a sentence answers a question: a small network over the word pieces of both, as index/pieces.py keeps them.

Each piece of the question is compared with what it is aligned with in the sentence (decomposable attention: Parikh et al., 2016; ESIM: Chen et
al., 2017), and the sentence's pieces are read beside how well they are met. Where late interaction adds up likenesses, this
has learned which differences matter (几天 and 几年, 谁 and 多少). Title and heading are read along, marked as such.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedders import Asking, Sentence, Vectors
from index.pieces import SCALE

QUESTION_PIECES, SENTENCE_PIECES = 40, 64
"""Pieces that are read: the first of a question, the last of what stands before a sentence and it."""
USUALLY_MET = 0.6
FAR = -1e4
NAMES = ("align", "keen", "compared", "compared_bias", "asked", "told", "told_bias", "telling", "hidden", "hidden_bias", "out", "out_bias", "met")  # fmt: skip
"""The weights, by name; their shapes are in index/training/interacting.py, which fits them."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """The fitted network. `odds` is all there is to ask of it."""

    weights: Mapping[str, Vectors]

    def odds(self, asking: Asking, sentences: Sequence[Sentence]) -> list[float]:
        """For each sentence the logarithm of the odds that it answers the question, as far as is learned; 0 is as likely as not. All are
        reckoned at once: many small products of matrices wait for each other's threads."""
        assert asking.pieces is not None
        assert asking.shares is not None
        w, (told, there, own) = self.weights, padded(sentences)
        asked, shares = asking.pieces[:QUESTION_PIECES], asking.shares[:QUESTION_PIECES]
        likeness = (told @ (asked @ w["align"].T).T).swapaxes(1, 2)
        likeness = np.where(there[:, None], likeness, FAR)
        aligning = _softmax(w["keen"] * likeness)
        aligned, best = aligning @ told, np.maximum(likeness.max(2), -1)
        counts = _softmax(asked @ w["asked"] + np.log(shares + 1e-6))
        each = np.broadcast_to(asked, aligned.shape)
        mine = (aligning * own[:, None]).sum(2)
        apart = [each, aligned, each * aligned, np.abs(each - aligned), best[..., None], mine[..., None]]
        compared = _relu(_flat(apart) @ w["compared"].T + w["compared_bias"]).reshape(*best.shape, -1)
        met = [np.maximum(likeness.max(1), -1), np.maximum(likeness, 0).swapaxes(1, 2) @ counts]
        read = _flat([told, *(one[..., None] for one in met)])
        heard = _relu(read @ w["told"].T + w["told_bias"]).reshape(*own.shape, -1) * own[..., None]
        telling = _softmax(np.where(own, (read @ w["telling"]).reshape(own.shape), FAR))
        whole = best @ shares
        parts = [counts @ compared, compared.max(1), (telling[:, None] @ heard)[:, 0], heard.max(1), whole[:, None]]
        hidden = _relu(np.concatenate(parts, 1) @ w["hidden"].T + w["hidden_bias"])
        odds = hidden @ w["out"] + w["out_bias"] + w["met"] * (whole - USUALLY_MET)
        return [float(one) if mine.any() else FAR for one, mine in zip(odds, own, strict=True)]


def padded(sentences: Sequence[Sentence]) -> tuple[Vectors, NDArray[np.bool_], NDArray[np.bool_]]:
    """The last pieces of sentences, shape (sentences, most pieces, width), where there are some, and which are their own."""
    cut = [(pieces[-SENTENCE_PIECES:], own[-SENTENCE_PIECES:]) for pieces, own in sentences]
    longest, width = max(len(own) for _, own in cut), cut[0][0].shape[1]
    told = np.zeros((len(cut), longest, width), np.float32)
    there, mine = (np.zeros((len(cut), longest), bool) for _ in range(2))
    for place, (pieces, own) in enumerate(cut):
        told[place, : len(own)], mine[place, : len(own)] = pieces, own
        there[place, : len(own)] = True
    return told / np.float32(SCALE), there, mine


def _flat(parts: Sequence[Vectors]) -> Vectors:
    """Side by side, as the rows of one matrix."""
    joined = np.concatenate(parts, -1)
    return np.asarray(joined.reshape(-1, joined.shape[-1]), np.float32)


def _relu(values: Any) -> Vectors:
    return np.asarray(np.maximum(values, 0), np.float32)


def _softmax(values: Any) -> Vectors:
    """Along the last axis."""
    raised = np.exp(values - values.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)
