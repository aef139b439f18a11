"""A database and a clock for the people of a municipality."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from service.domain.person import Role
from service.people.accounts import Account, By, Profile
from service.people.passwords import Passwords
from service.people.people import People, people_of_municipality
from service.storage.database import open_database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PASSWORD = "vier vogels op het dak"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
TEST = By("test", "a request")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path}/people.sqlite")
    yield engine
    engine.dispose()


@pytest.fixture
def people(engine: Engine, clock: Clock) -> People:
    return people_in(engine, clock)


def people_in(engine: Engine, clock: Clock, collection: str = "m", demo: bool = False) -> People:
    return people_of_municipality(engine, collection, "k" * 32, demo=demo, passwords=QUICK, now=clock)


def add(people: People, *roles: Role, email: str = "bo@merelveen.example") -> Account:
    """An account with PASSWORD."""
    profile = Profile("Bo Merel", email, frozenset(roles or {Role.AGENT}))
    return people.accounts.add(TEST, profile, password_hash=QUICK.hash(PASSWORD))
