"""`/beheer/algoritmeregister`: what one can publish about this service, and what is still to fill in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from service.web import wording_register as wording
from service.web.admin.shared import Manager, admin_page
from service.web.house import municipality_of
from service.web.register import STANDARD, Entry, entry_of

ADDRESS = "/beheer/algoritmeregister"

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@router.get("")
def show(request: Request, person: Manager) -> Response:
    """The entry, and the fields that only a person can fill in."""
    return admin_page(
        request, person, "admin/register.html", told=wording, entry=_entry(request), standard=STANDARD
    )


@router.get("/registratie.json")
def as_json(request: Request, _person: Manager) -> Response:
    """The entry under the names of the standard."""
    return _file(_entry(request).as_json(), "application/json", "algoritmeregister.json")


@router.get("/registratie.csv")
def as_csv(request: Request, _person: Manager) -> Response:
    """The same as a table of one row."""
    return _file(_entry(request).as_csv(), "text/csv; charset=utf-8", "algoritmeregister.csv")


def _entry(request: Request) -> Entry:
    return entry_of(request.app.state.settings, municipality_of(request).name)


def _file(content: str, kind: str, name: str) -> Response:
    return Response(
        content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
