"""Who owns what: departments, their members, and the duos that keep the texts of a product."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Department:
    """A department. `email` is where its own post goes; `head` is the id of the member who answers for it."""

    id: str
    name: str
    email: str = ""
    head: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody who can be in a duo. One who left stays known, so that their work keeps a name."""

    id: str
    name: str
    email: str = ""
    function: str = ""
    departments: tuple[str, ...] = ()
    left: bool = False


@dataclass(frozen=True)
class Productduo:
    """A KCC agent and a specialist, by the ids of their members, who own products (UPL addresses).

    A half may be empty: then the department covers, and the page of ownership says so.
    """

    id: str
    name: str
    department: str
    kcc_member: str = ""
    specialist: str = ""
    products: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """The halves that are there."""
        return tuple(half for half in (self.kcc_member, self.specialist) if half)


@dataclass(frozen=True)
class Owner:
    """On whose list a signal stands: a duo, else a department, else (both empty) the coordinator."""

    duo: str = ""
    department: str = ""
