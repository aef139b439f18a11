"""Figures of signals. One condition counts a figure and lists its rows, so that the two always agree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, case, false, func, or_, select

from service.domain.draft import DraftState
from service.domain.gap import Gap, GapState, Origin
from service.domain.productduo import Owner
from service.storage.gap_tables import askings, drafts, events, gaps
from service.storage.gaps import gap_of
from service.storage.measures import Measure, Span, counts_in
from service.storage.people_tables import accounts

WEEK = timedelta(days=7)
WEEKS_BEFORE = 4
_OPENING = ("opened", "reopened")
# what happens to a signal now and changes figures of a period that ended: whose it is, when it was due,
# opened or closed; anything else counts for the moment at which it happens
_REWRITES = ("handed_over", "merged", "split", "urgency", "reopened", "not_proven", "withdrawn")
_SOLVED = "proven"
_REJECTIONS = (Origin.REJECTED, Origin.NOT_HELPED)


@dataclass(frozen=True)
class Scope:
    """Whose signals: of these duos, and of these departments as far as no known duo has them.

    `duos` None means everybody's. `known` are all duos there are: the signals of one that was dissolved
    belong to its department.
    """

    duos: frozenset[str] | None = None
    departments: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


EVERYTHING = Scope()


@dataclass(frozen=True)
class Took:
    """A signal that was solved: when it was opened for the last time before, and when it was solved."""

    owner: Owner
    opened_at: datetime
    solved_at: datetime


@dataclass(frozen=True)
class Heard:
    """A signal with how often it was asked in the latest week and in the four weeks before."""

    gap: Gap
    lately: int
    before: int


class FigureRows:
    """Counts and lists of the signals of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    def counts(self, wanted: Sequence[tuple[Measure, Span]]) -> dict[Owner, tuple[int, ...]]:
        """How many signals each owner has of each of these, in one look."""
        sums = [func.sum(case((self._is(measure, span), 1), else_=0)) for measure, span in wanted]
        query = (
            select(gaps.c.duo, gaps.c.department, *sums)
            .where(gaps.c.collection == self._collection)
            .group_by(gaps.c.duo, gaps.c.department)
        )
        with self._engine.connect() as connection:
            return {Owner(row[0], row[1]): tuple(row[2:]) for row in connection.execute(query)}

    def past_changed(self) -> int:
        """A number that is another one as soon as figures of a period that ended may be: those are only then
        to be counted again."""
        return self._latest(_REWRITES)

    def solved_changed(self) -> int:
        """A number that is another one as soon as what was solved in any period may be."""
        return self._latest((*_REWRITES, _SOLVED))

    def proposed(self) -> dict[Owner, int]:
        """How many signals each owner has that wait for more askings, now."""
        query = (
            select(gaps.c.duo, gaps.c.department, func.count())
            .where(gaps.c.collection == self._collection, gaps.c.state == GapState.PROPOSED.value)
            .group_by(gaps.c.duo, gaps.c.department)
        )
        with self._engine.connect() as connection:
            return {Owner(duo, department): number for duo, department, number in connection.execute(query)}

    def listed(
        self, measure: Measure, span: Span, scope: Scope, product: str, limit: int, offset: int = 0
    ) -> tuple[list[Gap], int]:
        """The signals behind a figure, most pressing first, and how many there are in all."""
        wanted = [gaps.c.collection == self._collection, self._is(measure, span), _within(scope)]
        if product:
            wanted.append(gaps.c.product == product)
        query = select(gaps).where(*wanted).order_by(gaps.c.weight.desc(), gaps.c.number)
        with self._engine.connect() as connection:
            rows = connection.execute(query.limit(limit).offset(offset)).all()
            total = connection.execute(select(func.count()).select_from(gaps).where(*wanted)).scalar_one()
        return [gap_of(row) for row in rows], total

    def took(self, span: Span) -> list[Took]:
        """What was solved in the span, with when it was opened."""
        opening = events.alias()
        noted = (
            select(func.max(opening.c.at))
            .where(
                opening.c.gap_id == events.c.gap_id,
                opening.c.action.in_(_OPENING),
                opening.c.at <= events.c.at,
            )
            .scalar_subquery()
        )
        # as its history says, else as the row does, else the first asking
        kept = case((gaps.c.opened_at <= events.c.at, gaps.c.opened_at), else_=gaps.c.first_asked_at)
        query = (
            select(gaps.c.duo, gaps.c.department, func.coalesce(noted, kept), events.c.at)
            .join(gaps, gaps.c.id == events.c.gap_id)
            .where(*self._in(events.c.at, span), events.c.action == _SOLVED)
        )
        with self._engine.connect() as connection:
            return [
                Took(Owner(duo, department), opened, at)
                for duo, department, opened, at in connection.execute(query)
            ]

    def heard(self, now: datetime, scope: Scope, least: int, limit: int) -> list[Heard]:
        """The signals that were asked at least so often in the week up to now, most asked first.

        How often before is looked up for those alone, in the index of their own askings.
        """
        week = now - WEEK
        asked = (
            select(askings.c.gap_id, func.count().label("lately"))
            .where(
                askings.c.collection == self._collection,
                askings.c.asked_at >= week,
                askings.c.asked_at < now,
            )
            .group_by(askings.c.gap_id)
            .having(func.count() >= least)
            .subquery()
        )
        before = (
            select(func.count())
            .where(
                askings.c.gap_id == gaps.c.id,
                askings.c.asked_at >= week - WEEKS_BEFORE * WEEK,
                askings.c.asked_at < week,
            )
            .scalar_subquery()
        )
        query = (
            select(gaps, asked.c.lately, before.label("before"))
            .join(asked, asked.c.gap_id == gaps.c.id)
            .where(gaps.c.collection == self._collection, _within(scope))
            .order_by(asked.c.lately.desc(), gaps.c.number)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [Heard(gap_of(row), row.lately, row.before) for row in connection.execute(query)]

    def most_asked(self, span: Span, scope: Scope, limit: int) -> list[tuple[Gap, int]]:
        """The signals that were asked most in the span, with how often."""
        asked = (
            select(askings.c.gap_id, func.count().label("times"))
            .where(*self._in(askings.c.asked_at, span, askings))
            .group_by(askings.c.gap_id)
            .subquery()
        )
        query = (
            select(gaps, asked.c.times)
            .join(asked, asked.c.gap_id == gaps.c.id)
            .where(gaps.c.collection == self._collection, _within(scope))
            .order_by(asked.c.times.desc(), gaps.c.number)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [(gap_of(row), row.times) for row in connection.execute(query)]

    def by_product(self, span: Span) -> dict[str, tuple[int, int]]:
        """Of each product: how often an answer was rejected in the span, and how many signals are open."""
        rejected = (
            select(gaps.c.product, func.count())
            .select_from(askings.join(gaps, gaps.c.id == askings.c.gap_id))
            .where(*self._in(askings.c.asked_at, span, askings), askings.c.origin.in_(_REJECTIONS))
            .group_by(gaps.c.product)
        )
        standing = (
            select(gaps.c.product, func.count())
            .where(gaps.c.collection == self._collection, self._is(Measure.OPEN, span))
            .group_by(gaps.c.product)
        )
        with self._engine.connect() as connection:
            refused = {product: number for product, number in connection.execute(rejected)}
            still = {product: number for product, number in connection.execute(standing)}
        return {each: (refused.get(each, 0), still.get(each, 0)) for each in refused | still}

    def texts(self, span: Span) -> dict[str, tuple[int, int]]:
        """Of each member: how many texts that were published in the span they wrote, and approved."""
        with self._engine.connect() as connection:
            wrote, approved = (
                {member: number for member, number in connection.execute(self._texts_by(column, span))}
                for column in (drafts.c.author, drafts.c.reviewer)
            )
        return {each: (wrote.get(each, 0), approved.get(each, 0)) for each in wrote | approved}

    # ----------------------------------------------------------------------------------------------

    def _latest(self, actions: Collection[str]) -> int:
        """The number of the latest line of history of one of these kinds."""
        query = select(func.max(events.c.number)).where(
            events.c.collection == self._collection, events.c.action.in_(actions)
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() or 0

    def _texts_by(self, person: ColumnElement[Any], span: Span) -> Select[Any]:
        return (
            select(func.lower(accounts.c.member), func.count())
            .select_from(drafts.join(accounts, accounts.c.id == person))
            .where(
                *self._in(drafts.c.reviewed_at, span, drafts),
                drafts.c.state.in_([DraftState.PUBLISHED.value, DraftState.WITHDRAWN.value]),
                accounts.c.collection == self._collection,
                accounts.c.member != "",
            )
            .group_by(func.lower(accounts.c.member))
        )

    def _in(self, column: ColumnElement[Any], span: Span, table: Any = events) -> tuple[Any, ...]:
        return table.c.collection == self._collection, column >= span.start, column < span.end

    def _is(self, measure: Measure, span: Span) -> ColumnElement[bool]:
        return counts_in(measure, self._collection, span)


def _within(scope: Scope) -> ColumnElement[bool]:
    if scope.duos is None:
        return gaps.c.collection == gaps.c.collection
    of_department = gaps.c.department.in_(scope.departments) & gaps.c.duo.not_in(scope.known)
    return or_(gaps.c.duo.in_(scope.duos), of_department if scope.departments else false())
