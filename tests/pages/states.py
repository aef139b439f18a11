"""The states of the sidebar, and how to get there: for the tests and for the pictures."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.pages.server import AGENT_EMAIL
from tests.pages.until import until
from tests.service.web.conftest import PASSWORD

LISTEN = """() => { window.said = []; new MutationObserver(() => {
    const words = document.getElementById('melding').textContent; if (words) window.said.push(words);
}).observe(document.getElementById('melding'), { childList: true }); }"""


def settled(page: Page) -> None:
    """What the page asked before this has been answered, or was never asked."""
    page.evaluate("fetch('/healthz/live')")


def listened(page: Page, question: str) -> None:
    """Asked, and `window.said` holds what a screen reader is told from then on.

    How many texts were found while typing is said first: whether Enter comes before that is a matter of
    how fast the machine is.
    """
    page.keyboard.type(question)
    until(page, "document.getElementById('melding').textContent")
    page.evaluate(LISTEN)
    page.keyboard.press("Enter")


def empty(page: Page) -> None:
    page.wait_for_selector(".start")


def typed(page: Page, words: str = "paspoort") -> None:
    page.fill("#vraag", words)
    page.wait_for_selector(".card")


def asked(page: Page, question: str = "Wat kost een paspoort?", sees: str = ".outcome") -> None:
    page.fill("#vraag", question)
    page.press("#vraag", "Enter")
    page.wait_for_selector(f"#resultaat {sees}")


def answered(page: Page) -> None:
    asked(page, sees=".beantwoord")


def redacted(page: Page) -> None:
    asked(page, "Wat kost een paspoort? Mail naar jan@voorbeeld.nl", sees=".removed")


def no_answer(page: Page) -> None:
    asked(page, "iets onbekend", sees=".geen-bron")


def unsure(page: Page) -> None:
    asked(page, "twijfel", sees=".onzeker")


def crisis(page: Page) -> None:
    asked(page, "in gevaar", sees=".hulplijn")


def breakdown(page: Page) -> None:
    asked(page, "kapot", sees=".fault")


def wrong(page: Page) -> None:
    page.evaluate("document.getElementById('formulier').noValidate = true")
    page.evaluate("document.getElementById('formulier').submit()")
    page.wait_for_selector("#fout:not([hidden])")


def signed_in(page: Page) -> None:
    sign_in(page)
    typed(page, "spoed paspoort")
    page.keyboard.press("Alt+1")
    page.wait_for_selector("details[open]")


def sign_in(page: Page) -> None:
    page.click("text=Aanmelden")
    fill_in_sign_in(page)


def fill_in_sign_in(page: Page) -> None:
    page.fill("#email", AGENT_EMAIL)
    page.fill("#wachtwoord", PASSWORD)
    page.press("#wachtwoord", "Enter")
    page.wait_for_selector(".session")
    page.wait_for_load_state()  # the scripts have run: Enter asks


def sign_in_form(page: Page) -> None:
    page.click("text=Aanmelden")
    page.wait_for_selector("#wachtwoord")


STATES: dict[str, Callable[[Page], None]] = {
    state.__name__: state
    for state in (
        empty, typed, answered, redacted, no_answer, unsure, crisis, breakdown, wrong,
        signed_in, sign_in_form,
    )
}  # fmt: skip
