"""The audit: complete, in order, and no line changes or goes without being seen (guard S28)."""

from __future__ import annotations

import random
import string
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from embeddings.store.database import writing
from service.people.audit import START, Audit, Broken, Line, first_fault
from service.people.people import People
from service.storage.database import open_database
from service.storage.people_tables import audit, audit_heads
from tests.service.people.conftest import NOON, Clock

LINES = 1_000
ANY = random.Random(1)
CHANGEABLE = (
    "number",
    "at",
    "actor",
    "action",
    "subject",
    "outcome",
    "request_id",
    "details",
    "previous",
    "hash",
)


def test_a_line_comes_back_as_it_was(people: People) -> None:
    people.audit.note("a", "text approved", "gap 1", "ok", "r", version=2, own=False, digest="ab")
    (line,) = people.audit.lines()
    details: dict[str, str | int | bool] = {"version": 2, "own": False, "digest": "ab"}
    assert line == Line(1, NOON, "a", "text approved", "gap 1", "ok", "r", details, START, line.hash)
    assert people.audit.verify() == 1


def test_the_time_is_kept_as_utc(engine: Engine) -> None:
    amsterdam = datetime(2026, 11, 23, 13, 30, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    log = Audit(engine, "m", lambda: amsterdam)
    log.note("a", "b", "c")
    assert log.lines()[0].at == datetime(2026, 11, 23, 12, 30, 0, 5, tzinfo=UTC)
    assert log.verify() == 1


def test_an_empty_audit_is_whole(people: People) -> None:
    assert people.audit.verify() == 0


def test_a_line_is_kept_with_its_change_or_not_at_all(people: People, engine: Engine) -> None:
    with writing(engine).begin() as connection:
        people.audit.note_in(connection, "a", "b", "c")
        connection.rollback()  # the change failed
    assert people.audit.lines() == ()
    with writing(engine).begin() as connection:
        people.audit.note_in(connection, "a", "b", "c")
    assert people.audit.verify() == 1


def test_municipalities_have_chains_of_their_own(people: People, engine: Engine) -> None:
    other = Audit(engine, "n")
    for log in (people.audit, other, people.audit):
        log.note("a", "b", "c")
    assert (people.audit.verify(), other.verify()) == (2, 1)


def test_many_writers_make_one_chain(people: People, engine: Engine) -> None:
    logs = [people.audit, Audit(open_database(str(engine.url)), "m")]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: logs[number % 2].note("a", "b", str(number)), range(80)))
    assert people.audit.verify() == 80
    assert {line.subject for line in people.audit.lines()} == {str(number) for number in range(80)}


@pytest.mark.parametrize("change", ["UPDATE service_audit SET actor = 'x'", "DELETE FROM service_audit"])
def test_the_table_only_grows(people: People, engine: Engine, change: str) -> None:
    people.audit.note("a", "b", "c")
    with pytest.raises(IntegrityError, match="only grows"), writing(engine).begin() as connection:
        connection.execute(text(change))
    assert people.audit.verify() == 1


def written(people: People, engine: Engine, clock: Clock, count: int) -> Audit:
    """An audit that somebody who can write in the file can change: the chain is what remains."""
    with writing(engine).begin() as connection:
        for number in range(count):
            clock.forward(seconds=1)
            people.audit.note_in(
                connection, f"a{number % 7}", "route", f"s{number}", "denied", "r", times=number
            )
        for trigger in ("service_audit_no_update", "service_audit_no_delete"):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
    return people.audit


@pytest.fixture
def short_audit(people: People, engine: Engine, clock: Clock) -> Audit:
    return written(people, engine, clock, 20)


def test_each_of_a_thousand_lines_cannot_change_or_go_unseen(
    people: People, engine: Engine, clock: Clock
) -> None:
    lines = written(people, engine, clock, LINES).lines(LINES)[::-1]
    end = LINES, lines[-1].hash
    assert first_fault("m", lines, *end) == LINES
    chance, unseen = random.Random(28), list[tuple[int, str]]()
    for place, line in enumerate(lines):
        # what stands before the line is as it was: the chain is walked on from there
        after = (line.number - 1, line.previous)
        column = chance.choice(CHANGEABLE)
        changed = replace(line, **{column: _another(column, getattr(line, column), chance)})
        for way, harmed in ((column, [changed]), ("removed", [])):
            verdict = first_fault("m", [*harmed, *lines[place + 1 :]], *end, after)
            if not isinstance(verdict, Broken):
                unseen.append((line.number, way))
    assert unseen == []


@pytest.mark.parametrize("column", CHANGEABLE)
def test_a_change_is_found_in_every_column_and_at_its_line(
    short_audit: Audit, engine: Engine, column: str
) -> None:
    with writing(engine).begin() as connection:
        found = connection.execute(select(audit).where(audit.c.number == 10)).mappings().one()
        connection.execute(
            update(audit).where(audit.c.id == found["id"]).values({column: _another(column, found[column])})
        )
        verdict = short_audit.verify_in(connection)
        connection.rollback()
    assert isinstance(verdict, Broken)
    assert verdict.number == 10


def test_a_line_that_is_put_in_is_found(short_audit: Audit, engine: Engine) -> None:
    with writing(engine).begin() as connection:
        last = connection.execute(select(audit).where(audit.c.number == 20)).mappings().one()
        planted = {key: value for key, value in last.items() if key != "id"} | {"number": 21}
        connection.execute(insert(audit).values(planted))
        assert isinstance(short_audit.verify_in(connection), Broken)
        connection.rollback()


def test_an_audit_without_its_head_is_broken(short_audit: Audit, engine: Engine) -> None:
    with writing(engine).begin() as connection:
        connection.execute(delete(audit_heads))
    assert isinstance(short_audit.verify(), Broken)


def _another(column: str, value: Any, chance: random.Random = ANY) -> Any:
    if column == "number":
        return value + 5 * LINES
    if column == "at":
        return value + timedelta(microseconds=1)
    if column == "details":
        return {**value, "times": value["times"] + 1}
    place = chance.randrange(len(value))
    other = chance.choice([sign for sign in string.printable if sign != value[place]])
    return value[:place] + other + value[place + 1 :]
