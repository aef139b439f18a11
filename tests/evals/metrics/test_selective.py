"""How much can be answered at which risk: against figures worked out by hand and against scikit-learn."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, roc_auc_score

from evals.metrics.selective import Judged, Point, auroc, brier, coverage_at, risk_coverage

FOUR = [Judged(0.9, True, True), Judged(0.8, False, False), Judged(0.7, True, True), Judged(0.6, False, True)]
some = st.lists(
    st.builds(
        lambda probability, kind: Judged(probability / 20, kind == 2, kind > 0),
        st.integers(0, 20),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=40,
)


def near(value: float) -> float:
    """This value but for rounding: it stands for the number inside a point that is compared as a whole."""
    return cast(float, pytest.approx(value))


def test_the_curve_has_a_point_for_each_cut_off() -> None:
    assert risk_coverage(FOUR) == [
        Point(0.9, near(1 / 3), 0.0),
        Point(0.8, near(1 / 3), near(1 / 2)),
        Point(0.7, near(2 / 3), near(1 / 3)),
        Point(0.6, near(2 / 3), near(1 / 2)),
    ]


def test_questions_with_the_same_probability_are_answered_together_or_not_at_all() -> None:
    tied = [Judged(0.9, True, True), Judged(0.9, False, False)]
    assert risk_coverage(tied) == [Point(0.9, 1.0, 0.5)]


def test_the_coverage_at_a_risk_is_the_largest_that_keeps_it() -> None:
    assert coverage_at(FOUR, 0.4) == Point(0.7, near(2 / 3), near(1 / 3))
    assert coverage_at(FOUR, 0.0).coverage == pytest.approx(1 / 3)
    assert coverage_at([Judged(0.9, False, True)], 0.05) == Point(1.0, 0.0, 0.0)


@given(some)
def test_auroc_and_brier_are_scikit_learns(judged: list[Judged]) -> None:
    answerable = [each.answerable for each in judged]
    probabilities = [each.probability for each in judged]
    expected = roc_auc_score(answerable, probabilities) if len(set(answerable)) == 2 else 0.5
    assert auroc(judged) == pytest.approx(expected)
    right = [each.right for each in judged]
    assert brier(judged) == pytest.approx(brier_score_loss(right, probabilities, labels=[False, True]))


@given(some)
def test_no_point_keeps_a_lower_risk_with_more_coverage_than_the_one_that_is_chosen(
    judged: list[Judged],
) -> None:
    chosen = coverage_at(judged, 0.2)
    assert chosen.risk <= 0.2
    assert all(point.coverage <= chosen.coverage for point in risk_coverage(judged) if point.risk <= 0.2)
