"""The pages on which a language model helps a duo, in a real browser: axe, 320 pixels, without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from service.composers.llm.calling import Calls
from service.composers.llm.drafting import Drafter
from service.composers.llm.endpoint import Address, Endpoint, Limits, warm_up
from service.composers.llm.plain import PlainWriter
from service.domain.gap import Gap
from service.duos.assisting import Assisting
from service.web.desk import Desk
from service.web.site import build_site
from tests.pages.conftest import Watched, _watch
from tests.pages.server import listening
from tests.pages.test_accessibility import RULES, _names
from tests.service.composers.llm.purse import Purse
from tests.service.composers.llm.scripted import Call, running
from tests.service.web.duo.municipality import Municipality, asking, found_municipality, open_municipality

pytestmark = pytest.mark.browser

QUESTION = "Wat kost een paspoort en hoe betaal ik dat?"
HARD = (
    "Grofvuil wordt door onze inzamelaars na het maken van een afspraak bij u aan huis opgehaald. "
    "Een afspraak maakt u tenminste 3 werkdagen van tevoren via afval@merelveen.example."
)
PLAIN = "Onze inzamelaars halen uw grofvuil bij u aan huis op, na een afspraak."
OpenAs = Callable[..., Page]


@dataclass(frozen=True)
class House:
    """A site with a scripted model behind it."""

    root: str
    town: Municipality

    def gap(self) -> Gap:
        return self.town.signal(QUESTION, [asking(QUESTION)])


def says(call: Call) -> None:
    if "Grofvuil wordt" in call.read:
        return call.say(PLAIN, "Dat kost € 10.", tokens=call.tokens)
    return call.say(
        "Voor een paspoort betaalt u € 83,87.", "U betaalt aan de balie met pin.", "Spoed kost € 12 extra.",
        tokens=call.tokens,
    )  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    found_municipality(folder)
    warm_up()
    town = open_municipality(folder)
    with running(says) as model:
        calls = Calls(Endpoint(Address(model.url, "proefmodel"), Limits()), Purse())
        town.desk = replace(town.desk, assisting=Assisting(Drafter(calls), PlainWriter(calls)))
        app = build_site(town.settings, lambda: cast(Desk, town.desk), town.people)
        with listening(app) as port:
            yield House(f"http://127.0.0.1:{port}", town)


@pytest.fixture
def open_as(browser: Browser, house: House) -> Iterator[OpenAs]:
    """Opens a page as somebody, watched for what may not happen on it."""
    contexts: list[BrowserContext] = []
    pages: list[Watched] = []

    def open_one(name: str, path: str, **options: object) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))  # type: ignore[arg-type]
        contexts.append(context)
        session = {"name": "antwoordduo", "value": house.town.session(name), "url": house.root}
        context.add_cookies([session])  # type: ignore[list-item]
        watched = Watched(context.new_page(), house.root)
        pages.append(watched)
        _watch(watched)
        watched.page.goto(house.root + path)
        return watched.page

    yield open_one
    for context in contexts:
        context.close()
    assert [fault for watched in pages for fault in watched.faults] == []


def a_button(open_as: OpenAs, house: House, **options: object) -> Page:
    return open_as("anna", f"/duo/signalen/{house.gap().number}", **options)


def a_first_version(open_as: OpenAs, house: House, **options: object) -> Page:
    page = a_button(open_as, house, **options)
    page.click("#voorstel button")
    page.wait_for_selector("#ai-kop")
    return page


def one_that_was_not_checked(open_as: OpenAs, house: House, **options: object) -> Page:
    page = a_first_version(open_as, house, **options)
    page.click("[value=indienen]")
    page.wait_for_selector("#gecontroleerd[aria-invalid]")
    return page


def plain_words(open_as: OpenAs, house: House, **options: object) -> Page:
    page = a_first_version(open_as, house, **options)
    page.fill("#deel-1", HARD)
    page.click("[value=eenvoudig-1]")
    page.wait_for_selector("[value=neem-1]")
    return page


STATES = {
    state.__name__: state for state in (a_button, a_first_version, one_that_was_not_checked, plain_words)
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_needs_sideways_scrolling(
    open_as: OpenAs, house: House, state: str, scheme: str
) -> None:
    page = STATES[state](open_as, house, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options=RULES).response
        assert _names(found["violations"]) == [], (width, found["violations"])
        assert _names(found["incomplete"]) == [], (width, found["incomplete"])


def test_from_a_first_version_to_a_text_of_ones_own_without_a_script(open_as: OpenAs, house: House) -> None:
    page = a_first_version(open_as, house, java_script_enabled=False)
    page.fill("#deel-1", HARD)
    page.click("[value=eenvoudig-1]")
    assert page.evaluate("location.hash") == "#eenvoudig-1"
    page.click("[value=neem-1]")
    assert page.input_value("#deel-1") == PLAIN
    assert "Er is nog niets bewaard." in page.inner_text("main")
    for field, words in (
        ("#titel", "Hoe laat ik grofvuil ophalen?"), ("#feit", "aan huis"),
        ("#controle-1", "Komt u grofvuil halen?"), ("#controle-2", "Grofvuil thuis ophalen, hoe werkt dat?"),
    ):  # fmt: skip
        page.fill(field, words)
    page.check("#gecontroleerd")
    page.click("[value=indienen]")
    assert "Elke zin gecontroleerd door Anna Bakker" in page.inner_text("main")
    assert "Deels in eenvoudige taal gezet door AI" in page.inner_text("main")
