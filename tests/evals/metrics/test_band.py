"""How sure the risk–coverage curve is."""

from __future__ import annotations

import random

import pytest

from evals.metrics.band import band, risk_at
from evals.metrics.selective import Judged, risk_coverage


def judged(count: int) -> list[Judged]:
    """Questions of which the surest are mostly right."""
    chance = random.Random(3)
    promised = [chance.random() for _ in range(count)]
    return [Judged(each, chance.random() < each, True) for each in promised]


def test_the_risk_at_a_coverage_is_that_of_the_strictest_cut_off_that_covers_it() -> None:
    curve = risk_coverage(
        [Judged(0.9, True, True), Judged(0.8, False, True), Judged(0.7, True, True), Judged(0.6, False, True)]
    )
    assert risk_at(curve, 0.25) == 0.0
    assert risk_at(curve, 0.5) == pytest.approx(1 / 3)
    assert risk_at(curve, 0.75) is None


def test_the_band_lies_around_the_curve() -> None:
    asked = judged(300)
    found = band(asked)
    assert found == band(asked)
    assert all(each.interval.low <= each.risk <= each.interval.high for each in found)
    assert [each.coverage for each in found] == [step / 50 for step in range(1, len(found) + 1)]


def test_the_band_ends_where_not_every_draw_comes() -> None:
    asked = judged(100)
    reached = max(point.coverage for point in risk_coverage(asked))
    assert reached - 0.25 < band(asked)[-1].coverage < reached


def test_more_questions_make_it_narrower() -> None:
    few, many = (band(judged(count), draws=100)[9].interval for count in (60, 1000))
    assert many.high - many.low < few.high - few.low


def test_questions_about_one_text_make_it_wider() -> None:
    asked = [each for each in judged(60) for _ in range(5)]
    groups = [place // 5 for place in range(300)]
    loose, grouped = band(asked)[9].interval, band(asked, groups)[9].interval
    assert grouped.high - grouped.low > loose.high - loose.low


def test_without_questions_or_right_answers_there_is_no_band() -> None:
    assert band([]) == []
    assert band([Judged(0.5, False, True)] * 9) == []
