"""News, calling back and practising in a browser: axe, sizes, targets, the keyboard, and no script."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from embeddings.store.database import writing
from service.domain.callback import Callback, CallbackNote, CallbackStep, Daypart
from service.domain.draft import RegressionQuestion
from service.domain.pinned import Pinned, Readers
from service.storage.callbacks import KeptCallbacks
from service.storage.pinned import Pins
from service.storage.practice import PracticeCounts, Verdict
from service.storage.regression import keep
from service.web.dates import local_date
from tests.pages.conftest import Watched, _watch
from tests.pages.server import listening
from tests.pages.test_accessibility import RULES
from tests.service.web.desk_town import site_of, whole_desk
from tests.service.web.duo.municipality import (
    NOW,
    PASSPORT_PRODUCT,
    Municipality,
    found_municipality,
    open_municipality,
)

pytestmark = pytest.mark.browser

LONG = "Een heel lang woord: " + "milieustraatafsluiting" * 5
NEWS = "De milieustraat is dicht"


@dataclass(frozen=True)
class Centre:
    """A site with news, people to call back, and questions to practise with."""

    root: str
    town: Municipality
    news: uuid.UUID


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder = tmp_path_factory.mktemp("desk")
    found_municipality(folder)
    town = open_municipality(folder)
    desk = whole_desk(town)
    news = filled(town)
    with listening(site_of(town, desk)) as port:
        yield Centre(f"http://127.0.0.1:{port}", town, news)


def filled(town: Municipality) -> uuid.UUID:
    """Put something on every page; the id of the news that is there."""
    engine, collection = town.engine, town.settings.collection
    pins, callbacks = Pins(engine, collection), KeptCallbacks(engine, collection)
    ids = [uuid.uuid4() for _ in range(4)]
    periods = ((-1, 30), (-2, 50), (5, 60), (-90, -2))
    readers = (Readers.BOTH, Readers.AGENTS, Readers.WEBSITE, Readers.BOTH)
    titles = (NEWS, LONG, "Stembureaus open tot 21.00 uur", "De telefoon deed het niet")
    note = CallbackNote(NOW, "Anna Bakker", CallbackStep.NOT_REACHED, "Morgen nog eens proberen.")
    with writing(engine).begin() as connection:
        for id, (start, end), who, title in zip(ids, periods, readers, titles, strict=True):
            pins.put(connection, Pinned(
                id, title, "Door de storm is de milieustraat dicht.\n\nKom morgen terug.",
                "https://www.merelveen.example/storm", who, NOW + timedelta(hours=start),
                NOW + timedelta(hours=end), "Els Kok", NOW, "Els Kok", NOW,
            ))  # fmt: skip
        for days, number, name, notes in (
            (-1, "+31612345678", "Jan de Vries", (note,)), (2, "+32470123456", "", ()),
        ):  # fmt: skip
            callbacks.add(connection, Callback(
                uuid.uuid4(), "Burgerzaken", f"{LONG} over spoed", number, name, Daypart.MORNING,
                NOW - timedelta(days=2), NOW + timedelta(days=days), tries=len(notes), notes=notes,
            ))  # fmt: skip
        keep(connection, [
            RegressionQuestion(
                uuid.uuid4(), collection, question, "vac:paspoort", "€ 83,87", None, NOW, holds=True
            )
            for question in ("Hoeveel betaal ik voor een paspoort?", "prijs nieuwe pas")
        ])  # fmt: skip
    for verdict in Verdict:
        PracticeCounts(engine, collection).add(local_date(NOW), PASSPORT_PRODUCT, verdict)
    return ids[0]


@pytest.fixture
def look_at(browser: Browser, centre: Centre) -> Iterator[Callable[..., Page]]:
    """Opens a page as somebody; nothing may go wrong on it."""
    contexts, pages = [], []

    def look(name: str, path: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        session = centre.town.session(name)
        context.add_cookies([{"name": "antwoordduo", "value": session, "url": centre.root}])
        watched = Watched(context.new_page(), centre.root)
        _watch(watched)
        watched.page.goto(centre.root + path.format(news=centre.news))
        contexts.append(context)
        pages.append(watched)
        return watched.page

    yield look
    for context in contexts:
        context.close()
    assert [fault for watched in pages for fault in watched.faults] == []


def as_it_is(page: Page) -> None:
    page.wait_for_selector("main h1, header h1")


def sent(page: Page) -> None:
    """The form as it is: something is missing."""
    page.locator("main form button:not(.danger)").last.click()
    page.wait_for_selector("main [role=alert]")


def opened(page: Page) -> None:
    """Everything that can be folded open."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")


def no_reason(page: Page) -> None:
    opened(page)
    page.locator("form[action$=doorgeven] .button").first.click()
    page.wait_for_selector("main [role=alert]")


def overtaken(page: Page) -> None:
    page.evaluate("document.querySelector('main form [name=versie]').value = '77'")
    page.locator("main form .button").first.click()
    page.wait_for_selector("main .alarm")


def picked(number: int) -> Callable[[Page], None]:
    def pick(page: Page) -> None:
        page.locator("[name=keuze]").nth(number).check()
        page.locator("main form .button").first.click()
        page.wait_for_selector("#tekst")

    return pick


def written(page: Page) -> None:
    page.fill("#antwoord", "Dat kost € 83,87.")
    page.locator("main form .button").first.click()
    page.wait_for_selector("#oordeel")


STATES: dict[str, tuple[str, str, Callable[[Page], None]]] = {
    "news": ("coordinator", "/actueel", as_it_is),
    "news over": ("coordinator", "/actueel?gedaan=nieuw", opened),
    "news refused": ("coordinator", "/actueel", sent),
    "news edited": ("coordinator", "/actueel/{news}", as_it_is),
    "news overtaken": ("coordinator", "/actueel/{news}", overtaken),
    "sidebar": ("agent", "/zijbalk", as_it_is),
    "chat": ("agent", "/vraag", as_it_is),
    "callback": ("agent", "/terugbellen/nieuw", as_it_is),
    "callback refused": ("agent", "/terugbellen/nieuw", sent),
    "callbacks": ("coordinator", "/terugbellen", opened),
    "callbacks overtaken": ("coordinator", "/terugbellen", overtaken),
    "callbacks refused": ("anna", "/terugbellen", no_reason),
    "callbacks none": ("carla", "/terugbellen?gedaan=gebeld", as_it_is),
    "practice": ("coordinator", "/oefenen", as_it_is),
    "practice pick": ("agent", "/oefenen/vraag?manier=kiezen&zaad=1", as_it_is),
    "practice pick nothing": ("agent", "/oefenen/vraag?manier=kiezen&zaad=1", sent),
    "practice picked": ("agent", "/oefenen/vraag?manier=kiezen&zaad=1", picked(0)),
    "practice picked other": ("agent", "/oefenen/vraag?manier=kiezen&zaad=1", picked(1)),
    "practice own words": ("agent", "/oefenen/vraag?manier=eigen&zaad=1", written),
    "practice end": ("agent", "/oefenen/vraag?onderwerp=geen&gehad=a,b,c&uitslag=gdn", as_it_is),
}


# the rest of the chat has tests of its own
ONLY = {"chat": "section.news"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(look_at: Callable[..., Page], state: str, scheme: str) -> None:
    name, path, then = STATES[state]
    page = look_at(name, path, color_scheme=scheme)
    then(page)
    for width in (1280, 375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page, ONLY.get(state), RULES).response
        assert [one["id"] for one in found["violations"]] == [], (width, found["violations"])
        assert [one["id"] for one in found["incomplete"]] == [], (width, found["incomplete"])


@pytest.mark.parametrize("state", STATES)
def test_a_narrow_page_fits_and_can_be_touched(look_at: Callable[..., Page], state: str) -> None:
    name, path, then = STATES[state]
    page = look_at(name, path, viewport={"width": 320, "height": 640})
    then(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, select, summary, textarea, input:not([type=hidden])')]
           .filter(e => e.checkVisibility() && e.closest('main'))
           .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
           .filter(([, box]) => box.height < 24 || box.width < 24).map(([html]) => html)"""
    )
    assert small == []


def test_news_stands_on_top_of_the_sidebar_and_of_the_chat(look_at: Callable[..., Page]) -> None:
    page = look_at("agent", "/zijbalk")
    assert page.locator(".pinned li").count() == 2
    top, below = page.locator(".pinned").bounding_box(), page.locator("#resultaat").bounding_box()
    assert top
    assert below
    assert top["y"] < below["y"]
    assert page.locator(".pinned .internal").inner_text() == "Alleen KCC"
    chat = look_at("agent", "/vraag").locator("section.news")
    assert NEWS in chat.inner_text()
    assert "milieustraatafsluiting" not in chat.inner_text()


def test_news_is_pinned_with_the_keyboard_alone_and_without_the_script(look_at: Callable[..., Page]) -> None:
    page = look_at("coordinator", "/actueel", java_script_enabled=False)
    page.locator("#titel").focus()
    page.keyboard.type("Storing bij de balie")
    page.keyboard.press("Tab")
    page.keyboard.type("De pinautomaat doet het niet.")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # alone for agents
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # today
    page.locator("#titel").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**gedaan=nieuw")
    item = page.locator("li.panel", has_text="Storing bij de balie")
    assert "Alleen medewerkers" in item.inner_text()
    assert "Geldt vandaag." in item.inner_text()
    item.locator("button").press("Enter")
    page.wait_for_url("**gedaan=gestopt")
    assert page.locator("[role=status]").inner_text() == "Het bericht is weg."


def test_a_request_is_left_and_called_with_the_keyboard_alone(look_at: Callable[..., Page]) -> None:
    page = look_at("agent", "/terugbellen/nieuw", java_script_enabled=False)
    page.locator("#nummer").focus()
    page.keyboard.type("06 87654321")
    page.locator("#over").focus()
    page.keyboard.type("Kan mijn pas met spoed?")
    page.keyboard.press("Tab")
    page.keyboard.type("Burgerzaken")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staat-klaar")
    assert "uiterlijk vrijdag 27 november" in page.locator("[role=status]").inner_text()
    page = look_at("anna", "/terugbellen", java_script_enabled=False)
    mine = page.locator("li.panel", has_text="Kan mijn pas met spoed?")
    assert mine.locator("a[href='tel:+31687654321']").inner_text() == "06 87654321"
    mine.locator("button").first.press("Enter")
    page.wait_for_url("**gedaan=gebeld")
    assert page.locator("li.panel", has_text="Kan mijn pas met spoed?").count() == 0


def test_one_practises_with_the_keyboard_alone(look_at: Callable[..., Page]) -> None:
    page = look_at("agent", "/oefenen", java_script_enabled=False)
    page.locator("main form .button").press("Enter")
    for number in (1, 2):
        page.wait_for_selector(f"h1:has-text('Vraag {number} van 2')")
        assert page.evaluate("document.activeElement.name") == "keuze"
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_selector("#tekst")
        assert page.locator("mark").count() > 0
        page.locator("main > p a.button").first.press("Enter")
    page.wait_for_selector("h1:has-text('Klaar met oefenen')")
    assert "U beantwoordde 2 vragen." in page.locator("main").inner_text()


def test_a_sidebar_that_stays_open_shows_news_that_came_later(
    look_at: Callable[..., Page], centre: Centre
) -> None:
    page = look_at("agent", "/zijbalk")
    before = page.locator(".pinned li").count()
    pins = Pins(centre.town.engine, centre.town.settings.collection)
    known = pins.find(centre.news)
    assert known is not None
    with writing(pins.engine).begin() as connection:
        pins.put(connection, replace(known, id=uuid.uuid4(), title="De brug is open", version=0))
    page.wait_for_timeout(2_500)  # as old as news may be
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("#actueel >> text=De brug is open")
    assert page.locator(".pinned li").count() == before + 1
