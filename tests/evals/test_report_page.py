"""The page of the report says what happened, harms nobody, and can be read by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.answers.summary import summary
from evals.metrics.selective import Point
from evals.report_page import (
    PERCENT,
    Chapter,
    OutcomeRow,
    Title,
    curve_rows,
    drawing,
    figure,
    outcomes,
    recall_by_style,
    render,
    worst_misses,
)
from tests.pages.chromium import EXECUTABLE, chromium
from tests.pages.test_accessibility import RULES

POISON = '<img src=x onerror="alert(1)">{{7*7}}'
CONFIG = {
    "made": "2026-11-21T20:05:07+00:00",
    "version": "0.1.0",
    "channel": "sidebar",
    "encoder": "hashing",
    "calibration": {"date": "2026-11-21"},
}


def question(id: str, gold: str = "", style: str = "kort", *earlier: str) -> LabelledQuestion:
    return LabelledQuestion(id, (*earlier, f"Vraag {id}?"), style, bool(gold), (gold,) if gold else (), ())


def result(id: str, outcome: str, probability: float, *ranked: str) -> Result:
    return Result(id, outcome, probability, list(ranked), "Zo." if outcome == "answered" else "", [], 5.0)


def chapter(*pairs: tuple[LabelledQuestion, Result]) -> Chapter:
    questions, results = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    figures = summary(questions, results)
    titles = {"a": Title("Titel A"), "b": Title(f"Titel B {POISON}", "en")}
    return Chapter(
        "tiny", "Two texts", questions, results, titles, figures, False, {"website": 0.95, "sidebar": 0.5}
    )


RIGHT = (question("1", "a"), result("1", "answered", 0.9, "a", "b"))
SUGGESTED = (question("2", "a"), result("2", "unanswered_low_confidence", 0.4, "b", "a"))
WRONG = (question("3", "a", "chat"), result("3", "answered", 0.6, "b"))
HONEST_NO = (question("4"), result("4", "unanswered_no_source", 0.1, "a"))
INVENTED = (question("5"), result("5", "answered", 0.8, "b"))
NOTHING = (question("6", "a", "", "Eerst dit."), result("6", "unanswered_no_source", 0.0))
ALL = chapter(RIGHT, SUGGESTED, WRONG, HONEST_NO, INVENTED, NOTHING)


def test_the_worst_misses_are_wrong_answers_and_the_surest_come_first() -> None:
    assert [miss.turns[-1] for miss in worst_misses(ALL)] == [f"Vraag {n}?" for n in (5, 3, 2, 6)]


def test_a_miss_says_what_was_found_instead() -> None:
    invented, wrong, _, nothing = worst_misses(ALL)
    assert (invented.expected, invented.answer) == ((), "Zo.")
    assert (wrong.expected, wrong.found) == ((Title("Titel A"),), Title(f"Titel B {POISON}", "en"))
    assert (nothing.found, nothing.turns) == (None, ("Eerst dit.", "Vraag 6?"))


def test_no_more_than_twenty_misses_are_shown() -> None:
    assert len(worst_misses(chapter(*[WRONG] * 30))) == 20


def test_a_question_of_which_the_label_is_unknown_is_no_miss() -> None:
    asked, told = WRONG
    assert worst_misses(chapter((replace(asked, answerable=None), told))) == []


def test_recall_is_by_style_and_the_hardest_comes_first() -> None:
    rows = [(row.style, row.count, row.first, row.three) for row in recall_by_style(ALL)]
    assert rows == [("chat", 1, 0.0, 0.0), ("follow-up", 1, 0.0, 0.0), ("kort", 2, 0.5, 1.0)]


def test_outcomes_are_counted_with_and_without_an_answer() -> None:
    assert outcomes(ALL) == [
        OutcomeRow("answered", 2, 1),
        OutcomeRow("unanswered_no_source", 1, 1),
        OutcomeRow("unanswered_low_confidence", 1, 0),
    ]


def test_the_curve_in_figures_has_limits_and_the_cut_offs_as_shipped() -> None:
    rows = {row.name: row.point for row in curve_rows(ALL)}
    assert rows[f"at most 2{PERCENT} wrong"] == Point(0.9, 0.25, 0.0)
    assert rows["as shipped, website"] is None
    shipped = rows["as shipped, sidebar"]
    assert shipped is not None
    assert astuple(shipped) == pytest.approx((0.6, 0.25, 2 / 3))


def test_where_no_cut_off_keeps_the_limit_there_is_nothing() -> None:
    assert curve_rows(chapter(WRONG))[0].point is None


def test_the_curve_stays_between_its_axes() -> None:
    drawn = drawing([Point(0.9, 0.0, 0.0), Point(0.1, 1.0, 1.0)])
    assert drawn.line == f"{drawn.left:.1f},{drawn.bottom:.1f} {drawn.right:.1f},{drawn.top:.1f}"
    assert [tick.label for tick in drawn.up] == [f"{n}{PERCENT}" for n in (0, 25, 50, 75, 100)]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [("questions", 12.0, "12"), ("MRR", 0.5, "0.500"), ("R@1", 0.7834, f"78.3{PERCENT}")],
)
def test_a_figure_has_the_form_that_fits_it(name: str, value: float, shown: str) -> None:
    assert figure({name: value}, name) == shown


def test_a_share_of_no_answers_at_all_is_a_dash() -> None:
    assert figure({"answered": 0.0, "answered wrong": 0.0}, "answered wrong") == "–"
    assert figure({"answered": 0.1, "answered wrong": 0.0}, "answered wrong") == f"0.0{PERCENT}"


def test_a_text_says_in_which_language_it_is() -> None:
    asked, told = WRONG
    english = chapter((replace(asked, style="engels"), told))
    page = LexborHTMLParser(render([english], CONFIG))
    assert [each.attributes["lang"] for each in page.css(".misses [lang]")] == ["en", "nl", "en", "nl"]


def test_what_was_asked_and_found_is_text_and_never_markup() -> None:
    page = render([ALL], CONFIG)
    assert POISON not in page
    assert "{{7*7}}" in page
    assert LexborHTMLParser(page).css("img, script") == []


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = LexborHTMLParser(render([ALL], CONFIG))
    assert page.css("link, script, img, iframe, object") == []
    assert all(link.attributes["href"][:1] == "#" for link in page.css("a") if link.attributes["href"])
    assert "url(" not in page.css("style")[0].text()


def test_the_picture_has_a_name_and_a_table_beside_it() -> None:
    page = LexborHTMLParser(render([ALL], CONFIG))
    (picture,) = page.css("svg[role=img]")
    (title,) = picture.css("title")
    assert picture.attributes["aria-labelledby"] == title.attributes["id"]
    assert len(page.css(".pair figure + table tbody tr")) == len(curve_rows(ALL))


def test_a_judge_that_was_fitted_on_the_questions_is_named() -> None:
    assert "fitted on these questions" not in render([ALL], CONFIG)
    assert "fitted on these questions" in render([replace(ALL, fitted_on=True)], CONFIG)


def test_a_set_without_a_miss_says_so() -> None:
    assert "<p>None.</p>" in render([chapter(RIGHT)], CONFIG)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not EXECUTABLE.exists():
        pytest.skip(f"no Chromium at {EXECUTABLE}")
    with chromium() as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_everybody_can_read_it(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    wide = chapter((replace(RIGHT[0], style="omslachtig"), RIGHT[1]), INVENTED)
    shown = render([ALL, replace(wide, name="wide", title="The widest")], CONFIG)
    (tmp_path / "report.html").write_text(shown, "utf-8")
    with browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    ) as context:  # fmt: skip
        page = context.new_page()
        page.goto((tmp_path / "report.html").as_uri())
        found = Axe().run(page, options=RULES).response
        assert [each["id"] for each in found["violations"]] == [], found["violations"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
