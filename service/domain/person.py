"""Somebody who is signed in, and what that person may do."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody does for the municipality; a person may have several."""

    AGENT = "agent"
    DUO_MEMBER = "duo_member"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    DEPARTMENT_HEAD = "department_head"
    ADMIN = "admin"


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in. `name` is unique; `member` ties the person to duos, when there is one.

    `departments` are the names of the departments that a department head answers for.
    """

    id: uuid.UUID
    name: str
    display_name: str
    email: str
    roles: frozenset[Role]
    member: str = ""
    departments: tuple[str, ...] = ()

    def has(self, *roles: Role) -> bool:
        """Whether the person has any of these roles."""
        return not self.roles.isdisjoint(roles)
