"""Requests to be called back. The number and the name of a caller stand in this table and nowhere else, and
their bytes go out of the file when the request is closed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    Uuid,
    and_,
    case,
    func,
    insert,
    select,
    update,
)

from embeddings.store.database import empty_journal, writing
from embeddings.store.tables import Moment
from service.domain.callback import Callback, CallbackNote, CallbackState, Daypart
from service.storage.outbox_tables import outbox
from service.storage.tables import metadata

callbacks = Table(
    "service_callbacks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    # not a foreign key: the question is deleted sooner
    Column("question_id", Uuid),
    # by name; empty, not null, for the coordinator
    Column("department", Text, nullable=False),
    # redacted words; empty once they are past their time
    Column("about", Text, nullable=False),
    # E.164; empty once it is closed, and so is the name
    Column("telephone", Text, nullable=False),
    Column("caller", Text, nullable=False),
    Column("moment", String(20), nullable=False),
    Column("left_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("closed_at", Moment),
    # whoever took it, until they were told how it ended
    Column("reporter", Uuid),
    Column("told_at", Moment),
    Column("version", Integer, nullable=False),
    Index("service_callbacks_list", "collection", "state", "due_at"),
    Index("service_callbacks_left", "collection", "left_at"),
    Index("service_callbacks_reporter", "collection", "reporter", "told_at"),
)

_NOTES = TypeAdapter(tuple[CallbackNote, ...])
Noted = Callable[[Connection, Callback], None]


class CallbackMeanwhile(Exception):
    """Somebody else was first: `now` is what it is at this moment, None when it is gone."""

    def __init__(self, now: Callback | None) -> None:
        super().__init__()
        self.now = now


@dataclass(frozen=True)
class CallbackFigures:
    """The requests of one department since a day: how many came, were called, and that in time; how many
    wait, and are late; and of how many the number was erased without a call."""

    department: str
    came: int
    done: int
    in_time: int
    waiting: int
    late: int
    expired: int


class KeptCallbacks:
    """The requests of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self.engine = engine
        self.collection = collection

    def find(self, id: uuid.UUID) -> Callback | None:
        """One request, also a closed one."""
        with self.engine.connect() as connection:
            return _find(connection, self.collection, id)

    def open(self, departments: Collection[str] | None = None) -> tuple[Callback, ...]:
        """Those that wait, of these departments or of all, the nearest deadline first."""
        which = [callbacks.c.collection == self.collection, callbacks.c.state == CallbackState.OPEN.value]
        if departments is not None:
            which.append(callbacks.c.department.in_(departments))
        query = select(callbacks).where(*which).order_by(callbacks.c.due_at, callbacks.c.left_at)
        return self._all(query)

    def untold(self, reporter: uuid.UUID) -> tuple[Callback, ...]:
        """Those that this person took, that have ended, and of which they did not read it yet."""
        query = (
            select(callbacks)
            .where(
                callbacks.c.collection == self.collection,
                callbacks.c.reporter == reporter,
                callbacks.c.told_at.is_(None),
                callbacks.c.state != CallbackState.OPEN.value,
            )
            .order_by(callbacks.c.closed_at.desc())
        )
        return self._all(query)

    def add(self, connection: Connection, new: Callback) -> Callback:
        """Keep a new one, in the caller's transaction."""
        added = replace(new, version=1)
        connection.execute(insert(callbacks).values(collection=self.collection, **_columns(added)))
        return added

    def change(self, before: Callback, after: Callback, noted: Noted) -> Callback:
        """Save a change of what somebody looked at as `before`; `noted` is called in the same transaction.

        Closing erases number and name, here and in notices that were not sent yet. Raises CallbackMeanwhile.
        """
        closes = after.state is not CallbackState.OPEN
        if closes:
            after = replace(after, telephone="", caller="")
        after = replace(after, version=before.version + 1)
        with writing(self.engine).begin() as connection:
            _overwrite(connection)
            changed = connection.execute(
                update(callbacks).where(*self._is(before)).values(**_columns(after))
            ).rowcount
            if not changed:
                raise CallbackMeanwhile(_find(connection, self.collection, before.id))
            if closes:
                _erase_notices(connection, self.collection, before.id)
            noted(connection, after)
        if closes:
            empty_journal(self.engine)
        return after

    def mark_told(self, connection: Connection, id: uuid.UUID, reporter: uuid.UUID, at: datetime) -> None:
        """The agent has read how it ended; who took it need not be known any longer."""
        connection.execute(
            update(callbacks)
            .where(
                callbacks.c.collection == self.collection,
                callbacks.c.id == id,
                callbacks.c.reporter == reporter,
                callbacks.c.state != CallbackState.OPEN.value,
            )
            .values(told_at=at, reporter=None)
        )

    def forget_words_before(self, moment: datetime) -> int:
        """Take the words and the names of colleagues out of what was closed before; the counts stay."""
        old = (
            callbacks.c.collection == self.collection,
            callbacks.c.state != CallbackState.OPEN.value,
            callbacks.c.closed_at < moment,
            callbacks.c.about != "",
        )
        with writing(self.engine).begin() as connection:
            _overwrite(connection)
            gone = connection.execute(
                update(callbacks).where(*old).values(about="", notes=[], reporter=None, question_id=None)
            ).rowcount
        if gone:
            empty_journal(self.engine)
        return gone

    def figures(self, since: datetime, now: datetime) -> tuple[CallbackFigures, ...]:
        """What came since then, by department."""
        state = callbacks.c.state
        done = state == CallbackState.DONE.value
        waiting = state == CallbackState.OPEN.value
        query = (
            select(
                callbacks.c.department,
                func.count(),
                _sum(done),
                _sum(and_(done, callbacks.c.closed_at <= callbacks.c.due_at)),
                _sum(waiting),
                _sum(and_(waiting, callbacks.c.due_at < now)),
                _sum(state == CallbackState.EXPIRED.value),
            )
            .where(callbacks.c.collection == self.collection, callbacks.c.left_at >= since)
            .group_by(callbacks.c.department)
            .order_by(callbacks.c.department)
        )
        with self.engine.connect() as connection:
            return tuple(CallbackFigures(*row) for row in connection.execute(query))

    def _all(self, query: Any) -> tuple[Callback, ...]:
        with self.engine.connect() as connection:
            return tuple(_callback(row) for row in connection.execute(query))

    def _is(self, before: Callback) -> tuple[Any, ...]:
        return (
            callbacks.c.collection == self.collection,
            callbacks.c.id == before.id,
            callbacks.c.version == before.version,
            callbacks.c.state == CallbackState.OPEN.value,
        )


def _sum(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _overwrite(connection: Connection) -> None:
    """What is written over or deleted leaves no byte in the file."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def _erase_notices(connection: Connection, collection: str, id: uuid.UUID) -> None:
    """What still waited to be told is told no more: a task for another system may hold the number."""
    connection.execute(
        update(outbox)
        .where(outbox.c.collection == collection, outbox.c.about == str(id))
        .values(payload=None)
    )


def _find(connection: Connection, collection: str, id: uuid.UUID) -> Callback | None:
    query = select(callbacks).where(callbacks.c.collection == collection, callbacks.c.id == id)
    row = connection.execute(query).one_or_none()
    return _callback(row) if row else None


def _columns(one: Callback) -> dict[str, Any]:
    values = {**vars(one), "moment": one.moment.value, "state": one.state.value}
    return values | {
        "question_id": values.pop("question"),
        "notes": _NOTES.dump_python(one.notes, mode="json"),
    }


def _callback(row: Row[Any]) -> Callback:
    values = dict(row._mapping)
    del values["collection"]
    return Callback(
        **values
        | {
            "question": values.pop("question_id"),
            "moment": Daypart(row.moment),
            "state": CallbackState(row.state),
            "notes": _NOTES.validate_python(row.notes),
        }
    )
