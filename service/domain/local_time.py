"""Where a day begins: moments are kept in UTC, days are those of the municipality."""

from __future__ import annotations

from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
