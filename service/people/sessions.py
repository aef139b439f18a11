"""Sessions of who is signed in, in the database: they hold in every process and end at once (guard S17)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Engine, Select, delete, insert, or_, select, update

from embeddings.store.database import writing
from service.domain.conversation import digest_of
from service.domain.person import Person
from service.people.accounts import DEMO, PERSON, person_of
from service.people.staff_key import new_key
from service.storage.database import Unavailable
from service.storage.people_tables import accounts, sessions

IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)

log = structlog.get_logger()


class Sessions:
    """The sessions of one municipality. Without `demo` the people of the demo are let in no longer."""

    def __init__(
        self,
        engine: Engine,
        collection: str,
        demo: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._collection = collection
        self._demo = demo
        self._now = now

    def open(self, account_id: uuid.UUID, instead_of: str = "") -> str:
        """A new session and its reference (256 bits). The one before it in this browser ends."""
        reference, now = new_key(), self._now()
        with writing(self._engine).begin() as connection:
            ended = or_(sessions.c.opened_at < now - ABSOLUTE, sessions.c.seen_at < now - IDLE)
            connection.execute(
                delete(sessions).where(
                    sessions.c.collection == self._collection,
                    or_(ended, sessions.c.digest == digest_of(instead_of)),
                )
            )
            connection.execute(
                insert(sessions).values(
                    digest=digest_of(reference), collection=self._collection, account_id=account_id,
                    opened_at=now, seen_at=now,
                )
            )  # fmt: skip
        return reference

    def person(self, reference: str) -> Person | None:
        """Who holds this reference, as long as the session runs; asking keeps it from falling idle."""
        now, digest = self._now(), digest_of(reference)
        query: Select[Any] = (
            select(sessions.c.seen_at, accounts.c.issuer, *PERSON)
            .join(accounts, accounts.c.id == sessions.c.account_id)
            .where(
                sessions.c.collection == self._collection,
                sessions.c.digest == digest,
                sessions.c.seen_at >= now - IDLE,
                sessions.c.opened_at >= now - ABSOLUTE,
                accounts.c.disabled_at.is_(None),
            )
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None or (row.issuer == DEMO and not self._demo):
            return None
        if now - row.seen_at >= SEEN_EVERY:
            self._note_seen(digest, now)
        return person_of(row)

    def close(self, reference: str) -> None:
        """End a session; its reference is worth nothing from now on."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                delete(sessions).where(
                    sessions.c.collection == self._collection, sessions.c.digest == digest_of(reference)
                )
            )

    def _note_seen(self, digest: str, now: datetime) -> None:
        try:
            with writing(self._engine).begin() as connection:
                connection.execute(
                    update(sessions)
                    .where(sessions.c.collection == self._collection, sessions.c.digest == digest)
                    .values(seen_at=now)
                )
        except Unavailable as error:
            # somebody else writes for long: this page can be shown, and the next one notes it
            log.warning("session not noted as seen", cause=str(error.orig))
