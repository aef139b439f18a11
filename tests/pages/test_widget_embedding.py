"""The chat on somebody else's page: three origins in a real browser (guards S12, S13, P7, T2, T11)."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, Request

from service.web.site import build_site
from service.web.switches import Switches
from service.web.widget.loader import FIXED, INTEGRITY, LOADERS
from service.web.widget.sites import Site
from tests.pages.server import listening
from tests.pages.test_accessibility import RULES, WIDTHS, is_for_everybody
from tests.service.web.conftest import desk_in, people_in, settings_in
from tests.service.web.fakes import FakeAnswering
from tests.service.web.sites_site import keep_site, keep_switches

pytestmark = pytest.mark.browser

HOST_PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Gemeente</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
<header><p>Gemeente</p></header>
<main><h1>Welkom</h1><p><a href="#x">Paspoort</a></p><p style="height:120vh">Tekst</p><p id="x">Einde</p>
</main>
{script}</body></html>"""
# what the documentation asks of a website with a strict policy of its own, and nothing more
POLICY = "default-src 'none'; script-src {widget}; frame-src {widget}; require-trusted-types-for 'script'"
STRICT_PAGE = HOST_PAGE.replace(' style="height:120vh"', "")
# the chat inside the frame is looked at by itself: axe cannot look into another origin
OF_HOST = RULES | {"iframes": False, "rules": {"frame-tested": {"enabled": False}}}


@dataclass
class Host:
    """A website of somebody else, at `root`. Change `script` to change what stands in its page."""

    root: str
    script: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Town:
    """The service, and three websites: two that may show the chat, and one that may not."""

    root: str
    app: Any
    settings: Any
    allowed: Host
    refused: Host


def website(name: str) -> tuple[Host, ThreadingHTTPServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            for key, value in ({"Content-Type": "text/html; charset=utf-8"} | host.headers).items():
                self.send_header(key, value)
            self.end_headers()
            written = STRICT_PAGE if host.headers else HOST_PAGE
            self.wfile.write(written.format(script=host.script).encode())

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host = Host(f"http://{name}:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return host, server


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    allowed, first = website("localhost")
    refused, second = website("localhost")
    settings = settings_in(tmp_path_factory.mktemp("embedding"))
    people = people_in(settings)
    keep_site(settings, Site("merelveen", "Gemeente Merelveen", (allowed.root,)))
    app = build_site(settings, lambda: desk_in(settings, FakeAnswering()), people)
    with listening(app) as port:
        yield Town(f"http://127.0.0.1:{port}", app, settings, allowed, refused)
    for server in (first, second):
        server.shutdown()
        server.server_close()


@pytest.fixture
def visit(browser: Browser, town: Town) -> Iterator[Callable[..., Page]]:
    """Opens a website with the chat in it, and notes what the page asks of others."""
    for host in (town.allowed, town.refused):
        host.script, host.headers = line(town), {}
    keep_switches(town.settings, Switches())
    town.app.state.switches.forget()
    contexts = []

    def open_one(host: Host | None = None, **options: Any) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        contexts.append(context)
        page = context.new_page()
        asked: list[str] = []
        page.asked = asked  # type: ignore[attr-defined]

        def note(request: Request) -> None:
            asked.append(request.url)

        page.on("request", note)
        page.goto((host or town.allowed).root + "/")
        return page

    yield open_one
    for context in contexts:
        context.close()


def line(town: Town, more: str = "") -> str:
    about = f'data-site="merelveen" data-telefoon="14 0999" {more}'
    return f'<script src="{town.root}/widget.js" {about} async></script>'


def opened(page: Page) -> Frame:
    """The chat, opened and ready for a question."""
    page.click("antwoordduo-chat .open")
    page.frame_locator("antwoordduo-chat iframe").locator("textarea").wait_for()
    page.wait_for_selector("antwoordduo-chat .note:empty", state="attached")
    (frame,) = page.frames[1:]
    return frame


def test_nothing_is_asked_for_before_it_is_opened(visit: Callable[..., Page], town: Town) -> None:
    page = visit()
    page.wait_for_selector("antwoordduo-chat .open")
    page.wait_for_load_state("networkidle")
    of_ours = [url for url in page.asked if url.startswith(town.root)]  # type: ignore[attr-defined]
    assert of_ours == [f"{town.root}/widget.js"]
    assert page.context.cookies() == []


def test_it_opens_in_a_frame_of_ours_and_asks_nobody_else(visit: Callable[..., Page], town: Town) -> None:
    page = visit()
    frame = opened(page)
    assert frame.url.startswith(f"{town.root}/chat?site=merelveen")
    asked = {"/".join(url.split("/")[:3]) for url in page.asked}  # type: ignore[attr-defined]
    assert asked == {town.root, town.allowed.root}
    assert page.context.cookies() == []
    # a browser that keeps nothing for frames of others throws: that is nothing kept too
    kept = "(() => { try { return localStorage.length + sessionStorage.length; } catch { return 0; } })()"
    assert frame.evaluate(kept) == 0
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_question_is_answered_in_the_frame(visit: Callable[..., Page]) -> None:
    page = visit()
    frame = opened(page)
    frame.fill("textarea", "Wat kost een paspoort?")
    frame.press("textarea", "Enter")
    frame.wait_for_selector("text=Een paspoort kost")
    assert page.context.cookies() == []


def test_a_website_that_is_not_on_the_list_shows_nothing(visit: Callable[..., Page], town: Town) -> None:
    page = visit(town.refused)
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.click("antwoordduo-chat .open")
    (frame,) = page.frames[1:]
    assert not frame.url.startswith(town.root)
    assert frame.query_selector("textarea") is None
    assert page.evaluate("document.querySelector('antwoordduo-chat').ready") is None
    assert page.locator("antwoordduo-chat .close").is_visible()


def test_the_host_cannot_read_the_chat(visit: Callable[..., Page]) -> None:
    page = visit()
    opened(page)
    inside = "document.querySelector('antwoordduo-chat').shadowRoot.querySelector('iframe')"
    assert page.evaluate(f"{inside}.contentDocument") is None
    with pytest.raises(Exception, match="cross-origin"):
        page.evaluate(f"{inside}.contentWindow.document.body")


def test_the_chat_cannot_lead_the_page_away(visit: Callable[..., Page], town: Town) -> None:
    page = visit()
    frame = opened(page)
    frame.evaluate("() => { try { top.location.href = 'https://kwaad.example/'; } catch { /* refused */ } }")
    page.wait_for_timeout(300)
    assert page.url == f"{town.allowed.root}/"


def test_words_from_elsewhere_close_nothing(visit: Callable[..., Page]) -> None:
    page = visit()
    frame = opened(page)
    close = "window.postMessage({antwoordduo: 'sluit'}, '*')"
    page.evaluate(close)
    # our own origin, but not the chat's window
    page.evaluate(
        """origin => dispatchEvent(
            new MessageEvent('message', {data: {antwoordduo: 'sluit'}, origin, source: window}))""",
        "/".join(frame.url.split("/")[:3]),
    )
    page.wait_for_timeout(200)
    assert page.locator("antwoordduo-chat .panel").is_visible()


def test_a_word_from_elsewhere_moves_nothing_in_the_chat(visit: Callable[..., Page]) -> None:
    page = visit()
    frame = opened(page)
    frame.evaluate("document.activeElement.blur()")
    frame.evaluate("window.postMessage({antwoordduo: 'open'}, '*')")
    page.wait_for_timeout(200)
    assert frame.evaluate("document.activeElement.tagName") == "BODY"


def test_the_keyboard_alone_opens_asks_closes_and_comes_back(visit: Callable[..., Page]) -> None:
    page = visit()
    page.wait_for_selector("antwoordduo-chat .open")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert focused(page) == "open"
    page.keyboard.press("Enter")
    page.frame_locator("antwoordduo-chat iframe").locator("textarea:focus").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_selector("antwoordduo-chat .open")
    assert focused(page) == "open"
    page.keyboard.press("Space")
    page.frame_locator("antwoordduo-chat iframe").locator("textarea:focus").wait_for()
    page.keyboard.type("Wat kost een paspoort?")
    page.keyboard.press("Enter")
    page.frame_locator("antwoordduo-chat iframe").locator("text=Een paspoort kost").first.wait_for()
    page.click("antwoordduo-chat .close")
    assert focused(page) == "open"
    assert page.locator("antwoordduo-chat .panel").is_hidden()


def focused(page: Page) -> str:
    name: str = page.evaluate(
        "document.querySelector('antwoordduo-chat').shadowRoot.activeElement?.className ?? ''"
    )
    return name


def test_axe_finds_no_more_in_the_host_than_without(visit: Callable[..., Page], town: Town) -> None:
    town.allowed.script = ""
    without = by_width(visit())
    town.allowed.script = line(town)
    page = visit()
    page.wait_for_selector("antwoordduo-chat .open")
    assert by_width(page) == without
    opened(page)
    assert by_width(page) == without


def by_width(page: Page) -> list[set[str]]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found.append(names(Axe().run(page, options=OF_HOST).response))
    return found


def names(response: dict[str, Any]) -> set[str]:
    return {one["id"] for kind in ("violations", "incomplete") for one in response[kind]}


def test_the_host_moves_by_nothing_and_keeps_its_styles(visit: Callable[..., Page], town: Town) -> None:
    styles = """() => JSON.stringify([...document.querySelectorAll('body, main, h1, p, a')].map(
        e => [e.getBoundingClientRect().toJSON(), {...getComputedStyle(e)}]))"""
    town.allowed.script = ""
    before = visit().evaluate(styles)
    town.allowed.script = line(town)
    page = visit()
    page.evaluate(
        """() => { window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(
            entry => { window.shift += entry.value; })).observe({type: 'layout-shift', buffered: true}); }"""
    )
    opened(page)
    page.click("antwoordduo-chat .close")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") == 0
    assert page.evaluate(styles) == before
    assert page.evaluate("document.head.querySelectorAll('style, link').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_host_with_a_strict_policy_needs_two_sources(visit: Callable[..., Page], town: Town) -> None:
    town.allowed.headers = {"Content-Security-Policy": POLICY.format(widget=town.root)}
    page = visit()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    opened(page)
    look = "e => getComputedStyle(e.shadowRoot.querySelector('.panel')).position"
    assert page.eval_on_selector("antwoordduo-chat", look) == "fixed"
    assert faults == []


@pytest.mark.parametrize(("integrity", "runs"), [(INTEGRITY, True), ("sha384-" + "A" * 64, False)])
def test_the_fixed_address_is_checked_by_the_browser(
    visit: Callable[..., Page], town: Town, integrity: str, runs: bool
) -> None:
    town.allowed.script = (
        f'<script src="{town.root}{FIXED}" integrity="{integrity}" crossorigin="anonymous" '
        'data-site="merelveen" async></script>'
    )
    page = visit()
    page.wait_for_load_state("networkidle")
    assert page.locator("antwoordduo-chat").count() == runs


@pytest.mark.parametrize("version", LOADERS)
def test_every_loader_that_was_released_opens_the_chat_of_today(
    visit: Callable[..., Page], town: Town, version: str
) -> None:
    digest = base64.b64encode(hashlib.sha384(LOADERS[version].content).digest()).decode()
    town.allowed.script = (
        f'<script src="{town.root}/widget/{version}/widget.js" integrity="sha384-{digest}" '
        'crossorigin="anonymous" data-site="merelveen" async></script>'
    )
    page = visit()
    frame = opened(page)
    frame.fill("textarea", "Wat kost een paspoort?")
    frame.press("textarea", "Enter")
    frame.wait_for_selector("text=Een paspoort kost")
    frame.press("textarea", "Escape")
    page.wait_for_selector("antwoordduo-chat .open")


def test_the_way_back_leads_through_the_chat_and_not_off_the_page(
    visit: Callable[..., Page], town: Town
) -> None:
    page = visit()
    frame = opened(page)
    frame.fill("textarea", "Wat kost een paspoort?")
    frame.press("textarea", "Enter")
    frame.wait_for_selector(".turn")
    frame.click("#taal button")
    inside = page.frame_locator("antwoordduo-chat iframe")
    inside.locator("html[lang=en] .turn").wait_for()
    page.evaluate("history.back()")
    # this browser keeps nothing for a frame of another: what was asked is not shown again, and one can go on
    inside.locator("html[lang=nl].script #voorbeelden").wait_for()
    assert page.url == f"{town.allowed.root}/"
    assert page.locator("antwoordduo-chat .panel").is_visible()
    inside.locator("#vraag").fill("Wat kost een paspoort?")
    inside.locator("#vraag").press("Enter")
    inside.locator(".turn").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_selector("antwoordduo-chat .open")


def test_the_line_twice_is_one_chat(visit: Callable[..., Page], town: Town) -> None:
    town.allowed.script = line(town) + line(town)
    page = visit()
    page.wait_for_load_state("networkidle")
    assert page.locator("antwoordduo-chat").count() == 1


def test_in_english(visit: Callable[..., Page], town: Town) -> None:
    town.allowed.script = line(town, 'data-taal="en"')
    page = visit()
    page.wait_for_selector("antwoordduo-chat .open")
    assert page.inner_text("antwoordduo-chat .open") == "Ask your question"
    assert page.get_attribute("antwoordduo-chat aside", "lang") == "en"
    assert opened(page).get_attribute("html", "lang") == "en"


def test_when_we_are_away_the_telephone_number_stands_there(visit: Callable[..., Page], town: Town) -> None:
    page = visit()
    page.route("**/chat?**", lambda route: route.abort())
    page.clock.install()
    page.click("antwoordduo-chat .open")
    page.clock.run_for(8100)
    call = page.locator("antwoordduo-chat .note a")
    assert call.get_attribute("href") == "tel:140999"
    page.unroute("**/chat?**")
    page.click("antwoordduo-chat .note button")
    page.frame_locator("antwoordduo-chat iframe").locator("textarea").wait_for()


def test_where_the_chat_is_off_the_frame_says_so_and_closes_with_escape(
    visit: Callable[..., Page], town: Town
) -> None:
    keep_switches(town.settings, Switches(widget=False))
    town.app.state.switches.forget()
    page = visit()
    page.click("antwoordduo-chat .open")
    inside = page.frame_locator("antwoordduo-chat iframe")
    inside.locator("a[href='tel:140999']").wait_for()
    page.wait_for_selector("antwoordduo-chat .note:empty", state="attached")
    inside.locator("a[href='tel:140999']").focus()
    page.keyboard.press("Escape")
    page.wait_for_selector("antwoordduo-chat .open")
    assert focused(page) == "open"


def test_axe_finds_nothing_where_the_chat_is_off(visit: Callable[..., Page], town: Town) -> None:
    keep_switches(town.settings, Switches(widget=False))
    town.app.state.switches.forget()
    page = visit()
    page.goto(f"{town.root}/chat?site=merelveen")
    is_for_everybody(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_button_and_the_panel_fit_and_can_be_touched(visit: Callable[..., Page], width: int) -> None:
    page = visit(viewport={"width": width, "height": 640})
    boxes = [page.locator("antwoordduo-chat .open").bounding_box()]
    opened(page)
    boxes += [page.locator(f"antwoordduo-chat {part}").bounding_box() for part in (".close", ".panel")]
    for box in boxes:
        assert box
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 640
