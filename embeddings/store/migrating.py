"""Bring a database to the schema of this version: the library's own history, in its own version table."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from embeddings.store.database import writing

_one_at_a_time = threading.Lock()  # Alembic keeps what it is doing in globals


def migrate(engine: Engine) -> None:
    """Upgrade the library's tables; does nothing when they are up to date."""
    upgrade(engine, Path(__file__).parent / "migrations", "library_version")


def upgrade(engine: Engine, history: Path, version_table: str) -> None:
    """Run the migrations in `history` that `version_table` does not name yet, in one transaction.

    Processes that start together wait for each other: the write lock is taken before anything is read.
    """
    config = Config()
    config.set_main_option("script_location", str(history))
    with _one_at_a_time, writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        config.attributes["version_table"] = version_table
        command.upgrade(config, "head")
