"""The pictures stay between their axes, and stand where their figures say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.band import Band
from evals.metrics.interval import Interval
from evals.metrics.reliability import reliability
from evals.metrics.selective import Judged, Point
from evals.report_drawings import (
    Frame,
    draw_curve,
    draw_reliability,
    draw_styles,
    draw_times,
    shares_within,
    time_edges,
)
from evals.report_numbers import PERCENT
from evals.report_tables import StyleRow

FRAME = Frame()
CORNERS = f"{FRAME.left:.1f},{FRAME.bottom:.1f} {FRAME.right:.1f},{FRAME.top:.1f}"
ROW = StyleRow("erg_kort", 10, 0.5, 0.8, 0.9)


def test_the_curve_stays_between_its_axes() -> None:
    points = [Point(0.9, 0.0, 0.0), Point(0.1, 1.0, 1.0)]
    drawn = draw_curve(points, [], points, {})
    assert drawn.line == drawn.before == CORNERS
    assert [tick.label for tick in drawn.up] == [f"{n}{PERCENT}" for n in (0, 25, 50, 75, 100)]


def test_the_band_goes_out_along_the_top_and_back_along_the_bottom() -> None:
    around = [Band(0.0, 0.5, Interval(0.0, 1.0)), Band(1.0, 0.5, Interval(0.0, 1.0))]
    left, right, top, bottom = (float(each) for each in (FRAME.left, FRAME.right, FRAME.top, FRAME.bottom))
    assert (
        draw_curve([], around, [], {}).band == f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"
    )


def test_channels_at_one_place_share_a_mark_and_silent_ones_have_none() -> None:
    point = Point(0.5, 0.8, 0.1)
    (mark,) = draw_curve([point], [], [], {"website": point, "sidebar": point, "telephone": None}).marks
    assert (mark.label, mark.anchor) == ("website, sidebar", "end")


def test_reliability_shows_each_bin_and_how_often_each_probability_was_said() -> None:
    judged = [Judged(0.02, False, True)] * 3 + [Judged(0.98, True, True)] * 6
    bins = reliability(judged, 2)
    drawn = draw_reliability(bins, bins, [(each.probability, each.right) for each in judged])
    assert len(drawn.dots) == len(drawn.whiskers) == len(bins)
    assert drawn.line == drawn.before
    (right,), (wrong,) = drawn.right, drawn.wrong
    assert (right.height, wrong.height) == (48.0, 24.0)
    assert right.across > wrong.across
    assert right.up + right.height == drawn.strip_bottom


def test_a_style_has_two_bars_with_intervals_and_lines_for_before() -> None:
    drawn = draw_styles([ROW, StyleRow("chat", 4, 0.5, 0.5, 0.5)], {"erg_kort": ROW})
    short, chat = drawn.styles
    assert short.name.label == "erg kort (10)"
    assert [round(bar.width) for bar in short.bars] == [150, 240]
    assert [line.at for line in short.before] == [158.0, 248.0]
    assert chat.before == ()
    assert chat.bars[1].up + chat.bars[1].height <= drawn.frame.bottom


def test_steps_of_time_are_round_and_the_slowest_hundredth_is_in_the_last() -> None:
    times = [float(n) for n in range(1, 100)] + [5000.0]
    assert time_edges(times)[:3] == [0.0, 10.0, 20.0]
    drawn = draw_times(times, [], {"p95": 95.0})
    assert drawn.more
    assert drawn.before == ""
    assert drawn.marks[0].anchor == "end"


@given(st.lists(st.floats(0.01, 60_000), min_size=1, max_size=50))
def test_every_question_is_in_a_bar(times: list[float]) -> None:
    edges = time_edges(times)
    assert 2 <= len(edges) <= 22
    assert sum(shares_within(times, edges)) == pytest.approx(1)
    drawn = draw_times(times, times, {"p50": times[0]})
    assert all(bar.up >= drawn.frame.top for bar in drawn.bars)
    assert all(drawn.frame.left <= mark.across <= drawn.frame.right for mark in drawn.marks)
