"""The pages of `/beheer` in a browser: axe, sizes, targets, the keyboard, and without the script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from embeddings.store.database import writing
from service.duos.municipality import NAME
from service.storage.choices import Choice
from service.storage.outbox import Kind, Notice
from service.web.widget.sites import PREFIX, Site, as_json
from tests.pages.conftest import Watched, _watch
from tests.pages.server import listening
from tests.pages.test_accessibility import RULES
from tests.service.web.admin.conftest import managed_site
from tests.service.web.duo.municipality import (
    NOW,
    PASSPORT_PRODUCT,
    Municipality,
    found_municipality,
    open_municipality,
)

pytestmark = pytest.mark.browser

LEFT = {"left": True}
SITE = Site("merelveen", "Gemeente Merelveen", ("https://www.merelveen.nl", "https://merelveen.nl"))
DETAILS = {
    "name": "gemeente Merelveen",
    "desks": [
        {"name": "Stadhuis", "address": "Markt 1, 1234 AB Merelveen", "hours": "maandag tot en met vrijdag"}
    ],
    "crisis": ["Bel de teamleider: toestel 1234."],
}


@dataclass(frozen=True)
class Managed:
    """A site with something to manage."""

    root: str
    town: Municipality


@pytest.fixture(scope="module")
def managed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Managed]:
    folder = tmp_path_factory.mktemp("admin")
    found_municipality(folder)
    town = open_municipality(folder)
    app, outbox = managed_site(town)
    gap = town.signal("Wat kost een paspoort op zaterdag?")
    with writing(town.engine).begin() as connection:
        for number in (1, 2):
            key = f"opened:{gap.id}:{number}"
            outbox.put(connection, Notice(Kind.MAIL, key, {"to": {}}, about=str(gap.id)))
        for name, value in (
            (NAME, DETAILS),
            ("owner:member:specialist-reis", LEFT),
            (f"{PREFIX}{SITE.key}", as_json(SITE)),
        ):
            town.desk.choices.put(connection, Choice(name, value, "Els Kok", NOW))
    for leased in outbox.lease([Kind.MAIL], "test", 60, 10):
        outbox.failed(leased, "SMTP 550 (receiver)", NOW + timedelta(days=1), refused=True)
    with listening(app) as port:
        yield Managed(f"http://127.0.0.1:{port}", town)


@pytest.fixture
def look_at(browser: Browser, managed: Managed) -> Iterator[Callable[..., Page]]:
    """Opens a page as an admin; nothing may go wrong on it."""
    contexts, pages = [], []

    def look(state: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        session = managed.town.session("admin")
        context.add_cookies([{"name": "antwoordduo", "value": session, "url": managed.root}])
        watched = Watched(context.new_page(), managed.root)
        _watch(watched)
        path, then = STATES[state]
        watched.page.goto(managed.root + path)
        then(watched.page)
        contexts.append(context)
        pages.append(watched)
        return watched.page

    yield look
    for context in contexts:
        context.close()
    assert [fault for watched in pages for fault in watched.faults] == []


def as_it_is(page: Page) -> None:
    page.wait_for_selector("main h1")


def refused(field: str, value: str) -> Callable[[Page], None]:
    """Sends the form with something that cannot be right."""

    def send(page: Page) -> None:
        page.fill(f"[name='{field}']", value)
        page.click("main form .button >> nth=0")
        page.wait_for_selector("main .wrong, main .alarm")

    return send


def overtaken(field: str, value: str) -> Callable[[Page], None]:
    """Sends a form that was opened before somebody else saved it."""

    def send(page: Page) -> None:
        page.fill(f"[name='{field}']", value)
        page.evaluate("document.querySelector('main form [name=versie]').value = '77'")
        page.click("main form .button >> nth=0")
        page.wait_for_selector("#intussen")

    return send


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "overview": ("/beheer", as_it_is),
    "municipality": ("/beheer/gemeente", as_it_is),
    "municipality refused": ("/beheer/gemeente", refused("telefoon", "12")),
    "municipality overtaken": ("/beheer/gemeente", overtaken("telefoon", "14 0777")),
    "owners": ("/beheer/eigenaren", as_it_is),
    "duo": ("/beheer/eigenaren/duos/duo-reis", as_it_is),
    "duo refused": ("/beheer/eigenaren/duos/duo-reis", refused("naam", "")),
    "duo new": ("/beheer/eigenaren/duos/nieuw", as_it_is),
    "member": ("/beheer/eigenaren/medewerkers/specialist-reis", as_it_is),
    "member overtaken": ("/beheer/eigenaren/medewerkers/specialist-reis", overtaken("naam", "Bert Smid")),
    "department": ("/beheer/eigenaren/afdelingen/burgerzaken", as_it_is),
    "product": (f"/beheer/eigenaren/product?product={PASSPORT_PRODUCT}", as_it_is),
    "charter": ("/beheer/servicenormen", as_it_is),
    "charter refused": ("/beheer/servicenormen", refused("opens_at", "0")),
    "notices": ("/beheer/berichten", as_it_is),
    "sites": ("/beheer/sites", as_it_is),
    "site": ("/beheer/sites/merelveen", as_it_is),
    "site new": ("/beheer/sites/nieuw", as_it_is),
    "site refused": ("/beheer/sites/nieuw", refused("adressen", "http://www.merelveen.nl/pad")),
    "site overtaken": ("/beheer/sites/merelveen", overtaken("naam", "Merelveen")),
    "switches": ("/beheer/schakelaars", as_it_is),
    "register": ("/beheer/algoritmeregister", as_it_is),
    "erasing": ("/beheer/gesprekken", as_it_is),
    "erasing refused": ("/beheer/gesprekken", refused("gesprek", "12")),
    "sidebar": ("/zijbalk", lambda page: page.click("text=Contact met gemeente")),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(look_at: Callable[..., Page], state: str, scheme: str) -> None:
    page = look_at(state, color_scheme=scheme)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page, options=RULES).response
        assert [one["id"] for one in found["violations"]] == [], (width, found["violations"])
        assert [one["id"] for one in found["incomplete"]] == [], (width, found["incomplete"])


@pytest.mark.parametrize("state", STATES)
def test_a_narrow_page_fits_and_can_be_touched(look_at: Callable[..., Page], state: str) -> None:
    page = look_at(state, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, select, summary, textarea, input:not([type=hidden])')]
           .filter(e => e.checkVisibility() && !e.closest('.skip'))
           .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
           .filter(([, box]) => box.height < 24 || box.width < 24).map(([html]) => html)"""
    )
    assert small == []


def test_a_duo_is_mended_with_the_keyboard_alone_and_without_the_script(
    look_at: Callable[..., Page],
) -> None:
    page = look_at("owners", java_script_enabled=False)
    page.locator("main a", has_text="Oplossen").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/duos/duo-reis")
    page.locator("#specialist").focus()
    page.keyboard.type("Dirk")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**gedaan=bewaard")
    assert page.locator("[role=status]").inner_text() == "De wijziging is bewaard."
    assert page.locator("#specialist option:checked").inner_text() == "Dirk Vos"
