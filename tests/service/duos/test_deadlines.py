"""A deadline is the end of a working day in Amsterdam, whatever the clock and the calendar do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.local_time import AMSTERDAM
from service.duos.deadlines import (
    DEFAULT_CALENDAR,
    LiberationDay,
    WorkCalendar,
    due,
    morning_after,
    morning_before,
    working_days_between,
)


def at(text: str) -> datetime:
    """A moment on the clock in Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 12, 31), timezones=st.just(UTC))
CALENDARS = st.builds(WorkCalendar, st.booleans(), st.sampled_from(LiberationDay))


@pytest.mark.parametrize(
    ("opened", "days", "expected"),
    [
        ("2026-07-01T10:00", 1, "2026-07-02T17:00"),  # a Wednesday
        ("2026-07-01T10:00", 10, "2026-07-15T17:00"),
        ("2026-07-03T10:00", 1, "2026-07-06T17:00"),  # over a weekend
        ("2026-07-04T10:00", 1, "2026-07-06T17:00"),  # opened on a Saturday
        ("2026-07-03T23:59", 1, "2026-07-06T17:00"),
        ("2026-04-02T10:00", 2, "2026-04-07T17:00"),  # Good Friday is worked, Easter Monday is not
        ("2026-04-24T10:00", 1, "2026-04-28T17:00"),  # King's Day on a Monday
        ("2026-05-13T10:00", 1, "2026-05-15T17:00"),  # Ascension Day
        ("2026-05-22T10:00", 1, "2026-05-26T17:00"),  # Whit Monday
        ("2025-12-24T10:00", 3, "2025-12-31T17:00"),  # both Christmas days on working days
        ("2026-12-31T10:00", 1, "2027-01-04T17:00"),  # New Year's Day on a Friday
        ("2026-07-01T10:00", 0, "2026-07-01T17:00"),
        ("2026-07-01T17:00", 0, "2026-07-02T17:00"),  # the day is over
        ("2026-07-04T10:00", 0, "2026-07-06T17:00"),
    ],
)
def test_the_deadline_is_the_end_of_the_last_working_day(opened: str, days: int, expected: str) -> None:
    assert due(at(opened), days) == at(expected)


@pytest.mark.parametrize(
    ("opened", "days", "utc"),
    [
        ("2026-03-27T12:00", 1, "2026-03-30T15:00"),  # Monday after the clock went forward
        ("2026-03-26T12:00", 1, "2026-03-27T16:00"),
        ("2026-10-23T12:00", 1, "2026-10-26T16:00"),  # Monday after it went back
        ("2026-10-22T12:00", 1, "2026-10-23T15:00"),
        ("2026-03-29T02:30", 1, "2026-03-30T15:00"),  # an hour that was not there
        ("2026-10-25T02:30", 1, "2026-10-26T16:00"),  # an hour that came twice
    ],
)
def test_five_o_clock_stays_five_o_clock_when_the_clock_changes(opened: str, days: int, utc: str) -> None:
    assert due(at(opened), days) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_the_day_is_the_one_in_amsterdam_not_in_utc() -> None:
    late_on_tuesday = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # Wednesday 00:30 in Amsterdam
    assert due(late_on_tuesday, 1) == at("2026-07-02T17:00")


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (DEFAULT_CALENDAR, date(2026, 4, 3), True),
        (WorkCalendar(good_friday_off=True), date(2026, 4, 3), False),
        (DEFAULT_CALENDAR, date(2025, 5, 5), False),
        (DEFAULT_CALENDAR, date(2026, 5, 5), True),
        (WorkCalendar(liberation_day_off=LiberationDay.YEARLY), date(2026, 5, 5), False),
        (WorkCalendar(liberation_day_off=LiberationDay.NEVER), date(2025, 5, 5), True),
        # 5 May 2016 was Ascension Day as well
        (WorkCalendar(liberation_day_off=LiberationDay.NEVER), date(2016, 5, 5), False),
        (DEFAULT_CALENDAR, date(2027, 4, 26), True),
        (DEFAULT_CALENDAR, date(2027, 4, 27), False),
        # a 27 April that is a Sunday: the King's Day is on Saturday, and Monday is worked
        (DEFAULT_CALENDAR, date(2031, 4, 28), True),
        (DEFAULT_CALENDAR, date(2026, 12, 24), True),
        (DEFAULT_CALENDAR, date(2026, 12, 25), False),
    ],
)
def test_which_days_are_worked(calendar: WorkCalendar, day: date, works: bool) -> None:
    assert calendar.is_working_day(day) is works


@pytest.mark.parametrize("year", range(2024, 2041))
def test_every_easter_monday_and_ascension_day_is_off(year: int) -> None:
    easter = easter_of(year)
    for days_after in (1, 39, 50):
        assert not DEFAULT_CALENDAR.is_working_day(easter + timedelta(days=days_after))


def test_a_deadline_never_lies_back() -> None:
    with pytest.raises(ValueError, match="ahead"):
        due(at("2026-07-01T10:00"), -1)


def test_working_days_between_two_moments() -> None:
    assert working_days_between(at("2026-04-23T16:00"), at("2026-04-28T09:00")) == 2
    assert working_days_between(at("2026-04-28T09:00"), at("2026-04-23T16:00")) == -2
    assert working_days_between(at("2026-04-25T09:00"), at("2026-04-26T09:00")) == 0
    assert working_days_between(at("2026-04-24T09:00"), at("2026-04-24T16:00")) == 0


def test_mornings_around_a_deadline_skip_weekends_and_holidays() -> None:
    deadline = at("2026-04-28T17:00")  # the Tuesday after King's Day
    assert morning_before(deadline, 2) == at("2026-04-23T09:00")
    assert morning_before(deadline, 0) == at("2026-04-28T09:00")
    assert morning_after(at("2026-04-24T17:00"), 1) == at("2026-04-28T09:00")


@settings(deadline=None)
@given(MOMENTS, st.integers(1, 60), CALENDARS)
def test_every_deadline_is_at_five_on_a_working_day_and_counts_back(
    opened: datetime, days: int, calendar: WorkCalendar
) -> None:
    deadline = due(opened, days, calendar)
    local = deadline.astimezone(AMSTERDAM)
    assert local.time() == time(17)
    assert calendar.is_working_day(local.date())
    assert deadline > opened
    assert working_days_between(opened, deadline, calendar) == days
    assert due(opened, days + 1, calendar) > deadline


@settings(deadline=None)
@given(MOMENTS, MOMENTS, MOMENTS)
def test_days_between_add_up(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted(
        moment.replace(year=2020 + moment.year % 10, day=min(moment.day, 28)) for moment in (one, two, three)
    )
    assert working_days_between(first, middle) + working_days_between(middle, last) == working_days_between(
        first, last
    )


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_days_before_are_days_after_turned_round(day: date) -> None:
    ahead = list(islice(DEFAULT_CALENDAR.after(day), 5))
    assert list(islice(DEFAULT_CALENDAR.before(ahead[-1]), 4)) == ahead[-2::-1]


def easter_of(year: int) -> date:
    """Easter Sunday by the rule of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)
