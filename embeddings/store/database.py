"""Engines that hold what they are told: durable, locked in time, checked at the start (guard R4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 5_000


class DatabaseDamaged(Exception):
    """The database file fails its own integrity check: restore a backup before going on."""


def open_engine(url: str) -> Engine:
    """An engine on `url` (SQLAlchemy form). SQLite runs with WAL, full sync and foreign keys.

    The folder of a SQLite file is made when it is absent.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).resolve().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock at once.

    A SQLite transaction that starts by reading and then writes can fail however long it waits.
    """
    return engine.execution_options(takes_write_lock=True)


def check(engine: Engine) -> None:
    """Raise DatabaseDamaged when the database says of itself that it is broken."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        verdict = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if verdict != "ok":
        raise DatabaseDamaged(str(verdict))


def empty_journal(engine: Engine) -> None:
    """Bring SQLite's write-ahead log into the database and cut it off: old texts go out of it too."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()  # a checkpoint cannot be made inside a transaction
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    driver: Any = connection
    driver.isolation_level = None  # the driver's own transaction handling would begin too late
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # a text that is withdrawn leaves no bytes behind
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    takes_lock = connection.get_execution_options().get("takes_write_lock", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if takes_lock else "BEGIN")
