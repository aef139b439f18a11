"""ECE and the bins of the reliability diagram: against figures worked out by hand."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.calibration_error import calibration_error, error_by_chance, error_interval
from evals.metrics.reliability import reliability
from evals.metrics.selective import Judged

some = st.lists(st.builds(lambda p, right: Judged(p / 20, right, True), st.integers(0, 20), st.booleans()))


def said(probability: float, right: int, wrong: int) -> list[Judged]:
    """So many questions with this probability, of which so many came out right."""
    return [Judged(probability, True, True)] * right + [Judged(probability, False, True)] * wrong


def spread(count: int, shift: float) -> list[Judged]:
    """Evenly spread probabilities that come true, but for the shift."""
    chance = random.Random(1)
    promised = [0.05 + 0.7 * place / count for place in range(count)]
    return [Judged(each, chance.random() < each + shift, True) for each in promised]


def test_a_bin_says_what_was_promised_and_what_came() -> None:
    low, high = reliability([*said(0.2, 1, 4), *said(0.9, 2, 3)], bins=2)
    assert (low.count, low.lowest, low.highest) == (5, 0.2, 0.2)
    assert (low.probability, low.right) == pytest.approx((0.2, 0.2))
    assert high.gap == pytest.approx(0.5)
    assert high.interval.low < 0.4 < high.interval.high


def test_the_error_weighs_each_bin_by_its_questions() -> None:
    assert calibration_error([*said(0.2, 1, 4), *said(0.9, 2, 3)], bins=2) == pytest.approx(0.25)
    assert calibration_error(said(0.3, 3, 7)) == pytest.approx(0.0)
    assert calibration_error([]) == 0.0


def test_bins_hold_as_many_questions_as_each_other() -> None:
    found = reliability([Judged(place / 50, True, True) for place in range(50)])
    assert [each.count for each in found] == [5] * 10


def test_the_error_is_that_of_the_definition_where_no_two_are_alike() -> None:
    judged = spread(200, 0.1)
    promised = np.array([each.probability for each in judged])
    came = np.array([each.right for each in judged])
    bins = np.array_split(np.argsort(promised), 10)
    by_hand = sum(len(one) * abs(promised[one].mean() - came[one].mean()) for one in bins) / 200
    assert calibration_error(judged) == pytest.approx(by_hand)


@given(some, st.randoms())
def test_the_order_of_the_questions_makes_no_difference(judged: list[Judged], chance: random.Random) -> None:
    shuffled = judged[:]
    chance.shuffle(shuffled)
    assert calibration_error(judged) == pytest.approx(calibration_error(shuffled))
    assert sum(each.count for each in reliability(judged)) == len(judged)
    assert len(reliability(judged)) <= 10


def test_the_interval_holds_the_true_error_and_is_the_same_each_time() -> None:
    judged = spread(300, 0.2)
    found = error_interval(judged)
    assert found.low < 0.2 < found.high
    assert found == error_interval(judged)
    assert error_interval([]).high == 0.0


def test_the_interval_is_wider_where_questions_stand_or_fall_together() -> None:
    judged = [each for each in spread(100, 0.2) for _ in range(4)]
    loose, grouped = error_interval(judged), error_interval(judged, [place // 4 for place in range(400)])
    assert grouped.high - grouped.low > 1.3 * (loose.high - loose.low)


def test_a_judge_that_keeps_its_promises_shows_some_error_by_chance() -> None:
    few, many = error_by_chance(spread(100, 0.2)), error_by_chance(spread(1000, 0.2), draws=20)
    assert 0.07 < few < 0.15
    assert many < few / 2
    assert error_by_chance(spread(100, 0.2)) == few
    assert error_by_chance([*said(1.0, 0, 5), *said(0.0, 5, 0)]) == 0.0
