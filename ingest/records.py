"""What ingest remembers in the database: the organisation, replaced whole, and the report of each run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Row, Table, delete, insert, select

from embeddings.store.database import writing
from ingest import tables
from ingest.organisation import Department, Duo, Member, Organisation
from ingest.report import Report

MOST_PROBLEMS_KEPT = 500  # of one run; the report file has them all


@dataclass(frozen=True)
class Run:
    """One run as it is remembered: `problems` are the first of its report, each with place and reason."""

    number: int
    collection: str
    source: str
    started: datetime
    ended: datetime | None
    failed: bool
    counts: dict[str, int]
    problems: tuple[dict[str, str], ...]


def migrate(engine: Engine) -> None:
    """Bring the tables of ingest up to date. Its history is its own: see version table `ingest_version`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def replace_organisation(engine: Engine, collection: str, organisation: Organisation) -> None:
    """Put this organisation in the place of the stored one, in one transaction."""
    with writing(engine).begin() as connection:
        for table in (tables.duo_products, tables.duos, tables.members, tables.departments):
            connection.execute(delete(table).where(table.c.collection == collection))
        _insert(connection, tables.departments, collection, map(_department_row, organisation.departments))
        _insert(connection, tables.members, collection, map(_member_row, organisation.members))
        _insert(connection, tables.duos, collection, map(_duo_row, organisation.duos))
        _insert(connection, tables.duo_products, collection, _product_rows(organisation.duos))


def read_stored_organisation(engine: Engine, collection: str) -> Organisation:
    """The organisation as it was last stored."""
    with engine.connect() as connection:
        departments, members, duos, owned = (
            _rows(connection, table, collection)
            for table in (tables.departments, tables.members, tables.duos, tables.duo_products)
        )
    products: dict[str, list[str]] = {}
    for row in owned:
        products.setdefault(row.duo, []).append(row.product)
    return Organisation(
        tuple(Department(row.id, row.name, row.email) for row in departments),
        tuple(Member(row.id, row.name, row.email, row.function, tuple(row.departments)) for row in members),
        tuple(_duo(row, products.get(row.id, [])) for row in duos),
    )


def remember_run(engine: Engine, report: Report) -> None:
    """Keep the outcome of a run, for the people who watch over it."""
    problems = [{"problem": word, "id": line.id, "reason": line.reason, "where": line.where}
                for word, line in report.problems()]  # fmt: skip
    if report.refused:
        problems.insert(0, {"problem": "refused", "id": "", "reason": report.refused, "where": ""})
    row = {
        "collection": report.collection,
        "source": report.source,
        "started": report.started,
        "ended": report.ended or datetime.now(UTC),
        "failed": report.failed,
        "counts": report.counts,
        "problems": problems[:MOST_PROBLEMS_KEPT],
    }
    with writing(engine).begin() as connection:
        connection.execute(insert(tables.runs).values(**row))


def read_runs(engine: Engine, collection: str, limit: int = 50) -> tuple[Run, ...]:
    """The latest runs, newest first."""
    runs = tables.runs
    query = select(runs).where(runs.c.collection == collection).order_by(runs.c.number.desc()).limit(limit)
    with engine.connect() as connection:
        return tuple(_run(row) for row in connection.execute(query))


def _run(row: Row[Any]) -> Run:
    return Run(row.number, row.collection, row.source, row.started, row.ended, row.failed, dict(row.counts),
               tuple(row.problems))  # fmt: skip


def _insert(connection: Connection, table: Table, collection: str, rows: Iterable[dict[str, Any]]) -> None:
    placed = [{"collection": collection, "position": place, **row} for place, row in enumerate(rows)]
    if placed:
        connection.execute(insert(table), placed)


def _rows(connection: Connection, table: Table, collection: str) -> Sequence[Row[Any]]:
    query = select(table).where(table.c.collection == collection).order_by(table.c.position)
    return connection.execute(query).all()


def _duo(row: Row[Any], products: Sequence[str]) -> Duo:
    return Duo(row.id, row.name, row.department, row.kcc_member, row.specialist, tuple(products))


def _product_rows(duos: Sequence[Duo]) -> Iterator[dict[str, Any]]:
    for duo in duos:
        for product in duo.products:
            yield {"product": product, "duo": duo.id}


def _department_row(one: Department) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "email": one.email}


def _member_row(one: Member) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "email": one.email, "function": one.function,
            "departments": list(one.departments)}  # fmt: skip


def _duo_row(one: Duo) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "department": one.department, "kcc_member": one.kcc_member,
            "specialist": one.specialist}  # fmt: skip
