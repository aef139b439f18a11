"""Where the signals behind a number are, and numbers in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from service.duos.figures import Figures, Line
from service.duos.monthly import number, percent
from service.duos.periods import Period
from service.storage.measures import Measure
from service.web import wording_steering as wording
from service.web.steering.asked import Asked, period_values

MEASURE_WORDS = {
    Measure.PROPOSED: "voorgesteld",
    Measure.OPEN: "open",
    Measure.LATE: "te-laat",
    Measure.NEW: "nieuw",
    Measure.SOLVED: "opgelost",
    Measure.DISMISSED: "afgewezen",
    Measure.REOPENED: "weer-geopend",
    Measure.DUE: "termijn",
    Measure.KEPT: "op-tijd",
    Measure.MISSED: "niet-op-tijd",
    Measure.AGAIN: "opnieuw-gevraagd",
    Measure.AGAIN_CLOSED: "teruggekomen",
}
MEASURES = {word: measure for measure, word in MEASURE_WORDS.items()}


def rows_address(measure: Measure, period: Period, fields: Mapping[str, str]) -> str:
    """Where the signals behind a number are."""
    return rows_addresses(period, fields)(measure)


def rows_addresses(period: Period, fields: Mapping[str, str]) -> Callable[[Measure], str]:
    """The same for every number of a line: what they share is written once."""
    shared = urlencode(period_values(period) | dict(fields))
    return lambda measure: f"/sturing/signalen?wat={MEASURE_WORDS[measure]}&{shared}"


def own_fields(asked: Asked) -> dict[str, str]:
    return {"afdeling": asked.department} if asked.department else {}


def line_name(line: Line) -> str:
    return line.name or wording.COORDINATOR


def share_words(share: float | None) -> str:
    return wording.NO_VALUE if share is None else percent(share)


def days_words(figures: Figures) -> str:
    return wording.NO_VALUE if figures.days is None else number(figures.days)
