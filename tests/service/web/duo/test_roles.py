"""Every route of the duos' pages with every role: what may be seen, and what is as if it were not there."""

from __future__ import annotations

import pytest

from service.domain.person import Role
from service.web.duo import emergency_pages, link_pages, review_pages, signal_pages, text_pages
from service.web.policy import POLICY
from tests.service.web.duo.conftest import Office
from tests.service.web.duo.municipality import PROFILES
from tests.service.web.duo.test_text_pages import GOOD, begun, saved

ROUTES = sorted(
    f"{method} {route.path}"
    for part in (text_pages, review_pages, link_pages, emergency_pages, signal_pages)
    for route in part.router.routes
    for method in route.methods
)
# for whom the signal of the travel documents' duo exists
OF_THE_DUO = {"anna", "bert", "head", "coordinator", "admin"}


def test_every_route_is_in_the_table() -> None:
    assert set(ROUTES) <= set(POLICY)
    assert len(ROUTES) > 15


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_opens_for_its_roles_alone(office: Office, route: str) -> None:
    gap = office.town.signal("Paspoortvraag")
    address = begun(office, gap)
    saved(office, address, **GOOD)
    method, _, path = route.partition(" ")
    filled = path.format(number=gap.number, id=address.rpartition("/")[2], action="haast")
    for name in (*PROFILES, ""):
        roles = PROFILES[name].roles if name else None
        answer = office.get(name, filled) if method == "GET" else office.post(name, filled)
        if not POLICY[route].admits(roles):
            expected = {403} if name else {401, 303}
        elif "{" in path and name not in OF_THE_DUO:
            expected = {404}
        else:
            expected = {200, 303, 400, 403, 404, 409}
            assert answer.status_code != 403 or path.endswith("goedkeuren"), (name, route)
        assert answer.status_code in expected, (name, route, answer.status_code)


@pytest.mark.parametrize("role", Role)
def test_an_agent_alone_is_kept_out_of_all_of_it(role: Role) -> None:
    opened = [route for route in ROUTES if POLICY[route].admits(frozenset({role}))]
    assert bool(opened) is (role is not Role.AGENT)
