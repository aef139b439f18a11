"""Each kind counts the same: against figures worked out by hand and against scikit-learn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from evals.metrics.macro_f1 import macro_f1

pairs = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1, max_size=30)


def test_a_rare_kind_that_is_never_told_costs_as_much_as_a_frequent_one() -> None:
    assert macro_f1("aaaab", "aaaaa") == pytest.approx((8 / 9 + 0) / 2)
    assert macro_f1("ab", "ab") == 1.0
    assert macro_f1("", "") == 0.0


def test_one_label_for_each_question_is_needed() -> None:
    with pytest.raises(ValueError, match="zip"):
        macro_f1("ab", "a")


@given(pairs)
def test_it_is_scikit_learns(labelled: list[tuple[str, str]]) -> None:
    meant, told = [first for first, _ in labelled], [second for _, second in labelled]
    expected = f1_score(meant, told, average="macro", zero_division=0)
    assert macro_f1(meant, told) == pytest.approx(expected)
