"""How much can be answered, and how much of that is wrong?

Selective prediction: coverage is the share that gets an answer, risk the share of those that is wrong
(El-Yaniv & Wiener 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Judged:
    """One question: how sure the system was, whether its first document was right, and whether there
    is an answer at all. `right` is False for a question without an answer."""

    probability: float
    right: bool
    answerable: bool


@dataclass(frozen=True)
class Point:
    """At this cut-off: the share of answerable questions that get a right answer, and the share of all
    given answers that is wrong."""

    cut_off: float
    coverage: float
    risk: float


def risk_coverage(judged: Sequence[Judged]) -> list[Point]:
    """One point for each cut-off that the probabilities allow, strictest first."""
    answerable = max(sum(each.answerable for each in judged), 1)
    points, right = [], 0
    ordered = sorted(judged, key=lambda each: -each.probability)
    for answered, each in enumerate(ordered, start=1):
        right += each.right
        tied = answered < len(ordered) and ordered[answered].probability == each.probability
        if not tied:
            points.append(Point(each.probability, right / answerable, 1 - right / answered))
    return points


def coverage_at(judged: Sequence[Judged], risk: float) -> Point:
    """The point with the largest coverage whose risk is at most `risk`; coverage 0 when there is none."""
    fitting = [point for point in risk_coverage(judged) if point.risk <= risk]
    return max(fitting, key=lambda point: point.coverage, default=Point(1.0, 0.0, 0.0))


def auroc(judged: Sequence[Judged]) -> float:
    """The chance that an answerable question scores above an unanswerable one, ties counted half.

    The area under the ROC curve (Hanley & McNeil 1982); 0.5 when one of the kinds is absent.
    """
    with_answer = [each.probability for each in judged if each.answerable]
    without = [each.probability for each in judged if not each.answerable]
    if not with_answer or not without:
        return 0.5
    wins = sum((a > b) + (a == b) / 2 for a in with_answer for b in without)
    return wins / (len(with_answer) * len(without))


def brier(judged: Sequence[Judged]) -> float:
    """The mean square of probability minus what happened, 0 to 1, lower is better (Brier 1950)."""
    return sum((each.probability - each.right) ** 2 for each in judged) / max(len(judged), 1)
