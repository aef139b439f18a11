"""Is this being asked already? Two questions belong together when one answer would serve both.

A logistic regression over what two questions share: how near their vectors are, how well each one's words
are met by the other's (MaxSim of the token states, both ways), and whether the same text came first. A
signal is as likely as the mean of the log-odds over all that was asked in it: one lookalike among them is
not enough, and one that says it in other words is not too much. What is compared is in `meanings.py`.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

import numpy as np

from embeddings.encoders.base import STATE_SCALE, Floats, unpack_states
from service.storage.askings import Joinable, Meaning

NEAREST = 24  # askings whose signals are looked at closely
NEWEST = 8  # askings of each of those signals that are compared
REPEATED = 4.0  # log-odds from which one asking alone decides: it is the same question in the same words


@dataclass(frozen=True)
class Weights:
    """Of the features of `likeness`, and where joining begins. Fitted by `python -m evals gaps fit`."""

    intercept: float
    cosine: float
    words_met: float
    words_met_least: float
    same_text: float
    join_from: float


# 2026-11-23, over vectors made for this. Pairwise F1 .77 and .75 on ordinary months, .65 and .59 on groups
# that are hard on purpose; the second of each was not fitted on
BY_ASKING = Weights(
    intercept=-14.87,
    cosine=22.2,
    words_met=1.4,
    words_met_least=-1.959,
    same_text=1.414,
    join_from=0.15,
)
# 2026-11-23, over the vectors that search with, for an encoder that no others were trained over
BY_SEARCH = Weights(
    intercept=-19.62,
    cosine=7.169,
    words_met=10.71,
    words_met_least=9.927,
    same_text=0.9173,
    join_from=0.08,
)


@dataclass(frozen=True)
class Said:
    """A question as joining sees it: the text that came first for it, "" for none, and its meaning."""

    document: str
    meaning: Meaning


def likeness(one: Said, other: Said) -> dict[str, float]:
    """The features of two questions; both need a meaning by the same encoder."""
    met = _met(one.meaning, other.meaning)
    return {
        "cosine": float(_vector(one.meaning) @ _vector(other.meaning)),
        "words_met": sum(met) / 2,
        "words_met_least": min(met),
        "same_text": float(bool(one.document) and one.document == other.document),
    }


def log_odds(features: Mapping[str, float], weights: Weights = BY_SEARCH) -> float:
    """Above 0 where it is more likely than not that one answer serves both."""
    total: float = weights.intercept
    for name, value in features.items():
        total += getattr(weights, name) * value
    return total


def chance(odds: float) -> float:
    """Log-odds as a chance, 0 to 1."""
    return 0.5 + 0.5 * math.tanh(odds / 2)


class Askings(Protocol):
    """Where askings are kept, as they are now: one may have gone to another gap, or lost its words."""

    def joinable_now(self, sequences: Sequence[int]) -> Sequence[Joinable]:
        """Those with these sequence numbers, states and all."""
        ...

    def newest_of(self, gaps: Collection[uuid.UUID], count: int) -> Sequence[Joinable]:
        """Of each of these gaps the newest `count` that have a meaning, states and all."""
        ...


class Joiner:
    """Finds the gap that a question belongs to. Holds the vectors of all askings; states are fetched."""

    def __init__(self, encoder: str, askings: Askings, weights: Weights = BY_SEARCH) -> None:
        self._encoder = encoder
        self._askings = askings
        self._weights = weights
        self._sequences: list[int] = []
        self._vectors: list[Floats] = []
        self._matrix: Floats | None = None
        self.known = 0  # the last sequence number that was seen

    def learn(self, askings: Sequence[Joinable]) -> None:
        """Take in askings that came since `known`. Those of another encoder are never compared."""
        for asking in askings:
            self.known = max(self.known, asking.sequence)
            if asking.meaning.encoder == self._encoder and asking.meaning.vector:
                self._sequences.append(asking.sequence)
                self._vectors.append(_vector(asking.meaning))
                self._matrix = None

    def forget(self, sequences: Collection[int]) -> int:
        """Drop the vectors of these askings; returns how many there were."""
        kept = [place for place, each in enumerate(self._sequences) if each not in sequences]
        dropped = len(self._sequences) - len(kept)
        if dropped:
            self._sequences = [self._sequences[place] for place in kept]
            self._vectors = [self._vectors[place] for place in kept]
            self._matrix = None
        return dropped

    def candidates(self, said: Said) -> list[tuple[uuid.UUID, float]]:
        """The gaps that it may belong to with how likely that is, the likeliest first."""
        if said.meaning.encoder != self._encoder or not said.meaning.vector or not self._sequences:
            return []
        if self._matrix is None:
            self._matrix = np.stack(self._vectors)
        near = np.argsort(-(self._matrix @ _vector(said.meaning)))[:NEAREST]
        nearest = self._askings.joinable_now([self._sequences[place] for place in near])
        odds = {asking.sequence: self._odds(said, asking) for asking in nearest}
        closest: dict[uuid.UUID, float] = {}
        for asking in nearest:
            own = odds[asking.sequence]
            if own is not None:
                closest[asking.gap] = max(own, closest.get(asking.gap, own))
        by_gap: dict[uuid.UUID, list[float]] = {}
        for asking in self._askings.newest_of(closest.keys(), NEWEST):
            sequence = asking.sequence
            own = odds[sequence] if sequence in odds else self._odds(said, asking)
            if own is not None:
                by_gap.setdefault(asking.gap, []).append(own)
        found = [
            (gap, chance(closest[gap] if closest[gap] >= REPEATED else fmean(all_odds)))
            for gap, all_odds in by_gap.items()
        ]
        return sorted(found, key=lambda each: -each[1])

    def _odds(self, said: Said, asking: Joinable) -> float | None:
        """None for an asking of another encoder, and for one whose words were erased: it is like nothing."""
        if asking.meaning.encoder != self._encoder or not asking.meaning.vector:
            return None
        return log_odds(likeness(said, Said(asking.document, asking.meaning)), self._weights)

    def best(self, said: Said) -> tuple[uuid.UUID, float] | None:
        """The gap to join, or None when it is a new one."""
        found = self.candidates(said)
        return found[0] if found and found[0][1] >= self._weights.join_from else None


def _vector(meaning: Meaning) -> Floats:
    return np.frombuffer(meaning.vector, dtype="<f4")


def _met(one: Meaning, other: Meaning) -> tuple[float, float]:
    """How well each one's tokens are met by the other's: the mean of the best cosines."""
    dimensions = len(one.vector) // 4
    left = unpack_states(one.states, dimensions).astype(np.float32) / STATE_SCALE
    right = unpack_states(other.states, dimensions).astype(np.float32) / STATE_SCALE
    if not len(left) or not len(right):
        return 0.0, 0.0
    cosines = left @ right.T
    return float(cosines.max(axis=1).mean()), float(cosines.max(axis=0).mean())
