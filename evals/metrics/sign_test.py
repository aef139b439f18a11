"""Could so many wins over so many losses be chance?

The exact sign test: twice the chance, with a fair coin, of as many heads as the larger of the two or more, at
most 1. Ties say nothing about the direction and are left out. Source: Dixon & Mood, *The Statistical Sign
Test*, JASA 41, 1946.
"""

from __future__ import annotations

from math import comb


def sign_test(wins: int, losses: int) -> float:
    """The p-value; 1 when there was nothing to win."""
    of = wins + losses
    tail = sum(comb(of, heads) for heads in range(max(wins, losses), of + 1))
    return float(min(1.0, 2 * tail / 2**of))
