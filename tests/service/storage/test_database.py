"""The service's tables: migrated by themselves, equal to what the code expects, checked at the start."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, inspect, text

from embeddings.store.database import DatabaseDamaged, open_engine
from service.storage import (
    approvals,
    callbacks,
    figure_tables,
    gap_tables,
    helped,
    model_tables,
    outbox_tables,
    people_tables,
    pinned,
    practice,
)
from service.storage.database import MIGRATIONS, migrate, open_database
from service.storage.tables import metadata

# each adds its own to the metadata
TABLES = (
    approvals, callbacks, figure_tables, gap_tables, helped, model_tables, outbox_tables, people_tables,
    pinned, practice,
)  # fmt: skip
NEWEST = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("0*.py"))


def test_the_migrations_make_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/m.sqlite")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"version_table": "service_version", "include_name": _is_ours, "compare_type": True},
        )
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/m.sqlite")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM service_version")).scalar_one() == NEWEST


def test_the_library_keeps_a_history_of_its_own(tmp_path: Path) -> None:
    from embeddings.store.migrating import migrate as migrate_library

    engine = open_database(f"sqlite:///{tmp_path}/m.sqlite")
    migrate_library(engine)
    assert {"service_version", "library_version", "service_questions", "library_documents"} <= set(
        inspect(engine).get_table_names()
    )


def test_every_table_names_its_collection() -> None:
    assert {table.metadata for module in TABLES for table in _tables_of(module)} == {metadata}
    assert all("collection" in table.columns for table in metadata.tables.values())


def test_the_file_is_written_through_and_keys_are_kept(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path}/m.sqlite").connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings["journal_mode"] == "wal"
    assert settings["synchronous"] == 2
    assert settings["foreign_keys"] == 1
    assert settings["busy_timeout"] >= 5000


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    engine = open_database(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    damaged = bytearray(path.read_bytes())
    damaged[4096 * 2 : 4096 * 2 + 200] = b"\xff" * 200
    path.write_bytes(damaged)
    with pytest.raises((DatabaseDamaged, Exception), match=r"(?i)malformed|corrupt|tree|page"):
        open_database(f"sqlite:///{path}")


def test_a_file_with_odd_signs_in_its_path_opens(tmp_path: Path) -> None:
    with open_engine(f"sqlite:///{tmp_path}/50% af/m.sqlite").connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or (name or "").startswith("service_")


def _tables_of(module: ModuleType) -> list[Table]:
    return [each for each in vars(module).values() if isinstance(each, Table)]
