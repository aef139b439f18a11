"""Errors as Problem Details (RFC 9457), each with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.responses import JSONResponse
from starlette.types import Scope

from service.web.wording import PROBLEMS, ProblemText

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_SECONDS = "5"


class Problem(Exception):
    """Something that we tell the asker: a status, a text, and headers that belong to it."""

    def __init__(
        self, status: int, text: ProblemText | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status)
        self.status = status
        self.text = text or text_of(status)
        self.headers = dict(headers or {})


def text_of(status: int) -> ProblemText:
    """The sentences for a status; an unusual one gets those of its class."""
    return PROBLEMS.get(status) or PROBLEMS[500 if status >= 500 else 400]


def unauthorized(text: ProblemText | None = None, scheme: str = "Bearer") -> Problem:
    """401 with the scheme that is asked for."""
    return Problem(401, text, {"WWW-Authenticate": f'{scheme} realm="antwoordduo"'})


def unavailable(text: ProblemText | None = None) -> Problem:
    """503 with the moment to try again."""
    return Problem(503, text, {"Retry-After": RETRY_AFTER_SECONDS})


def problem_response(scope: Scope, problem: Problem, **extra: Any) -> JSONResponse:
    """The problem as JSON. `instance` is the request id: it is in the log too, and holds no input."""
    body = {
        "type": "about:blank",
        "title": problem.text.title,
        "status": problem.status,
        "detail": problem.text.detail,
        "instance": f"urn:uuid:{request_id_of(scope)}",
        **extra,
    }
    return JSONResponse(body, problem.status, problem.headers, media_type=PROBLEM_JSON)


def request_id_of(scope: Scope) -> str:
    """The id that the access log gave this request."""
    return str(scope.get("state", {}).get("request_id", "00000000-0000-0000-0000-000000000000"))
