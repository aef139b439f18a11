"""Who owns what in a municipality: departments, members, and the productduos they make."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.sources.base import Problem, Severity


@dataclass(frozen=True)
class Department:
    """A department as its municipality names it."""

    id: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody who can be in a duo; in the demo a function, not a person."""

    id: str
    name: str
    email: str = ""
    function: str = ""
    departments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duo:
    """A KCC agent and a specialist who together own products (UPL addresses)."""

    id: str
    name: str
    department: str
    kcc_member: str
    specialist: str
    products: tuple[str, ...] = ()


@dataclass(frozen=True)
class Organisation:
    """Everything of one municipality, with what could not be used."""

    departments: tuple[Department, ...] = ()
    members: tuple[Member, ...] = ()
    duos: tuple[Duo, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def owners(self) -> dict[str, str]:
        """The department of each product that a duo owns."""
        return {product: duo.department for duo in self.duos for product in duo.products}

    @property
    def parts(self) -> dict[tuple[str, str], Department | Member | Duo]:
        """Everything in it, by what it is and its id."""
        named = (("department", self.departments), ("member", self.members), ("duo", self.duos))
        return {(kind, one.id): one for kind, ones in named for one in ones}

    @property
    def readable(self) -> bool:
        """False when a file could not be read: then what was stored before should stay."""
        return not any(problem.severity is Severity.UNREADABLE for problem in self.problems)
