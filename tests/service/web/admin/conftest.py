"""The real site in this process, with everything that `/beheer` manages behind it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.duos.drafts import Drafts
from service.duos.municipality import MunicipalityNow
from service.duos.signals import Signals
from service.storage.choices import Choices
from service.storage.conversations import Conversations
from service.storage.outbox import Outbox
from service.storage.questions import Questions
from service.web.desk import Desk, Loop
from service.web.house import municipality_in
from service.web.site import build_site
from tests.service.web.duo.conftest import ROOT, Office
from tests.service.web.duo.municipality import (
    Municipality,
    found_municipality,
    open_municipality,
)


@dataclass(frozen=True)
class Letterbox:
    """The notices, as the desk holds them."""

    outbox: Outbox


@dataclass(frozen=True)
class TownLoop:
    """The duo loop, as far as a desk hands it out."""

    signals: Signals
    drafts: Drafts
    choices: Choices
    post: Letterbox


def managed_site(town: Municipality) -> tuple[FastAPI, Outbox]:
    """A site whose pages follow a change at once, and its outbox."""
    engine, collection, own = town.engine, town.settings.collection, town.desk
    outbox = Outbox(engine, collection, own.now)
    desk = Desk(
        own.answers,
        Conversations(engine, collection),
        Questions(engine, collection),
        collection,
        town.settings.retention_days,
        own.now,
        cast(Loop, TownLoop(own.signals, own.drafts, own.choices, Letterbox(outbox))),
    )
    municipality = MunicipalityNow(own.choices, municipality_in(town.settings), seconds=0)
    app = build_site(town.settings, lambda: desk, town.people, municipality=municipality)
    return app, outbox


@dataclass
class AdminOffice(Office):
    """A municipality and its site, with its outbox."""

    outbox: Outbox

    @property
    def audit(self) -> list[tuple[str, str]]:
        """What was done and to what, newest first."""
        return [(line.action, line.subject) for line in self.town.people.audit.lines()]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the municipality as every test begins with it."""
    folder = tmp_path_factory.mktemp("founded")
    found_municipality(folder)
    return folder


@pytest.fixture
def office(founded: Path, tmp_path: Path) -> Iterator[AdminOffice]:
    shutil.copytree(founded, tmp_path, dirs_exist_ok=True)
    town = open_municipality(tmp_path)
    app, outbox = managed_site(town)
    with TestClient(app, base_url=ROOT, raise_server_exceptions=False, follow_redirects=False) as client:
        for _ in range(200):
            if client.get("/healthz/ready").status_code == 200:
                break
        yield AdminOffice(town, client, outbox)
