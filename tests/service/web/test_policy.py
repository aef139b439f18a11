"""Every route with every role: the table, the site and the docs say the same (guards S16, S21)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Mount

from service.domain.person import Role
from service.people.accounts import By, Profile
from service.web.policy import EVERYBODY, POLICY, SIGNED_IN, Access, only, policy_table
from tests.service.web.conftest import Reply, Site, add_person, running_site, settings_in
from tests.service.web.fakes import FakeAnswering

DOCS = Path(__file__).resolve().parents[3] / "docs" / "people.md"
VISITORS: list[Role | None] = [None, *Role]
SAFE = ("GET", "HEAD", "OPTIONS")
ROUTES = sorted(POLICY)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from running_site(settings_in(tmp_path_factory.mktemp("policy")), FakeAnswering())


@pytest.fixture(scope="module")
def people(site: Site) -> dict[Role, uuid.UUID]:
    # a second admin: what one does must not lock out the next
    add_person(site.people, Role.ADMIN, email="other@merelveen.example")
    return {role: add_person(site.people, role).id for role in Role}


def routes_of(app: FastAPI) -> set[str]:
    """All that the app answers, as the table writes it: method and path."""
    return {
        f"{method} {path}"
        for prefix, routes in _routers(app)
        for path, methods in _paths(prefix, routes)
        for method in methods
        if method != "HEAD"
    }


def _routers(app: FastAPI) -> Iterator[tuple[str, list[BaseRoute]]]:
    yield "", app.routes
    for route in app.routes:
        if isinstance(route, Mount):
            yield route.path, route.routes


def _paths(prefix: str, routes: list[BaseRoute]) -> Iterator[tuple[str, set[str]]]:
    for context in iter_route_contexts(routes):
        methods = getattr(context, "methods", None)
        if methods:
            yield f"{prefix}{context.path}", set(methods)


def test_every_route_has_a_policy_and_every_policy_a_route(site: Site) -> None:
    assert routes_of(site.client.app) == set(POLICY)  # type: ignore[arg-type]


def test_a_route_without_a_policy_is_missed_and_answers_nobody(site: Site) -> None:
    app: FastAPI = site.client.app  # type: ignore[assignment]

    async def planted() -> str:
        return "secret"

    app.add_api_route("/geplant", planted)
    assert "GET /geplant" in routes_of(app) - set(POLICY)
    response = site.client.get("/geplant")
    assert response.status_code == 500
    assert "secret" not in response.text
    app.router.routes.pop()


@pytest.mark.parametrize("route", ROUTES)
def test_each_role_is_let_in_or_not_as_the_table_says(
    site: Site, people: dict[Role, uuid.UUID], route: str
) -> None:
    for role in VISITORS:
        response = ask(site, route, people.get(role) if role else None)
        roles = frozenset({role}) if role else None
        assert _is_refusal(response, route, role) is not POLICY[route].admits(roles), (
            role,
            response.status_code,
        )
        assert response.status_code < 500 or response.status_code == 503


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.startswith(SAFE)])
@pytest.mark.parametrize("site_of", ["cross-site", "same-site"])
def test_no_route_that_changes_anything_takes_a_form_of_another_site(
    site: Site, people: dict[Role, uuid.UUID], route: str, site_of: str
) -> None:
    response = ask(site, route, people[Role.ADMIN], {"Sec-Fetch-Site": site_of})
    assert response.status_code == 403
    response = ask(site, route, people[Role.ADMIN], {"Origin": "https://evil.example"})
    assert response.status_code == 403


def ask(site: Site, route: str, account: uuid.UUID | None, headers: dict[str, str] | None = None) -> Reply:
    """Use a route as somebody who is signed in, or as nobody."""
    method, path = route.split(" ")
    filled = re.sub(r"\{\w+\}", str(uuid.uuid4()), path)
    site.client.cookies.clear()
    if account:
        site.client.cookies.set("antwoordduo", site.people.sessions.open(account))
    body = {"data": {"x": "y"}} if method == "POST" and not path.startswith("/v1") else {}
    return site.client.request(method, filled, headers=headers, **body)  # type: ignore[arg-type]


def _is_refusal(response: Reply, route: str, role: Role | None) -> bool:
    """Whether somebody was turned away for who they are."""
    if role is None and route.startswith("GET"):
        return response.status_code == 303 and response.headers["Location"].startswith("/aanmelden?verder=")
    if " /v1/" in route and response.status_code == 401:
        return (
            False  # asks for the token of a conversation or a signal, of everybody: the API knows no session
        )
    if route == "GET /aanmelden/extern/terug":
        return False  # there is no provider here
    return response.status_code in (401, 403)


def test_a_refusal_says_what_to_do_and_stands_in_the_audit(site: Site, people: dict[Role, uuid.UUID]) -> None:
    response = ask(site, "GET /beheer/mensen", people[Role.AGENT], {"Accept": "text/html"})
    assert response.status_code == 403
    assert "Vraag een beheerder" in response.text
    line = site.people.audit.lines()[0]
    assert (line.actor, line.subject, line.outcome) == (
        str(people[Role.AGENT]),
        "GET /beheer/mensen",
        "denied",
    )


def test_head_needs_what_get_needs(site: Site, people: dict[Role, uuid.UUID]) -> None:
    assert ask(site, "HEAD /healthz/live", None).status_code == 200


def test_the_api_takes_no_session(site: Site, people: dict[Role, uuid.UUID]) -> None:
    site.client.cookies.set("antwoordduo", site.people.sessions.open(people[Role.ADMIN]))
    response = site.client.post("/v1/zoekopdrachten", json={"tekst": "spoed"})
    assert "kennisartikel:spoed" not in response.text


def test_an_account_without_a_role_sees_what_visitors_see(site: Site) -> None:
    nobody = site.people.accounts.add(By("test"), Profile("x", "x@merelveen.example", frozenset()))
    site.client.cookies.set("antwoordduo", site.people.sessions.open(nobody.person.id))
    response = site.client.post("/zijbalk/kandidaten", data={"vraag": "spoed"})
    assert "Alleen KCC" not in response.text


def test_the_table_in_the_docs_is_the_one_in_the_code() -> None:
    assert policy_table() in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("access", "nobody", "agent", "admin"),
    [
        (EVERYBODY, True, True, True),
        (SIGNED_IN, False, True, True),
        (only(Role.ADMIN), False, False, True),
        (only(Role.ADMIN, Role.AGENT), False, True, True),
    ],
)
def test_an_access_admits(access: Access, nobody: bool, agent: bool, admin: bool) -> None:
    assert access.admits(None) is nobody
    assert access.admits(frozenset({Role.AGENT})) is agent
    assert access.admits(frozenset({Role.ADMIN})) is admin
