"""A row that is written once, however many try at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, literal_column
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Write the row unless one with the same key is there; return whether it was written."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**row).on_conflict_do_nothing()
    # asked back, not counted: psycopg does not say how many rows an insert wrote
    return connection.execute(statement.returning(literal_column("1"))).first() is not None
