"""Pictures of the pages for the docs: `python -m tests.pages.pictures`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from tests.pages import chat_states, states
from tests.pages.chat_site import CHAT, running_chat, running_demo
from tests.pages.chromium import chromium
from tests.pages.desk_server import running_counter
from tests.pages.duo_office import running_week
from tests.pages.server import running
from tests.pages.test_sidebar_journeys import STATES as AGENT_STATES

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
SHARP = 2  # pixels of the picture for one of the page
PHONE: ViewportSize = {"width": 375, "height": 812}
STATES_PAGE = FOLDER.parent / "states.md"
STATES_TOP = """# Every state of the sidebar and the chat

As a phone of 375 pixels shows them. `make pictures` takes them anew: a change of a page shows here."""


def take_pictures(folder: Path) -> None:
    """Take the pictures anew, from the fake texts: they change with the page only."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as site, chromium() as browser:
        for name, width, height in (("sidebar-answer", 420, 900), ("sidebar-wide", 1280, 760)):
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=SHARP)
            page.goto(f"{site.root}/zijbalk")
            if width > 1000:
                states.sign_in(page)
            states.answered(page)
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=folder / f"{name}.png")
            page.close()


def take_duo_pictures(folder: Path) -> None:
    """Take those of the duos' pages anew, from the small municipality of their tests."""
    with tempfile.TemporaryDirectory() as data, running_week(Path(data)) as week, chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, device_scale_factor=SHARP)
        week.sign_in(context, "anna")
        page = context.new_page()
        for name, path in (
            ("duo-list", "/duo"),
            ("duo-signal", f"/duo/signalen/{week.signal.number}"),
            ("duo-text", f"/duo/teksten/{week.writing.id}?bekijk=1"),
        ):
            page.goto(week.root + path)
            page.screenshot(path=folder / f"{name}.png")


def take_chat_pictures(folder: Path) -> None:
    """Take those of the chat anew: its button on the website of the demo, and its main states."""
    with tempfile.TemporaryDirectory() as data, running_demo(Path(data)) as root, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 760}, device_scale_factor=SHARP)
        page.goto(root)
        page.wait_for_selector("antwoordduo-chat .open")
        page.screenshot(path=folder / "chat-closed.png")
    with tempfile.TemporaryDirectory() as data, running_chat(Path(data)) as chat, chromium() as browser:
        for name in ("answered", "unsure", "crisis"):
            page = browser.new_page(viewport={"width": 400, "height": 760}, device_scale_factor=SHARP)
            page.goto(chat.root + CHAT)
            chat_states.STATES[name](page)
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=folder / f"chat-{name}.png")
            page.close()


def take_state_pictures(folder: Path) -> None:
    """Take each state of sidebar and chat anew, as a phone shows it, and the page that shows them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as site, chromium() as browser:
        _take_each(partial(browser.new_page, viewport=PHONE), f"{site.root}/zijbalk", states.STATES, folder)
    by_agent = {f"agent-{state.__name__}": state for state in AGENT_STATES}
    with tempfile.TemporaryDirectory() as data, running_counter(Path(data)) as counter, chromium() as browser:
        context = browser.new_context(viewport=PHONE)
        counter.sign_in(context)
        _take_each(context.new_page, f"{counter.root}/zijbalk", by_agent, folder)
    chats = {f"chat-{name}": state for name, state in chat_states.STATES.items()}
    with tempfile.TemporaryDirectory() as data, running_chat(Path(data)) as chat, chromium() as browser:
        _take_each(partial(browser.new_page, viewport=PHONE), chat.root + CHAT, chats, folder)
    shown = [
        f"## {name}\n\n![{name}](images/states/{name}.jpg)" for name in (*states.STATES, *by_agent, *chats)
    ]
    STATES_PAGE.write_text("\n\n".join([STATES_TOP, *shown]) + "\n", encoding="utf-8")


def _take_each(
    new_page: Callable[[], Page], address: str, known: Mapping[str, Callable[[Page], None]], folder: Path
) -> None:
    for name, reach in known.items():
        page = new_page()
        page.goto(address)
        reach(page)
        page.screenshot(path=folder / f"{name}.jpg", animations="disabled", type="jpeg", quality=60)
        page.close()


if __name__ == "__main__":
    take_pictures(FOLDER)
    take_duo_pictures(FOLDER)
    take_chat_pictures(FOLDER)
    take_state_pictures(FOLDER / "states")
