"""Askings of gaps, read and written row by row within a transaction; with the addresses of who waits."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from service.domain.answer import Status
from service.domain.gap import Asking, Fault, Origin, Shown
from service.domain.question import Channel
from service.storage.gap_tables import addresses, askings

OLDEST_FIRST = (askings.c.asked_at, askings.c.sequence)  # those of one moment in the order in which they came
NEWEST_FIRST = tuple(column.desc() for column in OLDEST_FIRST)
_SHOWN = TypeAdapter(tuple[Shown, ...])


@dataclass(frozen=True)
class Meaning:
    """What joining compares of an asking: bytes of a float32 vector and of int8 token states, made by
    `encoder`; empty without a model."""

    encoder: str = ""
    vector: bytes = b""
    states: bytes = b""


@dataclass(frozen=True)
class Joinable:
    """An asking that a new one may join."""

    sequence: int
    gap: uuid.UUID
    document: str
    meaning: Meaning


def last_sequence(connection: Connection, collection: str) -> int:
    """The sequence number of the asking that came last, or was read again last; 0 without any."""
    query = select(func.max(askings.c.sequence)).where(askings.c.collection == collection)
    return connection.execute(query).scalar() or 0


def add_asking(connection: Connection, collection: str, asking: Asking, meaning: Meaning) -> int:
    """Write an asking with what joining needs of it; returns its sequence number."""
    sequence = last_sequence(connection, collection) + 1
    connection.execute(
        insert(askings).values(
            id=asking.id,
            sequence=sequence,
            collection=collection,
            gap_id=asking.gap,
            question_id=asking.question,
            text=asking.text,
            channel=asking.channel.value,
            language=asking.language,
            asked_at=asking.asked_at,
            origin=asking.origin.value,
            status=asking.status.value if asking.status else "",
            fault=asking.fault.value if asking.fault else "",
            remark=asking.remark,
            shown=_SHOWN.dump_python(asking.shown, mode="json"),
            probability=asking.probability,
            reporter=asking.reporter,
            told_at=asking.told_at,
            encoder=meaning.encoder,
            vector=meaning.vector,
            states=meaning.states,
        )
    )
    return sequence


def put_meaning(connection: Connection, collection: str, asking: Asking, meaning: Meaning) -> bool:
    """Write another meaning under the next sequence number; False when the words are not these any more."""
    changed = connection.execute(
        update(askings)
        .where(askings.c.collection == collection, askings.c.id == asking.id, askings.c.text == asking.text)
        .values(
            sequence=last_sequence(connection, collection) + 1,
            encoder=meaning.encoder,
            vector=meaning.vector,
            states=meaning.states,
        )
    ).rowcount
    return bool(changed)


def asking_of_question(connection: Connection, collection: str, question: uuid.UUID) -> Asking | None:
    """The latest asking that this kept question made, or None."""
    query = (
        select(askings)
        .where(askings.c.collection == collection, askings.c.question_id == question)
        .order_by(askings.c.sequence.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return asking_of(row) if row else None


def askings_of(connection: Connection, collection: str, gap: uuid.UUID) -> list[Asking]:
    """All askings of a gap within a transaction, oldest first."""
    query = (
        select(askings)
        .where(askings.c.collection == collection, askings.c.gap_id == gap)
        .order_by(*OLDEST_FIRST)
    )
    return [asking_of(row) for row in connection.execute(query)]


def change_asking(connection: Connection, collection: str, asking: Asking) -> None:
    """Write what people added to an asking; its words and what was shown stay."""
    connection.execute(
        update(askings)
        .where(askings.c.collection == collection, askings.c.id == asking.id)
        .values(
            origin=asking.origin.value,
            fault=asking.fault.value if asking.fault else "",
            remark=asking.remark,
            reporter=asking.reporter,
            told_at=asking.told_at,
        )
    )


def move_askings(connection: Connection, collection: str, chosen: Iterable[uuid.UUID], gap: uuid.UUID) -> int:
    """Put these askings under another gap; returns how many there were."""
    return connection.execute(
        update(askings)
        .where(askings.c.collection == collection, askings.c.id.in_(list(chosen)))
        .values(gap_id=gap)
    ).rowcount


def mark_told(connection: Connection, collection: str, chosen: Iterable[uuid.UUID], at: datetime) -> None:
    """Note that whoever asked knows how it ended."""
    connection.execute(
        update(askings)
        .where(askings.c.collection == collection, askings.c.id.in_(list(chosen)))
        .values(told_at=at)
    )


def leave_address(
    connection: Connection, collection: str, asking: uuid.UUID, email: str, at: datetime
) -> None:
    """Keep the address of a visitor who wants to hear the answer; a second one replaces the first."""
    connection.execute(delete(addresses).where(addresses.c.asking_id == asking))
    connection.execute(
        insert(addresses).values(asking_id=asking, collection=collection, email=email, left_at=at)
    )


def take_addresses(connection: Connection, collection: str, gap: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """The addresses of who waits for this gap, by asking; they are gone from here once this commits."""
    query = (
        select(addresses.c.asking_id, addresses.c.email)
        .join(askings, askings.c.id == addresses.c.asking_id)
        .where(addresses.c.collection == collection, askings.c.gap_id == gap)
    )
    found = [(row.asking_id, row.email) for row in connection.execute(query)]
    connection.execute(delete(addresses).where(addresses.c.asking_id.in_([asking for asking, _ in found])))
    return found


def asking_of(row: Row[Any]) -> Asking:
    """An asking out of a row of its table."""
    return Asking(
        id=row.id,
        gap=row.gap_id,
        text=row.text,
        channel=Channel(row.channel),
        language=row.language,
        asked_at=row.asked_at,
        origin=Origin(row.origin),
        status=Status(row.status) if row.status else None,
        fault=Fault(row.fault) if row.fault else None,
        remark=row.remark,
        shown=_SHOWN.validate_python(row.shown),
        probability=row.probability,
        question=row.question_id,
        reporter=row.reporter,
        told_at=row.told_at,
    )
