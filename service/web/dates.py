"""Moments as people in the Netherlands date them."""

from __future__ import annotations

from datetime import date, datetime

from service.domain.local_time import AMSTERDAM
from service.web.wording import MONTHS


def local_date(moment: datetime) -> date:
    """The day it was in Amsterdam."""
    return moment.astimezone(AMSTERDAM).date()


def in_words(day: date) -> str:
    """A day as one says it: "3 juli 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
