"""A notice is written with its change, once, and stays until it has arrived."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from embeddings.store.database import writing
from service.storage.once import insert_once
from service.storage.outbox import Kind, Leased, Notice, Outbox
from service.storage.outbox_tables import leases
from service.storage.outbox_tables import outbox as outbox_table
from service.storage.tables import metadata
from tests.service.notify.scene import COLLECTION, NOON, Clock, put

ADDRESS = "bezoeker@thuis.example"


def notice(key: str = "opened:1", kind: Kind = Kind.MAIL, sensitive: bool = False) -> Notice:
    return Notice(kind, key, {"event": "opened", "to": ADDRESS}, "signaal-1", sensitive)


def take(outbox: Outbox, most: int = 10, by: str = "worker", seconds: float = 60) -> list[Leased]:
    return outbox.lease(list(Kind), by, seconds, most)


def test_the_tables_are_those_of_the_migration(engine: Engine) -> None:
    ours = {outbox_table.name, leases.name}

    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name in ours

    options = {"version_table": "service_version", "include_name": is_ours, "compare_type": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        known = metadata.__class__()
        for table in (outbox_table, leases):
            table.to_metadata(known)
        assert compare_metadata(context, known) == []


def test_a_notice_goes_with_the_change_that_causes_it(engine: Engine, outbox: Outbox) -> None:
    with writing(engine).connect() as connection, connection.begin() as change:
        outbox.put(connection, notice())
        change.rollback()
    assert outbox.waiting() == 0


def test_the_same_key_twice_is_one_notice(engine: Engine, outbox: Outbox) -> None:
    assert put(engine, outbox, notice(), notice(), notice("opened:2")) == [True, False, True]
    assert put(engine, outbox, notice()) == [False]
    assert outbox.waiting() == 2


def test_a_key_that_was_sent_stays_used(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, notice())
    outbox.sent(take(outbox)[0])
    assert put(engine, outbox, notice()) == [False]
    assert outbox.waiting() == 0


def test_two_municipalities_do_not_see_each_other(engine: Engine, outbox: Outbox, clock: Clock) -> None:
    other = Outbox(engine, "elders", clock)
    put(engine, outbox, notice())
    assert put(engine, other, notice()) == [True]
    [ours] = take(outbox)
    assert (other.waiting(), len(take(other))) == (1, 1)
    other.sent(ours)
    assert outbox.waiting() == 1
    assert len(other.about("signaal-1")) == 1


def test_what_one_worker_has_no_other_gets(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, *(notice(f"opened:{number}") for number in range(5)))
    first, second, third = take(outbox, 2, "a"), take(outbox, 2, "b"), take(outbox, 2, "c")
    assert [len(each) for each in (first, second, third)] == [2, 2, 1]
    assert len({one.id for one in (*first, *second, *third)}) == 5
    assert take(outbox) == []


def test_the_notice_of_a_dead_worker_comes_back_under_the_same_id(
    engine: Engine, outbox: Outbox, clock: Clock
) -> None:
    put(engine, outbox, notice())
    [dead] = take(outbox, by="dead", seconds=60)
    clock.turn(seconds=59)
    assert take(outbox) == []
    clock.turn(seconds=1)
    [again] = take(outbox, by="alive")
    assert (again.id, again.created_at, again.payload) == (dead.id, dead.created_at, dead.payload)


def test_who_lost_its_lease_cannot_undo_what_another_does(
    engine: Engine, outbox: Outbox, clock: Clock
) -> None:
    put(engine, outbox, notice())
    [slow] = take(outbox, by="slow")
    clock.turn(minutes=2)
    take(outbox, by="quick")
    outbox.failed(slow, "too late", NOON, refused=True)
    outbox.release([slow])
    assert take(outbox) == []
    assert outbox.about("signaal-1")[0].attempts == 0


def test_who_lost_its_lease_after_delivering_still_counts(
    engine: Engine, outbox: Outbox, clock: Clock
) -> None:
    put(engine, outbox, notice())
    [slow] = take(outbox, by="slow")
    clock.turn(minutes=2)
    [quick] = take(outbox, by="quick")
    outbox.sent(slow)
    outbox.failed(quick, "refused as a repeat", NOON, refused=True)
    [line] = outbox.about("signaal-1")
    assert line.sent_at == clock.now
    assert not line.refused


def test_a_failure_waits_for_its_turn(engine: Engine, outbox: Outbox, clock: Clock) -> None:
    put(engine, outbox, notice())
    outbox.failed(take(outbox)[0], "SMTP 451", clock.now + timedelta(minutes=5), refused=False)
    assert take(outbox) == []
    clock.turn(minutes=5)
    [again] = take(outbox)
    assert again.attempts == 1
    assert outbox.about("signaal-1")[0].last_error == "SMTP 451"


def test_only_the_roads_that_are_there_are_taken(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, notice("a", Kind.MAIL), notice("b", Kind.WEBHOOK))
    assert [one.kind for one in outbox.lease([Kind.WEBHOOK], "w", 60, 10)] == [Kind.WEBHOOK]


def test_who_waited_longest_goes_first(engine: Engine, outbox: Outbox, clock: Clock) -> None:
    for key in ("one", "two", "three"):
        put(engine, outbox, notice(key))
        clock.turn(seconds=1)
    ids = [line.id for line in outbox.about("signaal-1")]
    assert [take(outbox, 1)[0].id for _ in ids] == ids


def test_failing_shows_what_waits_long_or_was_refused(engine: Engine, outbox: Outbox, clock: Clock) -> None:
    put(engine, outbox, notice("old"))
    clock.turn(days=3)
    put(engine, outbox, notice("new"), notice("refused"))
    for one in take(outbox):
        refused = one.created_at == clock.now and one.id == outbox.about("signaal-1")[-1].id
        outbox.failed(one, "SMTP 550", clock.now, refused)
    assert [line.key for line in outbox.failing(clock.now - timedelta(days=3))] == ["old", "refused"]


def test_a_line_says_what_is_told_and_when_it_is_tried(engine: Engine, outbox: Outbox, clock: Clock) -> None:
    put(engine, outbox, notice("reminder_on:12:2026-07-15:mail:m-1"))
    outbox.failed(take(outbox)[0], "SMTP 451", clock.now + timedelta(minutes=1), refused=False)
    [line] = outbox.about("signaal-1")
    assert (line.event, line.next_try) == ("reminder_on", clock.now + timedelta(minutes=1))


def test_a_person_can_try_again_and_can_give_up(engine: Engine, outbox: Outbox, clock: Clock) -> None:
    put(engine, outbox, notice())
    [one] = take(outbox)
    outbox.failed(one, "SMTP 550", clock.now + timedelta(days=1), refused=True)
    with writing(engine).begin() as connection:
        assert outbox.try_again(connection, one.id)
        assert not outbox.try_again(connection, uuid.uuid4())
    assert [each.id for each in take(outbox)] == [one.id]
    with writing(engine).begin() as connection:
        assert outbox.give_up(connection, one.id)
        assert not outbox.give_up(connection, one.id)
        assert not outbox.try_again(connection, one.id)
    clock.turn(days=9)
    assert take(outbox) == []
    assert outbox.failing(clock.now) == ()
    [line] = outbox.about("signaal-1")
    assert line.given_up_at
    assert line.erased


def test_what_a_visitor_left_is_gone_when_it_is_sent(engine: Engine, outbox: Outbox, tmp_path: Path) -> None:
    put(engine, outbox, notice(sensitive=True))
    assert ADDRESS.encode() in bytes_of(tmp_path)
    outbox.sent(take(outbox)[0])
    outbox.forget_traces()
    assert outbox.about("signaal-1")[0].erased
    assert ADDRESS.encode() not in bytes_of(tmp_path)


def test_what_is_not_sensitive_stays_readable_for_a_while(
    engine: Engine, outbox: Outbox, clock: Clock
) -> None:
    put(engine, outbox, notice())
    outbox.sent(take(outbox)[0])
    assert not outbox.about("signaal-1")[0].erased
    clock.turn(days=30)
    assert outbox.erase_before(clock.now - timedelta(days=31)) == 0
    assert outbox.erase_before(clock.now) == 1
    assert outbox.about("signaal-1")[0].sent_at == NOON


def test_a_visitors_address_is_not_kept_for_ever_when_it_cannot_be_sent(
    engine: Engine, outbox: Outbox, clock: Clock, tmp_path: Path
) -> None:
    put(engine, outbox, notice("visitor", sensitive=True), notice("staff"))
    clock.turn(days=31)
    assert outbox.erase_before(clock.now - timedelta(days=30)) == 1
    assert [one.id for one in take(outbox)] == [
        line.id for line in outbox.about("signaal-1") if line.key == "staff"
    ]
    assert [line.key for line in outbox.failing(NOON - timedelta(days=1))] == ["visitor"]


def test_a_payload_is_not_shown_with_a_notice() -> None:
    assert ADDRESS not in repr(notice())
    one = Leased(uuid.uuid4(), Kind.MAIL, {"to": ADDRESS}, NOON, 0, True, NOON, "w")
    assert ADDRESS not in repr(replace(one, attempts=1))


def test_a_row_is_written_once(engine: Engine) -> None:
    row = {"collection": COLLECTION, "name": "x", "holder": "h", "held_until": NOON}
    with writing(engine).begin() as connection:
        assert insert_once(connection, leases, row)
        assert not insert_once(connection, leases, row)
        assert insert_once(connection, leases, row | {"name": "y"})


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
