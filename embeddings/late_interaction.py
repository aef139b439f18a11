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
    best = best_matches(question, [readable.states if readable else None for readable in passages])
    titles = best_matches(question, [_title_states(readable) for readable in passages])
    if best.shape[1] == 0:
        return [], np.full(len(question), 1 / len(question), dtype=np.float32)
    importance = best.max(axis=1) - np.quantile(best, ordinary, axis=1) + floor
    weights = np.asarray(importance / importance.sum(), dtype=np.float32)
    return [TokenMatches(weights, best[:, i], titles[:, i]) for i in range(best.shape[1])], weights


def best_matches(question: Floats, passages: Sequence[Bytes | None]) -> Floats:
    """Shape (question tokens, passages): the best cosine of each token in each passage; 0 without states."""
    best = np.zeros((len(question), len(passages)), dtype=np.float32)
    present = [(i, states) for i, states in enumerate(passages) if states is not None and len(states)]
    if present:
        starts = np.cumsum([0, *(len(states) for _, states in present[:-1])])
        rows = np.concatenate([states for _, states in present]).astype(np.float32)
        similarity = question @ rows.T
        best[:, [i for i, _ in present]] = np.maximum.reduceat(similarity, starts, axis=1) / STATE_SCALE
    return best


def _title_states(readable: Readable | None) -> Bytes | None:
    return readable.states[readable.title] if readable else None
