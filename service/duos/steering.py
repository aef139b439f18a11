"""Reads what a page or a report of figures shows, for who may see it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from service.domain.gap import Gap, GapState
from service.domain.local_time import AMSTERDAM
from service.domain.productduo import Owner, Productduo
from service.duos.figures import (
    RISING_LEAST,
    Counted,
    Figures,
    Line,
    ProductLine,
    by_department,
    by_duo,
    by_member,
    covers,
    days_by_owner,
    product_lines,
    rising,
    scope_of_departments,
    together,
)
from service.duos.ownership import Ownership
from service.duos.periods import Period
from service.storage.daily_counts import DailyCounts
from service.storage.figures import EVERYTHING, FigureRows, Heard, Scope
from service.storage.library_texts import ChangedText
from service.storage.measures import Measure, Span

TREND = (Measure.NEW, Measure.SOLVED, Measure.OPEN, Measure.LATE)
PERIODS = 6  # on the trend, with this one
# counting takes a tenth of a second: what was counted this lately is shown again
FRESH = timedelta(minutes=1)
FRESH_RISING = timedelta(minutes=5)  # it is about a whole week
FRESH_PAST = timedelta(minutes=10)  # of periods that ended, when something changed in them
_DAY = timedelta(days=1)
_HEARD = 500
_ANSWERED = (GapState.SOLVED, GapState.MERGED)
_KEPT = 24
_KEPT_PAST = 200
_WHOLE = tuple(each for each in Measure if each is not Measure.PROPOSED)  # that one is only counted now

_T = TypeVar("_T")


class _Lately:
    """What was counted lately, whoever asked for it; only while its mark is the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[Hashable, tuple[datetime, Hashable, Any]] = {}

    def get(
        self, key: Hashable, now: datetime, fresh: timedelta, count: Callable[[], _T], mark: Hashable = None
    ) -> _T:
        with self._lock:
            kept = self._found.get(key)
        if kept is not None and timedelta() <= now - kept[0] < fresh and kept[1] == mark:
            found: _T = kept[2]
            return found
        counted = count()
        with self._lock:
            self._found.pop(key, None)
            self._found[key] = now, mark, counted
            while len(self._found) > _KEPT:
                del self._found[next(iter(self._found))]
        return counted


@dataclass(frozen=True)
class _Ended:
    """What was counted of a period that ended: all of it, or only what the trend shows. `mark` changes with
    what happens to signals of the past."""

    counted: list[Counted]
    whole: bool
    mark: Hashable
    at: datetime

    def holds(self, whole: bool, mark: Hashable, now: datetime) -> bool:
        """Whether it can be shown once more."""
        return (self.whole or not whole) and (self.mark == mark or timedelta() <= now - self.at < FRESH_PAST)


class _Past:
    """The periods that ended, each counted once: they are what they were, until a signal of then is handed
    over, reopened, merged or split, or a day passes (retention deletes what is old)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[Period, _Ended] = {}

    def known(
        self, wanted: Mapping[Period, bool], mark: Hashable, now: datetime
    ) -> dict[Period, list[Counted]]:
        """Those of the periods that need not be counted; with each stands whether it is wanted whole."""
        with self._lock:
            kept = {period: self._found.get(period) for period in wanted}
        return {
            period: ended.counted
            for period, ended in kept.items()
            if ended is not None and ended.holds(wanted[period], mark, now)
        }

    def keep(self, period: Period, ended: _Ended) -> None:
        with self._lock:
            self._found.pop(period, None)
            self._found[period] = ended
            while len(self._found) > _KEPT_PAST:
                del self._found[next(iter(self._found))]


@dataclass(frozen=True)
class Point:
    """One period of the trend."""

    period: Period
    figures: Figures


@dataclass(frozen=True)
class Overview:
    """The figures of a period, those of the one before, and how it came to this."""

    now: Figures
    before: Figures
    trend: tuple[Point, ...]
    departments: tuple[Line, ...]
    duos: tuple[Line, ...]
    members: tuple[Line, ...]


@dataclass(frozen=True)
class View:
    """What somebody looks at: the names of departments, None for all of them, and whether members by name."""

    departments: tuple[str, ...] | None
    members: bool


@dataclass(frozen=True)
class Steering:
    """The figures of one municipality. `product_names` gives the names of products by their UPL address,
    `changed_texts` the texts that changed since a moment."""

    rows: FigureRows
    daily: DailyCounts
    ownership: Callable[[], Ownership]
    product_names: Callable[[], Mapping[str, str]]
    changed_texts: Callable[[datetime], Sequence[ChangedText]]
    _lately: _Lately = field(default_factory=_Lately, repr=False, compare=False)
    _past: _Past = field(default_factory=_Past, repr=False, compare=False)

    def overview(self, period: Period, view: View, now: datetime) -> Overview:
        """The figures of a period for one view."""
        ownership = self.ownership()
        scope = scope_of(view, ownership)
        series = period.series(PERIODS)
        counted = [
            [each for each in part if covers(scope, each.owner)] for part in self._everybody(series, now)
        ]
        current = counted[-1]
        duos = duos_in(scope, ownership)
        texts = self.rows.texts(period.span(now)) if view.members else {}
        names = (
            view.departments
            if view.departments is not None
            else tuple(department.name for department in ownership.departments)
        )
        return Overview(
            now=together(current),
            before=together(counted[-2]),
            trend=tuple(Point(*pair) for pair in zip(series, map(together, counted), strict=True)),
            departments=tuple(by_department(current, ownership, names)),
            duos=tuple(by_duo(current, duos)),
            members=tuple(by_member(current, duos, ownership, texts)) if view.members else (),
        )

    def rising(self, view: View, now: datetime) -> list[Heard]:
        """The questions that are asked clearly more this week than in the four weeks before; what was solved
        has its answer, so it is none of these."""
        scope = scope_of(view, self.ownership())
        heard = self._lately.get(
            "heard", now, FRESH_RISING, lambda: self.rows.heard(now, EVERYTHING, RISING_LEAST, _HEARD)
        )
        return rising(
            each for each in heard if each.gap.state not in _ANSWERED and covers(scope, each.gap.owner)
        )

    def products(self, period: Period, view: View, now: datetime) -> list[ProductLine]:
        """How the questions about each product went."""
        ownership = self.ownership()
        names = self.product_names()
        return product_lines(
            self.daily.products(period.first, period.after),
            self.rows.by_product(period.span(now)),
            lambda product: names.get(product) or name_in_address(product),
            ownership,
            scope_of(view, ownership),
        )

    def most_asked(self, period: Period, view: View, now: datetime, limit: int) -> list[tuple[Gap, int]]:
        """The signals that were asked most in a period."""
        return self.rows.most_asked(period.span(now), scope_of(view, self.ownership()), limit)

    def texts_since(self, moment: datetime, view: View) -> list[ChangedText]:
        """The texts of these departments that changed since."""
        wanted = None if view.departments is None else {name.casefold() for name in view.departments}
        return [
            text
            for text in self.changed_texts(moment)
            if wanted is None or text.owner.strip().casefold() in wanted
        ]

    def _everybody(self, series: Sequence[Period], now: datetime) -> list[list[Counted]]:
        """What was counted of each owner: of the last two periods everything, of the rest the trend. With the
        last stands what is only proposed."""
        ended = {period: period in series[-2:] for period in series if not period.runs_at(now)}
        found = self._ended(ended, now)
        for period in series:
            if period not in found:
                found[period] = self._lately.get(period, now, FRESH, partial(self._running, period, now))
        counted = [found[period] for period in series]
        return [*counted[:-1], [*counted[-1], *self._lately.get("proposed", now, FRESH, self._proposed)]]

    def _running(self, period: Period, now: datetime) -> list[Counted]:
        return self._counted([period], [_WHOLE], now)[0]

    def _ended(self, wanted: Mapping[Period, bool], now: datetime) -> dict[Period, list[Counted]]:
        """What was counted of the periods that ended; those that are not known yet in one look."""
        changed = self._lately.get("past changed", now, FRESH, self.rows.past_changed)
        mark = now.astimezone(AMSTERDAM).date(), changed
        found = self._past.known(wanted, mark, now)
        missing = [period for period in wanted if period not in found]
        if missing:
            measures = [_WHOLE if wanted[period] else TREND for period in missing]
            for period, counted in zip(missing, self._counted(missing, measures, now), strict=True):
                self._past.keep(period, _Ended(counted, wanted[period], mark, now))
                found[period] = counted
        return found

    def _proposed(self) -> list[Counted]:
        """What waits for more askings: of no period, but as it is now."""
        counts = self.rows.proposed().items()
        return [Counted(owner, {Measure.PROPOSED: number}) for owner, number in counts]

    def _counted(
        self, periods: Sequence[Period], measures: Sequence[tuple[Measure, ...]], now: datetime
    ) -> list[list[Counted]]:
        spans = [period.span(now) for period in periods]
        wanted = [(each, span) for span, own in zip(spans, measures, strict=True) for each in own]
        days = [
            self._days(span, now) if own is not TREND else {}
            for span, own in zip(spans, measures, strict=True)
        ]
        found: list[list[Counted]] = [[] for _ in periods]
        for owner, counts in self.rows.counts(wanted).items():
            numbers = iter(counts)
            for place, own in enumerate(measures):
                own_counts = dict(zip(own, islice(numbers, len(own)), strict=True))
                found[place].append(Counted(owner, own_counts, days[place].get(owner, ())))
        return found

    def _days(self, span: Span, now: datetime) -> Mapping[Owner, tuple[int, ...]]:
        """The working days that each owner took: the same as before, until one more signal is solved or what
        was solved changes."""
        changed = self.rows.solved_changed()
        key = "days", span.start, span.end
        return self._lately.get(key, now, _DAY, lambda: days_by_owner(self.rows.took(span)), changed)


def scope_of(view: View, ownership: Ownership) -> Scope:
    """The signals in a view."""
    return EVERYTHING if view.departments is None else scope_of_departments(view.departments, ownership)


def duos_in(scope: Scope, ownership: Ownership) -> list[Productduo]:
    """The duos of which a scope holds the signals."""
    return [duo for duo in ownership.duos if scope.duos is None or duo.id in scope.duos]


def name_in_address(product: str) -> str:
    """A product whose name nobody knows, by the end of its UPL address."""
    return product.rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")
