"""The rows of the report's tables: what went wrong, how it ended, what the curve comes to, its time."""

from __future__ import annotations

from dataclasses import astuple, replace

import pytest

from evals.metrics.interval import Interval
from evals.metrics.selective import Point
from evals.report_chapter import CutOffs, Title
from evals.report_numbers import PERCENT, figure, interval
from evals.report_tables import (
    OutcomeRow,
    curve_rows,
    not_in_three,
    outcomes,
    recall_by_style,
    sure_and_wrong,
    time_rows,
)
from tests.evals.asked import ALL, COMPARED, POISON, WRONG, chapter, question, result


def test_the_worst_misses_are_wrong_answers_and_the_surest_come_first() -> None:
    assert [miss.turns[-1] for miss in sure_and_wrong(ALL)] == [f"Vraag {n}?" for n in (5, 3, 2, 6)]


def test_a_miss_says_what_was_found_instead() -> None:
    invented, wrong, _, nothing = sure_and_wrong(ALL)
    assert (invented.expected, invented.quoted) == ((), "Zo.")
    assert (wrong.expected, wrong.found) == ((Title("Titel A"),), (Title(f"Titel B {POISON}", "en"),))
    assert (nothing.found, nothing.turns) == ((), ("Eerst dit.", "Vraag 6?"))


def test_no_more_than_twenty_misses_are_shown() -> None:
    assert len(sure_and_wrong(chapter(*[WRONG] * 30))) == 20
    assert len(not_in_three(chapter(*[WRONG] * 30))) == 20


def test_a_question_of_which_the_label_is_unknown_is_no_miss() -> None:
    asked, told = WRONG
    unknown = chapter((replace(asked, answerable=None), told))
    assert sure_and_wrong(unknown) == not_in_three(unknown) == []


def test_what_an_agent_does_not_see_is_what_is_not_in_the_first_three() -> None:
    third = (question("7", "a"), result("7", "answered", 0.9, "x", "y", "a"))
    fourth = (question("8", "a"), result("8", "answered", 0.2, "x", "y", "z", "a"))
    found = not_in_three(chapter(third, fourth, WRONG))
    assert [(miss.turns[-1], miss.rank) for miss in found] == [("Vraag 3?", None), ("Vraag 8?", 4)]
    assert found[1].found == (Title("x"), Title("y"), Title("z"))


def test_recall_is_by_style_and_the_hardest_comes_first() -> None:
    rows = [(row.style, row.count, row.first, row.three) for row in recall_by_style(ALL.labelled())]
    assert rows == [("chat", 1, 0.0, 0.0), ("follow-up", 1, 0.0, 0.0), ("kort", 2, 0.5, 1.0)]


def test_the_recall_of_a_style_has_its_exact_interval() -> None:
    row = recall_by_style(ALL.labelled())[-1]
    assert row.first_interval.low == pytest.approx(0.0126, abs=0.0001)
    assert row.three_interval.high == 1.0


def test_outcomes_are_counted_with_and_without_an_answer() -> None:
    assert outcomes(ALL.labelled()) == [
        OutcomeRow("answered", 2, 1),
        OutcomeRow("unanswered_no_source", 1, 1),
        OutcomeRow("unanswered_low_confidence", 1, 0),
    ]


def test_the_curve_in_figures_has_limits_and_the_cut_offs_as_shipped() -> None:
    rows = {row.name: row for row in curve_rows(ALL.judged(), ALL.cut_offs)}
    assert rows[f"at most 2{PERCENT} wrong"].point == Point(0.9, 0.25, 0.0)
    assert rows["as shipped, website"].point is None
    shipped = rows["as shipped, sidebar"]
    assert shipped.point is not None
    assert shipped.interval is not None
    assert astuple(shipped.point) == pytest.approx((0.6, 0.25, 2 / 3))
    assert shipped.interval.low < 2 / 3 < shipped.interval.high


@pytest.mark.parametrize("cut_offs", [{"website": None}, {"website": 1.1}])
def test_a_channel_that_answers_nothing_has_a_row_all_the_same(cut_offs: CutOffs) -> None:
    last = curve_rows(ALL.judged(), cut_offs)[-1]
    assert (last.name, last.point, last.interval) == ("as shipped, website", None, None)


def test_where_no_cut_off_keeps_the_limit_there_is_nothing() -> None:
    wrong = chapter(WRONG)
    assert curve_rows(wrong.judged(), wrong.cut_offs)[0].point is None


def test_the_time_is_that_of_questions_that_could_be_asked() -> None:
    times = [replace(result(str(n), "answered", 0.5, "a"), ms=float(n)) for n in range(101)]
    (row,) = time_rows(times, None)
    assert (row.name, row.count, row.half, row.worst) == ("now", 100, 50.5, 100.0)
    assert row.most == pytest.approx(95.05)
    assert [row.name for row in time_rows(times, COMPARED.before)] == ["now", "before"]
    assert time_rows(times[:1], None) == []


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("questions", 12.0, "12"),
        ("MRR", 0.5, "0.500"),
        ("R@1", 0.7834, f"78.3{PERCENT}"),
        ("ECE", 0.1, "0.100"),
    ],
)
def test_a_figure_has_the_form_that_fits_it(name: str, value: float, shown: str) -> None:
    assert figure({name: value}, name) == shown


def test_a_share_of_no_answers_at_all_is_a_dash() -> None:
    assert figure({"answered": 0.0, "answered wrong": 0.0}, "answered wrong") == "–"
    assert figure({"answered": 0.1, "answered wrong": 0.0}, "answered wrong") == f"0.0{PERCENT}"
    assert figure({}, "a figure of a later version") == "–"


def test_an_interval_has_the_form_of_its_figure() -> None:
    some = {"R@1": Interval(0.5, 0.62), "MRR": Interval(0.5, 0.62)}
    assert interval(some, "R@1") == f"50.0–62.0{PERCENT}"
    assert interval(some, "MRR") == "0.500–0.620"
    assert interval(some, "questions") == ""
