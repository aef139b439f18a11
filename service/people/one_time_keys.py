"""Keys that work once and not for long: a link to a password, the second step, the way back to us."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, insert, select

from embeddings.store.database import writing
from service.domain.conversation import digest_of
from service.people.staff_key import new_key
from service.storage.people_tables import one_time_keys


class Purpose(StrEnum):
    """What a key is for: one for another purpose opens nothing."""

    FIRST_ADMIN = "first_admin"
    PASSWORD = "password"
    SECOND_STEP = "second_step"
    PROVIDER = "provider"


LIFETIMES = {
    Purpose.FIRST_ADMIN: timedelta(hours=24),
    Purpose.PASSWORD: timedelta(hours=24),
    Purpose.SECOND_STEP: timedelta(minutes=10),
    Purpose.PROVIDER: timedelta(minutes=10),
}


@dataclass(frozen=True)
class Held:
    """What a key stands for."""

    account: uuid.UUID | None
    data: Mapping[str, str]


class OneTimeKeys:
    """The keys of one municipality. Only their digests are kept."""

    def __init__(
        self, engine: Engine, collection: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._collection = collection
        self._now = now

    def new(
        self, purpose: Purpose, account: uuid.UUID | None = None, data: Mapping[str, str] | None = None
    ) -> str:
        """A key (256 bits). Those for the same purpose and account are worth nothing from now on."""
        key, now = new_key(), self._now()
        with writing(self._engine).begin() as connection:
            self._forget_past(connection)
            if account is not None or purpose is Purpose.FIRST_ADMIN:
                withdraw_keys(connection, self._collection, purpose, account)
            connection.execute(
                insert(one_time_keys).values(
                    digest=digest_of(key), collection=self._collection, purpose=purpose.value,
                    account_id=account, data=dict(data or {}), expires_at=now + LIFETIMES[purpose],
                )
            )  # fmt: skip
        return key

    def look(self, purpose: Purpose, key: str) -> Held | None:
        """What the key stands for, without using it up; None when it is worth nothing."""
        with self._engine.connect() as connection:
            return self._find(connection, purpose, key)

    def use(self, purpose: Purpose, key: str) -> Held | None:
        """What the key stands for, once: two who come at the same moment do not both get it."""
        with writing(self._engine).begin() as connection:
            held = self._find(connection, purpose, key)
            connection.execute(delete(one_time_keys).where(self._is(purpose, key)))
        return held

    def forget_past(self) -> None:
        """Delete the keys whose time is over."""
        with writing(self._engine).begin() as connection:
            self._forget_past(connection)

    def _find(self, connection: Connection, purpose: Purpose, key: str) -> Held | None:
        query = select(one_time_keys.c.account_id, one_time_keys.c.data).where(
            self._is(purpose, key), one_time_keys.c.expires_at > self._now()
        )
        row = connection.execute(query).one_or_none()
        return Held(row.account_id, row.data) if row else None

    def _is(self, purpose: Purpose, key: str) -> ColumnElement[bool]:
        return and_(
            one_time_keys.c.collection == self._collection,
            one_time_keys.c.purpose == purpose.value,
            one_time_keys.c.digest == digest_of(key),
        )

    def _forget_past(self, connection: Connection) -> None:
        connection.execute(
            delete(one_time_keys).where(
                one_time_keys.c.collection == self._collection, one_time_keys.c.expires_at <= self._now()
            )
        )


def withdraw_keys(
    connection: Connection, collection: str, purpose: Purpose, account: uuid.UUID | None
) -> None:
    """Make the keys for a purpose worth nothing, within the transaction of a change."""
    owner = one_time_keys.c.account_id
    connection.execute(
        delete(one_time_keys).where(
            one_time_keys.c.collection == collection,
            one_time_keys.c.purpose == purpose.value,
            owner.is_(None) if account is None else owner == account,
        )
    )
