"""Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

EXECUTABLE = Path(os.environ.get("ANTWOORDDUO_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def wants_chromium() -> None:
    """Skip where there is no browser; fail in CI, where there has to be one."""
    if not EXECUTABLE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no Chromium at {EXECUTABLE}: the page tests have to run in CI")
        pytest.skip(f"no Chromium at {EXECUTABLE}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for as long as the block lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
