"""Choose a password: as the first admin, with the link of an admin, or another one in place of one's own."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.domain.person import Person, Role
from service.people.accounts import LOCAL, Account, By, NameTaken, Profile
from service.people.one_time_keys import Purpose
from service.people.passwords import fault_of
from service.web import wording_people
from service.web.forms import form_of
from service.web.office import office_page
from service.web.pages import page
from service.web.people_forms import email_fault, name_fault
from service.web.problems import Problem, request_id_of
from service.web.sessions import reference_of
from service.web.signing_in import visit_of
from service.web.visitors import people_of, require

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]
Somebody = Annotated[Person, Depends(require())]
CHOSEN = "/aanmelden?nieuw=1"


@router.get("/aanmelden/eerste")
def first_form(request: Request, sleutel: str = "") -> Response:
    """The form for the first admin, for who holds the key that was printed at the start."""
    _check_first_key(request, sleutel)
    return _first_page(sleutel, {}, {})


@router.post("/aanmelden/eerste")
def make_first(request: Request, fields: Form) -> Response:
    """The first admin. The key is worth nothing from now on."""
    key = fields.get("sleutel", "")
    _check_first_key(request, key)
    email, name = fields.get("email", "").strip(), fields.get("naam", "").strip()
    faults = {"naam": name_fault(name), "email": email_fault(email), **password_faults(fields)}
    if any(faults.values()):
        return _first_page(key, fields, faults, 400)
    people = people_of(request)
    if people.keys.use(Purpose.FIRST_ADMIN, key) is None:
        raise Problem(404, wording_people.FIRST_LINK_GONE)
    by = By("printed link", request_id_of(request.scope))
    profile = Profile(name, email, frozenset({Role.ADMIN}))
    hashed = people.passwords.hash(fields["nieuw"])
    try:
        people.accounts.add(by, profile, password_hash=hashed)
    except NameTaken as taken:
        raise Problem(409, wording_people.FIRST_LINK_GONE) from taken
    return RedirectResponse(CHOSEN, 303)


@router.get("/aanmelden/wachtwoord")
def link_form(request: Request, sleutel: str = "") -> Response:
    """The form for a password, for who holds the link that an admin gave."""
    return _link_page(_account_of_link(request, sleutel), sleutel, {})


@router.post("/aanmelden/wachtwoord")
def choose(request: Request, fields: Form) -> Response:
    """The password of who holds the link. All sessions of the account end."""
    key = fields.get("sleutel", "")
    account, faults = _account_of_link(request, key), password_faults(fields)
    if any(faults.values()):
        return _link_page(account, key, faults, 400)
    people, account_id = people_of(request), account.person.id
    if people.keys.use(Purpose.PASSWORD, key) is None:
        raise Problem(404, wording_people.LINK_GONE)
    by = By(str(account_id), request_id_of(request.scope))
    people.accounts.set_password(by, account_id, people.passwords.hash(fields["nieuw"]))
    return RedirectResponse(CHOSEN, 303)


@router.get("/wachtwoord")
def own_form(request: Request, person: Somebody, bewaard: str = "") -> Response:
    """The form to change one's own password."""
    return _own_page(request, person, {}, done=bool(bewaard))


@router.post("/wachtwoord")
def change(request: Request, person: Somebody, fields: Form) -> Response:
    """Another password; sessions on other machines end."""
    people = people_of(request)
    account = people.accounts.find(person.id)
    if account is None or not account.local:
        return _own_page(request, person, {}, 400)
    faults = password_faults(fields)
    if not people.signing_in.is_own_password(account, fields.get("nu", ""), visit_of(request)):
        faults["nu"] = wording_people.PASSWORD_NOW_WRONG
    if any(faults.values()):
        return _own_page(request, person, faults, 400)
    by = By(str(person.id), request_id_of(request.scope))
    people.accounts.set_password(
        by, person.id, people.passwords.hash(fields["nieuw"]), keep=reference_of(request)
    )
    return RedirectResponse("/wachtwoord?bewaard=1", 303)


def password_faults(fields: dict[str, str]) -> dict[str, str]:
    """What is wrong with a new password and its repetition, by the name of the field."""
    fault = fault_of(fields.get("nieuw", ""))
    alike = fields.get("nieuw", "") == fields.get("nogeens", "")
    return {
        "nieuw": wording_people.PASSWORD_FAULTS[fault] if fault else "",
        "nogeens": "" if alike else wording_people.PASSWORD_UNLIKE,
    }


def _check_first_key(request: Request, key: str) -> None:
    people = people_of(request)
    if people.keys.look(Purpose.FIRST_ADMIN, key) is None or people.accounts.has_admin():
        raise Problem(404, wording_people.FIRST_LINK_GONE)


def _account_of_link(request: Request, key: str) -> Account:
    people = people_of(request)
    held = people.keys.look(Purpose.PASSWORD, key)
    account = people.accounts.find(_known(held.account)) if held else None
    if account is None or account.disabled_at or account.issuer != LOCAL:
        raise Problem(404, wording_people.LINK_GONE)
    return account


def _known(account: uuid.UUID | None) -> uuid.UUID:
    if account is None:
        raise ValueError("a key for a password is always for an account")
    return account


def _first_page(key: str, filled: dict[str, str], faults: dict[str, str], status: int = 200) -> Response:
    return page("people_first.html", status, say=wording_people, key=key, filled=filled, faults=faults)


def _link_page(account: Account, key: str, faults: dict[str, str], status: int = 200) -> Response:
    email = account.person.email
    return page("people_choose.html", status, say=wording_people, key=key, email=email, faults=faults)


def _own_page(
    request: Request, person: Person, faults: dict[str, str], status: int = 200, done: bool = False
) -> Response:
    account = people_of(request).accounts.find(person.id)
    values: dict[str, Any] = {"local": bool(account and account.local), "faults": faults, "done": done}
    return office_page(request, person, "people_password.html", status, say=wording_people, **values)
