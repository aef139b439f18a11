"""The description of the API keeps the API Design Rules (guard D1), rule by rule as their linter has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from service.web.guard import API_VERSION
from tests.service.web.conftest import Site

Responses = dict[str, dict[str, Any]]


@pytest.fixture
def description(site: Site) -> dict[str, Any]:
    response = site.client.get("/v1/openapi.json")
    assert response.headers["Content-Type"] == "application/json"
    body: dict[str, Any] = response.json()
    return body


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in description["paths"].values():
        yield from path.items()


def test_it_is_openapi_three_with_a_version_like_ours(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    assert description["info"]["version"] == API_VERSION
    assert re.fullmatch(r"\d+\.\d+\.\d+", API_VERSION)


def test_it_says_whom_to_ask(description: dict[str, Any]) -> None:
    assert set(description["info"]["contact"]) >= {"name", "email", "url"}


def test_the_major_version_stands_in_the_address(description: dict[str, Any]) -> None:
    assert description["servers"] == [{"url": "/v1"}]


def test_paths_are_those_of_the_contract(description: dict[str, Any]) -> None:
    assert set(description["paths"]) == {
        "/vragen",
        "/vragen/{id}",
        "/vragen/{id}/antwoordadressen",
        "/vragen/{id}/beoordelingen",
        "/vragen/{id}/herschrijvingen",
        "/vragen/{id}/signalen",
        "/tekstcontroles",
        "/signalen/{nummer}",
        "/zoekopdrachten",
    }


def test_every_good_answer_has_its_version(description: dict[str, Any]) -> None:
    for _, operation in operations(description):
        for status, response in operation["responses"].items():
            assert "API-Version" in response["headers"], status


def test_every_error_is_problem_details(description: dict[str, Any]) -> None:
    problem = description["components"]["schemas"]["Probleem"]
    assert {"title", "status", "detail"} <= set(problem["properties"])
    for _, operation in operations(description):
        for status, response in operation["responses"].items():
            if status >= "400":
                assert list(response["content"]) == ["application/problem+json"]


def test_bad_input_is_400_and_never_422(description: dict[str, Any]) -> None:
    for _, operation in operations(description):
        assert "400" in operation["responses"]
        assert "422" not in operation["responses"]
    assert "HTTPValidationError" not in description["components"]["schemas"]


def test_operations_have_a_name_of_their_own_and_a_text(description: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(description)]
    assert len(names) == len(set(names)) == 9
    assert all(operation["summary"] and operation["description"] for _, operation in operations(description))


def test_names_are_written_as_the_rules_ask(description: dict[str, Any]) -> None:
    for name, schema in description["components"]["schemas"].items():
        assert re.fullmatch(r"[A-Z][A-Za-z]+", name)
        for field in schema.get("properties", {}):
            assert re.fullmatch(r"[a-z][A-Za-z]*", field)


def test_the_certainty_and_the_outcome_list_their_words(description: dict[str, Any]) -> None:
    fields = description["components"]["schemas"]["BeantwoordeVraag"]["properties"]
    assert fields["zekerheid"]["enum"] == ["hoog", "middel", "laag"]
    assert len(fields["uitkomst"]["enum"]) == 11


def test_the_headers_of_a_new_question_are_described(description: dict[str, Any]) -> None:
    headers = description["paths"]["/vragen"]["post"]["responses"]["201"]["headers"]
    assert {"Location", "Gesprek-Token", "API-Version", "AI-Generated"} == set(headers)


def test_the_credential_is_described(description: dict[str, Any]) -> None:
    assert description["components"]["securitySchemes"]["medewerker"]["scheme"] == "bearer"
    for _, operation in operations(description):
        assert {} in operation["security"]  # without one: public texts
        assert {"medewerker": []} in operation["security"]
