"""What a form says about somebody, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.person import Role
from service.people.accounts import Profile
from service.people.organisation import Organisation
from service.web import wording_people
from service.web.plain_text import plain

LONGEST_NAME, LONGEST_EMAIL = 200, 320


@dataclass(frozen=True)
class Filled:
    """A form as it was filled in, and the faults by the name of their field."""

    profile: Profile
    faults: Mapping[str, str] = field(default_factory=dict)


def filled(fields: Mapping[str, str], organisation: Organisation, fixed: Profile | None = None) -> Filled:
    """What the form says. `fixed` holds what only the identity provider may say: name, address and roles."""
    departments = tuple(
        dict.fromkeys(filter(None, map(str.strip, fields.get("afdelingen", "").splitlines())))
    )
    said = Profile(
        display_name=fixed.display_name if fixed else " ".join(plain(fields.get("naam", "")).split()),
        email=fixed.email if fixed else fields.get("email", "").strip(),
        roles=fixed.roles if fixed else frozenset(role for role in Role if fields.get(f"rol_{role.value}")),
        member=fields.get("lid", ""),
        departments=departments,
    )
    faults = {} if fixed else _own_faults(said)
    faults |= _ties_faults(said, organisation)
    return Filled(said, {name: fault for name, fault in faults.items() if fault})


def name_fault(name: str) -> str:
    """What is wrong with a name, or ""."""
    if not name:
        return wording_people.NAME_MISSING
    return wording_people.TOO_LONG.format(maximum=LONGEST_NAME) if len(name) > LONGEST_NAME else ""


def email_fault(email: str) -> str:
    """What is wrong with an e-mail address, or ""."""
    if len(email) > LONGEST_EMAIL:
        return wording_people.TOO_LONG.format(maximum=LONGEST_EMAIL)
    name, at, host = email.rpartition("@")
    written = bool(name and at and "." in host) and email.isprintable() and " " not in email
    return "" if written else wording_people.EMAIL_MISSING


def _own_faults(said: Profile) -> dict[str, str]:
    return {
        "naam": name_fault(said.display_name),
        "email": email_fault(said.email),
        "rollen": "" if said.roles else wording_people.ROLE_MISSING,
    }


def _ties_faults(said: Profile, organisation: Organisation) -> dict[str, str]:
    members = {"", *(colleague.id for colleague in organisation.colleagues)}
    unknown = [name for name in said.departments if name not in organisation.departments]
    return {
        "lid": "" if said.member in members else wording_people.MEMBER_UNKNOWN,
        "afdelingen": wording_people.DEPARTMENT_UNKNOWN.format(name=unknown[0][:100]) if unknown else "",
    }
