"""Whole visits in the chat, by keyboard alone; what goes wrong on the way; and what stays on the device
(guards S26, P7, T2, T9, T10)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from service.web.wording_widget import DUTCH
from tests.pages.chat_site import ARABIC, CHAT, POISON, Chat, running_chat
from tests.pages.chat_states import QUESTION, answered, asked, empty
from tests.pages.conftest import Watched
from tests.pages.until import until

pytestmark = pytest.mark.browser

Opening = Callable[..., Watched]
ASK = "**/chat/vragen"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    with running_chat(tmp_path_factory.mktemp("chat")) as chat:
        yield chat


def focused(page: Page) -> str:
    words: str = page.evaluate("document.activeElement.innerText || document.activeElement.id")
    return words


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    for _ in range(40):
        page.keyboard.press(key)
        if words in focused(page):
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def turned(page: Page) -> None:
    """What came in has been dealt with: the script had its turn, and said what it had to say."""
    page.evaluate("new Promise(done => setTimeout(done, 100))")


def in_view(page: Page, selector: str) -> bool:
    """Whether all of it stands between the header and the field."""
    between: bool = page.locator(selector).evaluate(
        """element => {
            const box = each => each.getBoundingClientRect(), place = id => box(document.getElementById(id));
            return box(element).top >= place("kop").bottom
                && box(element).bottom <= place("formulier").top;
        }"""
    )
    return between


def held(page: Page) -> int:
    count: int = page.evaluate("localStorage.length + sessionStorage.length")
    return count


# -- by keyboard alone ---


def test_ask_read_the_source_and_say_that_it_does_not_help(open_page: Opening, server: Chat) -> None:
    page = open_page(CHAT).page
    empty(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the link to the field
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".answered")
    assert page.evaluate("document.activeElement.id") == "vraag"
    tab_to(page, "Lees de tekst van bron 1", "Shift+Tab")
    page.keyboard.press("Enter")
    assert page.is_visible(".sources details[open] mark")
    tab_to(page, "Dit helpt niet")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.is_checked(".after input[value=unclear]")
    page.keyboard.press("Tab")
    page.keyboard.type("Ik snap de tabel niet.")
    tab_to(page, "Stuur")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    assert focused(page) == DUTCH.thanks_not
    tab_to(page, "Krijg het antwoord per mail")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("geen adres")
    page.keyboard.press("Enter")
    page.wait_for_selector(".after .wrong")
    assert page.evaluate("document.activeElement.type") == "email"
    page.keyboard.press("Control+a")
    page.keyboard.type("jan@voorbeeld.nl")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".done:has-text('{DUTCH.address_left[:20]}')")
    assert DUTCH.address_left in focused(page)


def test_save_and_erase(open_page: Opening, tmp_path: Path) -> None:
    page = open_page(CHAT).page
    answered(page)
    tab_to(page, "Dit gesprek", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "Sla op als gegevens")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "data.json")
    assert json.loads((tmp_path / "data.json").read_text())["vragen"][0]["vraag"] == QUESTION
    tab_to(page, "Sla op om te lezen", "Shift+Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "page.html")
    assert "Een paspoort kost" in (tmp_path / "page.html").read_text()
    tab_to(page, "Wis dit gesprek")
    page.keyboard.press("Enter")
    tab_to(page, "Nee, bewaar het")
    page.keyboard.press("Enter")
    assert page.locator(".turn").count() == 1
    assert focused(page) == "Wis dit gesprek"
    page.keyboard.press("Enter")
    tab_to(page, "Ja, wis alles")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"text={DUTCH.erased}")
    assert page.locator(".turn").count() == 0
    assert page.evaluate("document.activeElement.id") == "vraag"
    assert held(page) == 0
    page.reload()
    empty(page)
    assert page.locator(".turn").count() == 0


def test_choose_what_is_meant(open_page: Opening, server: Chat) -> None:
    page = open_page(CHAT).page
    asked(page, "kaart of pas", sees=".texts")
    tab_to(page, "Identiteitskaart aanvragen", "Shift+Tab")
    page.keyboard.press("Enter")
    assert "78,92" in page.inner_text(".texts details[open]")
    # what is asked next is about what was asked, not about a title
    page.keyboard.press("Shift+Tab")
    asked(page, "En voor een kind?", sees=".turn:nth-of-type(2) .answered")
    assert server.answering.asked[-1].earlier == ("kaart of pas",)


def test_a_text_that_one_opens_is_in_view_from_its_first_line(open_page: Opening) -> None:
    page = open_page(CHAT, viewport={"width": 320, "height": 560}).page
    asked(page, "kaart of pas", sees=".texts")
    page.click(".texts summary >> nth=0")
    until(
        page,
        "document.querySelector('.texts details').getBoundingClientRect().top"
        " - document.querySelector('#kop').getBoundingClientRect().bottom < 40",
    )
    assert in_view(page, ".texts summary >> nth=0")
    assert in_view(page, ".texts mark >> nth=0")


def test_escape_closes_what_is_open_and_gives_the_focus_back(open_page: Opening) -> None:
    page = open_page(CHAT).page
    answered(page)
    tab_to(page, "Bel of kom langs", "Shift+Tab")
    page.keyboard.press("Enter")
    assert page.get_attribute("#medewerker a.call", "href") == "tel:140999"
    assert page.is_visible("#medewerker .contact")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.is_visible("#medewerker .contact")
    assert focused(page) == "Bel of kom langs"


def test_an_open_part_of_the_header_closes_when_one_goes_on(open_page: Opening) -> None:
    page = open_page(CHAT).page
    empty(page)
    page.click("#medewerker summary")
    page.focus("#vraag")
    assert not page.is_visible("#medewerker .contact")


def test_a_number_in_the_answer_opens_its_source(open_page: Opening) -> None:
    page = open_page(CHAT).page
    answered(page)
    page.click(".refer >> nth=0")
    assert page.is_visible(".sources details[open] mark")
    assert focused(page) == "Lees de tekst van bron 1"


# -- what goes wrong ---


def abort(route: Route) -> None:
    route.abort()


def fault_500(route: Route) -> None:
    route.fulfill(status=500, body="Internal Server Error")


def half_a_body(route: Route) -> None:
    route.fulfill(status=200, body='<article class="turn"><div class="mess', content_type="text/html")


def too_many(route: Route) -> None:
    route.fulfill(status=429, body="", headers={"Retry-After": "60"})


FAULTS: dict[str, tuple[Callable[[Route], None], str]] = {
    "away": (abort, "fault"),
    "500": (fault_500, "fault"),
    "half": (half_a_body, "fault"),
    "429": (too_many, "busy"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_calm_keeps_the_question_and_can_be_tried_again(open_page: Opening, fault: str) -> None:
    page = open_page(CHAT).page
    empty(page)
    answer, word = FAULTS[fault]
    page.route(ASK, answer)
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector(".fault")
    assert DUTCH.troubles[word].heading in page.inner_text(".fault")
    assert page.get_attribute(".fault", "role") == "alert"
    assert page.get_attribute(".fault a.call", "href") == "tel:140999"
    assert page.input_value("#vraag") == QUESTION
    page.press("#vraag", "Enter")
    page.wait_for_selector("#stuur[aria-disabled=false]")
    assert page.locator(".fault").count() == 1
    page.unroute(ASK)
    page.click(".fault [data-opnieuw]")
    page.wait_for_selector(".answered")
    assert page.locator(".fault").count() == 0
    assert page.input_value("#vraag") == ""


def test_without_internet_it_says_so(open_page: Opening) -> None:
    page = open_page(CHAT).page
    empty(page)
    page.context.set_offline(True)
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector(".fault")
    assert DUTCH.troubles["offline"].heading in page.inner_text(".fault")
    page.context.set_offline(False)
    page.click(".fault [data-opnieuw]")
    page.wait_for_selector(".answered")


def test_after_ten_seconds_it_stops_waiting(open_page: Opening) -> None:
    page = open_page().page
    page.clock.install()
    page.goto(page.url.replace("/zijbalk", CHAT))
    waiting_with_clock(page)
    page.clock.run_for(10_500)
    page.wait_for_selector(".fault")
    assert DUTCH.troubles["slow"].heading in page.inner_text(".fault")
    assert page.input_value("#vraag") == QUESTION


def waiting_with_clock(page: Page) -> None:
    page.route(ASK, lambda _route: None)
    page.wait_for_selector("html.script")
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.clock.run_for(500)
    page.wait_for_selector("#bezig:not([hidden])")


def test_a_slow_answer_comes_all_the_same(open_page: Opening, server: Chat) -> None:
    page = open_page(CHAT).page
    empty(page)
    server.answering.delay = 5.0
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector("#bezig:not([hidden])")
    assert page.get_attribute("#stuur", "aria-disabled") == "true"
    page.wait_for_selector(".answered", timeout=9000)
    assert page.is_hidden("#bezig")


def test_a_double_click_asks_once(open_page: Opening, server: Chat) -> None:
    page = open_page(CHAT).page
    empty(page)
    before = len(server.answering.asked)
    server.answering.delay = 0.4
    page.fill("#vraag", QUESTION)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.dblclick("#stuur")
    page.wait_for_selector(".answered")
    assert page.locator(".turn").count() == 1
    page.wait_for_selector("#stuur[aria-disabled=false]")
    assert sent == [page.url.replace(CHAT, "/chat/vragen")]
    assert len(server.answering.asked) == before + 1


def test_what_one_typed_while_waiting_stays(open_page: Opening, server: Chat) -> None:
    page = open_page(CHAT).page
    empty(page)
    server.answering.delay = 0.5
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.fill("#vraag", "En voor een kind?")
    page.wait_for_selector(".answered")
    assert page.input_value("#vraag") == "En voor een kind?"


def test_a_late_answer_does_not_come_back_after_erasing(open_page: Opening) -> None:
    page = open_page(CHAT).page
    answered(page)
    late: list[Route] = []
    page.route(ASK, lambda route: late.append(route))
    page.fill("#vraag", "En voor een kind?")
    page.press("#vraag", "Enter")
    page.click("#menu > summary")
    page.click("#wissen summary")
    page.click("#wis .button >> nth=0")
    page.wait_for_selector(f"text={DUTCH.erased}")
    with page.expect_event("requestfinished"):
        late[0].continue_()
    turned(page)
    assert page.locator(".turn").count() == 0
    assert held(page) == 0


def test_too_long_is_said_at_the_field_and_goes_away_once_it_fits(open_page: Opening, server: Chat) -> None:
    page = open_page(CHAT).page
    empty(page)
    before = len(server.answering.asked)
    page.fill("#vraag", "a" * 510)
    page.press("#vraag", "Enter")
    assert "10 tekens korter" in page.inner_text("#fout")
    assert page.get_attribute("#vraag", "aria-describedby") == "uitleg fout"
    assert page.input_value("#vraag") == "a" * 510
    page.fill("#vraag", "a" * 500)
    assert page.is_hidden("#fout")
    assert page.get_attribute("#vraag", "aria-invalid") is None
    assert len(server.answering.asked) == before


def test_an_address_that_cannot_be_sent_now_can_be_sent_again(open_page: Opening) -> None:
    page = open_page(CHAT).page
    asked(page, "iets onbekend", sees=".after")
    page.click(".after summary")
    page.fill(".after input[type=email]", "jan@voorbeeld.nl")
    page.route("**/adres", fault_500)
    page.press(".after input[type=email]", "Enter")
    page.wait_for_selector(".after .fault")
    assert page.input_value(".after input[type=email]") == "jan@voorbeeld.nl"
    page.unroute("**/adres")
    page.press(".after input[type=email]", "Enter")
    page.wait_for_selector(".after .done")


# -- what stays on the device ---


def test_nothing_is_kept_before_the_first_question_and_never_a_cookie(open_page: Opening) -> None:
    page = open_page(CHAT).page
    empty(page)
    page.fill("#vraag", "Ik typ alvast")
    assert held(page) == 0
    answered(page)
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("sessionStorage.length") == 1
    assert QUESTION not in page.evaluate("JSON.stringify(sessionStorage)")
    assert page.context.cookies() == []
    assert page.url.endswith(CHAT)


def test_after_a_reload_the_conversation_stands_there_again(open_page: Opening, server: Chat) -> None:
    page = open_page(CHAT).page
    answered(page)
    asked(page, "twijfel", sees=".texts")
    page.reload()
    page.wait_for_selector(".turn:nth-of-type(2)")
    assert QUESTION in page.inner_text("[role=log]")
    asked(page, "En nu?", sees=".turn:nth-of-type(3)")
    assert server.answering.asked[-1].earlier == (QUESTION, "twijfel")


def test_another_tab_begins_its_own(open_page: Opening, server: Chat) -> None:
    page = open_page(CHAT).page
    answered(page)
    other = page.context.new_page()
    other.goto(page.url)
    empty(other)
    asked(other, "twijfel", sees=".texts")
    assert server.answering.asked[-1].earlier == ()
    assert other.locator(".turn").count() == 1


def test_a_conversation_that_is_gone_is_forgotten(open_page: Opening) -> None:
    page = open_page(CHAT).page
    answered(page)
    kept = json.loads(page.evaluate("sessionStorage.getItem(sessionStorage.key(0))"))
    page.evaluate(
        "key => sessionStorage.setItem(sessionStorage.key(0), key)", json.dumps(kept | {"sleutel": "x"})
    )
    with page.expect_response("**/chat"):
        page.reload()
    turned(page)
    assert held(page) == 0
    assert page.locator(".turn").count() == 0


def test_a_new_conversation_begins_clean(open_page: Opening, server: Chat) -> None:
    page = open_page(CHAT).page
    answered(page)
    page.click("#menu > summary")
    page.click("#nieuw")
    empty(page)
    page.wait_for_selector("#voorbeelden")
    assert page.locator(".turn").count() == 0
    assert held(page) == 0
    asked(page, "twijfel", sees=".texts")
    assert server.answering.asked[-1].earlier == ()


def test_in_the_other_language_the_conversation_and_what_one_typed_stay(open_page: Opening) -> None:
    page = open_page(CHAT).page
    answered(page)
    page.fill("#vraag", "half a question")
    page.click("#taal button")
    page.wait_for_selector("html[lang=en].script .turn")
    assert page.input_value("#vraag") == "half a question"
    assert page.get_attribute("blockquote", "lang") == "nl"
    assert "This text is in Dutch." in page.inner_text(".answered")
    page.fill("#vraag", "")
    asked(page, "twijfel", sees=".texts")
    assert page.locator(".turn").count() == 2


def test_without_storage_it_still_works(open_page: Opening) -> None:
    page = open_page("/vraag").page
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no') } })"
    )
    page.goto(page.url.replace("/vraag", CHAT))
    answered(page)
    asked(page, "twijfel", sees=".texts")


# -- what people and texts may hold ---


@pytest.mark.parametrize("question", [POISON, "gif", "gevaarlijke kandidaat", "gevaarlijke keuze"])
def test_no_field_is_ever_code(open_page: Opening, question: str) -> None:
    page = open_page(CHAT).page
    asked(page, question, sees=".turn")
    for summary in page.locator(".turn summary").all():
        summary.click()
    assert page.locator("[role=log] img, [role=log] script").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0
    page.reload()
    page.wait_for_selector(".turn")
    assert page.locator("[role=log] img, [role=log] script").count() == 0


def test_what_somebody_explains_is_never_code(open_page: Opening) -> None:
    page = open_page(CHAT).page
    answered(page)
    page.click(".after details summary")
    page.fill(".after textarea", POISON)
    page.click(".after details .button")
    page.wait_for_selector(".after .wrong")
    assert "onerror" in page.input_value(".after textarea")
    assert page.locator("[role=log] img").count() == 0


def test_a_text_from_right_to_left_stands_so(open_page: Opening) -> None:
    page = open_page(CHAT, viewport={"width": 320, "height": 640}).page
    asked(page, ARABIC)
    assert page.evaluate("getComputedStyle(document.querySelector('.asked')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('blockquote')).direction") == "rtl"
    assert page.get_attribute("blockquote", "lang") == "ar"
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).direction") == "ltr"


# -- without script ---


def test_the_whole_visit_without_script(open_page: Opening) -> None:
    page = open_page("/vraag", java_script_enabled=False).page
    page.fill("#vraag", QUESTION)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answered")
    assert page.url.endswith("/vraag/vragen#laatste")
    page.click(".sources summary")
    assert page.is_visible(".sources mark")
    page.fill("#vraag", "kaart of pas")
    page.click("#stuur")
    page.click(".texts summary >> nth=1")
    assert page.is_visible("text=Een identiteitskaart kost")
    page.fill("#vraag", "En voor een kind?")
    page.click("#stuur")
    page.wait_for_selector(".turn:nth-of-type(3)")
    page.click(".turn:nth-of-type(3) .after details summary")
    page.check(".turn:nth-of-type(3) input[value=wrong]")
    page.click(".turn:nth-of-type(3) .after details .button")
    page.wait_for_selector(f"text={DUTCH.thanks_not}")
    page.click("#menu > summary")
    with page.expect_download():
        page.click("#menu .button >> nth=0")
    page.click("#wissen summary")
    page.click("#wis .button >> nth=0")
    page.wait_for_selector(f"text={DUTCH.erased}")
    assert page.context.cookies() == []


def test_the_script_is_small() -> None:
    from service.web.static_files import FILES

    assert len(FILES["chat.js"].content) <= 12_000
    assert len(FILES["chat.css"].content) <= 12_000
