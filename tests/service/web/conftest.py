"""A site in this process, with the fake answering and a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.settings import Settings
from service.storage.conversations import Conversations
from service.storage.database import open_database
from service.storage.questions import Questions
from service.web.desk import Desk
from service.web.sessions import Sessions
from service.web.site import build_site
from tests.service.web.fakes import FakeAnswering

STAFF_TOKEN = "a-staff-token-for-tests-of-forty-signs!!"
ROOT = "http://localhost"


@dataclass
class Site:
    """A running site and what a test wants to reach behind it."""

    client: TestClient
    answering: FakeAnswering
    sessions: Sessions
    settings: Settings
    staff: dict[str, str]


def settings_in(folder: Path, **changes: object) -> Settings:
    values = {"database_url": f"sqlite:///{folder}/test.sqlite", "data_dir": folder} | changes
    return Settings(**values)  # type: ignore[arg-type]


def desk_in(settings: Settings, answering: FakeAnswering) -> Desk:
    engine = open_database(settings.database_url)
    return Desk(
        answering,
        Conversations(engine, settings.collection),
        Questions(engine, settings.collection),
        settings.collection,
        settings.retention_days,
    )


def running_site(settings: Settings, answering: FakeAnswering) -> Iterator[Site]:
    sessions = Sessions(STAFF_TOKEN)
    desk = desk_in(settings, answering)
    app = build_site(settings, lambda: desk, sessions)
    with TestClient(app, base_url=ROOT, raise_server_exceptions=False, follow_redirects=False) as client:
        _wait_until_ready(client)
        yield Site(client, answering, sessions, settings, {"Authorization": f"Bearer {STAFF_TOKEN}"})


def _wait_until_ready(client: TestClient) -> None:
    for _ in range(200):
        if client.get("/healthz/ready").status_code == 200:
            return
    raise AssertionError("the site did not get ready")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    yield from running_site(settings_in(tmp_path), FakeAnswering())
