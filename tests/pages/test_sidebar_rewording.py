"""An answer that a language model reworded: in the place of the quote, labelled, and one key away from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event

import pytest
from playwright.sync_api import Browser, Page

from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Address, Endpoint, Limits, warm_up
from service.composers.llm.rewording import Rewording
from service.domain.person import Role
from service.loop import utc_now
from service.storage.database import open_database
from service.storage.model_tokens import ModelTokens
from service.storage.rewordings import Rewordings
from service.web.reworder import Reworder
from service.web.site import build_site
from tests.pages.conftest import Watched, _watch
from tests.pages.server import listening
from tests.pages.states import listened
from tests.pages.test_accessibility import is_for_everybody
from tests.pages.test_sidebar_journeys import copied, focused
from tests.pages.until import until
from tests.service.composers.llm.scripted import Call, running
from tests.service.web.conftest import add_person, desk_in, people_in, settings_in
from tests.service.web.fakes import FakeAnswering
from tests.service.web.test_rewording_pages import GOOD, ON, PAYING

pytestmark = pytest.mark.browser

QUESTION = "Wat kost een paspoort?"
LITERAL, SUMMARY = "Bekijk de letterlijke tekst", "Bekijk de samenvatting"


@dataclass
class Reworded:
    """A sidebar at `root` with a model that answers when it is told to go on."""

    root: str
    session: str
    go_on: Event


@pytest.fixture(scope="module")
def reworded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reworded]:
    go_on = Event()

    def answer(call: Call) -> None:
        go_on.wait(30)
        call.say(GOOD, PAYING)

    warm_up()
    with running(answer) as model:
        settings = settings_in(tmp_path_factory.mktemp("reworded"), **ON)
        engine, people = open_database(settings.database_url), people_in(settings)
        address = Address(model.url, "proefmodel")
        tokens = ModelTokens(engine, settings.collection, 100_000, utc_now)
        endpoint = Endpoint(address, Limits(connect_seconds=5.0, total_seconds=30.0))
        rewords = Rewording(Calls(endpoint, tokens))
        reworder = Reworder(rewords, Rewordings(engine, settings.collection), utc_now)
        desk = replace(desk_in(settings, FakeAnswering()), reworder=reworder)
        session = people.sessions.open(add_person(people, Role.AGENT).id)
        with listening(build_site(settings, lambda: desk, people)) as port:
            yield Reworded(f"http://127.0.0.1:{port}", session, go_on)


@pytest.fixture
def page(browser: Browser, reworded: Reworded) -> Iterator[Page]:
    """The sidebar of an agent who just asked; the model still thinks."""
    reworded.go_on.clear()
    context = browser.new_context(viewport={"width": 375, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=reworded.root)
    context.add_cookies([{"name": "antwoordduo", "value": reworded.session, "url": reworded.root}])
    watched = Watched(context.new_page(), reworded.root)
    _watch(watched)
    watched.page.goto(f"{reworded.root}/zijbalk")
    with watched.page.expect_request("**/herschreven"):
        listened(watched.page, QUESTION)
    yield watched.page
    context.close()
    assert watched.faults == []


def test_the_reworded_text_takes_the_place_of_the_quote(page: Page, reworded: Reworded) -> None:
    assert page.is_visible("blockquote")
    assert page.locator(".rewording").count() == 0
    reworded.go_on.set()
    page.wait_for_selector(".rewording")
    assert page.is_hidden("blockquote")
    assert page.locator(".outcome .kind:visible").count() == 2  # the label, and with what it was made
    assert "Samengevat met AI" in page.inner_text(".rewording")
    assert PAYING in page.inner_text(".rewording")
    assert focused(page) == "vraag"
    until(page, "window.said.length === 2")  # the answer, and that its summary is ready
    is_for_everybody(page)


def test_what_is_shown_is_copied_with_how_it_was_made(page: Page, reworded: Reworded) -> None:
    reworded.go_on.set()
    page.wait_for_selector(".rewording")
    page.keyboard.press("Alt+c")
    words = copied(page)
    assert words.startswith(f"{GOOD} {PAYING}\n\nBron: Wat kost een paspoort?, Kosten en betalen\n")
    assert "Samengevat met AI (proefmodel) op " in words
    assert words.endswith("Controleer het bij de bron.")
    page.click(f"text={LITERAL}")
    assert page.is_visible("blockquote")
    assert page.is_hidden(".rewording")
    assert page.evaluate("document.activeElement.textContent") == SUMMARY
    page.evaluate("navigator.clipboard.writeText('')")
    page.evaluate("document.getElementById('melding').textContent = ''")
    page.keyboard.press("c")
    assert copied(page).endswith("Niet geschreven met AI.")
    page.keyboard.press("g")
    assert "Neem dit mee" in page.inner_text("#groot-tekst")
    page.keyboard.press("Escape")
    page.click(f"text={SUMMARY}")
    page.keyboard.press("Alt+g")
    assert "Samengevat met AI" in page.inner_text("#groot-tekst")
    assert page.locator("#groot-tekst blockquote").count() == 0


def test_who_selects_the_quote_keeps_it(page: Page, reworded: Reworded) -> None:
    page.evaluate("getSelection().selectAllChildren(document.querySelector('blockquote'))")
    reworded.go_on.set()
    page.wait_for_selector(f"text={SUMMARY}")
    assert page.is_visible("blockquote")
    assert page.is_hidden(".rewording")
