"""Pairwise F1 by hand."""

from __future__ import annotations

import pytest

from evals.metrics.pairwise import pairwise


@pytest.mark.parametrize(
    ("meant", "told", "precision", "recall", "f1"),
    [
        ("aabb", "xxyy", 1, 1, 1),
        ("aabb", "xxxx", 2 / 6, 1, 0.5),
        ("aabb", "wxyz", 1, 0, 0),
        # pairs meant: 3 of a, 1 of b; told: 1 + 3; right: 1 (the first two)
        ("aaabb", "xxyyy", 2 / 4, 2 / 4, 0.5),
        ("abc", "xyz", 1, 1, 1),
    ],
)
def test_pairs_are_counted(meant: str, told: str, precision: float, recall: float, f1: float) -> None:
    found = pairwise(meant, told)
    assert found.precision == pytest.approx(precision)
    assert found.recall == pytest.approx(recall)
    assert found.f1 == pytest.approx(f1)


def test_the_names_of_groups_do_not_matter() -> None:
    assert pairwise([1, 1, 2], ["p", "p", "q"]) == pairwise(["q", "q", "p"], [7, 7, 8])
