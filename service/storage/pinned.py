"""Pinned news, row by row; what is found and cited of it lies in the library."""

from __future__ import annotations

import uuid
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    Text,
    Uuid,
    insert,
    select,
    update,
)

from embeddings.store.tables import Moment
from service.domain.pinned import Pinned, Readers
from service.storage.tables import metadata

MOST_PINNED = 100  # as far as a page looks back for what is news now

pins = Table(
    "service_pinned",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("readers", String(20), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("pinned_by", Text, nullable=False),
    Column("pinned_at", Moment, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Index("service_pinned_ends", "collection", "ends_at"),
)


class PinnedMeanwhile(Exception):
    """Somebody else changed it first: `now` is what it is at this moment."""

    def __init__(self, now: Pinned) -> None:
        super().__init__(now.id)
        self.now = now


class Pins:
    """The pinned news of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self.engine = engine
        self.collection = collection

    def find(self, id: uuid.UUID) -> Pinned | None:
        """One piece of news, also one that is over."""
        with self.engine.connect() as connection:
            return _find(connection, self.collection, id)

    def coming(self, now: datetime) -> tuple[Pinned, ...]:
        """What is news now or later, the latest start first."""
        query = (
            select(pins)
            .where(pins.c.collection == self.collection, pins.c.ends_at > now)
            .order_by(pins.c.starts_at.desc(), pins.c.id)
        )
        return self._all(query)

    def latest(self, limit: int) -> tuple[Pinned, ...]:
        """What ends last, first: among it all that is news now."""
        query = (
            select(pins)
            .where(pins.c.collection == self.collection)
            .order_by(pins.c.ends_at.desc(), pins.c.id)
            .limit(limit)
        )
        return self._all(query)

    def over(self, now: datetime, limit: int) -> tuple[Pinned, ...]:
        """What was news, the last to end first."""
        query = (
            select(pins)
            .where(pins.c.collection == self.collection, pins.c.ends_at <= now)
            .order_by(pins.c.ends_at.desc(), pins.c.id)
            .limit(limit)
        )
        return self._all(query)

    def _all(self, query: Select[Any]) -> tuple[Pinned, ...]:
        with self.engine.connect() as connection:
            return tuple(_pinned(row) for row in connection.execute(query))

    def put(self, connection: Connection, pinned: Pinned) -> Pinned:
        """Save it in the caller's transaction: new at version 0, else as changed from that version.

        Raises PinnedMeanwhile when that is not the stored version any more.
        """
        after = replace(pinned, version=pinned.version + 1)
        values = asdict(after) | {"readers": after.readers.value}
        if pinned.version == 0:
            connection.execute(insert(pins).values(collection=self.collection, **values))
            return after
        changed = connection.execute(
            update(pins)
            .where(
                pins.c.collection == self.collection,
                pins.c.id == pinned.id,
                pins.c.version == pinned.version,
            )
            .values(**values)
        )
        if not changed.rowcount:
            now = _find(connection, self.collection, pinned.id)
            raise PinnedMeanwhile(now or pinned)
        return after


def _find(connection: Connection, collection: str, id: uuid.UUID) -> Pinned | None:
    query = select(pins).where(pins.c.collection == collection, pins.c.id == id)
    row = connection.execute(query).one_or_none()
    return _pinned(row) if row else None


def _pinned(row: Row[Any]) -> Pinned:
    values = {name: value for name, value in row._mapping.items() if name != "collection"}
    return Pinned(**(values | {"readers": Readers(row.readers)}))
