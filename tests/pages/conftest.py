"""A browser for a module, one site for all; a fresh page for each test, watched for what may not happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from tests.pages.chromium import chromium, wants_chromium
from tests.pages.server import Running, running


# for a module at a time: as long as it runs, nothing else in this process can use asyncio
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    wants_chromium()
    with chromium() as running_browser:
        yield running_browser


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@dataclass
class Watched:
    """A page and what went wrong on it."""

    page: Page
    root: str
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(browser: Browser, server: Running) -> Iterator[Callable[..., Watched]]:
    """Opens `/zijbalk`, or another path, with the options of a browser context."""
    server.answering.degraded, server.answering.delay = False, 0.0
    contexts: list[BrowserContext] = []
    pages: list[Watched] = []

    def open_one(path: str = "/zijbalk", **options: Any) -> Watched:
        context = browser.new_context(**({"viewport": {"width": 375, "height": 700}} | options))
        contexts.append(context)
        watched = Watched(context.new_page(), server.root)
        pages.append(watched)
        _watch(watched)
        watched.page.goto(server.root + path)
        return watched

    yield open_one
    for context in contexts:
        context.close()
    assert [fault for watched in pages for fault in watched.faults] == []


def _watch(watched: Watched) -> None:
    """Note a blocked resource, a script error, a dialog, and a request to another host."""
    page, faults = watched.page, watched.faults

    def dismiss(dialog: Dialog) -> None:
        faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective))"
    )
    page.on("console", lambda message: faults.append(message.text) if "CSP" in message.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", dismiss)
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(watched.root) else faults.append(f"request {request.url}")
        ),
    )
