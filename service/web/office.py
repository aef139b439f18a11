"""What the pages behind the sign-in share: a head with the pages one may see, a name, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from service.domain.person import Person, Role
from service.web import wording_desk, wording_office
from service.web.pages import page

EVERYBODY = frozenset(Role)
_WITH_SIGNALS = frozenset({Role.DUO_MEMBER, Role.EDITOR, Role.COORDINATOR, Role.DEPARTMENT_HEAD, Role.ADMIN})
_STEERING = frozenset({Role.COORDINATOR, Role.DEPARTMENT_HEAD, Role.ADMIN})
_MANAGING = frozenset({Role.COORDINATOR, Role.DEPARTMENT_HEAD, Role.ADMIN})
_COORDINATING = frozenset({Role.COORDINATOR})
_CALLING = frozenset({Role.DUO_MEMBER, Role.COORDINATOR, Role.DEPARTMENT_HEAD, Role.ADMIN})
_PAGES = (
    ("/zijbalk", wording_office.SIDEBAR, EVERYBODY),
    ("/actueel", wording_desk.NEWS_DOOR, _COORDINATING),
    ("/terugbellen", wording_desk.CALLBACKS_DOOR, _CALLING),
    ("/oefenen", wording_desk.PRACTICE_DOOR, EVERYBODY),
    ("/duo", wording_office.SIGNALS, _WITH_SIGNALS),
    ("/sturing", wording_office.STEERING, _STEERING),
    ("/beheer", wording_office.MANAGING, _MANAGING),
)


@dataclass(frozen=True)
class Door:
    """A page in the head. `here`: the page that is shown stands behind this door."""

    address: str
    name: str
    here: bool


def doors(person: Person, path: str) -> tuple[Door, ...]:
    """The pages that this person may see, in their order."""
    return tuple(
        Door(address, name, path == address or path.startswith(f"{address}/"))
        for address, name, roles in _PAGES
        if person.has(*roles)
    )


def office_page(
    request: Request, person: Person, name: str, status: int = 200, **values: Any
) -> HTMLResponse:
    """A template that extends `office.html`, with the head filled in."""
    head: dict[str, Any] = {
        "person": person,
        "doors": doors(person, request.url.path),
        "office": wording_office,
    }
    return page(name, status, **(head | values))
