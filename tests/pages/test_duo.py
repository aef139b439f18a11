"""The duos' pages in a real browser: axe in every state, 320 pixels, keyboard, and without the script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from service.domain.draft import DraftState
from tests.pages.conftest import Watched, _watch
from tests.pages.duo_office import CHECKS, Week, running_week
from tests.pages.test_accessibility import RULES, _focus_is_seen, _names

pytestmark = pytest.mark.browser

WIDTHS = (1280, 320)
OpenAs = Callable[..., Page]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    with running_week(tmp_path_factory.mktemp("week")) as running:
        yield running


@pytest.fixture
def open_as(browser: Browser, week: Week) -> Iterator[OpenAs]:
    """Opens a page as somebody, watched for what may not happen on it."""
    contexts: list[BrowserContext] = []
    pages: list[Watched] = []

    def open_one(name: str, path: str, **options: object) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))  # type: ignore[arg-type]
        contexts.append(context)
        week.sign_in(context, name)
        watched = Watched(context.new_page(), week.root)
        pages.append(watched)
        _watch(watched)
        watched.page.goto(week.root + path)
        return watched.page

    yield open_one
    for context in contexts:
        context.close()
    assert [fault for watched in pages for fault in watched.faults] == []


def the_list(open_as: OpenAs, week: Week, **options: object) -> Page:
    return open_as("anna", "/duo", **options)


def everybodys_list(open_as: OpenAs, week: Week, **options: object) -> Page:
    return open_as("coordinator", "/duo", **options)


def a_signal(open_as: OpenAs, week: Week, **options: object) -> Page:
    return _all_open(open_as("anna", f"/duo/signalen/{week.signal.number}", **options))


def a_refused_button(open_as: OpenAs, week: Week, **options: object) -> Page:
    page = open_as("anna", f"/duo/signalen/{week.signal.number}", **options)
    page.click("#afwijzen summary")
    page.fill("#afwijzen-reden", "   ")
    page.click("#afwijzen button")
    page.wait_for_selector("#afwijzen-reden[aria-invalid]")
    return page


def a_dismissed_signal(open_as: OpenAs, week: Week, **options: object) -> Page:
    return open_as("anna", f"/duo/signalen/{week.closed.number}", **options)


def a_search(open_as: OpenAs, week: Week, **options: object) -> Page:
    return open_as("anna", f"/duo/signalen/{week.signal.number}/koppelen?zoek=paspoort", **options)


def a_link(open_as: OpenAs, week: Week, **options: object) -> Page:
    return open_as("anna", f"/duo/signalen/{week.signal.number}/koppelen?tekst=vac:paspoort", **options)


def a_text_in_the_making(open_as: OpenAs, week: Week, **options: object) -> Page:
    return _all_open(open_as("anna", f"/duo/teksten/{week.writing.id}?bekijk=1", **options))


def a_text_that_is_not_ready(open_as: OpenAs, week: Week, **options: object) -> Page:
    page = open_as("anna", f"/duo/teksten/{week.writing.id}", **options)
    page.fill("#feit", "gratis")
    page.click(".buttons [value=indienen]")
    page.wait_for_selector("#feit[aria-invalid]")
    page.fill("#feit", "altijd mee")
    return page


def two_texts_at_once(open_as: OpenAs, week: Week, **options: object) -> Page:
    page = open_as("bert", f"/duo/teksten/{week.writing.id}", **options)
    page.evaluate("document.querySelector('[name=versie]').value = '1'")
    page.fill("#deel-1", "Wat Bert schreef: kinderen gaan altijd mee.")
    page.click(".buttons [value=bewaren]")
    page.wait_for_selector("#botsing")
    return page


def a_review(open_as: OpenAs, week: Week, **options: object) -> Page:
    return _all_open(open_as("bert", f"/duo/teksten/{week.submitted.id}?bekijk=1", **options))


def an_own_text(open_as: OpenAs, week: Week, **options: object) -> Page:
    return open_as("anna", f"/duo/teksten/{week.submitted.id}", **options)


def a_crisis(open_as: OpenAs, week: Week, **options: object) -> Page:
    return _all_open(open_as("coordinator", f"/duo/teksten/{week.submitted.id}", **options))


def a_proof(open_as: OpenAs, week: Week, **options: object) -> Page:
    return open_as("bert", f"/duo/teksten/{week.published.id}", **options)


def the_versions(open_as: OpenAs, week: Week, **options: object) -> Page:
    return open_as("anna", f"/duo/teksten/{week.writing.id}/versies?versie=2", **options)


def an_emergency(open_as: OpenAs, week: Week, **options: object) -> Page:
    return open_as("editor", "/duo/noodstop?zoek=rijbewijs&tekst=vac:rijbewijs", **options)


STATES = {
    state.__name__: state
    for state in (
        the_list, everybodys_list, a_signal, a_refused_button, a_dismissed_signal, a_search, a_link,
        a_text_in_the_making, a_text_that_is_not_ready, two_texts_at_once, a_review, an_own_text, a_crisis,
        a_proof, the_versions, an_emergency,
    )
}  # fmt: skip


def _all_open(page: Page) -> Page:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    return page


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_needs_sideways_scrolling(
    open_as: OpenAs, week: Week, state: str, scheme: str
) -> None:
    page = STATES[state](open_as, week, color_scheme=scheme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options=RULES).response
        assert _names(found["violations"]) == [], (width, found["violations"])
        assert _names(found["incomplete"]) == [], (width, found["incomplete"])


@pytest.mark.parametrize("state", STATES)
def test_targets_are_large_enough(open_as: OpenAs, week: Week, state: str) -> None:
    page = STATES[state](open_as, week)
    page.set_viewport_size({"width": 320, "height": 640})
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, summary, select, input:not([type=hidden]), textarea')]
           .filter(e => e.checkVisibility() && !e.closest('.skip') && !e.matches('.unseen, label *'))
           .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
           .filter(([, box]) => box.height < 24 || box.width < 24).map(([html]) => html)"""
    )
    assert small == []


@pytest.mark.parametrize("state", ["the_list", "a_signal", "a_text_in_the_making", "a_review"])
def test_the_focus_is_seen_and_not_covered(open_as: OpenAs, week: Week, state: str) -> None:
    page = STATES[state](open_as, week)
    page.set_viewport_size({"width": 320, "height": 640})
    for _ in range(30):
        page.keyboard.press("Tab")
        assert _focus_is_seen(page), page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_a_duo_works_from_signal_to_proof_with_the_keyboard_alone(open_as: OpenAs, week: Week) -> None:
    gap = week.town.signal("Moet een kind van 4 mee voor een paspoort?")
    page = open_as("anna", f"/duo/signalen/{gap.number}")
    page.focus("text=Schrijf een nieuw antwoord")
    page.keyboard.press("Enter")
    page.wait_for_selector("#titel")
    for field, words in (
        ("#titel", "Gaat een kind van 4 mee?"),
        ("#deel-1", "Ja, een kind van 4 gaat mee voor een paspoort: elk kind gaat altijd mee naar de balie."),
        ("#feit", "altijd mee"),
        ("#controle-1", CHECKS[0]),
        ("#controle-2", CHECKS[1]),
    ):
        page.focus(field)
        page.keyboard.type(words)
    page.focus("#bekijk")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tried")
    assert "/duo/teksten/" in page.url
    assert page.input_value("#titel") == "Gaat een kind van 4 mee?"
    page.focus("button[value=indienen]")
    page.keyboard.press("Space")
    page.wait_for_selector("#controle-kop")
    reviewer = open_as("bert", page.url.removeprefix(week.root).partition("?")[0])
    reviewer.focus("text=Keur goed en plaats")
    reviewer.keyboard.press("Enter")
    reviewer.wait_for_selector("#bewijs")
    assert "Opgelost: alle vragen krijgen nu het goede antwoord." in reviewer.inner_text("main")


def test_the_same_without_a_script(open_as: OpenAs, week: Week) -> None:
    gap = week.town.signal("Moet een kind van 5 mee voor een paspoort?")
    page = open_as("anna", f"/duo/signalen/{gap.number}", java_script_enabled=False)
    page.click("text=Schrijf een nieuw antwoord")
    page.fill("#titel", "Gaat een kind van 5 mee?")
    page.fill("#deel-1", "Ja, een kind van 5 gaat mee voor een paspoort.")
    page.click("text=Voeg een deel toe")
    page.fill("#deel-2", "Elk kind gaat altijd mee naar de balie.")
    page.fill("#feit", "altijd mee")
    page.click("#bekijk")
    assert "Zo antwoorden wij met deze tekst" in page.inner_text("main")
    assert page.locator(".tried").count() == 1
    assert page.input_value("#deel-2") == "Elk kind gaat altijd mee naar de balie."
    page.click("text=Haal deel 1 weg")
    assert page.input_value("#deel-1") == "Elk kind gaat altijd mee naar de balie."


def test_the_script_keeps_what_is_typed_when_the_preview_fails(open_as: OpenAs, week: Week) -> None:
    page = open_as("anna", f"/duo/teksten/{week.writing.id}")
    page.route("**/voorbeeld", lambda route: route.abort())
    page.fill("#titel", "Mijn nieuwe titel")
    page.click("#bekijk")
    page.wait_for_selector("#voorbeeld-plaats .wrong")
    assert "Uw tekst staat er nog." in page.inner_text("#voorbeeld-plaats")
    assert page.input_value("#titel") == "Mijn nieuwe titel"


def test_enter_in_a_field_saves_and_hands_nothing_in(open_as: OpenAs, week: Week) -> None:
    page = open_as("anna", f"/duo/teksten/{week.writing.id}")
    page.press("#feit", "Enter")
    page.wait_for_selector(".done")
    assert page.inner_text(".done") == "Uw tekst is bewaard."
    now = week.town.desk.drafts.find(week.writing.id)
    assert now is not None
    assert now.state is DraftState.WRITING
