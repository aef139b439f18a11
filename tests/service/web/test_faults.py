"""A database that is away, a pipeline that refuses, a municipality that keeps nothing (guards R8, P5)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from embeddings.store.database import open_engine
from service.web.answers import Refused, Unreachable
from tests.service.web.conftest import Site, running_site, settings_in
from tests.service.web.fakes import FakeAnswering

QUESTION = {"vraag": "Wat kost een paspoort?"}


def test_a_question_that_cannot_be_kept_is_503_and_quotes_nothing(site: Site) -> None:
    with open_engine(site.settings.database_url).begin() as connection:
        connection.exec_driver_sql("DROP TABLE service_questions")
    response = site.client.post("/v1/vragen", json=QUESTION)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "service_questions" not in response.text
    assert site.client.get("/healthz/live").status_code == 200


@pytest.mark.slow
def test_a_locked_database_is_503_and_not_for_ever(site: Site, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert site.client.post("/v1/vragen", json=QUESTION).status_code == 503
        assert site.client.post("/v1/zoekopdrachten", json={"tekst": "paspoort"}).status_code == 200
        other.execute("ROLLBACK")
    assert site.client.post("/v1/vragen", json=QUESTION).status_code == 201


@pytest.mark.parametrize(("error", "status"), [(Refused(), 400), (Unreachable(), 503)])
def test_refusals_and_breakdowns_of_the_pipeline_have_a_status(
    site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(site.answering, "suggest", fail)
    response = site.client.post("/v1/zoekopdrachten", json={"tekst": "paspoort"})
    assert response.status_code == status
    assert response.json()["detail"]


@pytest.fixture
def forgetful(tmp_path: Path) -> Iterator[Site]:
    yield from running_site(settings_in(tmp_path, retention_days=0), FakeAnswering())


def test_with_no_days_a_question_is_answered_and_forgotten(forgetful: Site, tmp_path: Path) -> None:
    response = forgetful.client.post("/v1/vragen", json={"vraag": "kanarievogel"})
    assert response.status_code == 201
    token = {"Gesprek-Token": response.headers["Gesprek-Token"]}
    assert forgetful.client.get(response.headers["Location"], headers=token).status_code == 404
    assert all(b"kanarievogel" not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    again = {"vraag": "En nu?", "gesprek": response.json()["gesprek"]}
    assert forgetful.client.post("/v1/vragen", json=again).status_code == 404
