"""The monthly report of a department: its own figures against the charter and against the month before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from sqlalchemy import Engine

from embeddings.store.database import writing
from service.duos import wording_monthly as wording
from service.duos.figures import Figures, Line
from service.duos.periods import Kind, Period, period_of
from service.duos.steering import Steering, View
from service.notify.notices import Notices, Receiver
from service.storage.measures import Measure
from service.storage.outbox import Notice, Outbox

PATH = "/sturing/maandbericht"


@dataclass(frozen=True)
class MonthlyReport:
    """A month of a department. `late` are the members who were told and reminded, and were not in time."""

    department: str
    month: Period
    now: Figures
    before: Figures
    duos: tuple[Line, ...]
    late: tuple[Line, ...]

    @property
    def path(self) -> str:
        """Where the page of this report is."""
        return f"{PATH}?{urlencode({'afdeling': self.department, 'maand': f'{self.month.first:%Y-%m}'})}"


def month_before(day: date) -> Period:
    """The last month that is over."""
    return period_of(Kind.MONTH, day).before()


def report_of(steering: Steering, department: str, month: Period, now: datetime) -> MonthlyReport:
    """The report of one department over a month."""
    overview = steering.overview(month, View((department,), members=True), now)
    return MonthlyReport(
        department=department,
        month=month,
        now=overview.now,
        before=overview.before,
        duos=overview.duos,
        late=tuple(line for line in overview.members if line.figures[Measure.MISSED]),
    )


def sentences(report: MonthlyReport, by_name: bool = True) -> tuple[str, ...]:
    """The report as people read it, a sentence a line; without `by_name` for who may not see members."""
    now, before = report.now, report.before
    return (
        *_promise(now, before),
        wording.NEW.format(now=now[Measure.NEW], before=before[Measure.NEW]),
        wording.SOLVED.format(now=now[Measure.SOLVED], before=before[Measure.SOLVED]),
        wording.OPEN.format(now=now[Measure.OPEN], before=before[Measure.OPEN]),
        *_some(now[Measure.LATE], wording.LATE),
        *_some(now[Measure.REOPENED], wording.REOPENED),
        *_days(now, before),
        *_some(now[Measure.AGAIN], wording.AGAIN),
        *_some(now[Measure.AGAIN_CLOSED], wording.AGAIN_CLOSED),
        *_missed(report, by_name),
    )


def put_reports(
    steering: Steering, engine: Engine, outbox: Outbox, notices: Notices, month: Period, now: datetime
) -> int:
    """Put the reports of a month into the outbox; returns how many are new.

    Doing it again adds nothing: the key of a report is its department, month and receiver. A department
    without a head gets none.
    """
    ownership = steering.ownership()
    letters: list[Notice] = []
    for department in ownership.departments:
        head = ownership.head_of(department.name)
        if head is not None and head.email:
            report = report_of(steering, department.name, month, now)
            receiver = Receiver(head.id, head.name, head.email)
            letters += notices.report(
                department.name, month.first, sentences(report), report.path, (receiver,)
            )
    if not letters:
        return 0
    # all of it is counted before: nothing is read or reckoned while the write lock is held
    with writing(engine).begin() as connection:
        return sum(outbox.put(connection, letter) for letter in letters)


def _promise(now: Figures, before: Figures) -> Iterable[str]:
    if now.kept_share is None:
        return (wording.NO_DEADLINES,)
    kept = wording.KEPT.format(share=percent(now.kept_share), kept=now[Measure.KEPT], due=now[Measure.DUE])
    then = (
        wording.KEPT_BEFORE.format(share=percent(before.kept_share))
        if before.kept_share is not None
        else wording.KEPT_BEFORE_NONE
    )
    return (f"{kept} {then}",)


def _days(now: Figures, before: Figures) -> Iterable[str]:
    if now.days is None:
        return ()
    took = wording.DAYS.format(days=number(now.days))
    return (
        took if before.days is None else f"{took} {wording.DAYS_BEFORE.format(days=number(before.days))}",
    )


def _missed(report: MonthlyReport, by_name: bool) -> Iterable[str]:
    """Who was told and reminded and was not in time; a number where names are not to be seen, or unknown."""
    missed = report.now[Measure.MISSED]
    if not missed:
        return (wording.REMINDED_NOBODY,) if report.now[Measure.DUE] else ()
    if not by_name or not report.late:
        return _some(missed, wording.MISSED)
    late = sorted(report.late, key=lambda line: (-line.figures[Measure.MISSED], line.name))
    return (wording.REMINDED, *(_reminded(line.name, line.figures[Measure.MISSED]) for line in late))


def _reminded(name: str, count: int) -> str:
    words = wording.REMINDED_ONE if count == 1 else wording.REMINDED_MORE
    return words.format(name=name, count=count)


def _some(count: int, words: tuple[str, str]) -> Iterable[str]:
    """A sentence for one, a sentence for more, none for none."""
    if not count:
        return ()
    return (words[0] if count == 1 else words[1].format(count=count),)


def percent(share: float) -> str:
    """A share as people say it: "83 %"; only all is 100 % and only nothing 0 %."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole} %"


def number(value: float) -> str:
    """A number as written in Dutch: "7" or "7,5"."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
