"""Sign in with e-mail address and password, and sign out."""

from __future__ import annotations

import math
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.people.signing_in import Visit
from service.people.throttle import TooMany
from service.web import wording_people
from service.web.demo import account_of, demo_people
from service.web.errors import respond
from service.web.forms import form_of
from service.web.pages import page
from service.web.problems import Problem, request_id_of
from service.web.sessions import STEP, give, reference_of, take_back
from service.web.visitors import SIGN_IN, own_path, people_of, person_of_page
from service.web.wording import ProblemText

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]


@router.get("/aanmelden")
def form(request: Request, verder: str = "", nieuw: str = "") -> Response:
    """The form; who is signed in already goes on."""
    if person_of_page(request):
        return RedirectResponse(own_path(verder), 303)
    return sign_in_page(request, verder, done=wording_people.PASSWORD_CHOSEN if nieuw else "")


@router.post("/aanmelden")
def sign_in(request: Request, fields: Form) -> Response:
    """A session for who knows the password, or the way to the second step."""
    people, next_page = people_of(request), fields.get("verder", "")
    email = fields.get("email", "").strip()
    account = people.signing_in.with_password(email, fields.get("wachtwoord", ""), visit_of(request))
    if account is None:
        # what was typed as a name is not repeated: it may be the password
        return sign_in_page(request, next_page, 400, wrong=wording_people.SIGN_IN_WRONG)
    if not account.needs_second_step:
        return let_in(request, account.person.id, next_page)
    response = RedirectResponse("/aanmelden/code", 303)
    give(request, response, people.signing_in.begin_second_step(account, own_path(next_page)), STEP)
    return response


@router.post("/aanmelden/demo")
def look_along(request: Request, fields: Form) -> Response:
    """A session as one of the invented people. 404 where this is no demo."""
    people = people_of(request)
    offered = {one.key: one for one in demo_people(people.organisation())} if people.demo else {}
    chosen = offered.get(fields.get("persoon", ""))
    if chosen is None:
        raise Problem(404)
    account = account_of(people, chosen, request_id_of(request.scope))
    return let_in(request, account.person.id, fields.get("verder", ""))


@router.post("/afmelden")
def sign_out(request: Request) -> Response:
    """The end of the session, here and in the browser."""
    people, person = people_of(request), person_of_page(request)
    if person:
        people.sessions.close(reference_of(request))
        people.audit.note(str(person.id), "sign-out", str(person.id), request_id=request_id_of(request.scope))
    response = RedirectResponse(SIGN_IN, 303)
    take_back(request, response)
    return response


def sign_in_page(request: Request, next_page: str, status: int = 200, **values: Any) -> Response:
    """The page with all ways to sign in that there are here."""
    people = people_of(request)
    shown: dict[str, Any] = {
        "say": wording_people,
        "next": own_path(next_page),
        "provider": people.provider is not None,
        "demo": demo_people(people.organisation()) if people.demo else (),
        "wrong": "",
        "done": "",
    }
    return page("sign_in.html", status, **(shown | values))


def let_in(request: Request, account_id: uuid.UUID, next_page: str) -> Response:
    """On to the page that was asked for, in a new session; an old one ends: nobody can plant theirs."""
    response = RedirectResponse(own_path(next_page), 303)
    open_session(request, response, account_id)
    return response


def open_session(request: Request, response: Response, account_id: uuid.UUID) -> None:
    """Give the browser a new session, and end the one it was in."""
    give(request, response, people_of(request).sessions.open(account_id, reference_of(request)))


def visit_of(request: Request) -> Visit:
    """From where somebody signs in."""
    return Visit(request.client.host if request.client else "", request_id_of(request.scope))


async def on_too_many(request: Request, many: TooMany) -> Response:
    """429, with the moment to try again."""
    minutes = math.ceil(many.seconds / 60)
    wait = wording_people.MINUTES.get(minutes, wording_people.MINUTES_MORE.format(count=minutes))
    text = wording_people.TOO_MANY
    said = ProblemText(text.title, text.detail.format(minutes=wait))
    return respond(request, Problem(429, said, {"Retry-After": str(many.seconds)}))
