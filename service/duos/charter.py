"""The service charter: how soon a signal is answered, who is reminded when, and who hears when it is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from service.domain.gap import GapKind, Urgency
from service.duos import wording_charter as wording
from service.duos.deadlines import DEFAULT_CALENDAR, WorkCalendar, due, morning_after, morning_before
from service.notify.notices import When

MOST_DAYS = 260  # a year of working days: more is no promise
MOST_ASKINGS = 100


class Step(StrEnum):
    """Who hears of a signal, from the nearest to the last."""

    DUO = "duo"
    DEPARTMENT_HEAD = "department_head"
    COORDINATOR = "coordinator"


@dataclass(frozen=True)
class Reminder:
    """From `at` on, `to` is to be told."""

    at: datetime
    when: When
    to: Step


class CharterRefused(ValueError):
    """What was filled in is no charter; `faults` are sentences for whoever filled it in."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


_DEFAULT_DAYS = {
    GapKind.MISSING: {Urgency.LOW: 20, Urgency.NORMAL: 10, Urgency.HIGH: 3},
    GapKind.UNCERTAIN: {Urgency.LOW: 20, Urgency.NORMAL: 10, Urgency.HIGH: 3},
    # somebody was told something wrong: that goes first
    GapKind.REJECTED: {Urgency.LOW: 10, Urgency.NORMAL: 5, Urgency.HIGH: 1},
    GapKind.OUTDATED: {Urgency.LOW: 15, Urgency.NORMAL: 10, Urgency.HIGH: 2},
}


def _frozen(days: Mapping[GapKind, Mapping[Urgency, int]]) -> Mapping[GapKind, Mapping[Urgency, int]]:
    return MappingProxyType({kind: MappingProxyType(dict(row)) for kind, row in days.items()})


@dataclass(frozen=True)
class Charter:
    """What the municipality promises itself.

    `days`: working days, by kind and urgency. `remind_before`: working days before the deadline; 0 leaves
    that reminder out. `escalation`: who hears, a step further every `step_days` working days that it is
    late. `opens_at`: a proposed signal opens at this asking.
    """

    days: Mapping[GapKind, Mapping[Urgency, int]] = field(default_factory=lambda: _frozen(_DEFAULT_DAYS))
    remind_before: int = 2
    step_days: int = 3
    escalation: tuple[Step, ...] = (Step.DUO, Step.DEPARTMENT_HEAD, Step.COORDINATOR)
    opens_at: int = 3

    def due(
        self, opened: datetime, kind: GapKind, urgency: Urgency, calendar: WorkCalendar = DEFAULT_CALENDAR
    ) -> datetime:
        """The deadline of a signal that was opened at this moment."""
        return due(opened, self.days[kind][urgency], calendar)

    def reminders(
        self, deadline: datetime, calendar: WorkCalendar = DEFAULT_CALENDAR
    ) -> tuple[Reminder, ...]:
        """Everything that is to be told about a deadline, in order."""
        first, *higher = self.escalation
        before = (
            [Reminder(morning_before(deadline, self.remind_before, calendar), When.BEFORE, first)]
            if self.remind_before
            else []
        )
        after = [
            Reminder(morning_after(deadline, 1, calendar), When.AFTER, step) for step in self.escalation[:2]
        ]
        later = [
            Reminder(morning_after(deadline, 1 + number * self.step_days, calendar), When.AFTER, step)
            for number, step in enumerate(higher[1:], start=1)
        ]
        return (*before, Reminder(morning_before(deadline, 0, calendar), When.ON, first), *after, *later)

    def reached(
        self, deadline: datetime, now: datetime, calendar: WorkCalendar = DEFAULT_CALENDAR
    ) -> tuple[Reminder, ...]:
        """What is to be told by now: to each only the latest, also when nothing was told for a week."""
        latest: dict[Step, Reminder] = {}
        for reminder in self.reminders(deadline, calendar):
            if reminder.at <= now:
                latest[reminder.to] = reminder
        return tuple(latest.values())

    def as_json(self) -> dict[str, Any]:
        """The charter as it is kept."""
        return {
            "days": {kind.value: {u.value: n for u, n in row.items()} for kind, row in self.days.items()},
            "remind_before": self.remind_before,
            "step_days": self.step_days,
            "escalation": [step.value for step in self.escalation],
            "opens_at": self.opens_at,
        }


DEFAULT_CHARTER = Charter()


def charter_of(kept: object) -> Charter:
    """The charter that was kept or filled in. Raises CharterRefused with every fault, in Dutch."""
    if not isinstance(kept, dict):
        raise CharterRefused((wording.NOT_A_CHARTER,))
    reading = _Reading(kept)
    days = {kind: reading.row(kind) for kind in GapKind}
    charter = Charter(
        days=_frozen(days),
        remind_before=reading.number("remind_before", 0, MOST_DAYS),
        step_days=reading.number("step_days", 1, MOST_DAYS),
        escalation=reading.escalation(),
        opens_at=reading.number("opens_at", 1, MOST_ASKINGS),
    )
    reading.check_unknown()
    if reading.faults:
        raise CharterRefused(tuple(reading.faults))
    return charter


class _Reading:
    """Reads field by field and remembers every fault: who fills in a page wants them all at once."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self._kept = kept
        days = kept.get("days")
        self._days: Mapping[str, Any] = days if isinstance(days, dict) else {}
        self.faults: list[str] = []

    def row(self, kind: GapKind) -> dict[Urgency, int]:
        row = self._days.get(kind.value)
        cells = row if isinstance(row, dict) else {}
        found = {}
        for urgency in Urgency:
            what = wording.CELL.format(kind=wording.KINDS[kind], urgency=wording.URGENCIES[urgency])
            found[urgency] = self._whole(cells.get(urgency.value), what, 1, MOST_DAYS)
        self._fall(found, kind)
        return found

    def number(self, name: str, least: int, most: int) -> int:
        return self._whole(self._kept.get(name), wording.FIELDS[name], least, most)

    def escalation(self) -> tuple[Step, ...]:
        names = self._kept.get("escalation")
        known = {step.value: step for step in Step}
        if not isinstance(names, list) or not names or any(name not in known for name in map(str, names)):
            self.faults.append(wording.ESCALATION)
            return (Step.DUO,)
        steps = tuple(known[name] for name in names)
        if list(steps) != [step for step in Step if step in steps] or steps[0] is not Step.DUO:
            self.faults.append(wording.ESCALATION_ORDER)
        return steps

    def check_unknown(self) -> None:
        known = Charter().as_json()
        strange = [str(name) for name in self._kept if name not in known]
        strange += [str(name) for name in self._days if name not in known["days"]]
        self.faults += [wording.UNKNOWN.format(name=name[:40]) for name in strange]

    def _whole(self, value: object, what: str, least: int, most: int) -> int:
        # True is an int in Python, and no number of days
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.faults.append(wording.NUMBER.format(what=what, least=least, most=most))
        return least

    def _fall(self, row: Mapping[Urgency, int], kind: GapKind) -> None:
        """More urgent may not mean more days."""
        if not row[Urgency.LOW] >= row[Urgency.NORMAL] >= row[Urgency.HIGH]:
            self.faults.append(wording.FALLING.format(kind=wording.KINDS[kind]))
