"""What several callers asked today, for the start of the sidebar."""

from __future__ import annotations

from datetime import timedelta

from service.storage.rising import much_asked
from service.web.desk import Desk

LATELY = timedelta(hours=24)
LEAST = 3  # conversations that asked it
SHOWN = 3


def rising_today(desk: Desk) -> tuple[str, ...]:
    """At most three questions of the last day, in redacted words, most asked first; for staff alone."""
    return much_asked(desk.questions.engine, desk.collection, desk.now() - LATELY, LEAST, SHOWN)
