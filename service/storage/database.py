"""A database that is checked and up to date before the first question is kept."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from embeddings.store.database import check, open_engine
from embeddings.store.migrating import upgrade

MIGRATIONS = Path(__file__).with_name("migrations")

# what every query raises when the database is locked, full or gone
Unavailable = OperationalError


def open_database(url: str) -> Engine:
    """An engine on the service's tables, brought to the newest version. Raises when the file is damaged."""
    engine = open_engine(url)
    check(engine)
    migrate(engine)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the service's tables to the newest version; running it again changes nothing."""
    upgrade(engine, MIGRATIONS, "service_version")
