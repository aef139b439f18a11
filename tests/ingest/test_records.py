"""What ingest remembers: the organisation, replaced whole, and the report of each run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError

from embeddings.store.database import open_engine
from ingest import tables
from ingest.organisation import Department, Duo, Member, Organisation
from ingest.records import migrate, read_runs, read_stored_organisation, remember_run, replace_organisation
from ingest.report import Line, Report

WHOLE = Organisation(
    (Department("kcc", "Klantcontactcentrum"), Department("bz", "Burgerzaken", "bz@merelveen.example")),
    (Member("b", "Specialist", "s@merelveen.example", "Specialist", ("Burgerzaken",)), Member("a", "KCC")),
    (
        Duo("duo-2", "Twee", "Burgerzaken", "a", "b"),
        Duo("duo-1", "Een", "Burgerzaken", "a", "b", ("p2", "p1")),
    ),
)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path / 'ingest.db'}")
    migrate(engine)
    return engine


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    found = inspect(engine)
    assert set(found.get_table_names()) == {*tables.metadata.tables, "ingest_version"}
    for name, table in tables.metadata.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == set(table.columns.keys())
        assert {index["name"] for index in found.get_indexes(name)} == {index.name for index in table.indexes}


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    replace_organisation(engine, "m", WHOLE)
    migrate(engine)
    assert read_stored_organisation(engine, "m") == WHOLE


def test_an_organisation_comes_back_as_it_went_in(engine: Engine) -> None:
    replace_organisation(engine, "m", WHOLE)
    assert read_stored_organisation(engine, "m") == WHOLE


def test_an_organisation_is_replaced_whole_and_only_its_own(engine: Engine) -> None:
    replace_organisation(engine, "m", WHOLE)
    replace_organisation(engine, "other", WHOLE)
    small = Organisation((Department("kcc", "Klantcontactcentrum"),))
    replace_organisation(engine, "m", small)
    assert read_stored_organisation(engine, "m") == small
    assert read_stored_organisation(engine, "other") == WHOLE


def test_a_replacement_that_fails_leaves_the_old_one(engine: Engine) -> None:
    replace_organisation(engine, "m", WHOLE)
    twice = Organisation((Department("kcc", "Een"), Department("kcc", "Twee")))
    with pytest.raises(IntegrityError):
        replace_organisation(engine, "m", twice)
    assert read_stored_organisation(engine, "m") == WHOLE


def test_runs_come_back_newest_first_with_their_problems(engine: Engine) -> None:
    now = datetime.now(UTC)
    remember_run(engine, Report("m", "vac", now, now, added=["a"]))
    refused = Report("m", "sdg", now, now, skipped=[Line("x", "empty", "f.json:3")], refused="too few")
    remember_run(engine, refused)
    remember_run(engine, Report("other", "vac", now))
    newest, oldest = read_runs(engine, "m")
    assert (newest.source, newest.failed, oldest.source, oldest.failed) == ("sdg", True, "vac", False)
    assert oldest.counts["added"] == 1
    assert oldest.started == now
    assert [problem["problem"] for problem in newest.problems] == ["refused", "skipped"]
    assert newest.problems[1] == {"problem": "skipped", "id": "x", "reason": "empty", "where": "f.json:3"}
