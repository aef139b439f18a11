"""Is this being asked already? Two questions belong together when one answer would serve both.

A logistic regression over what two questions share: how near their vectors are, how well each one's words
are met by the other's (MaxSim of the token states, both ways), whether the same text came first, and the
words themselves. Fitted on the even groups of evals/datasets/gaps, checked on the odd ones.
"""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from embeddings.catalogue import language
from embeddings.encoders.base import STATE_SCALE, Floats, unpack_states
from service.storage.askings import Joinable, Meaning

NEAREST = 24  # askings that are looked at closely


@dataclass(frozen=True)
class Weights:
    """Of the features of `likeness`, and where joining begins. Fitted by `python -m evals gaps fit`."""

    intercept: float
    cosine: float
    words_met: float
    words_met_least: float
    same_text: float
    shared_words: float
    join_from: float


# 2026-11-22: pairwise F1 .50 on the even groups, .43 on the odd ones; those are hard on purpose
WEIGHTS = Weights(
    intercept=-19.25,
    cosine=2.773,
    words_met=18.09,
    words_met_least=6.616,
    same_text=0.9437,
    shared_words=-0.02415,
    join_from=0.25,
)

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Said:
    """A question as joining sees it."""

    text: str
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
        "shared_words": _shared_words(one.text, other.text),
    }


def chance(features: Mapping[str, float], weights: Weights = WEIGHTS) -> float:
    """How likely it is that one answer serves both (0 to 1)."""
    total = weights.intercept + sum(getattr(weights, name) * value for name, value in features.items())
    return 0.5 + 0.5 * math.tanh(total / 2)


class Joiner:
    """Finds the gap that a question belongs to. Holds the vectors of all askings; states are fetched.

    `fetch` gives the askings with these sequence numbers as they are now, states and all.
    """

    def __init__(
        self,
        encoder: str,
        fetch: Callable[[Sequence[int]], Sequence[Joinable]],
        weights: Weights = WEIGHTS,
    ) -> None:
        self._encoder = encoder
        self._fetch = fetch
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
        """The gaps that it may belong to with how likely that is, the likeliest first.

        The mean over the askings of a gap that came near: one lookalike among them is not enough.
        """
        if said.meaning.encoder != self._encoder or not said.meaning.vector or not self._sequences:
            return []
        if self._matrix is None:
            self._matrix = np.stack(self._vectors)
        near = np.argsort(-(self._matrix @ _vector(said.meaning)))[:NEAREST]
        by_gap: dict[uuid.UUID, list[float]] = {}
        for asking in self._fetch([self._sequences[place] for place in near]):
            if not asking.meaning.vector:
                continue  # its words were erased since: it is like nothing
            other = Said(asking.text, asking.document, asking.meaning)
            by_gap.setdefault(asking.gap, []).append(chance(likeness(said, other), self._weights))
        found = [(gap, fmean(chances)) for gap, chances in by_gap.items()]
        return sorted(found, key=lambda each: -each[1])

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


def _shared_words(one: str, other: str) -> float:
    """The share of the shorter question's telling words that stand in the other one."""
    left, right = (set(language("nl").terms(" ".join(_WORD.findall(text)))) for text in (one, other))
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0
