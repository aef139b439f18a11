"""How far two judges agree beyond what chance would do.

Cohen's kappa = (p − e) / (1 − e), with p the share of items on which they agree and e what that would be if
each had judged at random with the same frequencies. 1 is always, 0 as by chance. Source: Cohen, *A
Coefficient of Agreement for Nominal Scales*, Educational and Psychological Measurement 20, 1960.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """Of the judgements of the same items in the same order; None where it says nothing: without items, or
    when both gave one and the same judgement to all."""
    of = len(one)
    if not of:
        return None
    agreed = sum(mine == theirs for mine, theirs in zip(one, other, strict=True)) / of
    mine, theirs = Counter(one), Counter(other)
    by_chance = sum(mine[each] * theirs[each] for each in mine) / of**2
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
