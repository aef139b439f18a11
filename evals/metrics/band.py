"""How sure is the risk–coverage curve? The risk at each coverage, over draws of the same questions.

A pointwise percentile band of the bootstrap (Efron & Tibshirani 1993, chapter 13): at each coverage by
itself the true risk is inside it about as often as the confidence says, not along the whole curve at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from evals.metrics.bootstrap import DRAWS, bootstrap
from evals.metrics.interval import CONFIDENCE, Interval, middle
from evals.metrics.selective import Judged, Point, risk_coverage

STEPS = 50
REACHED = 0.95  # of the draws must get so far: the band of the few that do would flatter


@dataclass(frozen=True)
class Band:
    """At this coverage: the risk as measured, and between what it may be expected."""

    coverage: float
    risk: float
    interval: Interval


def band(
    judged: Sequence[Judged],
    groups: Sequence[Hashable] | None = None,
    confidence: float = CONFIDENCE,
    draws: int = DRAWS,
) -> list[Band]:
    """At every fiftieth of the coverage, from the first on, as far as nearly every draw gets."""
    curve = risk_coverage(judged)
    curves = bootstrap(judged, risk_coverage, groups, draws)
    found = []
    for step in range(1, STEPS + 1):
        coverage = step / STEPS
        risk = risk_at(curve, coverage)
        risks = [each for each in (risk_at(drawn, coverage) for drawn in curves) if each is not None]
        if risk is not None and risks and len(risks) >= REACHED * draws:
            found.append(Band(coverage, risk, middle(risks, confidence)))
    return found


def risk_at(curve: Sequence[Point], coverage: float) -> float | None:
    """The risk of the strictest cut-off that covers so much; None when none does."""
    return next((point.risk for point in curve if point.coverage >= coverage), None)
