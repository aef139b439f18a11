"""How much can be answered with a promise about how much of that is wrong?

Selective prediction with a guaranteed risk (Geifman & El-Yaniv, NeurIPS 2017): the questions are ranked by
probability, and the longest prefix is taken whose Clopper–Pearson bound on the share of wrong answers is
within the risk. The bound is that of a cut-off that was chosen beforehand; the one that is chosen here has
seen these very questions, so it is a little flattered. Confirm it on others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scipy.stats import nbinom

from evals.metrics.clopper_pearson import upper_bound
from evals.metrics.interval import CONFIDENCE
from evals.metrics.selective import Judged


@dataclass(frozen=True)
class Certified:
    """What may be answered: all from `cut_off` on, or nothing when that is None.

    `answered`, `wrong` and `bound` are of that prefix; when none fits, of the one that comes nearest, which
    would need `missing` more answers in a row that are right.
    """

    cut_off: float | None
    answered: int
    wrong: int
    bound: float
    missing: int = 0


def certified(judged: Sequence[Judged], risk: float, confidence: float = CONFIDENCE) -> Certified:
    """The longest prefix of the ranking of which at most `risk` is wrong, with this confidence."""
    prefixes = list(_prefixes(judged, confidence)) or [Certified(None, 0, 0, 1.0)]
    fitting = [prefix for prefix in prefixes if prefix.bound <= risk]
    if fitting:
        return fitting[-1]
    lacking = [_lacking(prefix, risk, confidence) for prefix in prefixes]
    return min(lacking, key=lambda each: (each.missing, each.bound))


def answers_needed(wrong: int, risk: float, confidence: float = CONFIDENCE) -> int:
    """The fewest answers that certify the risk with so many wrong ones among them.

    As many as are drawn, at this risk, before one more than `wrong` comes up with this confidence: a
    quantile of the negative binomial. 59 without a wrong one for 5 %, 29 for 10 %, 11 for 25 %.
    """
    return wrong + 1 + int(nbinom.ppf(confidence, wrong + 1, risk))


def _prefixes(judged: Sequence[Judged], confidence: float) -> Iterator[Certified]:
    """One for each cut-off that the probabilities allow, strictest first."""
    wrong = 0
    ordered = sorted(judged, key=lambda each: -each.probability)
    for answered, each in enumerate(ordered, start=1):
        wrong += not each.right
        tied = answered < len(ordered) and ordered[answered].probability == each.probability
        if not tied:
            yield Certified(each.probability, answered, wrong, upper_bound(wrong, answered, confidence))


def _lacking(prefix: Certified, risk: float, confidence: float) -> Certified:
    needed = answers_needed(prefix.wrong, risk, confidence) - prefix.answered
    return replace(prefix, cut_off=None, missing=max(needed, 1))
