"""Who calls the API: staff with a good key, a visitor without one, nobody with a bad one."""

from __future__ import annotations

from fastapi import Request

from service.domain.question import AGENT, VISITOR, Asker
from service.people.people import People
from service.web.problems import Problem, unauthorized

_READS = ("*/*", "application/*", "application/json", "application/problem+json")


def asker_of(request: Request) -> Asker:
    """The asker that the Authorization header stands for. A cookie means nothing here: no CSRF to guard."""
    header = request.headers.get("authorization")
    if header is None:
        return VISITOR
    scheme, _, token = header.partition(" ")
    people: People = request.app.state.people
    if scheme.lower() != "bearer" or not people.staff_key.is_right(token.strip()):
        raise unauthorized()
    return AGENT


def speaks_json(request: Request) -> None:
    """Refuse what is not JSON: 415 for what comes in, 406 for what is asked for."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST" and kind != "application/json":
        raise Problem(415)
    accepted = request.headers.get("accept", "*/*").lower().split(",")
    if not any(one.partition(";")[0].strip() in _READS for one in accepted):
        raise Problem(406)
