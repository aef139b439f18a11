"""What is counted of signals, and the condition under which a signal counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_, select

from service.domain.gap import GapState, Origin
from service.storage.gap_tables import askings, events, gaps


class Measure(StrEnum):
    """What is counted of signals."""

    PROPOSED = "proposed"  # heard, and not asked often enough to need work yet
    OPEN = "open"  # at the end of the span
    LATE = "late"  # open at the end of the span, past the deadline
    NEW = "new"
    SOLVED = "solved"
    DISMISSED = "dismissed"
    REOPENED = "reopened"
    DUE = "due"  # the deadline fell in the span
    KEPT = "kept"  # and it was closed by then
    MISSED = "missed"  # and it was not: everybody of the duo was told at the start and reminded
    AGAIN = "again"  # asked in the span, and not for the first time
    AGAIN_CLOSED = "again_closed"  # asked after it was solved or dismissed once


@dataclass(frozen=True)
class Span:
    """From `start` up to `end`; `seen` is the moment at which we look: the end, or now if that is earlier."""

    start: datetime
    end: datetime
    seen: datetime


def counts_in(measure: Measure, collection: str, span: Span) -> ColumnElement[bool]:
    """Whether a signal of this municipality counts."""
    return _CONDITIONS[measure](collection, span)


def _happened(collection: str, span: Span, actions: Collection[str]) -> ColumnElement[bool]:
    """Something of this kind stands in its history within the span."""
    return gaps.c.id.in_(
        select(events.c.gap_id).where(
            events.c.collection == collection,
            events.c.at >= span.start,
            events.c.at < span.end,
            events.c.action.in_(actions),
        )
    )


def _proposed(_collection: str, _span: Span) -> ColumnElement[bool]:
    return gaps.c.state == GapState.PROPOSED.value


def _open(_collection: str, span: Span) -> ColumnElement[bool]:
    return and_(gaps.c.opened_at <= span.seen, or_(gaps.c.closed_at.is_(None), gaps.c.closed_at > span.seen))


def _late(collection: str, span: Span) -> ColumnElement[bool]:
    return and_(_open(collection, span), gaps.c.due_at < span.seen)


def _new(collection: str, span: Span) -> ColumnElement[bool]:
    """Opened for the first time; `opened_at` is that of the last time, so for the rest history is asked."""
    return case(
        (gaps.c.reopened == 0, and_(gaps.c.opened_at >= span.start, gaps.c.opened_at < span.end)),
        else_=_happened(collection, span, ("opened",)),
    )


def _solved(collection: str, span: Span) -> ColumnElement[bool]:
    return _happened(collection, span, ("proven",))


def _dismissed(collection: str, span: Span) -> ColumnElement[bool]:
    return _happened(collection, span, ("dismissed",))


def _reopened(collection: str, span: Span) -> ColumnElement[bool]:
    return _happened(collection, span, ("reopened",))


def _due(_collection: str, span: Span) -> ColumnElement[bool]:
    return and_(
        gaps.c.due_at >= span.start,
        gaps.c.due_at < span.seen,
        gaps.c.state != GapState.MERGED.value,
    )


def _kept(collection: str, span: Span) -> ColumnElement[bool]:
    return and_(_due(collection, span), gaps.c.closed_at <= gaps.c.due_at)


def _missed(collection: str, span: Span) -> ColumnElement[bool]:
    return and_(_due(collection, span), or_(gaps.c.closed_at.is_(None), gaps.c.closed_at > gaps.c.due_at))


def _again(_collection: str, span: Span) -> ColumnElement[bool]:
    """Asked in the span, and not for the first time."""
    return and_(gaps.c.asked > 1, _asked(span, gaps.c.first_asked_at))


def _again_closed(_collection: str, span: Span) -> ColumnElement[bool]:
    """Asked in the span, after it was closed; one that was reopened was closed before."""
    closed = case((gaps.c.reopened > 0, gaps.c.first_asked_at), else_=gaps.c.closed_at)
    return and_(closed.is_not(None), _asked(span, closed))


def _asked(span: Span, after: ColumnElement[Any]) -> ColumnElement[bool]:
    """There is an asking in the span, later than this moment.

    The collection is that of the signal. It is not named again: then each signal is a short look in the
    index of its own askings, and not a walk through those of everybody.
    """
    asked = select(literal(1)).where(
        askings.c.gap_id == gaps.c.id,
        askings.c.asked_at >= span.start,
        askings.c.asked_at < span.end,
        askings.c.asked_at > after,
        askings.c.origin != Origin.FOUND.value,
    )
    # most signals need no look at all
    return and_(
        gaps.c.last_asked_at >= span.start, gaps.c.first_asked_at < span.end, asked.correlate(gaps).exists()
    )


_CONDITIONS: Mapping[Measure, Callable[[str, Span], ColumnElement[bool]]] = {
    Measure.PROPOSED: _proposed,
    Measure.OPEN: _open,
    Measure.LATE: _late,
    Measure.NEW: _new,
    Measure.SOLVED: _solved,
    Measure.DISMISSED: _dismissed,
    Measure.REOPENED: _reopened,
    Measure.DUE: _due,
    Measure.KEPT: _kept,
    Measure.MISSED: _missed,
    Measure.AGAIN: _again,
    Measure.AGAIN_CLOSED: _again_closed,
}
