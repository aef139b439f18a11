"""Moments and deadlines in words, on the clock of Amsterdam."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.web.duo.moments import Pressure, due_in_words, moment_in_words, pressure

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW - timedelta(minutes=5), "vandaag 10.25"),
        (NOW - timedelta(hours=11), "gisteren 23.30"),
        (NOW - timedelta(days=3), "22 november"),
        (datetime(2025, 12, 31, 12, tzinfo=UTC), "31 december 2025"),
        # 23.15 UTC is the next day in Amsterdam
        (datetime(2026, 11, 24, 23, 15, tzinfo=UTC), "vandaag 0.15"),
        # summer time
        (datetime(2026, 7, 1, 10, 5, tzinfo=UTC), "1 juli"),
    ],
)
def test_a_moment_in_words(moment: datetime, words: str) -> None:
    assert moment_in_words(moment, NOW) == words


@pytest.mark.parametrize(
    ("due", "words", "how_near"),
    [
        (None, "Nog geen datum", Pressure.NONE),
        (NOW - timedelta(minutes=1), "Te laat sinds woensdag 25 november", Pressure.LATE),
        (NOW - timedelta(days=2), "Te laat sinds maandag 23 november", Pressure.LATE),
        (NOW + timedelta(hours=3), "Vandaag af", Pressure.SOON),
        (NOW + timedelta(days=1), "Morgen af", Pressure.SOON),
        (NOW + timedelta(days=2), "Af op vrijdag 27 november", Pressure.LATER),
        (NOW + timedelta(days=45), "Af op zaterdag 9 januari 2027", Pressure.LATER),
    ],
)
def test_a_deadline_in_words(due: datetime | None, words: str, how_near: Pressure) -> None:
    assert due_in_words(due, NOW) == words
    assert pressure(due, NOW) is how_near
