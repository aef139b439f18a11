"""How the API describes itself: OpenAPI 3.1 that passes the rules of the API Design Rules."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.domain.municipality import Municipality
from service.web.api.bodies import Probleem
from service.web.problems import PROBLEM_JSON, text_of

TITLE = "Antwoordduo van {name}"
CONTACT = "Klantcontactcentrum van {name}"
VERSION_HEADER = {
    "API-Version": {
        "description": "Volledige versie van de API.",
        "schema": {"type": "string", "examples": ["0.1.0"]},
    }
}
_RETRY_HEADER = {
    "Retry-After": {
        "description": "Na hoeveel seconden u het opnieuw kunt proberen.",
        "schema": {"type": "integer"},
    }
}
_NEW_QUESTION_HEADERS = {
    "Location": {
        "description": "Waar u de vraag kunt teruglezen.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Gesprek-Token": {
        "description": "Sleutel van het gesprek. Alleen als de vraag een nieuw gesprek opent.",
        "schema": {"type": "string"},
    },
}

_GENERATED_HEADER = {
    "AI-Generated": {
        "description": "Of een taalmodel er zinnen van heeft geschreven.",
        "schema": {"type": "boolean"},
    }
}

STAFF_KEY = {"type": "http", "scheme": "bearer", "description": "De sleutel van een medewerker."}

Responses = dict[int | str, dict[str, Any]]


def _problems(*statuses: int) -> Responses:
    return {status: _problem(status) for status in statuses}


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": text_of(status).title,
        "model": Probleem,
        "headers": VERSION_HEADER | (_RETRY_HEADER if status == 503 else {}),
    }


_ALWAYS = (401, 406, 500, 503)
SEARCH_RESPONSES = {200: {"headers": VERSION_HEADER}, **_problems(400, 403, 413, 415, *_ALWAYS)}
ASK_RESPONSES = {
    201: {"headers": VERSION_HEADER | _NEW_QUESTION_HEADERS | _GENERATED_HEADER},
    **_problems(400, 403, 404, 409, 413, 415, *_ALWAYS),
}
CHECK_RESPONSES = {200: {"headers": VERSION_HEADER}, **_problems(400, 403, 413, 415, *_ALWAYS)}
REWORD_RESPONSES = {
    200: {"headers": VERSION_HEADER | _GENERATED_HEADER},
    **_problems(400, 403, 404, 413, 415, *_ALWAYS),
}
READ_RESPONSES = {200: {"headers": VERSION_HEADER}, **_problems(400, 404, *_ALWAYS)}
REPORT_RESPONSES = {
    201: {"headers": VERSION_HEADER},
    **_problems(400, 403, 404, 409, 413, 415, *_ALWAYS),
}
SIGNAL_RESPONSES = {200: {"headers": VERSION_HEADER}, **_problems(400, 404, *_ALWAYS)}


def describe(api: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if api.openapi_schema is None:
        schema = get_openapi(
            title=api.title,
            version=api.version,
            description=api.description,
            routes=api.routes,
            contact=api.contact,
            license_info=api.license_info,
            servers=api.servers,
            tags=api.openapi_tags,
        )
        for path in schema["paths"].values():
            for operation in path.values():
                _mend(operation["responses"])
                # without a key is fine too: then one sees public texts
                operation["security"] = [{}, {"medewerker": []}]
        schema["components"]["securitySchemes"] = {"medewerker": STAFF_KEY}
        for unused in ("HTTPValidationError", "ValidationError"):
            schema["components"]["schemas"].pop(unused, None)
        api.openapi_schema = schema
    return api.openapi_schema


def described_by(description: dict[str, Any], municipality: Municipality) -> dict[str, Any]:
    """The description with whose it is and how to reach them, as of now."""
    info = description["info"]
    contact = info["contact"] | {
        "name": CONTACT.format(name=municipality.name), "url": municipality.contact_url
    }  # fmt: skip
    own = info | {"title": TITLE.format(name=municipality.name), "contact": contact}
    return description | {"info": own}


def _mend(responses: dict[str, Any]) -> None:
    """Errors are Problem Details, and bad input is 400: FastAPI would promise JSON and 422."""
    responses.pop("422", None)
    for status, response in responses.items():
        if status >= "400":
            response["content"] = {PROBLEM_JSON: response["content"].pop("application/json")}
