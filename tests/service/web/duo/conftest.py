"""The real site in this process, on a small municipality at work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from service.web.desk import Desk
from service.web.site import build_site
from tests.service.web.duo.municipality import Municipality, found_municipality, open_municipality

ROOT = "http://localhost"


class Response(Protocol):
    """What a test reads of an answer."""

    @property
    def status_code(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def json(self) -> Any: ...


@dataclass
class Office:
    """A municipality and its site, seen by its people."""

    town: Municipality
    site: TestClient

    def get(self, name: str, path: str, **options: Any) -> Response:
        """The page as somebody sees it."""
        return self.site.get(path, headers=self._headers(name), **options)

    def post(self, name: str, path: str, **fields: str) -> Response:
        """What comes of a form that somebody sends."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}  # also when no field was filled in
        return self.site.post(path, content=urlencode(fields), headers=headers | self._headers(name))

    def _headers(self, name: str) -> dict[str, str]:
        known = {"Accept": "text/html"}
        return known | ({"Cookie": f"antwoordduo={self.town.session(name)}"} if name else {})


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the municipality as every test begins with it."""
    folder = tmp_path_factory.mktemp("founded")
    found_municipality(folder)
    return folder


@pytest.fixture
def town(founded: Path, tmp_path: Path) -> Municipality:
    shutil.copytree(founded, tmp_path, dirs_exist_ok=True)
    return open_municipality(tmp_path)


@pytest.fixture
def office(town: Municipality) -> Iterator[Office]:
    app = build_site(town.settings, lambda: cast(Desk, town.desk), town.people)
    with TestClient(app, base_url=ROOT, raise_server_exceptions=False, follow_redirects=False) as client:
        _wait_until_ready(client)
        yield Office(town, client)


def _wait_until_ready(client: TestClient) -> None:
    for _ in range(200):
        if client.get("/healthz/ready").status_code == 200:
            return
    raise AssertionError("the site did not get ready")
