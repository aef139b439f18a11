"""Sessions: they end by themselves, at once when somebody must leave, and in every process (guard S17)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, event, select

from service.domain.person import Role
from service.people.accounts import DEMO, Profile
from service.people.people import People
from service.people.sessions import ABSOLUTE, IDLE
from service.storage.database import open_database
from service.storage.people_tables import sessions
from tests.service.people.conftest import QUICK, TEST, Clock, add, people_in

SECOND = timedelta(seconds=1)


def test_a_session_tells_who_it_is(people: People) -> None:
    account = add(people, Role.EDITOR, Role.AGENT)
    person = people.sessions.person(people.sessions.open(account.person.id))
    assert person == account.person
    assert person.has(Role.EDITOR)
    assert not person.has(Role.ADMIN, Role.COORDINATOR)


def test_an_invented_reference_opens_nothing(people: People) -> None:
    add(people)
    assert people.sessions.person("invented") is None
    assert people.sessions.person("") is None


def test_a_session_falls_idle(people: People, clock: Clock) -> None:
    reference = people.sessions.open(add(people).person.id)
    clock.now += IDLE
    assert people.sessions.person(reference)
    clock.now += IDLE + SECOND
    assert people.sessions.person(reference) is None


def test_a_busy_session_ends_after_twelve_hours(people: People, clock: Clock) -> None:
    reference = people.sessions.open(add(people).person.id)
    ends = clock.now + ABSOLUTE
    while clock.now < ends:
        assert people.sessions.person(reference)
        clock.forward(minutes=30)
    clock.forward(seconds=1)
    assert people.sessions.person(reference) is None


def test_closing_and_opening_again_end_a_session(people: People) -> None:
    account = add(people)
    first = people.sessions.open(account.person.id)
    second = people.sessions.open(account.person.id, instead_of=first)
    assert first != second
    assert people.sessions.person(first) is None
    people.sessions.close(second)
    assert people.sessions.person(second) is None


def test_disabling_somebody_ends_all_sessions_at_once_in_every_process(
    people: People, clock: Clock, engine: Engine
) -> None:
    account = add(people)
    references = [people.sessions.open(account.person.id) for _ in range(3)]
    elsewhere = people_in(open_database(str(engine.url)), clock)
    assert all(map(elsewhere.sessions.person, references))
    people.accounts.disable(TEST, account.person.id)
    assert not any(map(elsewhere.sessions.person, references))
    people.accounts.enable(TEST, account.person.id)
    assert not any(map(elsewhere.sessions.person, references))


def test_a_new_password_ends_the_other_sessions(people: People) -> None:
    account = add(people)
    other, own = (people.sessions.open(account.person.id) for _ in range(2))
    people.accounts.set_password(TEST, account.person.id, QUICK.hash("another password"), keep=own)
    assert people.sessions.person(own)
    assert people.sessions.person(other) is None


def test_a_change_of_roles_holds_in_the_session_that_runs(people: People) -> None:
    account = add(people, Role.EDITOR)
    reference = people.sessions.open(account.person.id)
    profile = Profile("Bo", "bo@merelveen.example", frozenset({Role.AGENT}))
    people.accounts.change(TEST, account.person.id, profile)
    person = people.sessions.person(reference)
    assert person
    assert person.roles == {Role.AGENT}


def test_a_session_means_nothing_in_another_municipality(
    people: People, clock: Clock, engine: Engine
) -> None:
    reference = people.sessions.open(add(people).person.id)
    other = people_in(engine, clock, "n")
    assert other.sessions.person(reference) is None
    other.sessions.close(reference)
    assert people.sessions.person(reference)


def test_the_people_of_the_demo_are_out_when_the_demo_is(
    people: People, clock: Clock, engine: Engine
) -> None:
    demo = people_in(engine, clock, demo=True)
    profile = Profile("Beheerder", "", frozenset({Role.ADMIN}))
    reference = demo.sessions.open(demo.accounts.add(TEST, profile, DEMO, "beheerder").person.id)
    assert demo.sessions.person(reference)
    assert people.sessions.person(reference) is None


def test_the_reference_is_nowhere_in_the_file(people: People, tmp_path: Path) -> None:
    reference = people.sessions.open(add(people).person.id)
    assert len(reference) >= 43  # 256 bits
    assert all(reference.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_looking_writes_once_a_minute_at_most(people: People, clock: Clock, engine: Engine) -> None:
    reference = people.sessions.open(add(people).person.id)
    writes: list[str] = []
    event.listen(
        engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_: (
            writes.append(statement) if statement.startswith("UPDATE") else None
        ),
    )
    for _ in range(59):
        clock.forward(seconds=1)
        people.sessions.person(reference)
    assert writes == []
    clock.forward(seconds=1)
    people.sessions.person(reference)
    assert len(writes) == 1


def test_a_session_is_shown_also_while_another_process_writes(
    people: People, clock: Clock, engine: Engine
) -> None:
    reference = people.sessions.open(add(people).person.id)
    clock.forward(minutes=2)
    busy = open_database(str(engine.url)).raw_connection()
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    busy.cursor().execute("BEGIN IMMEDIATE")
    try:
        assert people.sessions.person(reference)
    finally:
        busy.rollback()
        busy.close()


def test_ended_sessions_do_not_pile_up(people: People, clock: Clock, engine: Engine) -> None:
    account = add(people)
    for _ in range(5):
        people.sessions.open(account.person.id)
        clock.now += IDLE + SECOND
    people.sessions.open(account.person.id)
    with engine.connect() as connection:
        assert len(connection.execute(select(sessions)).all()) == 1


def test_looking_up_a_session_is_one_look_in_the_database(people: People, engine: Engine) -> None:
    reference = people.sessions.open(add(people).person.id)
    looks: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        looks.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert people.sessions.person(reference)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([one for one in looks if one.startswith("SELECT")]) == len(looks) - looks.count("BEGIN") == 1
