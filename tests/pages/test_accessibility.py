"""The sidebar for everybody: axe in each state, size and colour; targets; motion (guards T1–T8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.pages.conftest import Watched
from tests.pages.states import STATES, answered, signed_in, typed

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}
WIDTHS = (1280, 375, 320)
WIDEST = """Math.max(...[document.documentElement, ...document.querySelectorAll('dialog[open]')]
    .map(e => e.scrollWidth))"""
SMALL = """[...document.querySelectorAll('a, button, summary, select, input:not([type=hidden]), textarea')]
    .filter(e => e.checkVisibility() && !e.closest('.skip'))
    .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
    .filter(([, box]) => box.height < 24 || box.width < 24).map(([html]) => html)"""


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}} | {
    "resultTypes": ["violations", "incomplete"]
}  # all that another colour scheme can change


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_for_everybody(open_page: Callable[..., Watched], state: str) -> None:
    page = open_page().page
    STATES[state](page)
    is_for_everybody(page)


def is_for_everybody(page: Page) -> None:
    """Axe finds nothing at any width, light or dark; at 320 pixels all fits and can be hit."""
    page.evaluate(Axe().axe_script)
    for dark, rules in ((False, RULES), (True, COLOURS)):
        page.emulate_media(color_scheme="dark" if dark else "light")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate("rules => axe.run(document, rules)", rules)
            assert _names(found["violations"]) == [], (dark, width, found["violations"])
            assert _names(found["incomplete"]) == [], (dark, width, found["incomplete"])
    # 1280 by 1024 at 400 % is 320 by 256
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(WIDEST) <= 320
    assert page.evaluate(SMALL) == []


def test_wider_text_spacing_loses_nothing(open_page: Callable[..., Watched]) -> None:
    page = open_page(viewport={"width": 320, "height": 640}).page
    answered(page)
    # WCAG 1.4.12; set through the style sheet, since a style of our own would break the policy
    page.evaluate(
        "document.styleSheets[0].insertRule("
        "'* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important }', 0)"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_letters_are_16_pixels_or_more(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    signed_in(page)
    assert (
        page.evaluate(
            "Math.min(...[...document.body.querySelectorAll('*')]"
            ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        >= 16
    )


def test_nothing_moves_for_who_wants_no_motion(open_page: Callable[..., Watched]) -> None:
    page = open_page(reduced_motion="reduce").page
    answered(page)
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_text_in_another_language_says_so(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    typed(page)
    assert page.get_attribute("html", "lang") == "nl"
    assert page.get_attribute("[data-kaart='3'] .passage", "lang") == "en"
    assert page.get_attribute("[data-kaart='3'] h3", "lang") == "en"
    assert page.get_attribute("[data-kaart='1'] .passage", "lang") is None


def test_the_focus_is_seen_and_not_covered(open_page: Callable[..., Watched]) -> None:
    page = open_page(viewport={"width": 320, "height": 640}).page
    answered(page)
    for _ in range(25):
        page.keyboard.press("Tab")
        assert _focus_is_seen(page)


def _focus_is_seen(page: Page) -> bool:
    """The middle of the focused element is on the screen, nothing lies over it, and it has an outline."""
    seen: bool = page.evaluate(
        """() => { const e = document.activeElement; if (e === document.body) return true;
            const box = e.getBoundingClientRect();
            const top = document.elementFromPoint(
                box.left + box.width / 2, box.top + Math.min(box.height / 2, 12));
            const onTop = !!top && (e.contains(top) || top.contains(e));
            return onTop && getComputedStyle(e).outlineStyle !== 'none'; }"""
    )
    return seen


def _names(results: list[dict[str, object]]) -> list[object]:
    return [result["id"] for result in results]
