"""The schema that migrations make is the one the code means, however often and by whomever it is made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from embeddings.store.database import DatabaseDamaged, check, open_engine
from embeddings.store.migrating import migrate
from embeddings.store.tables import metadata

ROOT = Path(__file__).resolve().parents[3]
TABLES = set(metadata.tables)
PAGE = 4096  # of a SQLite file


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"sqlite:///{tmp_path / 'library.sqlite'}")


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        options = {
            "version_table": "library_version",
            "compare_type": True,
            "compare_server_default": True,
            "include_name": lambda name, kind, _: kind != "table" or name in TABLES,
        }
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_the_migrated_schema_is_the_one_the_code_means(engine: Engine) -> None:
    migrate(engine)
    assert differences(engine) == []
    assert set(inspect(engine).get_table_names()) == TABLES | {"library_version"}


def test_a_difference_would_be_seen(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE library_documents DROP COLUMN owner")
    assert differences(engine) != []


@pytest.mark.parametrize("table", ["library_passages", "library_wordings"])
def test_a_key_is_never_used_twice(engine: Engine, table: str) -> None:
    migrate(engine)
    with engine.connect() as connection:
        sql = connection.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE name = '{table}'").scalar_one()
    assert "AUTOINCREMENT" in sql


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    migrate(engine)
    before = schema(engine)
    migrate(engine)
    assert schema(engine) == before


def test_a_library_of_before_the_wordings_keeps_its_texts(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO library_collections VALUES ('merelveen', 7)")
        for table in ("library_wordings", "library_hidden", "library_questioned"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE library_version SET version_num = '0001'")
    migrate(engine)
    assert differences(engine) == []
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT revision FROM library_collections").scalar_one() == 7


def test_processes_that_start_together_migrate_together(tmp_path: Path, engine: Engine) -> None:
    program = (
        "import sys\n"
        "from embeddings.store.database import open_engine\n"
        "from embeddings.store.migrating import migrate\n"
        "sys.stdin.readline()\n"  # so that none has finished before the last one is there
        "migrate(open_engine(sys.argv[1]))\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(engine.url)],
            cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    complaints = [process.communicate()[1] for process in started]
    assert [(process.returncode, error) for process, error in zip(started, complaints, strict=True)] == [
        (0, "")
    ] * 4
    assert differences(engine) == []


def test_tables_of_others_are_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE service_questions (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO service_questions VALUES (7)")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id FROM service_questions").scalar_one() == 7


def test_a_sound_database_passes_its_check_and_a_damaged_one_does_not(engine: Engine, tmp_path: Path) -> None:
    migrate(engine)
    check(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE rows (word TEXT)")
        for number in range(3000):
            connection.exec_driver_sql("INSERT INTO rows VALUES (?)", (f"woord {number}",))
    engine.dispose()
    file = tmp_path / "library.sqlite"
    content = bytearray(file.read_bytes())
    content[-3 * PAGE : -2 * PAGE] = b"\x55" * PAGE
    file.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        check(open_engine(str(engine.url)))


def schema(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY name")
        return [tuple(row) for row in rows]
