"""A conversation read back whole, and taken away whole when its owner asks for it (guard P6)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, delete, insert, select, update

from embeddings.store.database import empty_journal, writing
from service.domain.gap import GapState
from service.storage.gap_tables import FORGOTTEN, addresses, askings, events, gaps, proofs, regression
from service.storage.outbox_tables import outbox
from service.storage.questions import Turn, turn_of
from service.storage.tables import conversations, questions

Note = Callable[[Connection], None]


class Erasing:
    """The conversations of one municipality, each by its id."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    def conversation(self, id: uuid.UUID, asked_after: datetime) -> tuple[Turn, ...]:
        """Its turns from that moment on, oldest first; none when there is no such conversation."""
        query = (
            select(questions)
            .where(
                questions.c.collection == self._collection,
                questions.c.conversation_id == id,
                questions.c.asked_at >= asked_after,
            )
            .order_by(questions.c.position)
        )
        with self._engine.connect() as connection:
            return tuple(turn_of(row) for row in connection.execute(query))

    def erase(self, id: uuid.UUID, at: datetime, noted: Note | None = None) -> int:
        """Take the conversation away, so that no byte of its words stays in the file; returns how many
        questions there were.

        What it brought to a duo's list keeps its number and its count, and loses its words. What a duo wrote
        itself stays: a text, or another wording of the signal. `noted` is called in the same transaction.
        """
        with writing(self._engine).begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            erased = _questions_of(connection, self._collection, id)
            _forget_askings(connection, self._collection, erased, at)
            gone = connection.execute(
                delete(conversations).where(
                    conversations.c.collection == self._collection, conversations.c.id == id
                )
            ).rowcount
            if gone and noted:
                noted(connection)
        empty_journal(self._engine)
        return len(erased)


def _questions_of(connection: Connection, collection: str, conversation: uuid.UUID) -> dict[uuid.UUID, str]:
    query = select(questions.c.id, questions.c.text).where(
        questions.c.collection == collection, questions.c.conversation_id == conversation
    )
    return {row.id: row.text for row in connection.execute(query)}


def _forget_askings(
    connection: Connection, collection: str, erased: dict[uuid.UUID, str], at: datetime
) -> None:
    """Take the words out of what these questions brought to a list."""
    brought = connection.execute(
        select(askings.c.id, askings.c.gap_id, askings.c.text).where(
            askings.c.collection == collection, askings.c.question_id.in_(erased)
        )
    ).all()
    ids, words = [row.id for row in brought], {row.text for row in brought} | set(erased.values())
    connection.execute(delete(addresses).where(addresses.c.asking_id.in_(ids)))
    connection.execute(
        update(askings)
        .where(askings.c.id.in_(ids))
        .values(text=FORGOTTEN, remark="", shown=[], question_id=None, vector=b"", states=b"")
    )
    for gap in dict.fromkeys(row.gap_id for row in brought):
        _forget_in_gap(connection, collection, gap, words - _still_asked(connection, gap), at)


def _still_asked(connection: Connection, gap: uuid.UUID) -> set[str]:
    """The words that somebody else used just so: those are not only of who erases."""
    query = select(askings.c.text).where(askings.c.gap_id == gap, askings.c.text != FORGOTTEN)
    return set(connection.execute(query).scalars())


def _forget_in_gap(
    connection: Connection, collection: str, gap: uuid.UUID, words: Collection[str], at: datetime
) -> None:
    """Take the words out of a gap and what hangs on it; it takes those of another who asked the same."""
    row = connection.execute(select(gaps).where(gaps.c.id == gap)).one()
    if row.question in words:
        left = _newest_left(connection, gap)
        values: dict[str, Any] = {"question": left or FORGOTTEN, "version": row.version + 1}
        if left is None and row.state == GapState.PROPOSED:
            # nobody had looked at it, and nobody can any more
            values |= {"state": GapState.DISMISSED.value, "closed_at": at, "due_at": None}
            connection.execute(insert(events).values(_closed(collection, gap, at)))
        connection.execute(update(gaps).where(gaps.c.id == gap).values(values))
    connection.execute(update(events).where(events.c.gap_id == gap, events.c.note.in_(words)).values(note=""))
    connection.execute(delete(regression).where(regression.c.gap_id == gap, regression.c.question.in_(words)))
    _clean(connection, proofs, proofs.c.checks, proofs.c.gap_id == gap, words)
    _clean(connection, outbox, outbox.c.payload, outbox.c.about == str(gap), words)


def _newest_left(connection: Connection, gap: uuid.UUID) -> str | None:
    query = (
        select(askings.c.text)
        .where(askings.c.gap_id == gap, askings.c.text != FORGOTTEN)
        .order_by(askings.c.asked_at.desc(), askings.c.sequence.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def _closed(collection: str, gap: uuid.UUID, at: datetime) -> dict[str, Any]:
    return {
        "collection": collection, "gap_id": gap, "at": at,
        "actor": "", "action": "dismissed", "note": FORGOTTEN,
    }  # fmt: skip


def _clean(
    connection: Connection, table: Table, column: Column[Any], which: Any, words: Collection[str]
) -> None:
    """Put FORGOTTEN where the words stand in a column of JSON."""
    rows = connection.execute(select(table.c.id, column).where(which, column.is_not(None))).all()
    for row in rows:
        cleaned = without(row[1], words)
        if cleaned != row[1]:
            connection.execute(update(table).where(table.c.id == row.id).values({column.name: cleaned}))


def without(value: Any, words: Collection[str]) -> Any:
    """The same JSON value with FORGOTTEN in the place of these words."""
    if isinstance(value, str):
        for each in sorted(words, key=len, reverse=True):
            value = value.replace(each, FORGOTTEN)
        return value
    if isinstance(value, dict):
        return {name: without(part, words) for name, part in value.items()}
    if isinstance(value, list):
        return [without(part, words) for part in value]
    return value
