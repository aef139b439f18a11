"""Moments and deadlines as a duo reads them: near ones by their name, others by their date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from service.domain.local_time import AMSTERDAM
from service.web import wording_duo as wording
from service.web.dates import in_words, local_date


class Pressure(StrEnum):
    """How near a deadline is."""

    LATE = "late"
    SOON = "soon"
    LATER = "later"
    NONE = "none"


def moment_in_words(moment: datetime, now: datetime) -> str:
    """When it was: "vandaag 10.14", "gisteren 9.30", or its date."""
    day, today = local_date(moment), local_date(now)
    time = time_in_words(moment)
    if day == today:
        return wording.TODAY.format(time=time)
    if day == today - timedelta(days=1):
        return wording.YESTERDAY.format(time=time)
    return _dated(day, today)


def time_in_words(moment: datetime) -> str:
    """The time on a clock in Amsterdam: "14.05"."""
    local = moment.astimezone(AMSTERDAM)
    return f"{local.hour}.{local.minute:02}"


def day_in_words(day: date, today: date) -> str:
    """A day with its name, and with its year when that is another one: "vrijdag 27 november"."""
    return f"{wording.WEEKDAYS[day.weekday()]} {_dated(day, today)}"


def _dated(day: date, today: date) -> str:
    return in_words(day).removesuffix(f" {today.year}")


def pressure(due_at: datetime | None, now: datetime) -> Pressure:
    """How near a deadline is; one of today or tomorrow is near."""
    if due_at is None:
        return Pressure.NONE
    if due_at < now:
        return Pressure.LATE
    near = local_date(due_at) - local_date(now) <= timedelta(days=1)
    return Pressure.SOON if near else Pressure.LATER


def due_in_words(due_at: datetime | None, now: datetime) -> str:
    """What a deadline asks for, as a short sentence."""
    if due_at is None:
        return wording.NO_DUE
    day = local_date(due_at)
    if due_at < now:
        return wording.LATE.format(day=day_in_words(day, local_date(now)))
    days = (day - local_date(now)).days
    if days < 2:
        return (wording.DUE_TODAY, wording.DUE_TOMORROW)[days]
    return wording.DUE_ON.format(day=day_in_words(day, local_date(now)))
