"""What goes wrong on a working day: calm words, the question kept, and trying again works."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, Route

from tests.pages.conftest import Watched
from tests.pages.server import Running
from tests.pages.states import LISTEN, answered, asked, fill_in_sign_in, settled, sign_in, typed
from tests.pages.until import until

pytestmark = pytest.mark.browser

QUESTION = "Wat kost een paspoort?"
Open = Callable[..., Watched]


def on_ask(page: Page, handle: Callable[[Route], object]) -> None:
    page.route("**/zijbalk/vragen", handle)


def retried(page: Page) -> None:
    """The question is still there, and trying again gives the answer."""
    assert page.input_value("#vraag") == QUESTION
    page.unroute("**/zijbalk/vragen")
    page.click("text=Probeer opnieuw")
    page.wait_for_selector(".beantwoord")


def test_the_service_is_away(open_page: Open) -> None:
    page = open_page().page
    on_ask(page, lambda route: route.abort("connectionrefused"))
    asked(page, QUESTION, sees=".fault")
    assert page.get_attribute(".fault", "role") == "alert"
    retried(page)


@pytest.mark.parametrize(("status", "says"), [(429, "te druk"), (500, "Zoeken lukt nu niet")])
def test_the_server_says_no(open_page: Open, status: int, says: str) -> None:
    page = open_page().page
    on_ask(page, lambda route: route.fulfill(status=status, body="<h1>kapot</h1>", content_type="text/html"))
    asked(page, QUESTION, sees=".fault")
    assert says in page.inner_text(".fault")
    assert page.locator("text=kapot").count() == 0
    retried(page)


def test_half_an_answer_is_never_shown(open_page: Open) -> None:
    page = open_page().page

    def half(route: Route) -> None:
        whole = route.fetch()
        route.fulfill(response=whole, body=whole.text()[: len(whole.text()) // 2])

    on_ask(page, half)
    asked(page, QUESTION, sees=".fault")
    assert page.locator("blockquote").count() == 0
    retried(page)


def test_a_slow_answer_is_announced_once_and_comes(open_page: Open) -> None:
    page = open_page().page
    page.evaluate(LISTEN)

    def late(route: Route) -> None:
        time.sleep(3.3)  # the page says so after three seconds
        route.continue_()

    on_ask(page, late)
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector(".beantwoord")
    until(page, "window.said.length > 1")
    said = page.evaluate("window.said")
    assert [words.split(".")[0] for words in said if "langer" in words] == ["Het duurt langer dan anders"]
    assert said[-1].startswith("Dit staat in onze teksten")
    assert page.locator("#bezig").is_hidden()


def test_no_connection_while_typing_keeps_words_and_texts(open_page: Open) -> None:
    page = open_page().page
    typed(page)
    page.context.set_offline(True)
    page.keyboard.type(" voor")
    page.wait_for_selector(".fault")
    with page.expect_event("requestfailed"):
        page.keyboard.type(" mijn kind")
    page.wait_for_selector("#resultaat:not([aria-busy])")
    assert page.locator(".fault").count() == 1
    assert page.locator(".card").count() == 3
    assert page.evaluate("document.activeElement.id") == "vraag"
    assert page.input_value("#vraag").endswith(" mijn kind")
    page.context.set_offline(False)
    page.wait_for_selector(".fault", state="detached")
    assert page.locator(".card").count() == 3


def test_a_session_that_ended_is_said_and_signing_in_comes_back_to_the_question(
    open_page: Open, server: Running
) -> None:
    page = open_page().page
    sign_in(page)
    answered(page)
    page.context.clear_cookies()
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector("text=U bent niet meer aangemeld")
    page.fill("#vraag", "Wat kost een rijbewijs?")
    page.click("text=Meld u opnieuw aan")
    fill_in_sign_in(page)
    page.wait_for_selector("h2 >> text=Teksten die het best passen")
    assert page.input_value("#vraag") == "Wat kost een rijbewijs?"
    assert "U bent niet meer aangemeld" not in page.inner_text("main")


def test_after_signing_in_again_the_words_stand_there(open_page: Open) -> None:
    page = open_page().page
    page.fill("#vraag", "Wat kost een rijbewijs?")
    sign_in(page)
    page.wait_for_selector(".card")
    assert page.input_value("#vraag") == "Wat kost een rijbewijs?"
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    assert page.input_value("#vraag") == ""


def test_after_signing_in_the_answer_of_a_visitor_is_there_again(open_page: Open) -> None:
    page = open_page(java_script_enabled=False).page
    page.fill("#vraag", QUESTION)
    page.click("text=Vraag het")
    sign_in(page)
    assert page.locator(".beantwoord").count() == 1
    assert page.input_value("#vraag") == QUESTION


def test_an_earlier_answer_after_the_session_ended_asks_to_sign_in(open_page: Open) -> None:
    page = open_page().page
    sign_in(page)
    asked(page, "Wat kost een kaart?", sees=".beantwoord")
    asked(page, QUESTION, sees=".beantwoord")
    page.wait_for_selector(".call a")
    page.context.clear_cookies()
    page.click(".call a")
    page.wait_for_selector(".fault >> text=U bent niet meer aangemeld")
    assert page.input_value("#vraag") == QUESTION
    page.click(".fault >> text=Meld u opnieuw aan")
    page.wait_for_selector("#wachtwoord")
    assert "verder" in page.url


def test_what_cannot_be_sent_stays_written(open_page: Open) -> None:
    page = open_page().page
    sign_in(page)
    answered(page)
    page.keyboard.press("Alt+d")
    page.keyboard.type("De klant wacht.")
    page.route("**/signaal", lambda route: route.fulfill(status=500, body="kapot"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sent.wrong")
    assert "Uw woorden staan er nog" in page.inner_text(".sent")
    assert page.input_value("#toelichting") == "De klant wacht."
    page.unroute("**/signaal")
    page.route("**/signaal", lambda route: route.fulfill(status=401, body="nee"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".sent a >> text=Meld u opnieuw aan")


def test_a_double_click_on_a_button_sends_once(open_page: Open) -> None:
    page = open_page().page
    sign_in(page)
    answered(page)
    sent: list[str] = []
    said = '<p class="note" data-melding="Dank u.">Dank u.</p><!--einde-->'

    def count(route: Route) -> None:
        sent.append(route.request.url)
        time.sleep(0.2)
        route.fulfill(body=said, content_type="text/html")

    page.route("**/klopt", count)
    page.dblclick("[data-doe=klopt]")
    page.wait_for_selector(".sent")
    page.keyboard.press("Alt+k")
    settled(page)
    assert len(sent) == 1


def test_the_first_load_is_light_and_all_of_it_is_ours(open_page: Open) -> None:
    watched = open_page("/healthz/live")
    page, got = watched.page, list[Response]()
    page.on("response", lambda response: got.append(response))
    page.goto(f"{watched.root}/zijbalk")
    page.wait_for_load_state("networkidle")
    weights = {one.url: len(gzip.compress(one.body(), 6)) for one in got if one.status == 200}
    assert all(url.startswith(watched.root) for url in weights)
    assert len(weights) >= 5
    assert sum(weights.values()) <= 60 * 1024, weights
