"""Whole journeys in the sidebar by keyboard alone, with texts, duos and signals of a small municipality."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from service.domain.gap import Asking, Origin
from service.storage.approvals import Approvals
from tests.pages.conftest import Watched, _watch
from tests.pages.desk_server import QUESTION, UNKNOWN, Counter, running_counter
from tests.pages.states import listened, settled
from tests.pages.test_accessibility import _focus_is_seen, is_for_everybody
from tests.pages.until import until

pytestmark = pytest.mark.browser

OpenAs = Callable[..., Page]
MADE = r"Citaat uit de teksten van gemeente Merelveen\. Verstuurd op .+ 20\d\d\. Niet geschreven met AI\.$"


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    with running_counter(tmp_path_factory.mktemp("counter")) as running:
        yield running


@pytest.fixture
def open_as(browser: Browser, counter: Counter) -> Iterator[OpenAs]:
    """Opens the sidebar as somebody ("" for nobody), watched for what may not happen on it."""
    contexts: list[BrowserContext] = []
    pages: list[Watched] = []

    def open_one(name: str = "agent", path: str = "/zijbalk", **options: object) -> Page:
        context = browser.new_context(**({"viewport": {"width": 375, "height": 800}} | options))  # type: ignore[arg-type]
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=counter.root)
        contexts.append(context)
        if name:
            counter.sign_in(context, name)
        watched = Watched(context.new_page(), counter.root)
        pages.append(watched)
        _watch(watched)
        watched.page.goto(counter.root + path)
        return watched.page

    yield open_one
    for context in contexts:
        context.close()
    assert [fault for watched in pages for fault in watched.faults] == []


def ask(page: Page, question: str = QUESTION) -> None:
    """Ask with the keyboard alone, wherever the focus is."""
    page.keyboard.press("Alt+v")
    page.keyboard.type(question)
    with page.expect_response("**/zijbalk/vragen"):
        page.keyboard.press("Enter")
    page.wait_for_selector("#resultaat:not([aria-busy]) .outcome")


def copied(page: Page) -> str:
    said(page, "Gekopieerd")
    words: str = page.evaluate("navigator.clipboard.readText()")
    return words


def focused(page: Page) -> str:
    id: str = page.evaluate("document.activeElement.id || document.activeElement.name")
    return id


def said(page: Page, words: str) -> None:
    until(page, "words => document.getElementById('melding').textContent.includes(words)", arg=words)


# -- ask, read, copy ------------------------------------------------------------------------------------


def test_ask_and_copy_the_answer_with_its_source_and_how_it_was_made(open_as: OpenAs) -> None:
    page = open_as()
    ask(page)
    page.keyboard.press("Alt+c")
    words = copied(page)
    assert words.startswith("Een paspoort kost € 83,87.")
    assert "Bron: Wat kost een paspoort?, Kosten\nhttps://www.merelveen.example/paspoort" in words
    assert re.search(MADE, words)
    assert "spoed" not in words
    assert focused(page) == "vraag"


def test_an_open_text_is_copied_with_its_marked_sentences(open_as: OpenAs) -> None:
    page = open_as()
    ask(page)
    page.keyboard.press("Alt+2")
    page.wait_for_selector("[data-kaart='2'] [role=tablist]")
    page.keyboard.press("c")
    words = copied(page)
    assert "Bron: " in words
    assert re.search(MADE, words)
    title = page.inner_text("#kaart-2").split(maxsplit=1)[1]
    assert title in words


def test_what_is_for_staff_alone_is_never_copied(open_as: OpenAs) -> None:
    page = open_as()
    page.fill("#vraag", "Vraag of de klant spoed heeft")
    page.wait_for_selector(".card.staff")
    number = page.get_attribute(".card.staff", "data-kaart")
    page.evaluate("navigator.clipboard.writeText('leeg')")
    page.keyboard.press(f"Alt+{number}")
    page.keyboard.press("c")
    said(page, "alleen voor het KCC")
    assert page.evaluate("navigator.clipboard.readText()") == "leeg"


def test_without_an_answer_nothing_is_copied_by_accident(open_as: OpenAs) -> None:
    page = open_as()
    ask(page, UNKNOWN)
    page.keyboard.press("Alt+c")
    said(page, "niets om te kopiëren")


def test_words_that_were_changed_say_who_changed_them(open_as: OpenAs) -> None:
    page = open_as()
    ask(page)
    page.keyboard.press("Alt+p")
    assert focused(page) == "bewerkt"
    page.keyboard.press("Control+Home")
    page.keyboard.type("Beste klant, ")
    page.keyboard.press("Alt+c")
    words = copied(page)
    assert words.startswith("Beste klant, Een paspoort")
    assert re.search(r"Bewerkt door Henk Bos op .+, naar een citaat uit de teksten van", words)
    assert page.inner_text("#gemaakt").startswith("Bewerkt door Henk Bos")


def test_a_browser_that_does_not_let_us_copy_gets_the_words_selected(open_as: OpenAs) -> None:
    page = open_as()
    ask(page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.keyboard.press("Alt+c")
    said(page, "druk op Ctrl en C")
    assert "Een paspoort kost" in page.evaluate("getSelection().toString()")


def test_read_large_and_back(open_as: OpenAs) -> None:
    page = open_as(viewport={"width": 1280, "height": 800})
    ask(page)
    page.keyboard.press("Alt+g")
    box = page.locator("#groot").bounding_box()
    assert box is not None
    assert box["width"] >= 1270
    assert "Een paspoort kost" in page.inner_text("#groot-tekst")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('#groot-tekst p')).fontSize)")
    assert size >= 24
    page.keyboard.press("Escape")
    page.wait_for_selector("#groot:not([open])", state="attached")
    assert focused(page) == "vraag"
    assert page.input_value("#vraag") == QUESTION


# -- right, not right, to the duo ------------------------------------------------------------------------


def test_klopt_is_counted_once_for_the_text(open_as: OpenAs, counter: Counter) -> None:
    approvals = Approvals(counter.town.engine, counter.town.settings.collection)
    before = approvals.count("vac:paspoort")
    page = open_as()
    ask(page)
    page.keyboard.press("Alt+k")
    said(page, "U zei dat dit klopt")
    page.keyboard.press("Alt+k")
    settled(page)
    assert page.locator(".actions + .sent").count() == 1
    assert approvals.count("vac:paspoort") == before + 1
    assert focused(page) == "vraag"


def test_klopt_niet_is_chosen_and_sent_by_keyboard(open_as: OpenAs, counter: Counter) -> None:
    page = open_as()
    ask(page)
    page.keyboard.press("Alt+n")
    assert focused(page) == "soort"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Bel 06-12345678, het bedrag is oud.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "als signaal")
    asking = newest(counter)
    assert asking.origin is Origin.REJECTED
    assert "12345678" not in asking.remark
    assert page.locator("#melden[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('#melden summary')")
    assert page.inner_text("#melden + .sent").endswith("U ziet hier hoe het afloopt.")


def test_the_duo_is_asked_by_keyboard(open_as: OpenAs, counter: Counter) -> None:
    page = open_as()
    ask(page, UNKNOWN)
    page.keyboard.press("Alt+d")
    assert focused(page) == "toelichting"
    page.keyboard.type("De klant wacht.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "als signaal")
    assert newest(counter).remark == "De klant wacht."


def test_better_words_are_offered_to_the_duo(open_as: OpenAs, counter: Counter) -> None:
    page = open_as()
    ask(page)
    page.keyboard.press("Alt+p")
    page.click("text=Bied aan het duo aan")
    said(page, "nog niets veranderd")
    page.fill("#bewerkt", "Een paspoort kost € 83,87. " + "U betaalt alleen met pin. " * 30)
    page.click("text=Bied aan het duo aan")
    said(page, "als signaal")
    remark = newest(counter).remark
    assert remark.startswith("Zo is het antwoord verstuurd: Een paspoort kost")
    assert remark.count("alleen met pin") == 30


def newest(counter: Counter) -> Asking:
    """What an agent last brought to a list."""
    gaps = counter.town.desk.signals.gaps
    found = [gap for number in range(1, 50) if (gap := gaps.find(number))]
    brought = [one for gap in found for one in gaps.askings(gap.id) if one.reporter]
    return max(brought, key=lambda one: one.asked_at)


# -- the whole text --------------------------------------------------------------------------------------


def test_a_text_opens_at_the_heading_that_was_found_with_tabs(open_as: OpenAs) -> None:
    page = open_as()
    ask(page, "Wat zijn de leges voor een paspoort?")
    number = page.get_attribute(".card:has-text('Paspoort aanvragen')", "data-kaart")
    page.keyboard.press(f"Alt+{number}")
    card = page.locator(f"[data-kaart='{number}']")
    card.locator("[role=tablist]").wait_for()
    names = card.locator("[role=tab]").all_inner_texts()
    assert names == ["Uitleg", "Kosten", "Termijn", "Aanvragen", "Bezwaar", "Alleen KCC", "Doorverbinden"]
    assert card.locator("[aria-selected=true]").inner_text() == "Kosten"
    assert card.locator("[role=tabpanel]:visible").count() == 1
    assert card.locator("[role=tabpanel]:visible mark").count() >= 1
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "tab"
    page.keyboard.press("ArrowRight")
    assert card.locator("[aria-selected=true]").inner_text() == "Termijn"
    assert "5 werkdagen" in card.locator("[role=tabpanel]:visible").inner_text()
    page.keyboard.press("End")
    there = card.locator("[role=tabpanel]:visible").inner_text()
    assert "burgerzaken@merelveen.example" in there
    assert "Bert Smit" in there
    assert "14 0999, ma t/m vr 9 tot 17 uur" in there
    assert "Raadhuisplein 1" in there
    assert card.locator(".related a", has_text="Wat kost een paspoort?").count() == 1


def test_a_whole_text_is_a_page_too_and_needs_no_script(open_as: OpenAs) -> None:
    page = open_as(
        path="/zijbalk/teksten/vac/paspoort-product?kop=Kosten+en+betalen", java_script_enabled=False
    )
    assert page.inner_text("h1") == "Paspoort aanvragen"
    page.click(".tabs >> text=Bezwaar")
    assert page.locator("section:has(#" + page.url.rpartition("#")[2] + "-kop)").is_visible()
    assert "Lees dit niet voor" in page.inner_text(".part.staff")


def test_a_visitor_reads_the_public_parts_alone(open_as: OpenAs) -> None:
    page = open_as("", "/zijbalk/teksten/vac/paspoort-product")
    text = page.inner_text("main")
    assert "Alleen KCC" not in text
    assert "Bert Smit" not in text
    assert "reisdocument" in text


def test_a_text_that_does_not_come_leaves_what_was_found(open_as: OpenAs) -> None:
    page = open_as()
    page.route("**/zijbalk/teksten/**", lambda route: route.abort())
    ask(page)
    page.keyboard.press("Alt+1")
    page.wait_for_selector("[data-kaart='1'] .later")
    assert "83,87" in page.inner_text("[data-kaart='1']")
    page.unroute("**/zijbalk/teksten/**")
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.wait_for_selector("[data-kaart='1'] [role=tablist]")


# -- this call -------------------------------------------------------------------------------------------


def test_earlier_questions_of_this_call_are_a_button_away(open_as: OpenAs) -> None:
    page = open_as()
    ask(page)
    ask(page, UNKNOWN)
    assert page.locator(".call a").all_inner_texts() == [QUESTION]
    page.focus(".call a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".beantwoord")
    assert page.input_value("#vraag") == QUESTION
    assert page.locator(".call a").all_inner_texts() == [UNKNOWN]


def test_the_way_back_and_a_reload_bring_the_answer_again(open_as: OpenAs) -> None:
    page = open_as()
    ask(page)
    first = page.url
    ask(page, UNKNOWN)
    assert page.url != first
    page.go_back()
    page.wait_for_selector(".beantwoord")
    assert (page.url, page.input_value("#vraag")) == (first, QUESTION)
    page.reload()
    page.wait_for_selector(".beantwoord")
    assert page.input_value("#vraag") == QUESTION
    page.go_forward()
    until(page, "words => document.getElementById('vraag').value === words", arg=UNKNOWN)


def test_a_new_conversation_clears_all(open_as: OpenAs, counter: Counter) -> None:
    page = open_as()
    page.select_option("#voor", "ondernemer")
    ask(page)
    page.keyboard.press("Alt+n")
    page.keyboard.press("Escape")
    assert page.locator(".outcome").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_selector(".start")
    state = "[vraag.value, gesprek.value, voor.value, location.pathname, document.activeElement.id]"
    assert page.evaluate(state) == ["", "", "", "/zijbalk", "vraag"]
    ask(page)
    assert page.locator(".call").count() == 0


def test_only_texts_for_these_people_are_found(open_as: OpenAs) -> None:
    page = open_as()
    page.fill("#vraag", "parkeerontheffing")
    page.wait_for_selector(".card:has-text('Parkeerontheffing')")
    with page.expect_response("**/zijbalk/kandidaten"):
        page.select_option("#voor", "inwoner")
    page.wait_for_selector("#resultaat:not([aria-busy])")
    assert page.locator(".card:has-text('Parkeerontheffing')").count() == 0


def test_a_link_with_a_question_searches_it_and_stores_nothing(open_as: OpenAs, counter: Counter) -> None:
    page = open_as(path="/zijbalk?vraag=Wat+kost+een+paspoort%3F&voor=inwoner")
    assert page.input_value("#vraag") == QUESTION
    assert page.input_value("#voor") == "inwoner"
    assert page.locator(".card").count() >= 1
    assert page.locator(".outcome").count() == 0
    assert page.url.endswith("/zijbalk")
    without = open_as(path="/zijbalk?vraag=Wat+kost+een+paspoort%3F", java_script_enabled=False)
    assert without.locator(".card").count() >= 1


def test_two_tabs_are_two_calls(open_as: OpenAs) -> None:
    page = open_as()
    ask(page)
    other = page.context.new_page()
    other.goto(page.url.partition("/zijbalk")[0] + "/zijbalk")
    ask(other, UNKNOWN)
    assert other.locator(".call").count() == 0
    assert other.input_value("#gesprek") != page.input_value("#gesprek")


# -- help, and who listens -------------------------------------------------------------------------------


def test_help_lists_every_key_and_switches_the_single_ones_off(open_as: OpenAs) -> None:
    page = open_as()
    ask(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    for key in ("Alt+V", "1, 2 of 3", "C", "G", "K", "N", "D", "P", "Esc"):
        assert page.locator("#toetsen kbd", has_text=re.compile(rf"{re.escape(key)}$")).count() >= 1
    assert focused(page) == "toetsen-kop"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    assert page.locator("#groot[open]").count() == 0
    page.keyboard.press("Alt+g")
    assert page.locator("#groot[open]").count() == 1
    page.reload()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert focused(page) != "vraag"


def test_every_key_has_a_button(open_as: OpenAs) -> None:
    page = open_as()
    ask(page)
    keys = page.eval_on_selector_all(
        ".actions button", "all => all.map(one => one.getAttribute('aria-keyshortcuts')[0])"
    )
    assert keys == ["C", "G", "P", "K", "N", "D"]
    page.click("[data-doe=klopt-niet]")
    assert focused(page) == "soort"
    page.click("[data-doe=duo]")
    assert focused(page) == "toelichting"
    page.click("[data-doe=groot]")
    assert page.locator("#groot[open]").count() == 1


def test_each_thing_that_is_done_is_said_once(open_as: OpenAs) -> None:
    page = open_as()
    listened(page, QUESTION)
    said(page, "Dit staat")
    settled(page)
    [announced] = page.evaluate("window.said.splice(0)")
    assert announced == "Dit staat in onze teksten. Bron: Wat kost een paspoort?."
    assert len(announced) <= 150
    for key, words in (("c", "Gekopieerd"), ("k", "Dank u")):
        page.keyboard.press(f"Alt+{key}")
        said(page, words)
        settled(page)
        heard = page.evaluate("window.said.splice(0)")
        assert len(heard) == 1
        assert heard[0].startswith(words)


def test_the_focus_is_never_lost_or_covered_on_the_way(open_as: OpenAs) -> None:
    page = open_as(viewport={"width": 320, "height": 640})
    ask(page)
    page.keyboard.press("Alt+n")
    for _ in range(14):
        assert _focus_is_seen(page)
        page.keyboard.press("Tab")
    page.keyboard.press("Alt+1")
    page.wait_for_selector("[role=tablist]")
    for _ in range(8):
        assert page.evaluate("document.activeElement !== document.body")
        assert _focus_is_seen(page)
        page.keyboard.press("Tab")


# -- every state for everybody ---------------------------------------------------------------------------


def opened(page: Page) -> None:
    ask(page)
    page.keyboard.press("Alt+1")
    page.wait_for_selector("[data-kaart='1'] [role=tablist]")


def editing(page: Page) -> None:
    ask(page)
    page.keyboard.press("Alt+p")


def rejecting(page: Page) -> None:
    ask(page)
    page.keyboard.press("Alt+n")


def approved(page: Page) -> None:
    ask(page)
    page.keyboard.press("Alt+k")
    page.wait_for_selector(".sent")


def large(page: Page) -> None:
    ask(page)
    page.keyboard.press("Alt+g")


def helped(page: Page) -> None:
    page.click("#hulp")


def unanswered(page: Page) -> None:
    ask(page)
    ask(page, UNKNOWN)


def whole(page: Page) -> None:
    page.goto(page.url.partition("/zijbalk")[0] + "/zijbalk/teksten/vac/paspoort-product")


def long_and_wide(page: Page) -> None:
    page.fill("#vraag", "parkeerontheffing")
    page.wait_for_selector(".card:has-text('Parkeerontheffing')")
    page.keyboard.press("Alt+1")
    page.wait_for_selector("[data-kaart='1'] [role=tablist]")


STATES = (opened, editing, rejecting, approved, large, helped, unanswered, whole, long_and_wide)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_state_is_for_everybody(open_as: OpenAs, state: Callable[[Page], None]) -> None:
    page = open_as()
    state(page)
    is_for_everybody(page)


def test_words_from_right_to_left_stand_from_right_to_left(open_as: OpenAs) -> None:
    page = open_as(viewport={"width": 320, "height": 640})
    ask(page, "كم يكلف جواز السفر؟")
    assert page.evaluate("getComputedStyle(vraag).direction") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
