"""What an account can be tied to: members, duos and departments of the organisation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colleague:
    """A member of the organisation, who may or may not have an account."""

    id: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class Pair:
    """A productduo: its name, its department by name, and its halves by id, "" where one is missing."""

    name: str
    department: str
    kcc_member: str
    specialist: str


@dataclass(frozen=True)
class Organisation:
    """Everybody, the names of all departments, and the duos."""

    colleagues: tuple[Colleague, ...] = ()
    departments: tuple[str, ...] = ()
    duos: tuple[Pair, ...] = ()
