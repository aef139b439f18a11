"""What the forms of `/beheer/eigenaren` say, and how the organisation reads on its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlencode

from service.domain.person import Person
from service.domain.productduo import Department, Member, Productduo
from service.duos.arranging import Arranged
from service.duos.ownership import Ownership, Weakness
from service.notify.mail import is_address
from service.web import wording_admin as wording
from service.web.admin.shared import MANAGING
from service.web.duo.editor import product_name
from service.web.plain_text import plain

LONGEST_NAME = 100
LONGEST_FUNCTION = 200
ADDRESS = "/beheer/eigenaren"
# the parts of an address, with the kind that choices are kept under
KINDS = {"duos": "duo", "medewerkers": "member", "afdelingen": "department"}

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Weak:
    """Something that is not in order, with where to mend it."""

    sentence: str
    address: str


@dataclass(frozen=True)
class ProductRow:
    """A product and its duo; without one `duo` is empty. `code` is how the UPL writes it."""

    name: str
    code: str
    duo: str
    address: str


def seen_by(person: Person, ownership: Ownership) -> Ownership:
    """The part of the organisation that somebody may look at: all of it for who manages it, else the
    departments that they head, with the duos and the people of these."""
    if person.has(*MANAGING):
        return ownership
    headed = [ownership.department(name) for name in person.departments]
    departments = tuple(each for each in ownership.departments if each in headed)
    names = {each.name for each in departments}
    duos = tuple(duo for duo in ownership.duos if duo.department in names)
    there = {id.casefold() for duo in duos for id in duo.members}
    there |= {each.head.casefold() for each in departments if each.head}
    members = tuple(
        each for each in ownership.members if each.id.casefold() in there or names & set(each.departments)
    )
    return Ownership(departments, members, duos)


def weaknesses(ownership: Ownership, products: Mapping[str, str]) -> tuple[Weak, ...]:
    """What leaves signals without a full pair, each with the page that mends it."""
    orphans = {product: name for product, name in products.items() if not ownership.duo_of([product])}
    by_name = {name: product for product, name in orphans.items()}
    return tuple(
        Weak(wording.WEAKNESS[each.what].format(about=each.about), _mends(each, by_name))
        for each in ownership.weaknesses(orphans)
    )


def product_rows(ownership: Ownership, products: Mapping[str, str]) -> tuple[ProductRow, ...]:
    """Every product by name."""
    owners = {product: ownership.duo_of([product]) for product in products}
    rows = [
        ProductRow(
            name,
            product_code(product),
            owner.name if (owner := owners[product]) else "",
            product_address(product),
        )
        for product, name in products.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.address)))


def product_code(product: str) -> str:
    """The word in a product's address: ".../terms/omgVgUitweg" gives "omgVgUitweg"."""
    return unquote(product.rstrip("/").rpartition("/")[2])


def names_of(products: Iterable[str], titles: Mapping[str, str]) -> dict[str, str]:
    """What each product is called: by the title of its text, unless that is a question, else by its code."""
    named = {product: titles.get(product, "") for product in products}
    return {
        product: title if title and not title.endswith("?") else product_name(product)
        for product, title in named.items()
    }


def product_address(product: str) -> str:
    """The page on which a product is given to a duo."""
    return f"{ADDRESS}/product?{urlencode({'product': product})}"


def duo_in(form: Fields, before: Productduo, ownership: Ownership) -> tuple[Productduo, dict[str, str]]:
    """The duo that the form says, and what is wrong with it by field."""
    filled = replace(
        before,
        name=_line(form, "naam"),
        department=form.get("afdeling", ""),
        kcc_member=form.get("kcc", ""),
        specialist=form.get("specialist", ""),
    )
    same = filled.kcc_member and filled.kcc_member == filled.specialist
    wrong = {
        "naam": "" if 0 < len(filled.name) <= LONGEST_NAME else wording.DUO_FAULT_NAME,
        "afdeling": "" if ownership.department(filled.department) else wording.DUO_FAULT_DEPARTMENT,
        "kcc": _fault_of_member(filled.kcc_member, ownership, wording.DUO_FAULT_HALF),
        "specialist": wording.DUO_FAULT_SAME
        if same
        else _fault_of_member(filled.specialist, ownership, wording.DUO_FAULT_HALF),
    }
    return filled, _only(wrong)


def member_in(form: Fields, before: Member) -> tuple[Member, dict[str, str]]:
    """The member that the form says, and what is wrong with it by field."""
    filled = replace(
        before,
        name=_line(form, "naam"),
        email=_line(form, "email"),
        function=_line(form, "functie"),
        left=bool(form.get("weg")),
    )
    wrong = {
        "naam": "" if 0 < len(filled.name) <= LONGEST_NAME else wording.MEMBER_FAULT_NAME,
        "email": _fault_of_email(filled.email),
        "functie": "" if len(filled.function) <= LONGEST_FUNCTION else wording.MEMBER_FAULT_FUNCTION,
    }
    return filled, _only(wrong)


def department_in(
    form: Fields, before: Department, ownership: Ownership
) -> tuple[Department, dict[str, str]]:
    """The department that the form says, and what is wrong with it by field."""
    filled = replace(before, head=form.get("hoofd", ""), email=_line(form, "email"))
    wrong = {
        "hoofd": _fault_of_member(filled.head, ownership, wording.HEAD_FAULT),
        "email": _fault_of_email(filled.email),
    }
    return filled, _only(wrong)


def in_words(thing: Arranged, ownership: Ownership) -> dict[str, str]:
    """A duo, a member or a department by the names that its form gives the parts."""
    if isinstance(thing, Productduo):
        return {
            wording.DUO_NAME: thing.name,
            wording.DEPARTMENT: thing.department,
            wording.KCC_MEMBER: _name_of(thing.kcc_member, ownership),
            wording.SPECIALIST: _name_of(thing.specialist, ownership),
        }
    if isinstance(thing, Member):
        return {
            wording.MEMBER_NAME: thing.name,
            wording.MEMBER_EMAIL: thing.email,
            wording.MEMBER_FUNCTION: thing.function,
            wording.LEFT: wording.YES if thing.left else wording.NO,
        }
    return {
        wording.HEAD_LABEL: _name_of(thing.head, ownership),
        wording.DEPARTMENT_EMAIL: thing.email,
    }


def _mends(weakness: Weakness, products: Mapping[str, str]) -> str:
    if weakness.what == "product_without_duo":
        return product_address(products[weakness.about])
    return f"{ADDRESS}/duos/{quote(weakness.duo, safe='')}"


def _name_of(id: str, ownership: Ownership) -> str:
    known = ownership.member(id) if id else None
    return known.name if known else id or wording.NOBODY


def _fault_of_member(id: str, ownership: Ownership, fault: str) -> str:
    return fault if id and ownership.member(id) is None else ""


def _fault_of_email(text: str) -> str:
    return wording.EMAIL_FAULT if text and not is_address(text) else ""


def _line(form: Fields, name: str) -> str:
    return " ".join(plain(form.get(name, "")).split())


def _only(wrong: Mapping[str, str]) -> dict[str, str]:
    return {name: fault for name, fault in wrong.items() if fault}
