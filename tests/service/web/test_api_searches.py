"""Searching while one types, over the API."""

from __future__ import annotations

from sqlalchemy import text

from embeddings.store.database import open_engine
from tests.service.web.conftest import Site


def test_candidates_come_with_what_a_page_needs(site: Site) -> None:
    response = site.client.post("/v1/zoekopdrachten", json={"tekst": "paspo", "taal": "nl", "aantal": 3})
    assert response.status_code == 200
    first = response.json()["kandidaten"][0]
    assert first["document"] == "vac:paspoort"
    assert first["titel"] == "Wat kost een paspoort?"
    assert first["kop"] == "Kosten en betalen"
    assert first["zekerheid"] == "hoog"
    assert first["gemarkeerd"] == ["Een paspoort kost € 83,87."]
    assert len(response.json()["kandidaten"]) == 3


def test_as_many_candidates_as_asked_for(site: Site) -> None:
    response = site.client.post("/v1/zoekopdrachten", json={"tekst": "paspoort", "aantal": 1})
    assert len(response.json()["kandidaten"]) == 1


def test_removed_personal_data_is_named_not_repeated(site: Site) -> None:
    response = site.client.post("/v1/zoekopdrachten", json={"tekst": "mail mij op jan@voorbeeld.nl"})
    assert response.json()["verwijderd"] == ["e-mailadres"]
    assert "voorbeeld.nl" not in response.text


def test_a_search_stores_nothing(site: Site) -> None:
    site.client.post("/v1/zoekopdrachten", json={"tekst": "paspoort"})
    with open_engine(site.settings.database_url).connect() as connection:
        for table in ("service_questions", "service_conversations"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


def test_internal_candidates_are_for_staff(site: Site) -> None:
    body = {"tekst": "spoed paspoort"}
    assert "kennisartikel:spoed" not in site.client.post("/v1/zoekopdrachten", json=body).text
    assert "kennisartikel:spoed" in site.client.post("/v1/zoekopdrachten", json=body, headers=site.staff).text
