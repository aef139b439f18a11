"""Exact bounds on a share: against scipy's own and the rule of three."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binomtest

from evals.metrics.clopper_pearson import around, upper_bound

counted = st.integers(1, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def test_with_nothing_wrong_the_bound_is_that_of_the_rule_of_three() -> None:
    assert upper_bound(0, 100) == pytest.approx(1 - 0.05 ** (1 / 100))
    assert upper_bound(0, 100) == pytest.approx(3 / 100, abs=0.001)


def test_of_nothing_nothing_is_known() -> None:
    assert upper_bound(0, 0) == 1.0
    assert upper_bound(4, 4) == 1.0
    assert (around(0, 0).low, around(0, 0).high) == (0.0, 1.0)


@given(counted)
def test_the_bounds_are_scipys(counts: tuple[int, int]) -> None:
    wrong, of = counts
    if wrong < of:
        assert upper_bound(wrong, of) == pytest.approx(beta.ppf(0.95, wrong + 1, of - wrong))
    expected = binomtest(wrong, of).proportion_ci(0.95, method="exact")
    found = around(wrong, of)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


@given(counted, st.sampled_from([0.8, 0.95, 0.99]))
def test_a_bound_is_above_the_share_itself(counts: tuple[int, int], confidence: float) -> None:
    wrong, of = counts
    assert wrong / of <= upper_bound(wrong, of, confidence) <= 1
