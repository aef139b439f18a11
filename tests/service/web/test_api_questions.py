"""Asking a question over the API and reading it back."""

from __future__ import annotations

import json
import uuid

import pytest

from service.storage.questions import MAXIMUM_TURNS
from service.web.api.bodies import STATUSES
from tests.service.web.conftest import Site


def ask(site: Site, question: str = "Wat kost een paspoort?", **body: object) -> dict[str, object]:
    response = site.client.post("/v1/vragen", json={"vraag": question, **body})
    assert response.status_code == 201, response.text
    answer: dict[str, object] = response.json()
    return answer


def test_a_question_gets_exactly_the_body_of_the_contract(site: Site) -> None:
    body = {"vraag": "Wat kost een paspoort?", "kanaal": "website", "taal": "nl", "gesprek": None}
    response = site.client.post("/v1/vragen", json=body)
    answer = response.json()
    assert response.status_code == 201
    assert list(answer) == [
        "id", "gesprek", "uitkomst", "zekerheid", "antwoord", "open", "bronnen", "kandidaten", "signaal",
        "wedervraag",
    ]  # fmt: skip
    assert answer["uitkomst"] == "beantwoord"
    assert answer["zekerheid"] == "hoog"
    assert answer["antwoord"]["soort"] == "citaat"
    assert answer["antwoord"]["aiGegenereerd"] is False
    assert answer["antwoord"]["zinnen"][0] == {"tekst": "Een paspoort kost € 83,87.", "bronnen": [1]}
    assert set(answer["bronnen"][0]) == {
        "nummer", "document", "titel", "kop", "tekst", "url", "bijgewerkt", "eigenaar",
    }  # fmt: skip
    assert answer["bronnen"][0]["bijgewerkt"] == "2026-07-03"
    assert set(answer["kandidaten"][0]) == {"document", "titel", "url", "zekerheid"}
    assert answer["signaal"] is None


def test_the_answer_says_where_it_can_be_read_back(site: Site) -> None:
    response = site.client.post("/v1/vragen", json={"vraag": "Wat kost een paspoort?"})
    assert response.headers["Location"] == f"/v1/vragen/{response.json()['id']}"
    token = response.headers["Gesprek-Token"]
    again = site.client.get(response.headers["Location"], headers={"Gesprek-Token": token})
    assert again.status_code == 200
    assert again.json() == response.json()


def test_reading_back_without_a_token_is_401(site: Site) -> None:
    answer = ask(site)
    response = site.client.get(f"/v1/vragen/{answer['id']}")
    assert response.status_code == 401
    assert "WWW-Authenticate" in response.headers


def test_a_wrong_token_and_an_unknown_question_look_the_same(site: Site) -> None:
    answer = ask(site)
    headers = {"Gesprek-Token": "not-the-token"}
    wrong = site.client.get(f"/v1/vragen/{answer['id']}", headers=headers)
    unknown = site.client.get(f"/v1/vragen/{uuid.uuid4()}", headers=headers)
    malformed = site.client.get("/v1/vragen/1", headers=headers)
    bodies = [response.json() | {"instance": ""} for response in (wrong, unknown, malformed)]
    assert [response.status_code for response in (wrong, unknown, malformed)] == [404, 404, 404]
    assert bodies[0] == bodies[1] == bodies[2]


def test_staff_read_any_question_back(site: Site) -> None:
    answer = ask(site)
    response = site.client.get(f"/v1/vragen/{answer['id']}", headers=site.staff)
    assert response.status_code == 200


def test_what_staff_were_shown_is_not_read_back_by_a_visitor(site: Site) -> None:
    first = site.client.post("/v1/vragen", json={"vraag": "Spoed paspoort"}, headers=site.staff)
    token = {"Gesprek-Token": first.headers["Gesprek-Token"]}
    assert "kennisartikel:spoed" in first.text
    assert site.client.get(first.headers["Location"], headers=token).status_code == 404
    assert site.client.get(first.headers["Location"], headers=token | site.staff).status_code == 200


def test_without_a_credential_there_are_public_texts_and_departments_only(site: Site) -> None:
    for channel in ("zijbalk", "website"):
        text = json.dumps(ask(site, kanaal=channel))
        assert "kennisartikel:spoed" not in text
        assert "duo" not in text


def test_a_later_question_continues_its_conversation(site: Site) -> None:
    first = ask(site)
    response = site.client.post(
        "/v1/vragen", json={"vraag": "En voor kinderen?", "gesprek": first["gesprek"]}
    )
    assert response.json()["gesprek"] == first["gesprek"]
    assert "Gesprek-Token" not in response.headers
    assert site.answering.asked[-1].earlier == ("Wat kost een paspoort?",)


def test_an_unknown_conversation_is_404(site: Site) -> None:
    response = site.client.post("/v1/vragen", json={"vraag": "Hallo?", "gesprek": str(uuid.uuid4())})
    assert response.status_code == 404
    assert "gesprek" in response.json()["detail"]


def test_a_conversation_with_the_wrong_token_is_404(site: Site) -> None:
    body = {"vraag": "Hallo?", "gesprek": ask(site)["gesprek"]}
    assert site.client.post("/v1/vragen", json=body, headers={"Gesprek-Token": "no"}).status_code == 404


def test_a_conversation_is_full_after_thirty_questions(site: Site) -> None:
    conversation = ask(site)["gesprek"]
    for _ in range(MAXIMUM_TURNS - 1):
        ask(site, gesprek=conversation)
    response = site.client.post("/v1/vragen", json={"vraag": "Nog een?", "gesprek": conversation})
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("iets onbekend", "geen_bron"),
        ("twijfel", "onzeker"),
        ("kaart of pas", "welke_bedoelt_u"),
        ("mijn zaak", "persoonlijke_zaak"),
        ("uitkering van het rijk", "andere_overheid"),
        ("het weer", "buiten_bereik"),
        ("scheldwoord", "misbruik"),
        ("in gevaar", "hulplijn"),
        ("storing", "storing"),
    ],
)
def test_an_outcome_without_sentences_has_no_answer(site: Site, question: str, word: str) -> None:
    answer = ask(site, question)
    assert answer["uitkomst"] == word
    assert answer["antwoord"] is None
    assert answer["bronnen"] == []


def test_every_status_has_its_own_word() -> None:
    assert sorted(STATUSES) == [
        "andere_overheid", "beantwoord", "buiten_bereik", "deels_beantwoord", "geen_bron", "hulplijn",
        "misbruik", "onzeker", "persoonlijke_zaak", "storing", "welke_bedoelt_u",
    ]  # fmt: skip


def test_no_score_leaves_the_service(site: Site) -> None:
    text = json.dumps(ask(site))
    assert "0.93" not in text
    assert "prob" not in text
    assert "score" not in text
