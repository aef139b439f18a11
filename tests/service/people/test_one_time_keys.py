"""Keys that work once: for one purpose, for a while, and kept as a digest alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.people.one_time_keys import LIFETIMES, Held, Purpose
from service.people.people import People
from tests.service.people.conftest import QUICK, TEST, Clock, add, people_in


def test_a_key_works_once(people: People) -> None:
    key = people.keys.new(Purpose.PROVIDER, data={"state": "s"})
    assert people.keys.look(Purpose.PROVIDER, key) == Held(None, {"state": "s"})
    assert people.keys.use(Purpose.PROVIDER, key) == Held(None, {"state": "s"})
    assert people.keys.use(Purpose.PROVIDER, key) is None
    assert people.keys.look(Purpose.PROVIDER, key) is None


def test_a_key_opens_nothing_else(people: People, clock: Clock, engine: Engine) -> None:
    key = people.keys.new(Purpose.PASSWORD, add(people).person.id)
    assert people.keys.use(Purpose.SECOND_STEP, key) is None
    assert people_in(engine, clock, "n").keys.use(Purpose.PASSWORD, key) is None
    assert people.keys.use(Purpose.PASSWORD, key)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_key_ends_in_time(people: People, clock: Clock, purpose: Purpose) -> None:
    assert LIFETIMES[purpose] <= timedelta(hours=24)
    account = None if purpose in (Purpose.FIRST_ADMIN, Purpose.PROVIDER) else add(people).person.id
    key = people.keys.new(purpose, account)
    clock.now += LIFETIMES[purpose] - timedelta(seconds=1)
    assert people.keys.look(purpose, key)
    clock.forward(seconds=1)
    assert people.keys.use(purpose, key) is None


def test_a_newer_link_ends_the_older(people: People) -> None:
    account = add(people).person.id
    older, newer = (people.keys.new(Purpose.PASSWORD, account) for _ in range(2))
    assert people.keys.use(Purpose.PASSWORD, older) is None
    assert people.keys.use(Purpose.PASSWORD, newer)


def test_a_password_that_was_chosen_ends_the_link(people: People) -> None:
    account = add(people).person.id
    key = people.keys.new(Purpose.PASSWORD, account)
    people.accounts.set_password(TEST, account, QUICK.hash("x"))
    assert people.keys.use(Purpose.PASSWORD, key) is None


def test_the_key_is_nowhere_in_the_file(people: People, tmp_path: Path) -> None:
    key = people.keys.new(Purpose.FIRST_ADMIN)
    assert all(key.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_a_first_key_is_there_only_without_an_admin(people: People) -> None:
    from service.domain.person import Role

    first, second = people.first_admin_key(), people.first_admin_key()
    assert first
    assert second
    assert people.keys.look(Purpose.FIRST_ADMIN, first) is None, "a new start ends the link of the one before"
    admin = add(people, Role.ADMIN)
    assert people.first_admin_key() is None
    add(people, Role.ADMIN, email="other@merelveen.example")
    people.accounts.disable(TEST, admin.person.id)
    assert people.first_admin_key() is None
