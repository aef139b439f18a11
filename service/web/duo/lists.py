"""The list of signals as the page shows it: what waits for me first, then by how near the deadline is."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from service.domain.gap import Gap, GapState, Urgency
from service.domain.productduo import Owner
from service.duos.ownership import Ownership
from service.storage.gap_tables import FORGOTTEN
from service.web import wording_duo as wording
from service.web.duo.moments import Pressure, due_in_words, moment_in_words, pressure


class Tab(StrEnum):
    """Which signals: the word in the address."""

    TODO = "te-doen"
    PROPOSED = "voorgesteld"
    DONE = "afgerond"


STATES = {
    Tab.TODO: (GapState.OPEN, GapState.REVIEW),
    Tab.PROPOSED: (GapState.PROPOSED,),
    Tab.DONE: (GapState.SOLVED, GapState.DISMISSED),
}
TAB_NAMES = {Tab.TODO: wording.TAB_TODO, Tab.PROPOSED: wording.TAB_PROPOSED, Tab.DONE: wording.TAB_DONE}
EMPTY = {Tab.TODO: wording.EMPTY_TODO, Tab.PROPOSED: wording.EMPTY_PROPOSED, Tab.DONE: wording.EMPTY_DONE}


@dataclass(frozen=True)
class Row:
    """A signal in a list."""

    number: int
    question: str
    kind: str
    asked: str
    last: str
    due: str
    pressure: str
    urgent: bool
    owner: str
    waits: str
    state: str
    reopened: bool


@dataclass(frozen=True)
class Group:
    """Signals under one heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class TabView:
    """A tab with how many signals stand behind it."""

    address: str
    name: str
    count: int
    here: bool


@dataclass(frozen=True)
class Seen:
    """What rows need to know of who looks: which reviews wait for this person, which signals have a text that
    came back to them, and whether owners matter."""

    now: datetime
    ownership: Ownership
    reviews: Collection[uuid.UUID] = ()
    with_owner: bool = False
    returned: Collection[uuid.UUID] = ()


_GROUPS = (
    wording.GROUP_RETURNED,
    wording.GROUP_REVIEW,
    wording.GROUP_LATE,
    wording.GROUP_SOON,
    wording.GROUP_LATER,
    wording.GROUP_OTHER,
    wording.GROUP_PROPOSED,
    wording.GROUP_DONE,
)
_BY_PRESSURE = {Pressure.LATE: wording.GROUP_LATE, Pressure.SOON: wording.GROUP_SOON}


def groups_of(gaps: Iterable[Gap], seen: Seen) -> tuple[Group, ...]:
    """The signals under their headings, the heading that asks most first; within one as they came."""
    placed = sorted(((_GROUPS.index(_group_of(gap, seen)), gap) for gap in gaps), key=lambda pair: pair[0])
    return tuple(
        Group(_GROUPS[place], tuple(row_of(gap, seen) for _, gap in pairs))
        for place, pairs in groupby(placed, key=lambda pair: pair[0])
    )


def row_of(gap: Gap, seen: Seen) -> Row:
    """A signal as one row."""
    return Row(
        number=gap.number,
        question=question_of(gap),
        kind=wording.KINDS[gap.kind],
        asked=asked_in_words(gap.asked),
        last=wording.LAST_ASKED.format(moment=moment_in_words(gap.last_asked_at, seen.now)),
        due="" if gap.state.is_closed or gap.due_at is None else due_in_words(gap.due_at, seen.now),
        pressure=pressure(gap.due_at, seen.now),
        urgent=gap.urgency is Urgency.HIGH and not gap.state.is_closed,
        owner=owner_in_words(gap.owner, seen.ownership) if seen.with_owner else "",
        waits=_waits(gap, seen),
        state=wording.STATES[gap.state] if gap.state.is_closed else "",
        reopened=bool(gap.reopened) and not gap.state.is_closed,
    )


def question_of(gap: Gap) -> str:
    """What is asked. Of a signal that was closed long ago the words are gone; its text says the subject."""
    if gap.question != FORGOTTEN:
        return gap.question
    return wording.FORGOTTEN.format(title=gap.title) if gap.title else wording.FORGOTTEN_ALL


def summary_of(count: int, late: int, reviews: int, returned: int = 0) -> str:
    """All that lies there, in a few short sentences."""
    parts = [wording.SUMMARY_ALL.get(count, wording.SUMMARY_ALL_MORE.format(count=count))]
    if late:
        parts.append(wording.SUMMARY_LATE.get(late, wording.SUMMARY_LATE_MORE.format(count=late)))
    if returned:
        parts.append(
            wording.SUMMARY_RETURNED.get(returned, wording.SUMMARY_RETURNED_MORE.format(count=returned))
        )
    if reviews:
        parts.append(wording.SUMMARY_REVIEW.get(reviews, wording.SUMMARY_REVIEW_MORE.format(count=reviews)))
    return " ".join(parts)


def asked_in_words(count: int) -> str:
    return wording.ASKED_TIMES.get(count, wording.ASKED_TIMES_MORE.format(count=count))


def owner_in_words(owner: Owner, ownership: Ownership) -> str:
    """Whose list: "duo Reisdocumenten", "afdeling Burgerzaken", "de coördinator"."""
    duo = ownership.duo(owner.duo) if owner.duo else None
    if owner.duo:
        return wording.OWNER_DUO.format(name=duo.name if duo else owner.duo)
    if owner.department:
        return wording.OWNER_DEPARTMENT.format(name=owner.department)
    return wording.OWNER_COORDINATOR


def _group_of(gap: Gap, seen: Seen) -> str:
    if gap.state.is_closed:
        return wording.GROUP_DONE
    if gap.state is GapState.REVIEW:
        return wording.GROUP_REVIEW if gap.id in seen.reviews else wording.GROUP_OTHER
    if gap.state is GapState.PROPOSED:
        return wording.GROUP_PROPOSED
    if gap.id in seen.returned:
        return wording.GROUP_RETURNED
    return _BY_PRESSURE.get(pressure(gap.due_at, seen.now), wording.GROUP_LATER)


def _waits(gap: Gap, seen: Seen) -> str:
    if gap.id in seen.returned:
        return wording.CAME_BACK
    if gap.state is not GapState.REVIEW:
        return ""
    return wording.WAITS_FOR_YOU if gap.id in seen.reviews else wording.WAITS_FOR_OTHER
