"""Who owns what, now: the organisation as it was loaded, with what people changed on the page on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Engine

from ingest import editorial
from service.domain.productduo import Department, Member, Owner, Productduo
from service.storage.choices import Choice, Choices

_Kept = TypeVar("_Kept", Department, Member, Productduo)

PREFIX = "owner:"  # names of choices: "owner:duo:<id>", "owner:member:<id>", "owner:department:<id>"


@dataclass(frozen=True)
class Weakness:
    """Something that leaves signals without a full pair: `what` is a word of wording, `about` a name."""

    what: str
    about: str
    duo: str = ""


@dataclass(frozen=True)
class Ownership:
    """Departments, members and duos of one municipality."""

    departments: tuple[Department, ...] = ()
    members: tuple[Member, ...] = ()
    duos: tuple[Productduo, ...] = ()
    _by_product: dict[str, Productduo] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for duo in self.duos:
            for product in duo.products:
                self._by_product.setdefault(product, duo)

    @cached_property
    def _members(self) -> dict[str, Member]:
        return {member.id.casefold(): member for member in self.members}

    def duo(self, id: str) -> Productduo | None:
        """The duo with this id; upper and lower case are the same."""
        return next((duo for duo in self.duos if duo.id.casefold() == id.casefold()), None)

    def member(self, id: str) -> Member | None:
        return self._members.get(id.casefold())

    def department(self, name: str) -> Department | None:
        """The department with this name or id; upper and lower case are the same."""
        wanted = name.strip().casefold()
        return next(
            (each for each in self.departments if wanted in (each.name.casefold(), each.id.casefold())), None
        )

    def duo_of(self, products: Iterable[str]) -> Productduo | None:
        """The duo of the first of these products that has one."""
        return next((self._by_product[product] for product in products if product in self._by_product), None)

    def duos_of(self, member: str) -> tuple[Productduo, ...]:
        """The duos in which this member is a half."""
        own = member.casefold()
        return tuple(duo for duo in self.duos if own and own in (half.casefold() for half in duo.members))

    def owner_of(self, products: Iterable[str], department: str = "") -> Owner:
        """On whose list something about these products belongs: duo, else department, else coordinator.

        A department that nobody knows is nobody's list; where no organisation was loaded, its name stands.
        """
        duo = self.duo_of(products)
        if duo:
            return Owner(duo.id, duo.department)
        known = self.department(department) if department else None
        named = department.strip() if not self.departments else ""
        return Owner("", known.name if known else named)

    def present(self, duo: Productduo) -> tuple[Member, ...]:
        """The halves that are there and did not leave."""
        found = (self.member(half) for half in duo.members)
        return tuple(member for member in found if member and not member.left)

    def head_of(self, department: str) -> Member | None:
        """The member who answers for a department, when one was named and did not leave."""
        known = self.department(department)
        head = self.member(known.head) if known and known.head else None
        return head if head and not head.left else None

    def weaknesses(self, products: Mapping[str, str]) -> list[Weakness]:
        """What leaves signals without a full pair. `products`: names of the published products by key."""
        found = [
            Weakness("product_without_duo", name)
            for product, name in sorted(products.items(), key=lambda each: each[1])
            if product not in self._by_product
        ]
        for duo in self.duos:
            gone = [member for half in duo.members if (member := self.member(half)) and member.left]
            found += [Weakness("member_left", member.name, duo.id) for member in gone]
            there = len(self.present(duo))
            if there < 2:
                found.append(
                    Weakness("duo_without_half" if there else "duo_without_members", duo.name, duo.id)
                )
            if self.department(duo.department) is None:
                found.append(Weakness("duo_without_department", duo.name, duo.id))
        return found


def read_ownership(engine: Engine, choices: Choices, collection: str) -> Ownership:
    """The organisation as it is now."""
    changed = choices.under(PREFIX)
    departments = {
        each.id: Department(each.id, each.name, each.email)
        for each in editorial.departments(engine, collection)
    }
    members = {
        each.id: Member(each.id, each.name, each.email, each.function, each.departments)
        for each in editorial.members(engine, collection)
    }
    duos = {
        each.id: Productduo(
            each.id, each.name, each.department, each.kcc_member, each.specialist, each.products
        )
        for each in editorial.duos(engine, collection)
    }
    return Ownership(
        tuple(_changed(departments, "department", changed, Department)),
        tuple(_changed(members, "member", changed, Member)),
        _one_owner_each(_changed(duos, "duo", changed, Productduo), changed),
    )


def choice_name(kind: str, id: str) -> str:
    """The name under which a change of a department, member or duo is kept."""
    return f"{PREFIX}{kind}:{id}"


def _changed(
    loaded: Mapping[str, _Kept], kind: str, changed: Mapping[str, Choice], make: type[_Kept]
) -> list[_Kept]:
    """What was loaded, with what was changed by hand on top; what was added by hand comes last.

    A value of None takes the change back; {"gone": true} takes the loaded one away.
    """
    now = dict(loaded)
    for name, choice in changed.items():
        own_kind, _, id = name.partition(":")
        if own_kind != kind or choice.value is None:
            continue
        if choice.value.get("gone"):
            now.pop(id, None)
            continue
        values = _as_tuples(choice.value)
        now[id] = replace(now[id], **values) if id in now else make(id=id, **values)
    return list(now.values())


def _as_tuples(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(each) if isinstance(each, list) else each for name, each in value.items()}


def _one_owner_each(duos: list[Productduo], changed: Mapping[str, Choice]) -> tuple[Productduo, ...]:
    """A product that was given to a duo by hand leaves the one that it was loaded with."""
    by_hand: dict[str, str] = {}
    for duo in duos:
        choice = changed.get(f"duo:{duo.id}")
        if choice and choice.value and "products" in choice.value:
            by_hand |= dict.fromkeys(duo.products, duo.id)
    return tuple(
        replace(duo, products=tuple(each for each in duo.products if by_hand.get(each, duo.id) == duo.id))
        for duo in duos
    )
