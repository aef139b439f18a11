"""The sidebar as an agent uses it: typing, asking, keys, faults, and without the script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from service.domain.answer import Answer, Certainty, Sentence, Source, Status
from tests.pages.conftest import Watched
from tests.pages.server import Running
from tests.pages.states import answered, asked, settled, sign_in, typed
from tests.service.web import fakes

pytestmark = pytest.mark.browser

POISON = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}\u202e'


def text_of(page: Page, selector: str) -> str:
    return page.inner_text(selector)


def earlier_questions(server: Running) -> tuple[str, ...]:
    """What was asked before the last question, in its conversation."""
    return server.answering.asked[-1].earlier


def test_the_field_has_the_focus_from_the_start(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    assert page.evaluate("document.activeElement.id") == "vraag"
    assert page.get_attribute("#vraag", "maxlength") == "500"


def test_texts_appear_while_one_types_and_nothing_is_asked(
    open_page: Callable[..., Watched], server: Running
) -> None:
    page = open_page().page
    before = len(server.answering.asked)
    typed(page)
    assert page.locator(".card").count() == 3
    assert text_of(page, "[data-kaart='1'] mark") == "Een paspoort kost €\u00a083,87."
    assert "Zekerheid: hoog" in text_of(page, "[data-kaart='1']")
    assert "Bijgewerkt 3 juli 2026" in text_of(page, "[data-kaart='1']")
    assert "Burgerzaken" in text_of(page, "[data-kaart='1']")
    assert page.locator("[data-kaart='2'] circle.full").count() == 2
    assert len(server.answering.asked) == before


def test_candidates_stand_there_soon_after_the_last_key(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    typed(page)
    page.evaluate(
        """() => { const f = document.getElementById('vraag'); window.took = new Promise(done => {
            f.value = 'rijbewijs'; const t = performance.now();
            new MutationObserver(() => done(performance.now() - t))
                .observe(document.getElementById('resultaat'), { childList: true });
            f.dispatchEvent(new Event('input', { bubbles: true })); }); }"""
    )
    assert page.evaluate("window.took") < 1000  # 150 of it is the pause; the rest depends on the machine


def test_enter_asks_and_shows_the_quote_with_its_source(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    answered(page)
    assert "Een paspoort kost" in text_of(page, "blockquote")
    assert page.locator("blockquote").get_attribute("data-ai-generated") == "false"
    assert page.locator("blockquote table th").count() == 3
    assert page.locator("blockquote li").count() == 2
    assert "Wat kost een paspoort?" in text_of(page, ".sources")
    assert page.input_value("#vraag") == "Wat kost een paspoort?"
    page.click("blockquote .refer >> nth=0")
    assert page.url.endswith("#bron-1")


def test_a_late_result_never_covers_a_newer_one(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    held: list[Route] = []
    page.route("**/zijbalk/kandidaten", lambda route: held.append(route) if not held else route.continue_())
    with page.expect_request("**/zijbalk/kandidaten"):
        page.fill("#vraag", "onbekend")
    page.fill("#vraag", "paspoort")
    page.wait_for_selector(".card")
    held[0].fulfill(body="<p>oud</p>", content_type="text/html")
    settled(page)
    assert page.locator(".card").count() == 3


def test_words_stay_while_the_next_result_loads(open_page: Callable[..., Watched], server: Running) -> None:
    page = open_page().page
    typed(page)
    server.answering.delay = 0.6
    page.fill("#vraag", "paspoort kind")
    page.wait_for_selector("#resultaat[aria-busy]")
    assert page.locator(".card").count() == 3
    page.wait_for_selector("#bezig:not([hidden])")
    page.wait_for_selector("#bezig[hidden]", state="attached")


def test_keys_do_everything(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    page.keyboard.type("Wat kost een paspoort?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".beantwoord")
    page.keyboard.press("Alt+1")
    assert page.locator("[data-kaart='1'] details[open]").count() == 1
    page.keyboard.press("2")
    assert page.evaluate("document.activeElement.id") == "open-2"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "kaart-1"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "vraag"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "kaart-1"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "vraag"
    page.keyboard.press("Alt+3")
    page.keyboard.press("Alt+v")
    assert page.evaluate("document.activeElement.id") == "vraag"
    page.keyboard.press("Escape")
    page.wait_for_selector(".start")
    assert page.input_value("#vraag") == ""
    assert page.input_value("#gesprek") == ""


def test_a_slash_and_a_digit_can_be_typed(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    page.keyboard.type("1/2 pas")
    assert page.input_value("#vraag") == "1/2 pas"


def test_a_later_question_stays_in_its_conversation(
    open_page: Callable[..., Watched], server: Running
) -> None:
    page = open_page().page
    answered(page)
    asked(page, "En met twijfel?", sees=".onzeker")
    assert earlier_questions(server) == ("Wat kost een paspoort?",)
    page.click("#nieuw")
    answered(page)
    assert earlier_questions(server) == ()


def test_removed_data_is_said_and_the_rest_is_shown(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    asked(page, "Paspoort, mail jan@voorbeeld.nl", sees=".removed")
    assert "e-mailadres" in text_of(page, ".removed")
    assert "[e-mailadres]" in text_of(page, ".removed q")
    assert "jan@voorbeeld.nl" not in text_of(page, "#resultaat")


def test_degraded_says_that_search_goes_by_words(open_page: Callable[..., Watched], server: Running) -> None:
    page = open_page().page
    server.answering.degraded = True
    asked(page, sees=".onzeker")
    assert "alleen op woorden" in text_of(page, ".degraded")


def test_a_search_that_failed_altogether_is_no_lack_of_texts(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    asked(page, "storing", sees=".storing")
    assert "Zoeken lukt nu niet" in text_of(page, ".storing")
    assert page.locator(".storing .button").count() == 1


def test_an_example_asks_itself(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    example = text_of(page, ".example >> nth=0")
    page.click(".example >> nth=0")
    page.wait_for_selector(".beantwoord")
    assert page.input_value("#vraag") == example


def test_a_double_click_asks_once(open_page: Callable[..., Watched], server: Running) -> None:
    page = open_page().page
    server.answering.delay = 0.3
    before = len(server.answering.asked)
    page.fill("#vraag", "Wat kost een paspoort?")
    page.dblclick("text=Vraag het")
    page.wait_for_selector(".beantwoord")
    assert len(server.answering.asked) == before + 1


def test_a_visitor_is_told_that_only_public_texts_are_shown(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    assert "alleen openbare teksten" in text_of(page, ".visitor")
    typed(page)
    assert page.locator(".internal").count() == 0


def test_staff_see_internal_notes_marked_and_the_duo(open_page: Callable[..., Watched]) -> None:
    page = open_page().page
    sign_in(page)
    typed(page, "spoed")
    assert text_of(page, "[data-kaart='2'] .internal") == "Alleen KCC"
    assert "duo Reisdocumenten" in text_of(page, "[data-kaart='1']")
    assert page.locator(".visitor").count() == 0
    page.click("text=Afmelden")
    page.wait_for_url("**/aanmelden")
    page.goto(page.url.replace("/aanmelden", "/zijbalk"))
    assert "alleen openbare teksten" in text_of(page, ".visitor")


def test_it_all_works_without_the_script(open_page: Callable[..., Watched]) -> None:
    page = open_page(java_script_enabled=False).page
    page.fill("#vraag", "Wat kost een paspoort?")
    page.click("text=Vraag het")
    assert "Een paspoort kost" in text_of(page, "blockquote")
    page.fill("#vraag", "twijfel")
    page.click("text=Vraag het")
    assert page.locator(".onzeker").count() == 1
    page.click("text=Nieuw gesprek")
    page.click(".example >> nth=1")
    assert page.locator(".beantwoord").count() == 1
    page.click("text=Hele tekst >> nth=0")
    assert page.locator("details[open] table").count() == 1


def test_an_empty_question_without_the_script_is_explained(open_page: Callable[..., Watched]) -> None:
    page = open_page(java_script_enabled=False).page
    page.fill("#vraag", "  \u200b ")
    page.click("text=Vraag het")
    assert "Typ eerst een vraag" in text_of(page, "#fout")


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    candidate = fakes.passport(
        title=POISON, heading=POISON, text=f"{POISON}\n\n• {POISON}\n\n{POISON}\t{POISON}\n{POISON}\tb",
        marked=(POISON,), url="javascript:alert(3)", owner=POISON, document=POISON,
    )  # fmt: skip
    source = Source(1, POISON, POISON, POISON, POISON, "javascript:alert(4)", None, POISON)
    answer = Answer(
        Status.ANSWERED, Certainty.HIGH, 0.9, (Sentence(POISON, (1,)),), (source,), (candidate,)
    )  # fmt: skip
    monkeypatch.setattr(fakes, "_candidates", lambda _asker: (candidate,))
    monkeypatch.setattr(fakes, "_cited", lambda _candidates: answer)


@pytest.mark.parametrize("script", [True, False])
def test_script_in_any_text_is_shown_and_never_runs(
    open_page: Callable[..., Watched], poisoned: None, script: bool
) -> None:
    page = open_page(java_script_enabled=script).page
    page.fill("#vraag", POISON)
    page.click("text=Vraag het")
    page.wait_for_selector(".beantwoord")
    assert "<script>alert(2)</script>" in text_of(page, "blockquote")
    assert "<img src=x" in text_of(page, ".card h3")
    assert "{{7*7}}" in page.content()
    assert page.locator("#resultaat img, #resultaat script").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_a_title_of_300_signs_and_a_wide_table_break_nothing(
    open_page: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = "\t".join("kolom" * 4 for _ in range(8))
    long = fakes.passport(
        title="x" * 300, text=f"{row}\n{row}", marked=(), owner="y" * 200, heading="z" * 200
    )
    monkeypatch.setattr(fakes, "_candidates", lambda _asker: (long,))
    page = open_page(viewport={"width": 320, "height": 640}).page
    typed(page, "v" * 500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_an_unknown_page_is_calm(open_page: Callable[..., Watched]) -> None:
    page = open_page("/onbekend").page
    assert "Dit is er niet" in text_of(page, "h1")
    page.click("text=Terug naar de vraag")
    page.wait_for_selector("#vraag")
