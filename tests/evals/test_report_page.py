"""The page of the report says what happened, harms nobody, and can be read by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from evals.report_numbers import PERCENT
from evals.report_page import render
from evals.report_tables import curve_rows
from tests.evals import invented
from tests.evals.asked import ALL, COMPARED, POISON, RIGHT, WRONG, chapter, question, result
from tests.pages.chromium import chromium, wants_chromium
from tests.pages.test_accessibility import RULES

CONFIG = {
    "made": "2026-11-21T20:05:07+00:00",
    "version": "0.1.0",
    "channel": "sidebar",
    "encoder": "hashing",
    "calibration": {"date": "2026-11-21"},
}


def test_a_text_says_in_which_language_it_is() -> None:
    asked, told = WRONG
    english = chapter((replace(asked, style="engels"), told))
    page = LexborHTMLParser(render([english], CONFIG))
    assert [each.attributes["lang"] for each in page.css(".misses [lang]")] == ["en", "nl", "en", "nl"] * 2


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


def test_every_picture_has_a_name_and_a_table_beside_it() -> None:
    page = LexborHTMLParser(render([COMPARED], CONFIG))
    pictures = page.css("svg[role=img]")
    assert [picture.attributes["aria-labelledby"] for picture in pictures] == [
        f"tiny-{name}" for name in ("curve", "reliability", "styles", "times")
    ]
    for picture in pictures:
        (title,) = picture.css("title")
        assert picture.attributes["aria-labelledby"] == title.attributes["id"]
        assert "table" in title.text()
    assert len(page.css("figure + div table, figure + div > .scroll > table")) >= 4
    assert len(page.css(".limits tbody tr")) == len(curve_rows(ALL.judged(), ALL.cut_offs))


def test_before_stands_beside_now_in_pictures_and_tables() -> None:
    alone, compared = LexborHTMLParser(render([ALL], CONFIG)), LexborHTMLParser(render([COMPARED], CONFIG))
    assert alone.css(".before, .was, .was-then") == []
    assert len(compared.css("svg .curve.before")) == 3
    assert len(compared.css("svg .was")) == 2 * 2  # the two styles that were asked before too
    row = next(row for row in compared.css(".figures tbody tr") if row.css("th")[0].text() == "R@1")
    assert [cell.text() for cell in row.css("td.number")][:2] == [f"0.0{PERCENT}", f"25.0{PERCENT}"]
    assert "4 of the questions" in compared.text()


def test_a_set_that_was_not_there_before_says_so() -> None:
    config = CONFIG | {"before": "2026-11-01T09:00:00+00:00"}
    assert "does not have this set" in render([ALL], config)
    assert "does not have this set" not in render([ALL], CONFIG)


def test_what_is_promised_is_said_when_the_calibration_tells() -> None:
    assert "What is promised" not in render([ALL], CONFIG)
    page = LexborHTMLParser(render([ALL], invented.CONFIG))
    assert [told.text()[:8] for told in page.css(".promise")] == ["Website.", "Sidebar."]


def test_channels_are_marked_on_the_curve_when_something_passes() -> None:
    page = LexborHTMLParser(render([ALL], CONFIG))
    texts = [text.text() for text in page.css("svg")[0].css("text.halo")]
    assert "sidebar" in texts
    assert "website" not in texts  # its cut-off is above every probability
    silent = render([replace(ALL, cut_offs={"website": None})], CONFIG)
    assert "as shipped, website" in silent


def test_a_judge_that_was_fitted_on_the_questions_is_named() -> None:
    assert "fitted on these questions" not in render([ALL], CONFIG)
    assert "fitted on these questions" in render([replace(ALL, fitted_on=True)], CONFIG)


def test_a_set_without_a_miss_says_so() -> None:
    assert render([chapter(RIGHT)], CONFIG).count("<p>None.</p>") == 2


def test_a_set_of_which_nothing_could_be_asked_is_shown_all_the_same() -> None:
    refused = chapter((question("1"), result("1", "refused_too_long", 0.0)))
    empty = replace(refused, results=[replace(refused.results[0], ms=0.0)])
    assert "No question could be asked." in render([empty], CONFIG)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    wants_chromium()
    with chromium() as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_everybody_can_read_it(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    shown = render([invented.invented_chapter(60), ALL], invented.CONFIG)
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
