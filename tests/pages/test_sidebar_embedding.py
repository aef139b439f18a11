"""The sidebar in the desktop of a contact centre: shown by an origin on the list, by no other, and signed in
there for that desktop alone (guard S11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from service.domain.person import Role
from service.web.site import build_site
from tests.pages.server import AGENT_EMAIL, listening
from tests.pages.states import fill_in_sign_in
from tests.pages.test_widget_embedding import Host, website
from tests.service.web.conftest import add_person, desk_in, people_in, settings_in
from tests.service.web.fakes import FakeAnswering

pytestmark = pytest.mark.browser

QUESTION = "Wat kost een paspoort?"
USUAL = "Blocked autofocusing"  # a page in a frame may not take the focus from the page around it


@dataclass
class Desktops:
    """The service, a desktop that may show its sidebar, and one that may not."""

    root: str
    allowed: Host
    refused: Host


@pytest.fixture(scope="module")
def desktops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktops]:
    made: list[tuple[Host, ThreadingHTTPServer]] = [website("localhost") for _ in range(2)]
    (allowed, _), (refused, _) = made
    # with a name for others, cookies are as they are over https; browsers take 127.0.0.1 for as safe
    settings = settings_in(
        tmp_path_factory.mktemp("desktops"), desktops=allowed.root, hosts="antwoorden.merelveen.example"
    )
    people = people_in(settings)
    add_person(people, Role.AGENT, email=AGENT_EMAIL)
    app = build_site(settings, lambda: desk_in(settings, FakeAnswering()), people)
    with listening(app) as port:
        yield Desktops(f"http://127.0.0.1:{port}", allowed, refused)
    for _, server in made:
        server.shutdown()
        server.server_close()


@pytest.fixture
def at_desk(browser: Browser, desktops: Desktops) -> Iterator[Callable[..., Page]]:
    """Opens a desktop with the sidebar in a frame."""
    contexts: list[BrowserContext] = []

    def open_one(host: Host, path: str = "/zijbalk", **options: Any) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        host.script = (
            f'<iframe src="{desktops.root}{path}" width="400" height="700" title="Zijbalk"></iframe>'
        )
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda message: None if USUAL in message.text else faults.append(message.text))
        page.faults = faults  # type: ignore[attr-defined]
        page.goto(host.root + "/")
        return page

    yield open_one
    for context in contexts:
        context.close()


def sidebar(page: Page) -> Frame:
    """The frame, once its script runs."""
    page.frame_locator("iframe").locator("html.script").wait_for()
    (frame,) = page.frames[1:]
    return frame


def asked(frame: Frame) -> None:
    frame.fill("#vraag", QUESTION)
    frame.press("#vraag", "Enter")
    frame.wait_for_selector(".beantwoord")


def test_a_desktop_on_the_list_shows_it_and_one_works_in_it(
    at_desk: Callable[..., Page], desktops: Desktops
) -> None:
    page = at_desk(desktops.allowed)
    frame = sidebar(page)
    frame.fill("#vraag", "paspoort")
    frame.wait_for_selector(".card")
    asked(frame)
    assert page.faults == []  # type: ignore[attr-defined]


def test_another_desktop_shows_nothing(at_desk: Callable[..., Page], desktops: Desktops) -> None:
    page = at_desk(desktops.refused)
    page.wait_for_load_state("networkidle")
    frames = page.frames[1:]
    assert all(not frame.url.startswith(desktops.root) for frame in frames)
    assert all(frame.query_selector("#vraag") is None for frame in frames)
    assert any("frame-ancestors" in said for said in page.faults)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/beheer", "/duo", "/"])
def test_no_other_page_is_shown_in_a_desktop(
    at_desk: Callable[..., Page], desktops: Desktops, path: str
) -> None:
    page = at_desk(desktops.allowed, path)
    page.wait_for_load_state("networkidle")
    for frame in page.frames[1:]:
        # "/" leads to the sidebar, and what asks to sign in leads to the door: these two alone may be shown
        assert not frame.url.startswith(desktops.root) or frame.url.startswith(
            (f"{desktops.root}/zijbalk", f"{desktops.root}/aanmelden")
        )


def test_who_signs_in_there_is_signed_in_there_alone(
    at_desk: Callable[..., Page], desktops: Desktops
) -> None:
    page = at_desk(desktops.allowed)
    frame = sidebar(page)
    frame.click("text=Aanmelden")
    fill_in_sign_in(frame)  # type: ignore[arg-type]
    asked(frame)
    frame.press("#vraag", "Alt+k")
    frame.wait_for_selector(".sent, [data-doe=klopt]")
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "__Host-antwoordduo"]
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "None")
    assert cookie.get("partitionKey")
    page.reload()
    assert sidebar(page).query_selector(".session")
    # by itself, outside the desktop, nobody is signed in
    outside = page.context.new_page()
    outside.goto(f"{desktops.root}/zijbalk")
    outside.wait_for_selector("text=Aanmelden")
    assert outside.query_selector(".session") is None
