"""`/beheer/mensen`: who may sign in, and as what. For admins."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.domain.person import Person, Role
from service.people.accounts import Account, By, LastAdmin, NameTaken, Profile
from service.people.one_time_keys import Purpose
from service.web import wording_people
from service.web.forms import form_of
from service.web.office import office_page
from service.web.people_forms import Filled, filled
from service.web.problems import Problem, request_id_of
from service.web.sessions import own_address
from service.web.visitors import people_of, require

LIST = "/beheer/mensen"
EMPTY = Profile("", "", frozenset())

router = APIRouter(prefix=LIST, include_in_schema=False)
Admin = Annotated[Person, Depends(require(Role.ADMIN))]
Form = Annotated[dict[str, str], Depends(form_of)]


@router.get("")
def all_people(request: Request, person: Admin) -> Response:
    """Everybody who has an account."""
    accounts = people_of(request).accounts.all()
    return office_page(request, person, "people.html", say=wording_people, accounts=accounts)


@router.get("/nieuw")
def new(request: Request, person: Admin) -> Response:
    """The empty form."""
    return _form(request, person, None, Filled(EMPTY))


@router.post("/nieuw")
def add(request: Request, person: Admin, fields: Form) -> Response:
    """The new account, with the link that its owner chooses a password with."""
    people = people_of(request)
    said = filled(fields, people.organisation())
    if said.faults:
        return _form(request, person, None, said, 400)
    try:
        account = people.accounts.add(_by(request, person), said.profile)
    except NameTaken:
        return _form(request, person, None, _with_fault(said, "email", wording_people.EMAIL_TAKEN), 400)
    return _link(request, person, account)


@router.get("/{id}")
def one(request: Request, person: Admin, id: str, bewaard: str = "") -> Response:
    """The form of one account, and what else can be done with it."""
    account = _account(request, id)
    return _form(request, person, account, Filled(_profile(account)), done=bool(bewaard))


@router.post("/{id}")
def change(request: Request, person: Admin, id: str, fields: Form) -> Response:
    """The account, changed; it holds from the next page that its owner opens."""
    account, people = _account(request, id), people_of(request)
    said = filled(fields, people.organisation(), None if account.local else _profile(account))
    if said.faults:
        return _form(request, person, account, said, 400)
    try:
        people.accounts.change(_by(request, person), account.person.id, said.profile)
    except NameTaken:
        return _form(request, person, account, _with_fault(said, "email", wording_people.EMAIL_TAKEN), 400)
    except LastAdmin:
        return _form(request, person, account, _with_fault(said, "rollen", wording_people.LAST_ADMIN), 400)
    return _done(account)


@router.post("/{id}/uitzetten")
def disable(request: Request, person: Admin, id: str) -> Response:
    """Let somebody in no longer, from this moment on."""
    account = _account(request, id)
    try:
        people_of(request).accounts.disable(_by(request, person), account.person.id)
    except LastAdmin:
        fault = {"stand": wording_people.LAST_ADMIN}
        return _form(request, person, account, Filled(_profile(account), fault), 400)
    return _done(account)


@router.post("/{id}/aanzetten")
def enable(request: Request, person: Admin, id: str) -> Response:
    """Let somebody in again."""
    account = _account(request, id)
    people_of(request).accounts.enable(_by(request, person), account.person.id)
    return _done(account)


@router.post("/{id}/wachtwoord")
def new_link(request: Request, person: Admin, id: str) -> Response:
    """A link for another password, shown once."""
    account = _account(request, id)
    if not account.local:
        raise Problem(404, wording_people.NO_SUCH_ACCOUNT)
    return _link(request, person, account)


@router.post("/{id}/tweede-stap")
def untie(request: Request, person: Admin, id: str) -> Response:
    """Untie the app that gives codes: at the next sign-in another one is set up."""
    account = _account(request, id)
    people_of(request).accounts.set_second_step(_by(request, person), account.person.id, None)
    return _done(account)


def _account(request: Request, id: str) -> Account:
    try:
        account = people_of(request).accounts.find(uuid.UUID(id))
    except ValueError:
        account = None
    if account is None:
        raise Problem(404, wording_people.NO_SUCH_ACCOUNT)
    return account


def _link(request: Request, person: Person, account: Account) -> Response:
    people, by = people_of(request), _by(request, person)
    key = people.keys.new(Purpose.PASSWORD, account.person.id)
    people.audit.note(by.actor, "password link made", str(account.person.id), request_id=by.request_id)
    address = own_address(request, f"/aanmelden/wachtwoord?sleutel={key}")
    return office_page(
        request, person, "people_link.html", say=wording_people, account=account, address=address
    )


def _form(
    request: Request,
    person: Person,
    account: Account | None,
    said: Filled,
    status: int = 200,
    done: bool = False,
) -> Response:
    organisation = people_of(request).organisation()
    return office_page(
        request, person, "people_edit.html", status,
        say=wording_people, account=account, filled=said.profile, faults=said.faults,
        organisation=organisation, roles=tuple(Role), done=done,
    )  # fmt: skip


def _profile(account: Account) -> Profile:
    person = account.person
    return Profile(person.display_name, person.email, person.roles, person.member, person.departments)


def _with_fault(said: Filled, name: str, fault: str) -> Filled:
    return Filled(said.profile, {**said.faults, name: fault})


def _done(account: Account) -> Response:
    return RedirectResponse(f"{LIST}/{account.person.id}?bewaard=1", 303)


def _by(request: Request, person: Person) -> By:
    return By(str(person.id), request_id_of(request.scope))
