"""Weeks, months, quarters and dates of one's own, as one counts them in Amsterdam."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from service.domain.local_time import AMSTERDAM
from service.storage.measures import Span

LONGEST = 366  # days of dates of one's own
_DAY = timedelta(days=1)


class Kind(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    OWN = "own"


@dataclass(frozen=True)
class Period:
    """From `first` up to `after`, which does not count."""

    kind: Kind
    first: date
    after: date

    @property
    def last(self) -> date:
        return self.after - _DAY

    def before(self) -> Period:
        """The one before it: the same length for dates of one's own."""
        if self.kind is Kind.OWN:
            return Period(self.kind, self.first - (self.after - self.first), self.first)
        return period_of(self.kind, self.first - _DAY)

    def next(self) -> Period:
        """The one after it."""
        if self.kind is Kind.OWN:
            return Period(self.kind, self.after, self.after + (self.after - self.first))
        return period_of(self.kind, self.after)

    def series(self, number: int) -> tuple[Period, ...]:
        """So many periods up to and with this one, oldest first."""
        found = [self]
        while len(found) < number:
            found.append(found[-1].before())
        return tuple(reversed(found))

    def span(self, now: datetime) -> Span:
        """The moments between which things count, seen from now."""
        start, end = midnight(self.first), midnight(self.after)
        return Span(start, end, min(end, max(now, start)))

    def runs_at(self, now: datetime) -> bool:
        """Whether the period has not ended yet."""
        return now < midnight(self.after)


def period_of(kind: Kind, day: date) -> Period:
    """The week (from Monday), month or quarter in which a day lies."""
    if kind is Kind.WEEK:
        monday = day - day.weekday() * _DAY
        return Period(kind, monday, monday + 7 * _DAY)
    if kind is Kind.MONTH:
        return Period(kind, day.replace(day=1), _month_after(day, 1))
    if kind is Kind.QUARTER:
        first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        return Period(kind, first, _month_after(first, 3))
    raise ValueError("dates of one's own are not found by a day in them")


def own_period(first: date, last: date) -> Period:
    """From a day up to and with another. Raises ValueError when that is nothing, or longer than a year."""
    if not 0 < (last - first).days + 1 <= LONGEST:
        raise ValueError(f"{(last - first).days + 1} days")
    return Period(Kind.OWN, first, last + _DAY)


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Amsterdam."""
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)


def _month_after(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
