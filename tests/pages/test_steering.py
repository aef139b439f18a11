"""The pages of figures in a browser: axe, sizes, targets, and charts that read without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from evals.duo_data import Size
from service.domain.person import Role
from tests.pages.conftest import Watched, _watch
from tests.pages.server import listening
from tests.pages.test_accessibility import RULES
from tests.steering_data import steered_site

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "/sturing",
    "wrong": "/sturing?periode=eigen",
    "products": "/sturing/producten",
    "rows": "/sturing/signalen?wat=opgelost&periode=kwartaal",
    "monthly": "/sturing/maandbericht?maand=fout",
    "afternoon": "/sturing/kennismiddag",
}


@dataclass(frozen=True)
class Figures:
    """A site with figures, and the session of a coordinator."""

    root: str
    session: str


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    site = steered_site(tmp_path_factory.mktemp("steering"), Size(200, 0, 8, 90))
    session = site.session(site.person(Role.COORDINATOR))
    with listening(site.app) as port:
        yield Figures(f"http://127.0.0.1:{port}", session)
    site.engine.dispose()


@pytest.fixture
def look_at(browser: Browser, figures: Figures) -> Iterator[Callable[..., Page]]:
    """Opens a page of figures as a coordinator; nothing may go wrong on it."""
    contexts, pages = [], []

    def look(name: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.add_cookies([{"name": "antwoordduo", "value": figures.session, "url": figures.root}])
        watched = Watched(context.new_page(), figures.root)
        _watch(watched)
        watched.page.goto(figures.root + PAGES[name])
        contexts.append(context)
        pages.append(watched)
        return watched.page

    yield look
    for context in contexts:
        context.close()
    assert [fault for watched in pages for fault in watched.faults] == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(look_at: Callable[..., Page], name: str, scheme: str) -> None:
    page = look_at(name, color_scheme=scheme)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page, options=RULES).response
        assert [one["id"] for one in found["violations"]] == [], (width, found["violations"])
        assert [one["id"] for one in found["incomplete"]] == [], (width, found["incomplete"])


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_page_fits_and_can_be_touched(look_at: Callable[..., Page], name: str) -> None:
    page = look_at(name, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, select, input:not([type=hidden])')]
           .filter(e => e.checkVisibility() && !e.closest('.skip'))
           .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
           .filter(([, box]) => box.height < 24 || box.width < 24).map(([html]) => html)"""
    )
    assert small == []


def test_a_bar_says_its_numbers_and_is_striped_or_plain(look_at: Callable[..., Page]) -> None:
    page = look_at("overview")
    words = page.locator(".bars .bar-label").all_inner_texts()
    assert words
    assert all(any(sign.isdigit() for sign in text) for text in words)
    striped = page.locator(".bars .striped")
    assert striped.count() > 0
    assert striped.first.evaluate("e => getComputedStyle(e).fill").startswith("url(")
    assert page.locator("#strepen").count() == 1


def test_a_period_is_chosen_with_the_keyboard_alone(look_at: Callable[..., Page]) -> None:
    page = look_at("overview")
    page.focus("#periode")
    page.keyboard.type("Week")
    page.keyboard.press("Tab")
    page.focus("form.choose-figures .button")
    page.keyboard.press("Enter")
    page.wait_for_url("**periode=week**")
    assert "week 47 van 2026" in page.inner_text("h1")


def test_the_knowledge_afternoon_prints_without_its_buttons(look_at: Callable[..., Page]) -> None:
    page = look_at("afternoon")
    page.emulate_media(media="print")
    assert not page.is_visible(".choose-figures")
    assert not page.is_visible(".tabs")
    assert page.is_visible("text=Meest gevraagd zonder goed antwoord")
