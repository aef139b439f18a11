"""The same questions drawn again: seeded, and by whole groups."""

from __future__ import annotations

from statistics import fmean

import pytest

from evals.metrics.bootstrap import bootstrap
from evals.metrics.interval import Interval, middle


def test_the_same_items_give_the_same_draws() -> None:
    assert bootstrap("abcdef", "".join) == bootstrap("abcdef", "".join)
    assert len(set(bootstrap("abcdef", "".join, draws=20))) > 10


def test_a_draw_without_groups_holds_as_many_items() -> None:
    assert {len(drawn) for drawn in bootstrap(range(9), list)} == {9}


def test_questions_of_one_group_come_together() -> None:
    for drawn in bootstrap("aabbb", "".join, groups="xxyyy", draws=50):
        assert drawn in {"aaaa", "aabbb", "bbbaa", "bbbbbb"}


def test_an_item_without_a_group_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        bootstrap("abc", "".join, groups="xy")


def test_without_items_there_is_no_draw() -> None:
    assert bootstrap([], list) == []


def test_the_interval_of_a_mean_is_about_two_standard_errors() -> None:
    coin = [0.0, 1.0] * 200
    found = middle(bootstrap(coin, fmean, draws=400))
    assert (found.low, found.high) == pytest.approx((0.451, 0.549), abs=0.01)


def test_grouped_questions_say_less_than_loose_ones() -> None:
    coin, pairs = [0.0, 0.0, 1.0, 1.0] * 50, [place // 2 for place in range(200)]
    loose, grouped = middle(bootstrap(coin, fmean)), middle(bootstrap(coin, fmean, pairs))
    assert grouped.high - grouped.low > 1.2 * (loose.high - loose.low)


def test_the_middle_drops_as_much_on_both_sides() -> None:
    found = middle([float(each) for each in range(101)], 0.90)
    assert (found.low, found.high) == pytest.approx((5.0, 95.0))


def test_an_interval_is_cut_off_where_a_figure_cannot_be() -> None:
    assert Interval(-0.2, 1.3).within(0, 1) == Interval(0, 1)
    assert Interval(-0.3, -0.1).within(0, 1) == Interval(0, 0)
