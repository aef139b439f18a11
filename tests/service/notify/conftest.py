"""A database, an outbox and a clock for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from embeddings.store.database import empty_journal, open_engine
from service.storage.database import open_database
from service.storage.outbox import Outbox
from tests.service.notify.scene import COLLECTION, Clock


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with nothing in it."""
    path = tmp_path_factory.mktemp("notices") / "empty.sqlite"
    engine = open_database(f"sqlite:///{path}")
    empty_journal(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(empty_database: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(empty_database, tmp_path / "m.sqlite")
    engine = open_engine(f"sqlite:///{tmp_path}/m.sqlite")
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(engine: Engine, clock: Clock) -> Outbox:
    return Outbox(engine, COLLECTION, clock)
