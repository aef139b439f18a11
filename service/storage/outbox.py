"""What still has to be told outside: written with the change that causes it, kept until it has arrived."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, func, or_, select, update

from embeddings.store.database import empty_journal, writing
from service.storage.once import insert_once
from service.storage.outbox_tables import outbox


class Kind(StrEnum):
    """By which road a notice goes."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    OPEN_KLANT = "open_klant"


@dataclass(frozen=True)
class Notice:
    """Something to tell, once, to one receiver.

    `key` says what happened and to whom: a second notice with the same key is the same notice. `about` is
    the id of a signal. `sensitive`: the payload holds what a visitor left, and is erased after sending.
    """

    kind: Kind
    key: str
    payload: Mapping[str, Any] = field(repr=False)
    about: str = ""
    sensitive: bool = False


@dataclass(frozen=True)
class Leased:
    """A notice that is ours to deliver until `until`. `id` is the same at every attempt."""

    id: uuid.UUID
    kind: Kind
    payload: Mapping[str, Any] = field(repr=False)
    created_at: datetime
    attempts: int
    sensitive: bool
    until: datetime
    by: str


@dataclass(frozen=True)
class Progress:
    """How far a notice is, for pages: repeats are one line."""

    id: uuid.UUID
    kind: Kind
    key: str
    about: str
    created_at: datetime
    attempts: int
    next_try: datetime
    last_error: str
    refused: bool
    sent_at: datetime | None
    receipt: str
    given_up_at: datetime | None
    erased: bool

    @property
    def event(self) -> str:
        """What it tells: the word that its key begins with."""
        return self.key.partition(":")[0]


class Outbox:
    """The notices of one municipality. `now` is the clock."""

    def __init__(self, engine: Engine, collection: str, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._collection = collection
        self.now = now

    def put(self, connection: Connection, notice: Notice) -> bool:
        """Add a notice in the transaction of the change that causes it; False when it was there already."""
        now = self.now()
        row = {
            "id": uuid.uuid4(),
            "collection": self._collection,
            "kind": notice.kind.value,
            "key": notice.key,
            "about": notice.about,
            "created_at": now,
            "not_before": now,
            "attempts": 0,
            "refused": False,
            "payload": dict(notice.payload),
            "sensitive": notice.sensitive,
        }
        return insert_once(connection, outbox, row)

    # -- for a worker ----------------------------------------------------------------------------

    def lease(self, kinds: Collection[Kind], by: str, seconds: float, most: int) -> list[Leased]:
        """Take the notices that have waited longest; no other worker gets them for `seconds`."""
        now = self.now()
        until = now + timedelta(seconds=seconds)
        due = (
            select(outbox)
            .where(
                self._waiting(),
                outbox.c.kind.in_([kind.value for kind in kinds]),
                outbox.c.not_before <= now,
                or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now),
            )
            .order_by(outbox.c.not_before, outbox.c.created_at)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        with writing(self._engine).begin() as connection:
            rows = connection.execute(due).all()
            ids = [row.id for row in rows]
            lease = update(outbox).where(self._ours(), outbox.c.id.in_(ids))
            connection.execute(lease.values(leased_until=until, leased_by=by))
        return [_leased(row, until, by) for row in rows]

    def sent(self, leased: Leased, receipt: str = "") -> None:
        """It has arrived. What a visitor left is erased with it."""
        values: dict[str, Any] = {
            "sent_at": self.now(),
            "receipt": receipt,
            "last_error": None,
            "refused": False,
        }
        if leased.sensitive:
            values["payload"] = None
        # whoever holds the lease by now: it has arrived
        self._change(outbox.c.id == leased.id, attempts=outbox.c.attempts + 1, **_FREE, **values)

    def failed(self, leased: Leased, why: str, again_at: datetime, refused: bool) -> None:
        """It has not arrived: `why` without any address or text, and when to try again."""
        self._change(
            _still(leased),
            attempts=outbox.c.attempts + 1,
            last_error=why,
            refused=refused,
            not_before=again_at,
            **_FREE,
        )

    def release(self, leased: Collection[Leased]) -> None:
        """Let others have what was not tried."""
        for one in leased:
            self._change(_still(one), **_FREE)

    def forget_traces(self) -> None:
        """Overwrite what SQLite's log still holds of payloads that were erased."""
        empty_journal(self._engine)

    # -- for pages and chores --------------------------------------------------------------------

    def waiting(self) -> int:
        """How many notices have not arrived yet."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).where(self._waiting())).scalar_one()

    def failing(self, since: datetime) -> tuple[Progress, ...]:
        """What waits from before `since`, was refused, or was erased before it arrived; oldest first."""
        stuck = or_(outbox.c.created_at <= since, outbox.c.refused, outbox.c.payload.is_(None))
        return self._progress(outbox.c.sent_at.is_(None), outbox.c.given_up_at.is_(None), stuck)

    def about(self, signal: str) -> tuple[Progress, ...]:
        """The notices about a signal, oldest first."""
        return self._progress(outbox.c.about == signal)

    def try_again(self, connection: Connection, id: uuid.UUID) -> bool:
        """Make it due now; False when there is nothing to try."""
        statement = update(outbox).where(self._waiting(), outbox.c.id == id).values(not_before=self.now())
        return connection.execute(statement).rowcount == 1

    def give_up(self, connection: Connection, id: uuid.UUID) -> bool:
        """A person ends a notice that cannot arrive; its payload goes, its line stays."""
        open_still = and_(outbox.c.sent_at.is_(None), outbox.c.given_up_at.is_(None))
        statement = update(outbox).where(self._ours(), open_still, outbox.c.id == id)
        return connection.execute(statement.values(given_up_at=self.now(), payload=None)).rowcount == 1

    def erase_before(self, moment: datetime) -> int:
        """Erase the payload of what was sent before `moment`, and of what visitors left before it.

        The lines stay: a key that was used is used. A visitor's notice that could not be sent in all that
        time is shown as failing.
        """
        old = or_(outbox.c.sent_at < moment, and_(outbox.c.sensitive, outbox.c.created_at < moment))
        erased = self._change(outbox.c.payload.is_not(None) & old, payload=None)
        self.forget_traces()
        return erased

    def _waiting(self) -> ColumnElement[bool]:
        return and_(
            self._ours(),
            outbox.c.sent_at.is_(None),
            outbox.c.given_up_at.is_(None),
            outbox.c.payload.is_not(None),
        )

    def _ours(self) -> ColumnElement[bool]:
        return outbox.c.collection == self._collection

    def _change(self, which: ColumnElement[bool], **values: Any) -> int:
        with writing(self._engine).begin() as connection:
            return connection.execute(update(outbox).where(self._ours(), which).values(**values)).rowcount

    def _progress(self, *which: ColumnElement[bool]) -> tuple[Progress, ...]:
        query = select(outbox).where(self._ours(), *which).order_by(outbox.c.created_at, outbox.c.key)
        with self._engine.connect() as connection:
            return tuple(_progress(row) for row in connection.execute(query))


_FREE = {"leased_until": None, "leased_by": None}


def _still(leased: Leased) -> ColumnElement[bool]:
    """Unless somebody else took it over when our time was up, or it has arrived."""
    return and_(outbox.c.id == leased.id, outbox.c.leased_by == leased.by, outbox.c.sent_at.is_(None))


def _leased(row: Row[Any], until: datetime, by: str) -> Leased:
    return Leased(row.id, Kind(row.kind), row.payload, row.created_at, row.attempts, row.sensitive, until, by)


def _progress(row: Row[Any]) -> Progress:
    return Progress(
        id=row.id,
        kind=Kind(row.kind),
        key=row.key,
        about=row.about,
        created_at=row.created_at,
        attempts=row.attempts,
        next_try=row.not_before,
        last_error=row.last_error or "",
        refused=row.refused,
        sent_at=row.sent_at,
        receipt=row.receipt or "",
        given_up_at=row.given_up_at,
        erased=row.payload is None,
    )
