"""Wins and losses: against scipy's exact binomial test."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evals.metrics.sign_test import sign_test


def test_by_hand() -> None:
    assert sign_test(5, 0) == pytest.approx(2 / 32)
    assert sign_test(3, 3) == 1.0
    assert sign_test(0, 0) == 1.0


@given(st.integers(0, 200), st.integers(0, 200))
def test_it_is_that_of_scipy_and_the_same_either_way(wins: int, losses: int) -> None:
    if wins + losses:
        assert sign_test(wins, losses) == pytest.approx(binomtest(wins, wins + losses).pvalue)
    assert sign_test(wins, losses) == sign_test(losses, wins)
