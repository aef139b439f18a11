"""The API Design Rules, black box: every route, every kind of error (guards D2, S7, S15)."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.web.guard import API_VERSION
from service.web.reception import Reception
from service.web.site import build_site
from tests.service.web.conftest import ROOT, Site, people_in, settings_in

QUESTION = {"vraag": "Wat kost een paspoort?"}
SEARCH = {"tekst": "paspoort"}
OTHER_SITE = {"Sec-Fetch-Site": "cross-site"}
BASIC = {"Authorization": "Basic eA=="}
JSON = {"Content-Type": "application/json"}

ERRORS = [
    # name, method, path, what is sent, expected status
    ("slash after a collection", "POST", "/v1/vragen/", {"json": QUESTION}, 404),
    ("slash after an item", "GET", f"/v1/vragen/{uuid.uuid4()}/", {}, 404),
    ("slash after the description", "GET", "/v1/openapi.json/", {}, 404),
    ("unknown path", "GET", "/v1/onbekend", {}, 404),
    ("no path at all", "GET", "/v1", {}, 404),
    ("another version", "GET", "/v2/vragen", {}, 404),
    ("no documentation page", "GET", "/v1/docs", {}, 404),
    ("reading the collection", "GET", "/v1/vragen", {}, 405),
    ("deleting a question", "DELETE", f"/v1/vragen/{uuid.uuid4()}", {}, 405),
    ("posting the description", "POST", "/v1/openapi.json", {"json": {}}, 405),
    ("preflight of another site", "OPTIONS", "/v1/vragen", {"headers": {"Origin": "https://x.example"}}, 405),
    ("trace", "TRACE", "/v1/vragen", {}, 405),
    ("XML wanted", "POST", "/v1/vragen", {"json": QUESTION, "headers": {"Accept": "application/xml"}}, 406),
    ("text sent", "POST", "/v1/vragen", {"content": "x", "headers": {"Content-Type": "text/plain"}}, 415),
    ("form sent", "POST", "/v1/vragen", {"data": QUESTION}, 415),
    ("no type sent", "POST", "/v1/vragen", {"content": json.dumps(QUESTION)}, 415),
    ("too large", "POST", "/v1/vragen", {"json": {"vraag": "x" * 17_000}}, 413),
    ("too large, unknown path", "POST", "/v1/onbekend", {"json": {"vraag": "x" * 17_000}}, 413),
    ("no question", "POST", "/v1/vragen", {"json": {}}, 400),
    ("empty question", "POST", "/v1/vragen", {"json": {"vraag": ""}}, 400),
    ("blank question", "POST", "/v1/vragen", {"json": {"vraag": " \n\t "}}, 400),
    ("invisible question", "POST", "/v1/vragen", {"json": {"vraag": "\u200b\u2060\u202e"}}, 400),
    ("long question", "POST", "/v1/vragen", {"json": {"vraag": "x" * 501}}, 400),
    ("long invisible question", "POST", "/v1/vragen", {"json": {"vraag": "x" + "\u200b" * 500}}, 400),
    ("number for a question", "POST", "/v1/vragen", {"json": {"vraag": 12}}, 400),
    ("list for a question", "POST", "/v1/vragen", {"json": {"vraag": ["a"]}}, 400),
    ("null for a question", "POST", "/v1/vragen", {"json": {"vraag": None}}, 400),
    ("wrong channel", "POST", "/v1/vragen", {"json": QUESTION | {"kanaal": "balie"}}, 400),
    ("wrong language", "POST", "/v1/vragen", {"json": QUESTION | {"taal": "xx"}}, 400),
    ("conversation that is no uuid", "POST", "/v1/vragen", {"json": QUESTION | {"gesprek": "1"}}, 400),
    ("unknown field", "POST", "/v1/vragen", {"json": QUESTION | {"rol": "medewerker"}}, 400),
    ("list for a body", "POST", "/v1/vragen", {"json": [QUESTION]}, 400),
    ("null for a body", "POST", "/v1/vragen", {"content": "null", "headers": JSON}, 400),
    ("no body", "POST", "/v1/vragen", {"headers": JSON}, 400),
    ("broken JSON", "POST", "/v1/vragen", {"content": "{", "headers": JSON}, 400),
    ("deep JSON", "POST", "/v1/vragen", {"content": "[" * 16_000, "headers": JSON}, 400),
    ("wrong encoding", "POST", "/v1/vragen", {"content": b'{"vraag": "\xff"}', "headers": JSON}, 400),
    ("half a character", "POST", "/v1/vragen", {"content": '{"vraag": "\\ud800"}', "headers": JSON}, 400),
    ("no search words", "POST", "/v1/zoekopdrachten", {"json": {}}, 400),
    ("no results wanted", "POST", "/v1/zoekopdrachten", {"json": SEARCH | {"aantal": 0}}, 400),
    ("too many wanted", "POST", "/v1/zoekopdrachten", {"json": SEARCH | {"aantal": 11}}, 400),
    ("text for a number", "POST", "/v1/zoekopdrachten", {"json": SEARCH | {"aantal": "3"}}, 400),
    ("true for a number", "POST", "/v1/zoekopdrachten", {"json": SEARCH | {"aantal": True}}, 400),
    ("no token", "GET", f"/v1/vragen/{uuid.uuid4()}", {}, 401),
    ("unknown question", "GET", f"/v1/vragen/{uuid.uuid4()}", {"headers": {"Gesprek-Token": "x"}}, 404),
    ("wrong key", "POST", "/v1/vragen", {"json": QUESTION, "headers": {"Authorization": "Bearer x"}}, 401),
    ("empty key", "POST", "/v1/vragen", {"json": QUESTION, "headers": {"Authorization": "Bearer "}}, 401),
    ("other scheme", "POST", "/v1/zoekopdrachten", {"json": SEARCH, "headers": BASIC}, 401),
    ("unknown conversation", "POST", "/v1/vragen", {"json": QUESTION | {"gesprek": str(uuid.uuid4())}}, 404),
    ("other site", "POST", "/v1/vragen", {"json": QUESTION, "headers": OTHER_SITE}, 403),
    ("other host", "GET", "/v1/openapi.json", {"headers": {"Host": "merelveen.example"}}, 421),
    ("crash while asking", "POST", "/v1/vragen", {"json": {"vraag": "kapot"}}, 500),
    ("crash while searching", "POST", "/v1/zoekopdrachten", {"json": {"tekst": "kapot"}}, 500),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"), [row[1:] for row in ERRORS], ids=[row[0] for row in ERRORS]
)
def test_every_error_is_problem_details(
    site: Site, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    response = site.client.request(method, path, **sent)
    assert response.status_code == status, response.text
    _is_problem(response.headers, response.json(), status)
    if path.startswith("/v1"):
        assert response.headers["API-Version"] == API_VERSION
    if status == 401:
        assert response.headers["WWW-Authenticate"]
    if status == 405:
        assert response.headers["Allow"]


def _is_problem(headers: Any, body: dict[str, Any], status: int) -> None:
    assert headers["Content-Type"] == "application/problem+json"
    assert body["status"] == status
    assert body["title"]
    assert len(body["detail"].split()) > 3  # a sentence that says what to do
    assert body["instance"].startswith("urn:uuid:")


def test_a_validation_error_names_its_fields_and_not_their_content(site: Site) -> None:
    response = site.client.post("/v1/vragen", json={"vraag": 12345, "taal": "geheim", "extra": "geheim"})
    assert response.json()["velden"] == [
        {"veld": "vraag", "melding": "Dit moet tekst zijn."},
        {"veld": "taal", "melding": "Kies een van de waarden uit de beschrijving."},
        {"veld": "extra", "melding": "Dit veld kennen wij niet."},
    ]
    assert "geheim" not in response.text


def test_a_slash_at_the_end_does_not_redirect(site: Site) -> None:
    assert "Location" not in site.client.get("/zijbalk/").headers


def test_the_version_is_on_every_good_answer(site: Site) -> None:
    for response in (
        site.client.post("/v1/vragen", json=QUESTION),
        site.client.post("/v1/zoekopdrachten", json=SEARCH),
        site.client.get("/v1/openapi.json"),
    ):
        assert response.headers["API-Version"] == API_VERSION


def test_only_the_description_may_be_read_by_other_sites(site: Site) -> None:
    headers = {"Origin": "https://elders.example"}
    description = site.client.get("/v1/openapi.json", headers=headers)
    assert description.headers["Access-Control-Allow-Origin"] == "*"
    for path in ("/zijbalk", "/healthz/live", "/v1/vragen/x", "/"):
        assert "Access-Control-Allow-Origin" not in site.client.get(path, headers=headers).headers


@pytest.mark.parametrize("length", [1, 500])
def test_the_shortest_and_the_longest_question_are_answered(site: Site, length: int) -> None:
    response = site.client.post("/v1/vragen", json={"vraag": "é" * length})
    assert response.status_code == 201


def test_a_body_in_pieces_is_measured_too(site: Site) -> None:
    pieces = (b"x" * 1024 for _ in range(20))
    response = site.client.post("/v1/vragen", content=pieces, headers=JSON)
    assert response.status_code == 413


def test_questions_wait_for_the_start_and_life_does_not(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    app = build_site(settings, _never, people_in(settings))
    client = TestClient(app, base_url=ROOT)
    assert client.get("/healthz/live").json() == {"status": "live"}
    ready = client.get("/healthz/ready")
    assert (ready.status_code, ready.json()["status"]) == (503, "starting")
    for path, body in (("/v1/vragen", QUESTION), ("/v1/zoekopdrachten", SEARCH)):
        response = client.post(path, json=body)
        assert response.status_code == 503
        assert response.headers["Retry-After"]
        _is_problem(response.headers, response.json(), 503)


def test_a_start_that_fails_is_not_ready(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    app = build_site(settings, _broken, people_in(settings))
    reception: Reception = app.state.reception
    reception.open().join()
    ready = TestClient(app, base_url=ROOT).get("/healthz/ready")
    assert (ready.status_code, ready.json()["status"]) == (503, "failed")


def test_degraded_is_ready_and_says_so(site: Site) -> None:
    site.answering.degraded = True
    ready = site.client.get("/healthz/ready")
    assert (ready.status_code, ready.json()) == (200, {"status": "degraded", "reasons": ["no_model"]})


def _never() -> Any:
    raise AssertionError("the lifespan did not run")


def _broken() -> Any:
    raise OSError("no database")
