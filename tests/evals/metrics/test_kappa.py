"""Agreement of two judges: by hand, and as scikit-learn has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from evals.metrics.kappa import kappa


def test_by_hand() -> None:
    """They agree on 3 of 4; by chance 2/4·3/4 + 2/4·1/4 = 1/2."""
    assert kappa("aabb", "aaba") == pytest.approx((3 / 4 - 1 / 2) / (1 - 1 / 2))
    assert kappa("abc", "abc") == 1
    assert kappa("ab", "ba") == -1


def test_it_says_nothing_of_nothing_and_of_always_the_same() -> None:
    assert kappa("", "") is None
    assert kappa("aa", "aa") is None


@given(st.lists(st.tuples(st.sampled_from("abe"), st.sampled_from("abe")), min_size=1, max_size=40))
def test_it_is_that_of_scikit_learn(judged: list[tuple[str, str]]) -> None:
    one, other = ([pair[side] for pair in judged] for side in (0, 1))
    found = kappa(one, other)
    if found is not None:
        assert found == pytest.approx(cohen_kappa_score(one, other))
