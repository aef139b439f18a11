"""Does it come true? What was promised beside what happened, for questions that were promised alike.

The reliability diagram (Murphy & Winkler, Applied Statistics 26, 1977; DeGroot & Fienberg, The
Statistician 32, 1983), with bins of equal mass: as many questions in each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from evals.metrics.clopper_pearson import around
from evals.metrics.interval import Interval
from evals.metrics.selective import Judged

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Questions with probabilities from `lowest` to `highest`: the mean of those, and the share that was
    right, with its exact interval."""

    count: int
    lowest: float
    highest: float
    probability: float
    right: float
    interval: Interval

    @property
    def gap(self) -> float:
        """How far what was promised is from what happened."""
        return abs(self.probability - self.right)


def reliability(judged: Sequence[Judged], bins: int = BINS) -> list[Bin]:
    """At most `bins` bins, the least sure first.

    Questions with the same probability stay together, in the bin of the middle one of them, so that the
    order in which they came makes no difference; a bin may so be larger, or absent.
    """
    filled: dict[int, list[Judged]] = {}
    before = 0
    ordered = sorted(judged, key=lambda each: each.probability)
    for _, alike in groupby(ordered, key=lambda each: each.probability):
        tied = list(alike)
        middle = before + (len(tied) - 1) / 2
        filled.setdefault(int(bins * middle / len(ordered)), []).extend(tied)
        before += len(tied)
    return [_bin(members) for members in filled.values()]


def _bin(members: Sequence[Judged]) -> Bin:
    probabilities = [each.probability for each in members]
    right = sum(each.right for each in members)
    return Bin(
        count=len(members),
        lowest=probabilities[0],
        highest=probabilities[-1],
        probability=sum(probabilities) / len(members),
        right=right / len(members),
        interval=around(right, len(members)),
    )
