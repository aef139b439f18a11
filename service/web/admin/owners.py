"""`/beheer/eigenaren`: who owns what, what is weak in it, and each change of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.domain.gap import LISTED
from service.domain.person import Person
from service.domain.productduo import Department, Member, Productduo
from service.duos.arranging import Arranged, Arranging, Moved, NotArranged, choosable, dissolved, new_id
from service.duos.ownership import Ownership
from service.storage.choices import Choice, ChosenMeanwhile
from service.storage.library_texts import product_names, published_products
from service.web import wording_admin as wording
from service.web.admin import owner_forms as forms
from service.web.admin.shared import (
    MANAGING,
    Form,
    Manager,
    admin_page,
    changed_by,
    chooser_of,
    managed,
    meanwhile_of,
    version_in,
)
from service.web.problems import Problem

ADDRESS = "/beheer/eigenaren"
NEW = "nieuw"
DONE = {
    "bewaard": wording.SAVED,
    "gegeven": wording.PRODUCT_GIVEN,
    "geladen": wording.TAKEN_BACK,
}

router = APIRouter(prefix=ADDRESS, include_in_schema=False)
_EMPTY_DUO, _EMPTY_MEMBER = Productduo("", "", ""), Member("", "")


@router.get("")
def show(request: Request, person: Manager, gedaan: str = "", aantal: str = "") -> Response:
    """What is owned, with what is weak on top: everything, or the departments that a head answers for."""
    every = arranging(request, person).ownership()
    ownership = forms.seen_by(person, every)
    products = _products(request, ownership) if ownership is every else _owned(request, ownership)
    done = DONE.get(gedaan, "")
    if gedaan == "opgeheven" and aantal.isdecimal():
        done = wording.DISSOLVED.format(count=int(aantal))
    return admin_page(
        request, person, "admin/owners.html",
        ownership=ownership, weaknesses=forms.weaknesses(ownership, products), done=done,
        products=forms.product_rows(ownership, products),
        gone=dissolved(managed(request).choices) if person.has(*MANAGING) else {},
    )  # fmt: skip


@router.get("/duos/{id}")
def duo(request: Request, person: Manager, id: str, gedaan: str = "") -> Response:
    """The form of a duo, of a new one as well."""
    known = _EMPTY_DUO if id == NEW else _found(arranging(request, person).ownership().duo(id))
    return _duo_page(request, person, known, done=DONE.get(gedaan, ""))


@router.post("/duos/{id}")
def save_duo(request: Request, person: Manager, id: str, form: Form) -> Response:
    """The duo, saved: the next signal about its products goes by it."""
    desk = arranging(request, person)
    ownership = desk.ownership()
    before = _EMPTY_DUO if id == NEW else _found(ownership.duo(id))
    filled, wrong = forms.duo_in(form, before, ownership)
    return _saved(request, person, desk, before, filled, form, wrong, _duo_page, "duos")


@router.post("/duos/{id}/opheffen")
def dissolve(request: Request, person: Manager, id: str, form: Form) -> Response:
    """Take a duo away; its signals go to the department."""
    desk = arranging(request, person)
    known = _found(desk.ownership().duo(id))
    try:
        moved = desk.dissolve(known, version_in(form), managed(request).signals)
    except ChosenMeanwhile as first:
        return _overtaken(request, person, known, known, first.now, _duo_page)
    return RedirectResponse(f"{ADDRESS}?gedaan=opgeheven&aantal={moved}", 303)


@router.get("/medewerkers/{id}")
def member(request: Request, person: Manager, id: str, gedaan: str = "") -> Response:
    """The form of a member, of a new one as well."""
    known = _EMPTY_MEMBER if id == NEW else _found(arranging(request, person).ownership().member(id))
    return _member_page(request, person, known, done=DONE.get(gedaan, ""))


@router.post("/medewerkers/{id}")
def save_member(request: Request, person: Manager, id: str, form: Form) -> Response:
    """The member, saved; who left is covered by the department from now on."""
    desk = arranging(request, person)
    before = _EMPTY_MEMBER if id == NEW else _found(desk.ownership().member(id))
    filled, wrong = forms.member_in(form, before)
    return _saved(request, person, desk, before, filled, form, wrong, _member_page, "medewerkers")


@router.get("/afdelingen/{id}")
def department(request: Request, person: Manager, id: str, gedaan: str = "") -> Response:
    """The form of a department."""
    known = _found(_department(arranging(request, person).ownership(), id))
    return _department_page(request, person, known, done=DONE.get(gedaan, ""))


@router.post("/afdelingen/{id}")
def save_department(request: Request, person: Manager, id: str, form: Form) -> Response:
    """The department, saved."""
    desk = arranging(request, person)
    ownership = desk.ownership()
    before = _found(_department(ownership, id))
    filled, wrong = forms.department_in(form, before, ownership)
    return _saved(request, person, desk, before, filled, form, wrong, _department_page, "afdelingen")


@router.get("/product")
def product(request: Request, person: Manager, product: str = "") -> Response:
    """To which duo a product goes."""
    return _product_page(request, person, product)


@router.post("/product")
def give(request: Request, person: Manager, form: Form) -> Response:
    """Give a product to a duo."""
    given = form.get("product", "")
    try:
        _known_product(request, arranging(request, person).ownership(), given)
        arranging(request, person).give(given, form.get("duo", ""), form.get("van", ""))
    except NotArranged as refused:
        return _product_page(request, person, given, 400, wrong={"duo": refused.sentence})
    except (Moved, ChosenMeanwhile) as moved:
        return _product_page(request, person, given, 409, wrong={"duo": _moved(moved)})
    return RedirectResponse(f"{ADDRESS}?gedaan=gegeven", 303)


@router.post("/{kind}/{id}/geladen")
def take_back(request: Request, person: Manager, kind: str, id: str, form: Form) -> Response:
    """Everything that was changed by hand goes: as it was loaded."""
    desk, own = arranging(request, person), forms.KINDS.get(kind)
    if own is None or not desk.was_loaded(own, id):
        raise Problem(404, wording.NO_SUCH)
    try:
        desk.take_back(own, id, version_in(form))
    except ChosenMeanwhile:
        return RedirectResponse(f"{ADDRESS}/{kind}/{id}", 303)  # it shows what it is now, to choose again
    return RedirectResponse(f"{ADDRESS}?gedaan=geladen", 303)


def arranging(request: Request, person: Person) -> Arranging:
    """The organisation, for who changes it."""
    return Arranging(chooser_of(request, person), managed(request).collection)


_Show = Callable[..., Response]


def _saved(
    request: Request, person: Person, desk: Arranging, before: Any, filled: Any, form: dict[str, str],
    wrong: dict[str, str], page: _Show, kind: str,
) -> Response:  # fmt: skip
    """Save what a form says of a duo, a member or a department, or show it again with what is wrong."""
    if wrong:
        return page(request, person, filled, 400, wrong=wrong, seen=version_in(form))
    if not before.id:
        desk.add(replace(filled, id=new_id(filled.name)))
        return RedirectResponse(f"{ADDRESS}?gedaan=bewaard", 303)
    try:
        desk.change(before, filled, version_in(form))
    except ChosenMeanwhile as first:
        return _overtaken(request, person, before, filled, first.now, page)
    return RedirectResponse(f"{ADDRESS}/{kind}/{before.id}?gedaan=bewaard", 303)


def _overtaken(
    request: Request, person: Person, before: Arranged, filled: Arranged, now: Choice, page: _Show
) -> Response:
    """Somebody was first: theirs and mine, side by side; the form keeps mine."""
    ownership = arranging(request, person).ownership()
    theirs = _found(_as_it_is(ownership, before))  # it may be dissolved meanwhile
    both = meanwhile_of(
        now, managed(request).now(), forms.in_words(theirs, ownership), forms.in_words(filled, ownership)
    )
    return page(request, person, filled, 409, meanwhile=both, seen=now.version)


def _as_it_is(ownership: Ownership, thing: Arranged) -> Arranged | None:
    """The same duo, member or department now."""
    if isinstance(thing, Productduo):
        return ownership.duo(thing.id)
    if isinstance(thing, Member):
        return ownership.member(thing.id)
    return _department(ownership, thing.id)


def _duo_page(
    request: Request, person: Person, shown: Productduo, status: int = 200, **values: Any
) -> Response:
    ownership = arranging(request, person).ownership()
    _, waiting = managed(request).signals.gaps.listed(LISTED, duos={shown.id}, limit=1)
    return _form_page(
        request, person, "duo", shown, status,
        named=[(each.name, each.name) for each in ownership.departments],
        pairs=_choices(choosable(ownership.members, shown.kcc_member, shown.specialist)),
        products=sorted(((name, each) for each, name in _named(request, shown.products).items())),
        waiting=waiting if shown.id else 0, **values,
    )  # fmt: skip


def _member_page(
    request: Request, person: Person, shown: Member, status: int = 200, **values: Any
) -> Response:
    duos = arranging(request, person).ownership().duos_of(shown.id)
    return _form_page(request, person, "member", shown, status, duos=duos, **values)


def _department_page(
    request: Request, person: Person, shown: Department, status: int = 200, **values: Any
) -> Response:
    members = choosable(arranging(request, person).ownership().members, shown.head)
    return _form_page(request, person, "department", shown, status, pairs=_choices(members), **values)


def _form_page(
    request: Request,
    person: Person,
    kind: str,
    shown: Arranged,
    status: int,
    seen: int | None = None,
    **values: Any,
) -> Response:
    desk = arranging(request, person)
    kept = desk.choice(kind, shown.id) if shown.id else Choice("")
    known = _as_it_is(desk.ownership(), shown) if shown.id else None
    return admin_page(
        request, person, f"admin/{kind}.html", status,
        shown=shown, title=known.name if known else "", version=kept.version if seen is None else seen,
        changed=changed_by(kept, managed(request).now()) if kept.chosen_at else "",
        can_take_back=kept.value is not None and desk.was_loaded(kind, shown.id), **values,
    )  # fmt: skip


def _product_page(
    request: Request, person: Person, product: str, status: int = 200, **values: Any
) -> Response:
    ownership = arranging(request, person).ownership()
    _known_product(request, ownership, product)
    return admin_page(
        request, person, "admin/product.html", status,
        product=product, title=_named(request, [product])[product], code=forms.product_code(product),
        now=ownership.duo_of([product]),
        pairs=_choices(ownership.duos), **values,
    )  # fmt: skip


def _choices(things: Iterable[Member | Productduo]) -> list[tuple[str, str]]:
    """What can be chosen in a field: the value and its name; who left says so."""
    return [
        (each.id, f"{each.name} ({wording.LEFT.lower()})" if getattr(each, "left", False) else each.name)
        for each in things
    ]


def _known_product(request: Request, ownership: Ownership, product: str) -> None:
    if product not in _products(request, ownership):
        raise Problem(404, wording.NO_SUCH)


def _products(request: Request, ownership: Ownership) -> dict[str, str]:
    """The products of published texts and of duos, with their names."""
    desk = managed(request)
    published = published_products(desk.signals.gaps.engine, desk.collection)
    return _named(request, published) | _owned(request, ownership)


def _owned(request: Request, ownership: Ownership) -> dict[str, str]:
    """The products of duos, with their names."""
    return _named(request, [product for duo in ownership.duos for product in duo.products])


def _named(request: Request, products: Iterable[str]) -> dict[str, str]:
    desk = managed(request)
    return forms.names_of(products, product_names(desk.signals.gaps.engine, desk.collection))


def _department(ownership: Ownership, id: str) -> Department | None:
    return next((each for each in ownership.departments if each.id == id), None)


def _found(known: Any) -> Any:
    if known is None:
        raise Problem(404, wording.NO_SUCH)
    return known


def _moved(error: Moved | ChosenMeanwhile) -> str:
    to = error.to if isinstance(error, Moved) else None
    return wording.PRODUCT_MOVED.format(duo=to.name) if to else wording.PRODUCT_MOVED_TO_NOBODY
