"""The website of the demo, in a browser: for everybody, with the chat from the other name of the machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.pages.chat_site import running_demo
from tests.pages.test_accessibility import is_for_everybody

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_demo(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.mark.parametrize("path", ["/", "/merelveen/paspoort"])
def test_axe_finds_nothing(browser: Browser, root: str, path: str) -> None:
    page = browser.new_page()
    page.goto(root + path)
    page.wait_for_selector("antwoordduo-chat .open")
    is_for_everybody(page)
    page.close()


def test_the_chat_opens_from_the_other_name_and_answers(browser: Browser, root: str) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(root + "/")
    page.click("antwoordduo-chat .open")
    chat = page.frame_locator("antwoordduo-chat iframe")
    chat.locator("textarea:focus").wait_for()  # so it is when the chat can be used, not sooner
    page.keyboard.type("Wat kost een paspoort?")
    page.keyboard.press("Enter")
    chat.locator("text=Een paspoort kost").first.wait_for()
    assert page.frames[1].url.startswith(root.replace("localhost", "127.0.0.1"))
    assert faults == []
    page.close()
