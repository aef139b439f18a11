"""The states of the chat, and how to get there: for the tests and for the pictures."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route

QUESTION = "Wat kost een paspoort?"


def empty(page: Page) -> None:
    page.wait_for_selector("html.script .welcome")


def asked(page: Page, question: str = QUESTION, sees: str = ".turn .answered") -> None:
    page.wait_for_selector("html.script")
    page.fill("#vraag", question)
    page.press("#vraag", "Enter")
    page.wait_for_selector(sees)
    page.wait_for_selector("#melding:not(:empty), [role=log] > .fault", state="attached")


def answered(page: Page) -> None:
    asked(page)


def source_open(page: Page) -> None:
    asked(page)
    page.click(".sources summary")
    page.wait_for_selector(".sources details[open] mark")


def partly(page: Page) -> None:
    asked(page, "Dit is deels bekend")


def which(page: Page) -> None:
    asked(page, "kaart of pas", sees=".texts summary:has-text('Identiteitskaart')")
    page.click(".texts summary >> nth=1")


def unsure(page: Page) -> None:
    asked(page, "twijfel", sees=".texts")
    page.click(".texts summary >> nth=2")


def nothing(page: Page) -> None:
    asked(page, "iets onbekend", sees=".turn .unanswered")


def personal(page: Page) -> None:
    asked(page, "mijn zaak", sees=".turn .refused")


def other_authority(page: Page) -> None:
    asked(page, "aangifte van inbraak", sees=".line")


def out_of_scope(page: Page) -> None:
    asked(page, "het weer", sees=".turn .refused")


def abuse(page: Page) -> None:
    asked(page, "een scheldwoord", sees=".turn .refused")


def crisis(page: Page) -> None:
    asked(page, "ik wil dood", sees=".urgent")


def removed(page: Page) -> None:
    asked(page, "Wat kost een paspoort? Mail naar jan@voorbeeld.nl", sees=".removed")


def other_language(page: Page) -> None:
    asked(page, "Paspoort in English", sees=".note")


def search_down(page: Page) -> None:
    asked(page, "storing", sees=".turn .error")


def crash(page: Page) -> None:
    page.fill("#vraag", "kapot")
    page.press("#vraag", "Enter")
    page.wait_for_selector(".fault")


def too_long(page: Page) -> None:
    page.wait_for_selector("html.script")
    page.fill("#vraag", "paspoort " * 60)
    page.press("#vraag", "Enter")
    page.wait_for_selector("#fout:not([hidden])")


def too_many(page: Page) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=429, body="", headers={"Retry-After": "60"})

    page.route("**/chat/vragen", refuse)
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector(".fault")


def waiting(page: Page) -> None:
    page.route("**/chat/vragen", lambda _route: None)
    page.wait_for_selector("html.script")
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector("#bezig:not([hidden])")


def person(page: Page) -> None:
    page.wait_for_selector("html.script")
    page.click("#medewerker summary")


def menu(page: Page) -> None:
    asked(page)
    page.click("#menu > summary")
    page.click("#wissen summary")


def helps_not(page: Page) -> None:
    asked(page)
    page.click(".after details summary")


def no_fault_chosen(page: Page) -> None:
    helps_not(page)
    page.click(".after details .button")
    page.wait_for_selector(".after .wrong")


def told(page: Page) -> None:
    helps_not(page)
    page.check(".after input[value=outdated]")
    page.click(".after details .button")
    page.wait_for_selector(".after .done")


def wrong_address(page: Page) -> None:
    asked(page, "iets onbekend", sees=".after")
    page.click(".after summary")
    page.fill(".after input[type=email]", "geen adres")
    page.press(".after input[type=email]", "Enter")
    page.wait_for_selector(".after .wrong")


def address_left(page: Page) -> None:
    asked(page, "iets onbekend", sees=".after")
    page.click(".after summary")
    page.fill(".after input[type=email]", "jan@voorbeeld.nl")
    page.press(".after input[type=email]", "Enter")
    page.wait_for_selector(".after .done")


def wide_table(page: Page) -> None:
    asked(page, "een tabel")


def long_title(page: Page) -> None:
    asked(page, "een lange titel")
    page.click(".sources summary")


def right_to_left(page: Page) -> None:
    asked(page, "كم تكلفة جواز السفر؟")


def english(page: Page) -> None:
    asked(page)
    page.click("#taal button")
    page.wait_for_selector("html[lang=en].script .turn")


def erased(page: Page) -> None:
    menu(page)
    page.click("#wis .button >> nth=0")
    page.wait_for_selector("[role=log] > .note")


STATES: dict[str, Callable[[Page], None]] = {
    state.__name__: state
    for state in (
        empty, answered, source_open, partly, which, unsure, nothing, personal, other_authority, out_of_scope,
        abuse, crisis, removed, other_language, search_down, crash, too_long, too_many, waiting, person, menu,
        helps_not, no_fault_chosen, told, wrong_address, address_left, wide_table, long_title, right_to_left,
        english, erased,
    )
}  # fmt: skip
