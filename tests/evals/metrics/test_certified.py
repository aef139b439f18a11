"""What may be answered under a promise: against bounds worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics.certified import Certified, answers_needed, certified
from evals.metrics.clopper_pearson import upper_bound
from evals.metrics.selective import Judged


def ranked(pattern: str) -> list[Judged]:
    """One question a letter, the surest first: `+` is right, `-` wrong."""
    return [Judged(1 - place / 1000, mark == "+", True) for place, mark in enumerate(pattern)]


def test_the_longest_prefix_within_the_risk_is_taken() -> None:
    # 29 right answers certify 10 %; with one wrong, 46 do
    found = certified(ranked("+" * 30 + "-" + "+" * 15 + "---"), 0.10)
    assert (found.cut_off, found.answered, found.wrong, found.missing) == (1 - 45 / 1000, 46, 1, 0)
    assert found.bound == pytest.approx(upper_bound(1, 46))
    assert found.bound <= 0.10


def test_a_cut_off_stops_before_the_wrong_one_that_breaks_the_promise() -> None:
    found = certified(ranked("+" * 29 + "-" * 5), 0.10)
    assert (found.answered, found.wrong) == (29, 0)


def test_when_none_fits_it_says_how_many_right_answers_are_missing() -> None:
    found = certified(ranked("+" * 20 + "----"), 0.10)
    assert found == Certified(None, 20, 0, upper_bound(0, 20), 9)


def test_the_nearest_prefix_need_not_be_the_one_without_a_wrong_answer() -> None:
    found = certified(ranked("++-" + "+" * 40 + "-----"), 0.10)
    assert (found.answered, found.wrong, found.missing) == (43, 1, 3)


def test_without_questions_everything_is_missing() -> None:
    assert certified([], 0.10) == Certified(None, 0, 0, 1.0, 29)


def test_questions_with_the_same_probability_are_answered_together_or_not_at_all() -> None:
    tied = [Judged(0.9, True, True)] * 29 + [Judged(0.8, True, True)] * 9 + [Judged(0.8, False, True)] * 9
    assert certified(tied, 0.10).answered == 29


@pytest.mark.parametrize(("risk", "needed"), [(0.05, 59), (0.10, 29), (0.25, 11)])
def test_so_many_right_answers_certify_a_risk(risk: float, needed: int) -> None:
    assert answers_needed(0, risk) == needed


@given(st.integers(0, 60), st.sampled_from([0.02, 0.05, 0.1, 0.25, 0.4]), st.sampled_from([0.8, 0.95]))
def test_the_answers_that_are_needed_are_the_fewest(wrong: int, risk: float, confidence: float) -> None:
    needed = answers_needed(wrong, risk, confidence)
    assert upper_bound(wrong, needed, confidence) <= risk < upper_bound(wrong, needed - 1, confidence)


@settings(max_examples=50)
@given(st.text("+-", max_size=80), st.sampled_from([0.05, 0.25]))
def test_what_is_missing_is_enough_and_one_less_is_not(pattern: str, risk: float) -> None:
    found = certified(ranked(pattern), risk)
    enough = upper_bound(found.wrong, found.answered + found.missing)
    assert enough <= risk
    if found.missing:
        assert found.cut_off is None
        assert upper_bound(found.wrong, found.answered + found.missing - 1) > risk
    else:
        assert found.bound == enough
