"""The chat for everybody: axe in each state, size and colour; targets, zoom, motion, what is announced
(guards T1–T8, A1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, ViewportSize

from service.web.wording_widget import DUTCH
from tests.pages.chat_site import CHAT, Chat, running_chat
from tests.pages.chat_states import (
    QUESTION,
    STATES,
    answered,
    asked,
    crisis,
    empty,
    menu,
    removed,
    told,
    unsure,
)
from tests.pages.conftest import Watched
from tests.pages.test_accessibility import _focus_is_seen, is_for_everybody
from tests.pages.until import until

pytestmark = pytest.mark.browser

Opening = Callable[..., Watched]
NARROW: ViewportSize = {"width": 320, "height": 640}
ZOOMED: ViewportSize = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
SHORT: ViewportSize = {"width": 320, "height": 560}  # a small telephone, or one with its keyboard open
WINDOW: ViewportSize = {"width": 400, "height": 700}  # the frame on a wide page


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    with running_chat(tmp_path_factory.mktemp("chat")) as chat:
        yield chat


# axe cannot tell the colour behind two lines of text that lie over different things, and the header and the
# field lie over what scrolls beneath them: for axe they stand where they are. The focus is looked
# at as they lie.
LOOSE = "document.querySelectorAll('header, .composer').forEach(e => { e.style.position = 'static'; })"


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_it_fits_and_can_be_touched(open_page: Opening, state: str) -> None:
    page = open_page(CHAT).page
    STATES[state](page)
    page.evaluate(LOOSE)
    is_for_everybody(page)


@pytest.mark.parametrize("path", ["/vraag", "/vraag?taal=en", "/chat?site=onbekend"])
def test_axe_finds_nothing_on_pages_without_script(open_page: Opening, path: str) -> None:
    page = open_page(path).page
    page.evaluate(LOOSE)
    is_for_everybody(page)


@pytest.mark.parametrize("state", [answered, unsure, crisis, removed])
def test_the_field_and_the_top_of_the_answer_are_in_view(
    open_page: Opening, state: Callable[[Page], None]
) -> None:
    page = open_page(CHAT, viewport=NARROW).page
    state(page)
    for turns, viewport in enumerate((NARROW, ZOOMED, SHORT, WINDOW), start=2):
        page.set_viewport_size(viewport)
        asked(page, sees=f".turn:nth-of-type({turns}) .answered")
        until(page, "document.querySelector('#melding').textContent")
        assert in_view(page, ".turn:last-child .theirs .who"), viewport
        assert in_view(page, "#vraag"), viewport
        assert in_view(page, "#stuur"), viewport
        if viewport is not ZOOMED:  # there the header scrolls along
            assert in_view(page, "#medewerker summary"), viewport
        assert page.evaluate("document.activeElement.id") == "vraag"


def in_view(page: Page, selector: str) -> bool:
    """Whether it is on the screen and nothing lies over it."""
    seen: bool = page.evaluate(
        """selector => { const e = document.querySelector(selector), box = e.getBoundingClientRect();
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return box.top >= 0 && box.bottom <= innerHeight && (e.contains(top) || top.contains(e)); }""",
        selector,
    )
    return seen


def _until(page: Page, holds: Callable[[Page], bool]) -> None:
    """What the page sets right after a key is there within a second."""
    for _ in range(20):
        if holds(page):
            return
        page.wait_for_timeout(50)
    assert holds(page), page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("state", [empty, answered, unsure, crisis, menu, told])
def test_the_focus_is_seen_and_not_covered(open_page: Opening, state: Callable[[Page], None]) -> None:
    page = open_page(CHAT, viewport=NARROW).page
    state(page)
    for key in ["Tab"] * 24 + ["Shift+Tab"] * 12:
        page.keyboard.press(key)
        _until(page, _focus_is_seen)


def test_wider_text_spacing_loses_nothing(open_page: Opening) -> None:
    page = open_page(CHAT, viewport=NARROW).page
    answered(page)
    page.evaluate(
        "document.styleSheets[1].insertRule("
        "'* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important }', 0)"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_letters_are_16_pixels_or_more(open_page: Opening) -> None:
    page = open_page(CHAT).page
    told(page)
    sizes = page.evaluate(
        "[...document.body.querySelectorAll('*')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 16


def test_nothing_moves(open_page: Opening) -> None:
    page = open_page(CHAT, reduced_motion="reduce").page
    answered(page)
    assert page.evaluate("document.getAnimations().length") == 0


def test_who_one_talks_with_stands_in_the_header_before_the_field(open_page: Opening) -> None:
    page = open_page(CHAT).page
    empty(page)
    assert page.inner_text("header .ai") == DUTCH.ai_line
    assert "AI" in page.inner_text("h1")
    before = "document.querySelector('.ai').compareDocumentPosition(document.getElementById('vraag')) & 4"
    assert page.evaluate(before)
    assert page.locator("header .ai button, header .ai + button").count() == 0


def test_the_tree_has_a_log_with_a_name_and_who_says_what(open_page: Opening) -> None:
    page = open_page(CHAT).page
    answered(page)
    log = page.get_by_role("log", name="Gesprek")
    assert log.count() == 1
    assert page.get_by_role("textbox", name="Uw vraag").count() == 1
    starts = page.eval_on_selector_all(".message", "all => all.map(e => e.innerText.split('\\n')[0])")
    assert starts == ["AI-assistent", "U", "AI-assistent"]


def test_one_announcement_for_an_answer_and_the_same_is_announced_again(open_page: Opening) -> None:
    page = open_page(CHAT).page
    empty(page)
    listen(page)
    questions = (QUESTION, QUESTION, "twijfel", "kaart of pas", "ik wil dood", "iets onbekend")
    for turns, question in enumerate(questions, start=1):
        asked(page, question, sees=f".turn:nth-of-type({turns})")
        until(page, "turns => window.said.length >= turns", arg=turns)
    page.evaluate("new Promise(done => setTimeout(done, 100))")  # longer than what says it waits
    said = page.evaluate("window.said")
    assert len(said) == len(questions)
    assert all(0 < len(one) <= 150 for one in said)


def listen(page: Page) -> None:
    """Note what every live region comes to say."""
    page.evaluate(
        """() => { window.said = [];
            const hear = ({ target, addedNodes }) => {
                const place = target.closest ? target : target.parentElement;
                const live = place.closest('[role=status], [role=alert]');
                const words = live?.textContent.trim();
                if (words && !live.hidden) window.said.push(words);
                for (const node of addedNodes) if (node.role === 'alert') window.said.push(node.innerText);
            };
            new MutationObserver(changes => changes.forEach(hear))
                .observe(document.body, { childList: true, subtree: true, characterData: true }); }"""
    )
