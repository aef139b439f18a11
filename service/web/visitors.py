"""Who looks at a page: somebody who is signed in, or anybody."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from fastapi import Request, Response
from starlette.responses import RedirectResponse

from service.domain.person import Person, Role
from service.domain.question import AGENT, VISITOR, Asker
from service.people.people import People
from service.web import wording_people
from service.web.access_log import route_of
from service.web.problems import Problem, request_id_of, unauthorized
from service.web.sessions import reference_of

SIGN_IN = "/aanmelden"
HOME = "/zijbalk"
LONGEST_PATH = 500


class SignInFirst(Exception):
    """This page is for who is signed in: the browser goes to the sign-in page, and comes back afterwards."""


def people_of(request: Request) -> People:
    """The people of the municipality, for a route that signs in or changes accounts."""
    people: People = request.app.state.people
    return people


def person_of_page(request: Request) -> Person | None:
    """Who is signed in; looked up once a request."""
    if not hasattr(request.state, "person"):
        reference = reference_of(request)
        request.state.person = people_of(request).sessions.person(reference) if reference else None
    person: Person | None = request.state.person
    return person


def asker_of_page(request: Request) -> Asker:
    """Staff for who is signed in with any role, else a visitor who sees public texts."""
    person = person_of_page(request)
    return AGENT if person and person.roles else VISITOR


def require(*roles: Role) -> Callable[[Request], Person]:
    """A dependency that gives the person with one of these roles; without roles, whoever is signed in.

    Who may use a route stands in `policy.py`, and holds without this too.
    """

    def person_with_role(request: Request) -> Person:
        return allowed(request, frozenset(roles))

    return person_with_role


def allowed(request: Request, roles: frozenset[Role]) -> Person:
    """The person, when one of these roles is theirs. Raises SignInFirst, or Problem 401 or 403."""
    person = person_of_page(request)
    if person is None:
        if request.method in ("GET", "HEAD"):
            raise SignInFirst
        raise unauthorized(wording_people.SIGN_IN_NEEDED, scheme="Session")
    if roles and not person.has(*roles):
        route = f"{request.method} {route_of(request.scope)}"
        people_of(request).audit.note(str(person.id), "route", route, "denied", request_id_of(request.scope))
        raise Problem(403, wording_people.NOT_YOURS)
    return person


async def ask_to_sign_in(request: Request, _first: SignInFirst) -> Response:
    """To the sign-in page, and from there back to this one."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{SIGN_IN}?{urlencode({'verder': own_path(path)})}", 303)


def own_path(path: str) -> str:
    """A path of our own to go on to; the sidebar for anything else: another site, or signing in itself."""
    ours = path.startswith("/") and not path.startswith(("//", SIGN_IN)) and "\\" not in path
    return path if ours and path.isprintable() and len(path) <= LONGEST_PATH else HOME
