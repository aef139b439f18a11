"""The second step of signing in: the code from an app, and the first time the picture to set that app up."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.people.second_step import address_for_app, picture
from service.people.signing_in import SecondStep
from service.web import wording, wording_people
from service.web.forms import form_of
from service.web.house import municipality_of
from service.web.pages import page
from service.web.problems import Problem
from service.web.sessions import STEP, reference_of, take_back
from service.web.signing_in import let_in, open_session, visit_of
from service.web.visitors import SIGN_IN, people_of

router = APIRouter(prefix="/aanmelden", include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]
GROUP = 4  # letters between two blanks: so that one can read them off


@router.get("/code")
def form(request: Request) -> Response:
    """The field for the code; the first time with the picture for the app."""
    step = _step(request)
    return _form(step) if step else RedirectResponse(SIGN_IN, 303)


@router.get("/code.svg")
def code_picture(request: Request) -> Response:
    """The picture for the app. It holds a secret: it is shown until the app gives codes, and kept nowhere."""
    step = _step(request)
    if step is None or not step.is_first:
        raise Problem(404)
    name = f"{wording.PAGE_TITLE} {municipality_of(request).name}"
    address = address_for_app(step.secret, step.account.person.email, name)
    return Response(picture(address), media_type="image/svg+xml")


@router.post("/code")
def check(request: Request, fields: Form) -> Response:
    """A session for who gives the right code; the first time with recovery codes to keep."""
    step = _step(request)
    if step is None:
        return RedirectResponse(SIGN_IN, 303)
    code = fields.get("code", "")
    recovery = people_of(request).signing_in.with_code(reference_of(request, STEP), code, visit_of(request))
    if recovery is None:
        return _form(step, 400, wording_people.CODE_WRONG)
    if not recovery:
        response = let_in(request, step.account.person.id, step.next)
    else:
        response = page("people_recovery.html", say=wording_people, codes=recovery, next=step.next)
        open_session(request, response, step.account.person.id)
    take_back(request, response, STEP)
    return response


def _step(request: Request) -> SecondStep | None:
    return people_of(request).signing_in.second_step(reference_of(request, STEP))


def _form(step: SecondStep, status: int = 200, wrong: str = "") -> Response:
    letters = [step.secret[start : start + GROUP] for start in range(0, len(step.secret), GROUP)]
    first = " ".join(letters) if step.is_first else ""
    return page("people_code.html", status, say=wording_people, letters=first, wrong=wrong)
