"""An answer that is being reworded grows below the quote, sentence by checked sentence."""

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
from tests.service.web.test_rewording_pages import GOOD, LIE, ON, PAYING

pytestmark = pytest.mark.browser

OWN_WORDS = "als u 18 jaar of ouder bent"  # of the model: the quote says them nowhere
GROWING, DONE = ".under-way", ".rewording"


@dataclass
class Slow:
    """A model that writes its first sentence, and the rest when it is told to; `rest` is what comes then."""

    root: str
    session: str
    go_on: Event
    rest: list[str]
    breaks: bool = False


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slow]:
    def answer(call: Call) -> None:
        call.begin()
        call.event({"choices": [{"delta": {"content": '{"zinnen": [' + call.sentence(GOOD)}}]})
        it.go_on.wait(30)
        if it.breaks:
            return
        rest = "".join(f", {call.sentence(text)}" for text in it.rest) + "]}"
        call.event({"choices": [{"delta": {"content": rest}, "finish_reason": "stop"}]})

    warm_up()
    with running(answer) as model:
        settings = settings_in(tmp_path_factory.mktemp("slow"), **ON)
        engine, people = open_database(settings.database_url), people_in(settings)
        tokens = ModelTokens(engine, settings.collection, 100_000, utc_now)
        limits = Limits(connect_seconds=5.0, total_seconds=30.0, retry_seconds=60.0)
        rewords = Rewording(Calls(Endpoint(Address(model.url, "proefmodel"), limits), tokens))
        reworder = Reworder(rewords, Rewordings(engine, settings.collection), utc_now)
        desk = replace(desk_in(settings, FakeAnswering()), reworder=reworder)
        session = people.sessions.open(add_person(people, Role.AGENT).id)
        with listening(build_site(settings, lambda: desk, people)) as port:
            it = Slow(f"http://127.0.0.1:{port}", session, Event(), [])
            yield it


@pytest.fixture
def page(browser: Browser, slow: Slow) -> Iterator[Page]:
    """The sidebar of an agent who just asked, with the first sentence of the model below the quote."""
    slow.go_on.clear()
    slow.rest, slow.breaks = [PAYING], False
    context = browser.new_context(viewport={"width": 375, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=slow.root)
    context.add_cookies([{"name": "antwoordduo", "value": slow.session, "url": slow.root}])
    watched = Watched(context.new_page(), slow.root)
    _watch(watched)
    watched.page.goto(f"{slow.root}/zijbalk")
    listened(watched.page, "Wat kost een paspoort?")
    watched.page.wait_for_selector(GROWING)
    yield watched.page
    slow.go_on.set()
    context.close()
    assert watched.faults == []


def heard(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.said")
    return found


def test_the_first_sentence_stands_there_before_the_last_is_written(page: Page, slow: Slow) -> None:
    assert OWN_WORDS in page.inner_text(GROWING)
    assert PAYING not in page.inner_text(GROWING)
    assert "wordt gecontroleerd" in page.inner_text(GROWING)
    assert page.get_attribute(GROWING, "data-ai-generated") == "true"
    assert page.is_visible("blockquote")
    below = (
        "document.querySelector('blockquote').compareDocumentPosition(document.querySelector('.under-way'))"
    )
    assert page.evaluate(below) == 4  # it follows
    assert focused(page) == "vraag"
    is_for_everybody(page)
    until(page, "window.said.length === 1")
    slow.go_on.set()
    page.wait_for_selector(DONE)
    assert page.locator(GROWING).count() == 0
    assert page.is_hidden("blockquote")
    assert PAYING in page.inner_text(DONE)
    until(page, "window.said.length === 2")
    assert heard(page)[1] == "De samenvatting is klaar en gecontroleerd."
    assert focused(page) == "vraag"


def test_what_was_said_goes_away_when_the_whole_does_not_hold(page: Page, slow: Slow) -> None:
    slow.rest = [LIE, "Het kost € 10.", "Bel 0800 1234."]
    slow.go_on.set()
    page.wait_for_selector(GROWING, state="detached")
    assert page.is_visible("blockquote")
    assert "Dit staat letterlijk in onze tekst." in page.inner_text(".outcome")
    assert OWN_WORDS not in page.inner_text(".outcome")
    until(page, "window.said.length === 2")
    assert heard(page)[1] == "De samenvatting is weg. De letterlijke tekst blijft staan."
    is_for_everybody(page)


def test_a_model_that_breaks_off_leaves_the_quote(page: Page, slow: Slow) -> None:
    slow.breaks = True
    slow.go_on.set()
    page.wait_for_selector(GROWING, state="detached")
    assert page.is_visible("blockquote")
    assert OWN_WORDS not in page.inner_text(".outcome")
    assert "Het taalmodel gaf geen bruikbaar antwoord." in page.inner_text(".outcome")


def test_who_copies_meanwhile_gets_the_quote(page: Page) -> None:
    page.keyboard.press("Alt+c")
    words = copied(page)
    assert OWN_WORDS not in words
    assert words.endswith("Niet geschreven met AI.")
