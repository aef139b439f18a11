"""The invented people of the demo, to look along with at a click."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.person import Role
from service.people.accounts import DEMO, Account, By, Profile
from service.people.organisation import Organisation, Pair
from service.people.people import People
from service.web import wording_people

DUOS = 4  # each of another department


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to look along with; `key` names them in the form, `about` says what they do."""

    key: str
    profile: Profile
    about: str


def demo_people(organisation: Organisation) -> tuple[DemoPerson, ...]:
    """One of each role, and both halves of a few duos."""
    department = next((duo.department for duo in organisation.duos), "")
    head = wording_people.DEMO_HEAD.format(department=department).strip()
    return (
        _somebody("kcc", wording_people.DEMO_AGENT, Role.AGENT),
        *_halves(organisation),
        _somebody("redacteur", wording_people.DEMO_EDITOR, Role.EDITOR),
        _somebody("coordinator", wording_people.DEMO_COORDINATOR, Role.COORDINATOR),
        _somebody("afdelingshoofd", head, Role.DEPARTMENT_HEAD, (department,) if department else ()),
        _somebody("beheerder", wording_people.DEMO_ADMIN, Role.ADMIN),
    )


def account_of(people: People, chosen: DemoPerson, request_id: str) -> Account:
    """The account of an invented person; made at the first click."""
    known = people.accounts.find_identity(DEMO, chosen.key)
    return known or people.accounts.add(By("demo", request_id), chosen.profile, DEMO, chosen.key)


def _halves(organisation: Organisation) -> list[DemoPerson]:
    first_of = {duo.department: duo for duo in reversed(organisation.duos)}
    chosen = [duo for duo in organisation.duos if first_of[duo.department] is duo][:DUOS]
    agent, specialist = frozenset({Role.AGENT, Role.DUO_MEMBER}), frozenset({Role.DUO_MEMBER})
    halves = [(duo, duo.kcc_member, agent) for duo in chosen]
    halves += [(duo, duo.specialist, specialist) for duo in chosen]
    return [
        _half(organisation, duo, member, roles)
        for duo, member, roles in sorted(halves, key=lambda half: chosen.index(half[0]))
        if any(colleague.id == member for colleague in organisation.colleagues)
    ]


def _half(organisation: Organisation, duo: Pair, member: str, roles: frozenset[Role]) -> DemoPerson:
    colleague = next(one for one in organisation.colleagues if one.id == member)
    profile = Profile(colleague.name, colleague.email, roles, member=member)
    return DemoPerson(f"lid {member}", profile, wording_people.DEMO_IN_DUO.format(duo=duo.name))


def _somebody(key: str, name: str, role: Role, departments: tuple[str, ...] = ()) -> DemoPerson:
    # what they do stands in the name already
    return DemoPerson(key, Profile(name, "", frozenset({role}), departments=departments), about="")
