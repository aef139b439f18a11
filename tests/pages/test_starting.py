"""A visitor and an agent who come while the models are still being read: told so, and helped soon after."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page

from service.storage.choices import Choices
from service.storage.database import open_database
from service.web.desk import Desk
from service.web.site import build_site
from service.web.widget.sites import PREFIX, as_json
from service.web.wording_sidebar import SOON, SOON_HEADING
from service.web.wording_widget import DUTCH
from tests.pages.chat_site import CHAT, HOUSE, KEY, SITE, VisitorAnswering, choose
from tests.pages.conftest import Watched
from tests.pages.server import Running, listening
from tests.pages.test_accessibility import is_for_everybody
from tests.pages.test_chat_accessibility import LOOSE
from tests.service.web.conftest import desk_in, people_in, settings_in

pytestmark = pytest.mark.browser

Opening = Callable[..., Watched]
QUESTION = "Wat kost een paspoort?"


@dataclass
class Starting(Running):
    """A site that listens and cannot answer until `loaded` is set."""

    loaded: threading.Event
    app: FastAPI

    def gets_ready(self) -> None:
        self.loaded.set()
        while not self.app.state.reception.readiness().can_answer:
            threading.Event().wait(0.02)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Starting]:
    settings, answering, loaded = settings_in(tmp_path), VisitorAnswering(), threading.Event()
    people = people_in(settings)
    choose(Choices(open_database(settings.database_url), settings.collection), PREFIX + KEY, as_json(SITE))

    def load() -> Desk:
        loaded.wait(60)
        return desk_in(settings, answering)

    app = build_site(settings, load, people, municipality=lambda: HOUSE)
    with listening(app, ready=False) as port:
        yield Starting(f"http://127.0.0.1:{port}", answering, people, loaded, app)
        loaded.set()


def test_the_chat_says_that_it_starts_keeps_the_question_and_answers_it(
    open_page: Opening, server: Starting
) -> None:
    page = open_page(CHAT).page
    page.wait_for_selector("html.script")
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector(".fault")
    assert DUTCH.troubles["starting"].heading in page.inner_text(".fault")
    assert page.get_attribute(".fault a.call", "href") == "tel:140999"
    assert page.input_value("#vraag") == QUESTION
    page.evaluate(LOOSE)
    is_for_everybody(page)
    server.gets_ready()
    page.click(".fault [data-opnieuw]")
    page.wait_for_selector(".answered")
    assert page.locator(".fault").count() == 0
    assert [one.text for one in server.answering.asked] == [QUESTION]


def test_a_conversation_of_before_the_start_is_read_back_after_it(
    open_page: Opening, server: Starting
) -> None:
    page = open_page(CHAT).page
    server.gets_ready()
    page.wait_for_selector("html.script")
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector(".answered")
    ready, server.app.state.reception._desk = server.app.state.reception._desk, None
    with page.expect_response("**/chat"):
        page.reload()
    page.wait_for_selector("html.script")
    assert page.locator(".turn").count() == 0
    assert page.evaluate("sessionStorage.length") == 1  # it is not gone
    server.app.state.reception._desk = ready
    page.reload()
    page.wait_for_selector(".turn")


def test_without_script_the_question_stands_in_the_field(open_page: Opening, server: Starting) -> None:
    page = open_page("/vraag", java_script_enabled=False).page
    page.fill("#vraag", QUESTION)
    page.click("#stuur")
    assert DUTCH.troubles["starting"].heading in page.inner_text(".fault")
    assert page.input_value("#vraag") == QUESTION
    server.gets_ready()
    page.click(".fault [data-opnieuw]")
    page.wait_for_selector(".answered")


def test_a_reload_while_it_starts_gives_the_answer_once_it_can(open_page: Opening, server: Starting) -> None:
    page = open_page("/vraag", java_script_enabled=False).page
    page.fill("#vraag", QUESTION)
    page.click("#stuur")
    page.wait_for_selector(".fault")
    server.gets_ready()
    page.reload()
    page.wait_for_selector(".answered")
    assert [one.text for one in server.answering.asked] == [QUESTION]


def said(page: Page) -> str:
    return page.inner_text("#resultaat .fault")


def test_the_sidebar_says_that_it_starts_and_goes_on_by_itself(open_page: Opening, server: Starting) -> None:
    page = open_page().page
    page.fill("#vraag", "paspoort")
    page.wait_for_selector("#resultaat .fault")
    assert SOON_HEADING in said(page)
    assert page.get_attribute(".fault", "role") == "alert"
    assert page.evaluate("document.activeElement.id") == "vraag"
    is_for_everybody(page)
    # it is tried again, and said once
    page.evaluate("document.querySelector('#resultaat .fault').id = 'eerste'")
    for _ in range(2):
        with page.expect_response("**/zijbalk/kandidaten"):
            pass
    assert page.locator("#eerste").count() == page.locator(".fault").count() == 1
    server.gets_ready()
    page.wait_for_selector(".card", timeout=10_000)
    assert page.locator(".fault").count() == 0
    assert page.input_value("#vraag") == "paspoort"
    assert page.evaluate("document.activeElement.id") == "vraag"


def test_a_question_in_the_sidebar_is_asked_once_it_can(open_page: Opening, server: Starting) -> None:
    page = open_page().page
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector("#resultaat .fault")
    assert page.input_value("#vraag") == QUESTION
    server.gets_ready()
    page.wait_for_selector(".beantwoord", timeout=10_000)
    assert [one.text for one in server.answering.asked] == [QUESTION]


def test_words_typed_meanwhile_are_what_is_looked_for(open_page: Opening, server: Starting) -> None:
    page = open_page().page
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector("#resultaat .fault")
    page.fill("#vraag", "iets anders")
    server.gets_ready()
    page.wait_for_selector(".card", timeout=10_000)
    assert server.answering.asked == []


def test_the_sidebar_without_script_says_so_and_answers_when_it_is_sent_again(
    open_page: Opening, server: Starting
) -> None:
    page = open_page(java_script_enabled=False).page
    page.fill("#vraag", QUESTION)
    page.click("#formulier .button")
    assert SOON in page.inner_text("[role=alert]")
    assert page.input_value("#vraag") == QUESTION
    server.gets_ready()
    page.click("#formulier .button")
    page.wait_for_selector(".beantwoord")
