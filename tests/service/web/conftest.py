"""A site in this process, with the fake answering and a database of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from service.domain.person import Person, Role
from service.people.accounts import By, Profile
from service.people.organisation import Colleague, Organisation, Pair
from service.people.passwords import Passwords
from service.people.people import People, people_of_municipality
from service.people.provider import Provider
from service.settings import Settings
from service.storage.conversations import Conversations
from service.storage.database import open_database
from service.storage.questions import Questions
from service.web.desk import Desk
from service.web.site import build_site
from tests.service.web.fakes import FakeAnswering

STAFF_TOKEN = "a-staff-token-for-tests-of-forty-signs!!"
ROOT = "http://localhost"
PASSWORD = "vier vogels op het dak"
# what makes a password slow to guess would make these tests slow to run
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
# tests ask faster than people; tests of the limits set them
UNHURRIED = {f"limit_{what}": "" for what in ("conversation", "address", "lookups", "writes", "reads")}
ORGANISATION = Organisation(
    (Colleague("kcc-1", "KCC-medewerker reisdocumenten"), Colleague("spec-1", "Specialist reisdocumenten")),
    ("Burgerzaken", "Openbare Ruimte"),
    (Pair("Reisdocumenten", "Burgerzaken", "kcc-1", "spec-1"),),
)


class Reply(Protocol):
    """What the client of the tests gives back, as far as tests look at it."""

    @property
    def status_code(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


@dataclass
class Site:
    """A running site and what a test wants to reach behind it."""

    client: TestClient
    answering: FakeAnswering
    people: People
    settings: Settings
    staff: dict[str, str]

    def sign_in(self, *roles: Role, email: str = "") -> Person:
        """Somebody with these roles, signed in."""
        person = add_person(self.people, *roles, email=email)
        session = self.people.sessions.open(person.id)
        self.client.cookies.set("antwoordduo", session, domain="localhost.local", path="/")
        return person


def settings_in(folder: Path, **changes: object) -> Settings:
    values = {"database_url": f"sqlite:///{folder}/test.sqlite", "data_dir": folder} | UNHURRIED | changes
    return Settings(**values)  # type: ignore[arg-type]


def people_in(settings: Settings, provider: Provider | None = None) -> People:
    return people_of_municipality(
        open_database(settings.database_url),
        settings.collection,
        STAFF_TOKEN,
        organisation=lambda: ORGANISATION,
        provider=provider,
        demo=settings.demo,
        passwords=QUICK,
    )


def add_person(people: People, *roles: Role, email: str = "") -> Person:
    """An account with PASSWORD."""
    address = email or f"{'-'.join(sorted(roles))}@merelveen.example"
    profile = Profile("Bo Merel", address, frozenset(roles))
    return people.accounts.add(By("test"), profile, password_hash=QUICK.hash(PASSWORD)).person


def desk_in(settings: Settings, answering: FakeAnswering) -> Desk:
    engine = open_database(settings.database_url)
    return Desk(
        answering,
        Conversations(engine, settings.collection),
        Questions(engine, settings.collection),
        settings.collection,
        settings.retention_days,
    )


def running_site(
    settings: Settings, answering: FakeAnswering, provider: Provider | None = None
) -> Iterator[Site]:
    people = people_in(settings, provider)
    desk = desk_in(settings, answering)
    app = build_site(settings, lambda: desk, people)
    with TestClient(app, base_url=ROOT, raise_server_exceptions=False, follow_redirects=False) as client:
        _wait_until_ready(client)
        yield Site(client, answering, people, settings, {"Authorization": f"Bearer {STAFF_TOKEN}"})


def _wait_until_ready(client: TestClient) -> None:
    for _ in range(200):
        if client.get("/healthz/ready").status_code == 200:
            return
    raise AssertionError("the site did not get ready")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    yield from running_site(settings_in(tmp_path), FakeAnswering())
