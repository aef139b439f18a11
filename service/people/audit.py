"""Who did what, when, and how it ended: a chain of lines in which no line can change unseen (guard S28).

No question, no password and no key ever stands in it: an actor and a subject are ids.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, insert, select, update

from embeddings.store.database import writing
from service.storage.people_tables import audit, audit_heads

START = "0" * 64  # stands before the first line


@dataclass(frozen=True)
class Line:
    """One thing that somebody did. `number` counts from 1, without a gap."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    outcome: str
    request_id: str
    details: dict[str, str | int | bool]
    previous: str
    hash: str


@dataclass(frozen=True)
class Broken:
    """Where the chain no longer holds, and why; `number` is the first line that is wrong."""

    number: int
    reason: str


class Audit:
    """The audit of one municipality."""

    def __init__(
        self, engine: Engine, collection: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._collection = collection
        self._now = now

    def note(
        self,
        actor: str,
        action: str,
        subject: str,
        outcome: str = "ok",
        request_id: str = "",
        **details: str | int | bool,
    ) -> None:
        """Add a line, in a transaction of its own."""
        with writing(self._engine).begin() as connection:
            self.note_in(connection, actor, action, subject, outcome, request_id, **details)

    def note_in(
        self,
        connection: Connection,
        actor: str,
        action: str,
        subject: str,
        outcome: str = "ok",
        request_id: str = "",
        **details: str | int | bool,
    ) -> None:
        """Add a line within the transaction of a change: both are kept, or neither.

        The transaction must be one of `writing(engine)`: its lock keeps two lines from the same place.
        """
        head = connection.execute(self._head()).one_or_none()
        number, previous = (head.number + 1, head.hash) if head else (1, START)
        said = {
            "number": number, "at": self._now().astimezone(UTC), "actor": actor, "action": action,
            "subject": subject, "outcome": outcome, "request_id": request_id, "details": details,
            "previous": previous,
        }  # fmt: skip
        digest = hash_of(self._collection, said)
        connection.execute(insert(audit).values(collection=self._collection, hash=digest, **said))
        if head:
            moved = update(audit_heads).where(audit_heads.c.collection == self._collection)
            connection.execute(moved.values(number=number, hash=digest))
        else:
            first = insert(audit_heads).values(collection=self._collection, number=number, hash=digest)
            connection.execute(first)

    def lines(self, limit: int = 100) -> tuple[Line, ...]:
        """The latest lines, newest first."""
        query = self._lines().order_by(audit.c.number.desc()).limit(limit)
        with self._engine.connect() as connection:
            return tuple(Line(**row) for row in connection.execute(query).mappings())

    def verify(self) -> Broken | int:
        """Where the chain breaks first; or, when it is whole, how many lines stand in it."""
        with self._engine.connect() as connection:
            return self.verify_in(connection)

    def verify_in(self, connection: Connection) -> Broken | int:
        """The same, as a transaction sees it."""
        head = connection.execute(self._head()).one_or_none()
        rows = connection.execute(self._lines().order_by(audit.c.number)).mappings()
        count, last = (head.number, head.hash) if head else (0, START)
        return first_fault(self._collection, (Line(**row) for row in rows), count, last)

    def _head(self) -> Select[tuple[int, str]]:
        return select(audit_heads.c.number, audit_heads.c.hash).where(
            audit_heads.c.collection == self._collection
        )

    def _lines(self) -> Select[Any]:
        named = [audit.c[field.name] for field in fields(Line)]
        return select(*named).where(audit.c.collection == self._collection)


def hash_of(collection: str, said: Mapping[str, Any]) -> str:
    """The hash of a line: of all that it says, the hash of the line before it included."""
    plain = {**said, "collection": collection, "at": said["at"].isoformat()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def first_fault(
    collection: str, lines: Iterable[Line], count: int, last: str, after: tuple[int, str] = (0, START)
) -> Broken | int:
    """The first line that is wrong; or, when none is, how many there are.

    `count` and `last` are what the head of the chain says: how many lines, and the hash of the last.
    `after` is the number and hash of the line before these.
    """
    number, previous = after
    for line in lines:
        number += 1
        said = dict(vars(line))
        if line.number != number:
            return Broken(number, "a line is missing")
        if line.previous != previous or said.pop("hash") != hash_of(collection, said):
            return Broken(number, "a line was changed")
        previous = line.hash
    if (number, previous) != (count, last):
        return Broken(number + 1, "the end was cut off, or the head was changed")
    return number
