"""Who works on what: a job that several workers could do is done by one of them at a time."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, delete, or_, update

from embeddings.store.database import writing
from service.storage.once import insert_once
from service.storage.outbox_tables import leases


class Leases:
    """The leases of one municipality. `now` is the clock of whoever asks."""

    def __init__(self, engine: Engine, collection: str, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._collection = collection
        self._now = now

    @contextmanager
    def lease(self, name: str, seconds: float) -> Iterator[Lease | None]:
        """The lease on a job until the block ends, or None while another worker has it.

        A worker that dies holds it for `seconds` at most.
        """
        lease = Lease(self._engine, self._collection, name, self._now)
        if not lease.extend(seconds):
            yield None
            return
        try:
            yield lease
        finally:
            lease.release()


class Lease:
    """A job that is ours for a while."""

    def __init__(self, engine: Engine, collection: str, name: str, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._collection = collection
        self._name = name
        self._now = now
        self._holder = uuid.uuid4().hex

    def extend(self, seconds: float) -> bool:
        """Hold it for `seconds` from now; False when somebody else has it."""
        now = self._now()
        wanted = {"holder": self._holder, "held_until": now + timedelta(seconds=seconds)}
        row = {"collection": self._collection, "name": self._name, **wanted}
        take = (
            update(leases)
            .where(self._named(), or_(leases.c.holder == self._holder, leases.c.held_until <= now))
            .values(**wanted)
        )
        with writing(self._engine).begin() as connection:
            return insert_once(connection, leases, row) or connection.execute(take).rowcount == 1

    def release(self) -> None:
        """Let others have it; what somebody else took meanwhile stays theirs."""
        with writing(self._engine).begin() as connection:
            connection.execute(delete(leases).where(self._named(), leases.c.holder == self._holder))

    def _named(self) -> ColumnElement[bool]:
        return (leases.c.collection == self._collection) & (leases.c.name == self._name)
