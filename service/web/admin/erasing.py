"""`/beheer/gesprekken`: take a conversation away for who asks for that, by its id."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.domain.person import Person
from service.web import wording_sites as wording
from service.web.admin.shared import Form, Manager, admin_page
from service.web.plain_text import plain
from service.web.problems import request_id_of
from service.web.reception import desk_of

ADDRESS = "/beheer/gesprekken"

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@router.get("")
def show(request: Request, person: Manager, gedaan: str = "") -> Response:
    """The form."""
    return _page(request, person, done=wording.ERASED if gedaan else "")


@router.post("")
def erase(request: Request, person: Manager, form: Form) -> Response:
    """The conversation, gone; the audit keeps its id, who did it and when."""
    typed = plain(form.get("gesprek", "")).strip()
    try:
        known = uuid.UUID(typed)
    except ValueError:
        known = None
    if known is None or not desk_of(request).erase_for(known, str(person.id), request_id_of(request.scope)):
        return _page(request, person, 400, typed, wording.ERASED_NOT)
    return RedirectResponse(f"{ADDRESS}?gedaan=gewist", 303)


def _page(
    request: Request, person: Person, status: int = 200, typed: str = "", wrong: str = "", done: str = ""
) -> Response:
    return admin_page(
        request, person, "admin/erasing.html", status,
        text=wording, typed=typed[:100], wrong={"gesprek": wrong}, done=done,
    )  # fmt: skip
