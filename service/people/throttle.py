"""No more tries to sign in than a person makes, by address and by account; never for ever (guard S19)."""

from __future__ import annotations

import hashlib
import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select

from embeddings.store.database import writing
from service.storage.people_tables import sign_in_tries


@dataclass(frozen=True)
class Limit:
    """At most `tries` that fail within a window."""

    tries: int
    window: timedelta


PER_ADDRESS = Limit(5, timedelta(minutes=5))
PER_ACCOUNT = Limit(10, timedelta(minutes=15))
KEPT = max(PER_ADDRESS.window, PER_ACCOUNT.window)


class TooMany(Exception):
    """Too many tries; `seconds` tells when one may try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Throttle:
    """Counts the tries of one municipality, in all processes together."""

    def __init__(
        self, engine: Engine, collection: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._collection = collection
        self._now = now

    def begin(self, address: str, name: str) -> tuple[int, ...]:
        """Count a try before it is made, so that many at once count too. Raises TooMany."""
        limits = {_bucket("address", network_of(address)): PER_ADDRESS, _bucket("account", name): PER_ACCOUNT}
        with writing(self._engine).begin() as connection:
            self._forget_past(connection)
            wait = max(self._wait(connection, bucket, limit) for bucket, limit in limits.items())
            if wait > 0:
                raise TooMany(wait)
            rows = [{"collection": self._collection, "bucket": one, "at": self._now()} for one in limits]
            added = [connection.execute(insert(sign_in_tries).values(row)) for row in rows]
            return tuple(result.inserted_primary_key[0] for result in added if result.inserted_primary_key)

    def succeeded(self, counted: tuple[int, ...]) -> None:
        """A try that succeeded counts no longer: a whole contact centre may share one address."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                delete(sign_in_tries).where(
                    sign_in_tries.c.collection == self._collection, sign_in_tries.c.id.in_(counted)
                )
            )

    def forget_past(self) -> None:
        """Delete the tries that count no longer."""
        with writing(self._engine).begin() as connection:
            self._forget_past(connection)

    def _wait(self, connection: Connection, bucket: str, limit: Limit) -> int:
        """How many seconds until another try fits, 0 when it does now."""
        now = self._now()
        query = (
            select(sign_in_tries.c.at)
            .where(
                sign_in_tries.c.collection == self._collection,
                sign_in_tries.c.bucket == bucket,
                sign_in_tries.c.at > now - limit.window,
            )
            .order_by(sign_in_tries.c.at.desc())
            .offset(limit.tries - 1)
            .limit(1)
        )
        earliest = connection.execute(query).scalar()
        return math.ceil((earliest + limit.window - now).total_seconds()) if earliest else 0

    def _forget_past(self, connection: Connection) -> None:
        connection.execute(
            delete(sign_in_tries).where(
                sign_in_tries.c.collection == self._collection, sign_in_tries.c.at <= self._now() - KEPT
            )
        )


def network_of(address: str) -> str:
    """What one subscriber has: an IPv4 address, or all that share the first half of an IPv6 one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else address


def _bucket(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value.strip().casefold()}".encode()).hexdigest()
