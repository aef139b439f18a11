"""How large may a share really be, when so many of so many were counted?

The exact interval from the beta distribution (Clopper & Pearson, Biometrika 26, 1934): it holds the true
share at least as often as it says, also for few questions, as long as these do not depend on each other.
"""

from __future__ import annotations

from scipy.special import betaincinv

from evals.metrics.interval import CONFIDENCE, Interval


def upper_bound(wrong: int, answered: int, confidence: float = CONFIDENCE) -> float:
    """The share of wrong answers that is not exceeded with this confidence, one-sided.

    Beta⁻¹(confidence; wrong + 1, answered − wrong), as scipy.stats.beta.ppf; 1 when nothing was right.
    """
    return 1.0 if wrong == answered else float(betaincinv(wrong + 1, answered - wrong, confidence))


def around(counted: int, of: int, confidence: float = CONFIDENCE) -> Interval:
    """The two-sided interval of a share: half of what may go wrong on either side; 0 to 1 of nothing."""
    one_side = (1 + confidence) / 2
    return Interval(1 - upper_bound(of - counted, of, one_side), upper_bound(counted, of, one_side))
