"""Which signal comes first on a list: by how often it was asked, how recently, and how urgent it is."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from service.domain.gap import GapKind, Origin, Urgency

HALF_LIFE = timedelta(days=14)  # an asking of two weeks ago counts half of one of today
_START = datetime(2026, 1, 1, tzinfo=UTC)

# in halvings: 2 is what four times as many askings would give, or four weeks
_URGENT = {Urgency.LOW: -2.0, Urgency.NORMAL: 0.0, Urgency.HIGH: 4.0}
_WRONG = {GapKind.MISSING: 0.0, GapKind.UNCERTAIN: 0.0, GapKind.OUTDATED: 1.0, GapKind.REJECTED: 2.0}
_PRESSED = 1.0  # somebody took the trouble: counts double


def first_weight(at: datetime, origin: Origin, kind: GapKind, urgency: Urgency) -> float:
    """The weight of a new signal. Weights of different days compare without being kept up to date: an older
    one does not shrink, a newer one starts higher."""
    return _asked(at, origin) + _URGENT[urgency] + _WRONG[kind]


def with_asking(weight: float, at: datetime, origin: Origin, kind: GapKind, urgency: Urgency) -> float:
    """The weight once it is asked again."""
    standing = _URGENT[urgency] + _WRONG[kind]
    return float(_added(weight - standing, _asked(at, origin))) + standing


def with_standing(weight: float, before: tuple[GapKind, Urgency], after: tuple[GapKind, Urgency]) -> float:
    """The weight once its kind or urgency is another one."""
    return weight - _WRONG[before[0]] - _URGENT[before[1]] + _WRONG[after[0]] + _URGENT[after[1]]


def together(weights: list[float]) -> float:
    """The weight of signals that become one."""
    total = weights[0]
    for weight in weights[1:]:
        total = _added(total, weight)
    return total


def _asked(at: datetime, origin: Origin) -> float:
    return (at - _START) / HALF_LIFE + (_PRESSED if origin.opens else 0.0)


def _added(one: float, other: float) -> float:
    """log2(2^one + 2^other), without overflow."""
    return max(one, other) + math.log2(1 + 2.0 ** -abs(one - other))
