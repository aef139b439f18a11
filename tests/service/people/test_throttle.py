"""The throttle: five an address, ten an account, and never for ever (guard S19)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from service.people.people import People
from service.people.throttle import KEPT, PER_ACCOUNT, PER_ADDRESS, TooMany, network_of
from service.storage.database import open_database
from service.storage.people_tables import sign_in_tries
from tests.service.people.conftest import Clock, people_in

NAME = "bo@merelveen.example"


def fail(people: People, times: int, address: str = "192.0.2.1", name: str = NAME) -> None:
    for _ in range(times):
        people.throttle.begin(address, name)


def test_the_limits_are_those_of_the_guard() -> None:
    assert (PER_ADDRESS.tries, PER_ADDRESS.window) == (5, timedelta(minutes=5))
    assert (PER_ACCOUNT.tries, PER_ACCOUNT.window) == (10, timedelta(minutes=15))


def test_the_sixth_try_from_an_address_waits(people: People, clock: Clock) -> None:
    for number in range(5):
        fail(people, 1, name=f"{number}@merelveen.example")
    clock.forward(seconds=60)
    with pytest.raises(TooMany) as refused:
        fail(people, 1, name="6@merelveen.example")
    assert refused.value.seconds == 240
    fail(people, 1, address="192.0.2.2", name="6@merelveen.example")
    clock.forward(seconds=240)
    fail(people, 1)


def test_the_eleventh_try_on_an_account_waits_wherever_it_comes_from(people: People, clock: Clock) -> None:
    for number in range(10):
        fail(people, 1, address=f"192.0.2.{number}")
    with pytest.raises(TooMany) as refused:
        fail(people, 1, address="192.0.2.99", name=f" {NAME.upper()} ")
    assert refused.value.seconds == 15 * 60
    clock.forward(minutes=15)
    fail(people, 1, address="192.0.2.99")


def test_waiting_in_front_of_a_closed_door_does_not_keep_it_closed(people: People, clock: Clock) -> None:
    fail(people, 5)
    for _ in range(30):
        clock.forward(seconds=9)
        with pytest.raises(TooMany):
            fail(people, 1)
    clock.forward(seconds=30)
    fail(people, 1)


def test_a_try_that_succeeds_does_not_count(people: People) -> None:
    for _ in range(50):
        people.throttle.succeeded(people.throttle.begin("192.0.2.1", NAME))
    fail(people, 5)


def test_all_processes_count_together_and_many_at_once_too(
    people: People, clock: Clock, engine: Engine
) -> None:
    other = people_in(open_database(str(engine.url)), clock)

    def once(number: int) -> None:
        with suppress(TooMany):
            (people if number % 2 else other).throttle.begin("192.0.2.1", f"{number}@merelveen.example")
            passed.append(number)

    passed: list[int] = []
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(once, range(20)))
    assert len(passed) == 5


def test_no_address_and_no_name_is_kept_and_nothing_stays(
    people: People, clock: Clock, engine: Engine
) -> None:
    fail(people, 3)
    with engine.connect() as connection:
        kept = connection.execute(select(sign_in_tries)).all()
        assert len(kept) == 6
        assert "192.0.2.1" not in str(kept)
        assert NAME not in str(kept)
    clock.now += KEPT
    people.forget_past()
    assert timedelta(minutes=60) > KEPT
    with engine.connect() as connection:
        assert connection.execute(select(sign_in_tries)).all() == []


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_subscriber_with_many_addresses_is_one(address: str, network: str) -> None:
    assert network_of(address) == network


def test_another_municipality_counts_by_itself(people: People, clock: Clock, engine: Engine) -> None:
    fail(people, 5)
    fail(people_in(engine, clock, "n"), 5)
