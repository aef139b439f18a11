"""Metrics against figures worked out by hand."""

from __future__ import annotations

import pytest

from evals.metrics.ranking import mean_reciprocal_rank, rank_of_first, recall_at


def test_the_rank_is_that_of_the_first_relevant_document() -> None:
    assert rank_of_first(["a", "b", "c"], {"c", "b"}) == 2
    assert rank_of_first(["a"], {"z"}) is None
    assert rank_of_first([], {"z"}) is None


def test_recall_counts_a_question_once_it_has_a_relevant_document_in_the_depth() -> None:
    assert recall_at([1, 2, None, 4], 1) == pytest.approx(0.25)
    assert recall_at([1, 2, None, 4], 3) == pytest.approx(0.5)
    assert recall_at([], 3) == 0


def test_mean_reciprocal_rank_gives_nothing_for_what_was_not_found() -> None:
    assert mean_reciprocal_rank([1, 2, None, 4]) == pytest.approx((1 + 0.5 + 0.25) / 4)
