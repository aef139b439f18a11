"""MaxSim (Khattab & Zaharia 2020): each token of a question takes its best cosine among a text's tokens.

Here a token of the question weighs as much as it tells the proposed passages apart: "gemeente" fits
them all, "bril" fits one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.encoders.base import STATE_SCALE, Bytes, Floats


@dataclass(frozen=True)
class Readable:
    """Token states of a passage with its title before it; `title` says which rows are the title's."""

    states: Bytes
    title: slice


@dataclass(frozen=True)
class TokenMatches:
    """Per token of the question: its weight (they sum to one), its best cosine in the passage with its
    title, and its best cosine in the title alone."""

    weights: Floats
    passage: Floats
    title: Floats

    @property
    def late(self) -> float:
        """The weighted mean over the tokens: -1 to 1."""
        return float(self.weights @ self.passage)


def match(
    question: Floats, passages: Sequence[Readable | None], ordinary: float, floor: float
) -> tuple[list[TokenMatches], Floats]:
    """How each passage meets each token, and the tokens' weights.

    A weight is the distance between a token's best cosine over the passages and the quantile `ordinary`
    of them, plus `floor`. A passage without states (None) meets nothing.
    """
    best, titles = best_matches(question, passages)
    if best.shape[1] == 0:
        return [], np.full(len(question), 1 / len(question), dtype=np.float32)
    importance = best.max(axis=1) - np.quantile(best, ordinary, axis=1) + floor
    weights = np.asarray(importance / importance.sum(), dtype=np.float32)
    return [TokenMatches(weights, best[:, i], titles[:, i]) for i in range(best.shape[1])], weights


def best_matches(question: Floats, passages: Sequence[Readable | None]) -> tuple[Floats, Floats]:
    """Two arrays of shape (question tokens, passages): each token's best cosine in the passage with its
    title, and in the title alone; 0 where there are no states."""
    whole = np.zeros((len(question), len(passages)), dtype=np.float32)
    titles = np.zeros_like(whole)
    present = [(i, readable) for i, readable in enumerate(passages) if readable and len(readable.states)]
    if present:
        lengths = [len(readable.states) for _, readable in present]
        starts = np.cumsum([0, *lengths[:-1]])
        rows = np.concatenate([readable.states for _, readable in present]).astype(np.float32)
        similarity = rows @ question.T / STATE_SCALE  # this way round the product takes 1.5 ms, not 2.5
        whole[:, [i for i, _ in present]] = np.maximum.reduceat(similarity, starts, axis=0).T
        for start, length, (i, readable) in zip(starts, lengths, present, strict=True):
            begin, end, _ = readable.title.indices(length)
            if end > begin:
                titles[:, i] = similarity[start + begin : start + end].max(axis=0)
    return whole, titles
