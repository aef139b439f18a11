"""Between what and what the true figure may be expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both included."""

    low: float
    high: float

    def within(self, lowest: float, highest: float) -> Interval:
        """Cut off where the figure itself cannot be."""
        return Interval(*(min(max(end, lowest), highest) for end in (self.low, self.high)))


def middle(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """What is left when equal shares of the values are dropped on both sides."""
    tail = (1 - confidence) / 2
    low, high = np.quantile(np.asarray(values), [tail, 1 - tail])
    return Interval(float(low), float(high))
