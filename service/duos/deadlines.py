"""Deadlines in working days of a Dutch municipality, and the days between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

import holidays

from service.domain.local_time import AMSTERDAM

DAY_STARTS = time(9)
DAY_ENDS = time(17)

_GOOD_FRIDAY = "Good Friday"
_LIBERATION_DAY = "Liberation Day"
_DAY = timedelta(days=1)


class LiberationDay(StrEnum):
    """In which years nobody works on 5 May; a lustrum is every fifth year, as in 2025 and 2030."""

    LUSTRUM = "lustrum"
    YEARLY = "yearly"
    NEVER = "never"


@dataclass(frozen=True)
class WorkCalendar:
    """On which days the municipality works. Good Friday is a working day unless it chooses otherwise."""

    good_friday_off: bool = False
    liberation_day_off: LiberationDay = LiberationDay.LUSTRUM

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and not self._is_off(day)

    def after(self, day: date) -> Iterator[date]:
        """The working days after a day, in order."""
        while True:
            day += _DAY
            if self.is_working_day(day):
                yield day

    def before(self, day: date) -> Iterator[date]:
        """The working days before a day, the nearest first."""
        while True:
            day -= _DAY
            if self.is_working_day(day):
                yield day

    def _is_off(self, day: date) -> bool:
        # one day can be two: Ascension Day fell on 5 May in 2016
        return any(self._counts(name, day.year) for name in _free_days(day.year).get(day, ()))

    def _counts(self, name: str, year: int) -> bool:
        if name == _GOOD_FRIDAY:
            return self.good_friday_off
        if name == _LIBERATION_DAY:
            lustrum = self.liberation_day_off is LiberationDay.LUSTRUM and year % 5 == 0
            return lustrum or self.liberation_day_off is LiberationDay.YEARLY
        return True


DEFAULT_CALENDAR = WorkCalendar()


def due(opened: datetime, working_days: int, calendar: WorkCalendar = DEFAULT_CALENDAR) -> datetime:
    """The end of the last working day, in UTC.

    Counting starts on the day after `opened`. No days at all means the day itself, when there is still time
    to work on it, else the next working day.
    """
    if working_days < 0:
        raise ValueError(f"a deadline lies ahead, not {-working_days} days back")
    local = opened.astimezone(AMSTERDAM)
    if working_days == 0 and calendar.is_working_day(local.date()) and local.time() < DAY_ENDS:
        return _moment(local.date(), DAY_ENDS)
    return _moment(_nth(calendar.after(local.date()), max(working_days, 1)), DAY_ENDS)


def working_days_between(start: datetime, end: datetime, calendar: WorkCalendar = DEFAULT_CALENDAR) -> int:
    """How many working days lie after the day of `start`, up to and with the day of `end`.

    Negative when `end` comes first.
    """
    if end < start:
        return -working_days_between(end, start, calendar)
    day, last = local_day(start), local_day(end)
    return sum(calendar.is_working_day(day + n * _DAY) for n in range(1, (last - day).days + 1))


def morning_before(
    deadline: datetime, working_days: int, calendar: WorkCalendar = DEFAULT_CALENDAR
) -> datetime:
    """The morning so many working days before the day of a deadline; 0 is that day itself."""
    day = local_day(deadline)
    return _moment(_nth(calendar.before(day), working_days) if working_days else day, DAY_STARTS)


def morning_after(
    deadline: datetime, working_days: int, calendar: WorkCalendar = DEFAULT_CALENDAR
) -> datetime:
    """The morning so many working days after the day of a deadline."""
    return _moment(_nth(calendar.after(local_day(deadline)), working_days), DAY_STARTS)


def _nth(days: Iterator[date], n: int) -> date:
    for _ in range(n - 1):
        next(days)
    return next(days)


def local_day(moment: datetime) -> date:
    """Which day it is then in Amsterdam."""
    return moment.astimezone(AMSTERDAM).date()


def _moment(day: date, clock: time) -> datetime:
    """A moment on the clock in Amsterdam, whatever that clock did in the night."""
    return datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)


@cache
def _free_days(year: int) -> dict[date, tuple[str, ...]]:
    """Every day of a year that could be off, with what it is."""
    found = holidays.country_holidays("NL", years=year, categories=("public", "optional"), language="en_US")
    return {day: tuple(found.get_list(day)) for day in found if day.year == year}
