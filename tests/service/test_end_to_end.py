"""The whole service on a real library, with the encoder for tests: published here, found over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from embeddings.document import Document, Section, Visibility
from embeddings.library import Library, open_library
from service.app import create_app, open_people
from service.settings import Settings

TOKEN = "an-end-to-end-staff-token-of-40-signs!!!"
STAFF = {"Authorization": f"Bearer {TOKEN}"}
PASSPORT = "Een paspoort kost € 83,87. U betaalt met pin."
NOTE = "Vraag altijd of de klant spoed wil."


def document(id: str, title: str, text: str, visibility: Visibility = Visibility.PUBLIC) -> Document:
    return Document(
        collection="merelveen",
        source="vac",
        id=id,
        title=title,
        sections=(Section("Kosten", text, visibility=visibility),),
        url=f"https://www.merelveen.example/{id}",
        owner="Burgerzaken",
        modified_at=datetime(2026, 7, 3, 12, tzinfo=UTC),
    )


TEXTS = [
    document("paspoort", "Wat kost een paspoort?", PASSPORT),
    document("paspoort-kcc", "Paspoort met spoed", NOTE, Visibility.INTERNAL),
    document("afval", "Grofvuil laten ophalen", "Wij halen grofvuil gratis op. Maak eerst een afspraak."),
]


@dataclass
class Service:
    """The running service, and the library as another process would open it."""

    client: TestClient
    library: Library
    folder: Path


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    url = f"sqlite:///{tmp_path}/e.sqlite"
    library = open_library(url, encoder="hashing", indexes=tmp_path / "other")
    library.apply("merelveen", "vac", TEXTS)
    settings = Settings(database_url=url, data_dir=tmp_path, encoder="hashing")
    site = create_app(settings, open_people(settings, TOKEN))
    with TestClient(site, base_url="http://localhost") as client:
        _wait_until(lambda: client.get("/healthz/ready").status_code == 200, 20)
        yield Service(client, library, tmp_path)


def test_a_published_text_is_found_and_its_marks_stand_in_it(service: Service) -> None:
    found = _search(service, "wat kost een paspoort")
    assert found[0]["document"] == "vac:paspoort"
    assert found[0]["tekst"] == PASSPORT
    assert found[0]["bijgewerkt"] == "2026-07-03"
    assert all(sentence in PASSPORT for sentence in found[0]["gemarkeerd"])


def test_a_question_is_kept_without_what_was_personal(service: Service) -> None:
    asked = {"vraag": "Wat kost een paspoort? Mijn mail is kanarie@voorbeeld.nl", "kanaal": "zijbalk"}
    response = service.client.post("/v1/vragen", json=asked)
    assert response.status_code == 201
    token = {"Gesprek-Token": response.headers["Gesprek-Token"]}
    assert service.client.get(response.headers["Location"], headers=token).json() == response.json()
    stored = b"".join(file.read_bytes() for file in service.folder.rglob("*") if file.is_file())
    assert b"Wat kost een paspoort? Mijn mail is" in stored
    assert b"kanarie@voorbeeld.nl" not in stored


def test_internal_text_is_for_staff_only(service: Service) -> None:
    question = "vraag of de klant spoed wil voor een paspoort"
    assert NOTE not in service.client.post("/v1/zoekopdrachten", json={"tekst": question}).text
    assert NOTE in service.client.post("/v1/zoekopdrachten", json={"tekst": question}, headers=STAFF).text
    page = service.client.post("/zijbalk/kandidaten", data={"vraag": question})
    assert NOTE not in page.text


def test_a_change_by_another_process_is_seen_within_two_seconds(service: Service) -> None:
    new = document(
        "hond", "Hond aanmelden", "U meldt uw hond aan met DigiD. Hondenbelasting kost € 70 per jaar."
    )
    service.library.apply("merelveen", "vac", [new])
    _wait_until(lambda: "vac:hond" in str(_search(service, "hond aanmelden hondenbelasting")), 2)
    service.library.apply("merelveen", "vac", [], withdraw=["hond"])
    _wait_until(lambda: "vac:hond" not in str(_search(service, "hond aanmelden hondenbelasting")), 2)


def test_without_a_calibrated_model_it_says_degraded_and_answers_nothing_by_itself(service: Service) -> None:
    assert service.client.get("/healthz/ready").json()["status"] == "degraded"
    answer = service.client.post("/v1/vragen", json={"vraag": "Wat kost een paspoort?"}).json()
    assert (answer["uitkomst"], answer["antwoord"]) == ("onzeker", None)
    assert answer["kandidaten"][0]["document"] == "vac:paspoort"


def _search(service: Service, words: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = service.client.post("/v1/zoekopdrachten", json={"tekst": words}).json()[
        "kandidaten"
    ]
    return found


def _wait_until(holds: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.05)
