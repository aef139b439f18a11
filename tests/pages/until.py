"""Wait for a page from outside it.

Playwright's own `wait_for_function` looks again by `eval`, which the content security policy of the pages
refuses: it holds only where the answer is yes at the first look.
"""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Page

SECONDS, AGAIN = 10.0, 25  # milliseconds between two looks


def until(page: Page, expression: str, arg: Any = None) -> None:
    """Returns when the expression, or the function with `arg`, says yes in the page; else fails with it."""
    latest = time.monotonic() + SECONDS
    while not page.evaluate(expression, arg):
        assert time.monotonic() < latest, f"not in {SECONDS:.0f} s: {expression}"
        page.wait_for_timeout(AGAIN)
