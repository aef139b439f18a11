"""Pairwise precision, recall and F1 of a grouping.

A pair of items is *right* when both groupings put it together. precision = right / pairs together in what
was told; recall = right / pairs together in what was meant; F1 their harmonic mean. Source: Manning,
Raghavan & Schütze, *Introduction to Information Retrieval*, 2008, 16.3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pairwise:
    """Each between 0 and 1; 1 where there is no pair to be wrong about."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pairwise(meant: Sequence[Hashable], told: Sequence[Hashable]) -> Pairwise:
    """How well the groups that were told are those that were meant; both name each item's group."""
    right = _pairs(list(zip(meant, told, strict=True)))
    together, wanted = _pairs(told), _pairs(meant)
    return Pairwise(right / together if together else 1.0, right / wanted if wanted else 1.0)


def _pairs(groups: Sequence[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(groups).values())
