"""Who may use which route: the one table that the site enforces, the docs print and the tests go through.

A route that does not stand here answers nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from service.domain.person import Role
from service.web.access_log import route_of
from service.web.visitors import allowed


@dataclass(frozen=True)
class Access:
    """Who may. With roles: who has one of them. Without: everybody who is signed in, or just everybody."""

    signed_in: bool
    roles: frozenset[Role] = frozenset()

    def admits(self, roles: frozenset[Role] | None) -> bool:
        """Whether somebody with these roles may; None stands for who is not signed in."""
        if roles is None:
            return not self.signed_in
        return not self.roles or not self.roles.isdisjoint(roles)


def only(*roles: Role) -> Access:
    """Who has one of these roles."""
    return Access(True, frozenset(roles))


EVERYBODY = Access(False)
SIGNED_IN = Access(True)
ADMIN = only(Role.ADMIN)
# who works on signals; which ones is up to `Signals.may_work_on`: another duo's do not exist for them
WORKERS = only(Role.DUO_MEMBER, Role.DEPARTMENT_HEAD, Role.COORDINATOR, Role.ADMIN)
MANAGING = only(Role.COORDINATOR, Role.ADMIN)
STEERING = only(Role.COORDINATOR, Role.DEPARTMENT_HEAD, Role.ADMIN)
WITHDRAWERS = only(Role.EDITOR, Role.COORDINATOR)

# method and path as the route has it; HEAD goes with GET
POLICY: dict[str, Access] = {
    "GET /": EVERYBODY,
    "GET /merelveen/{name}": EVERYBODY,  # in the demo alone; 404 elsewhere
    "GET /zijbalk": EVERYBODY,  # without signing in: public texts alone
    "GET /zijbalk/vragen": EVERYBODY,
    "GET /zijbalk/vragen/{id}": SIGNED_IN,
    "POST /zijbalk/vragen": EVERYBODY,
    "POST /zijbalk/kandidaten": EVERYBODY,
    "GET /zijbalk/vragen/{id}/signaal": EVERYBODY,
    "POST /zijbalk/vragen/{id}/signaal": SIGNED_IN,
    "GET /zijbalk/vragen/{id}/klopt": EVERYBODY,
    "POST /zijbalk/vragen/{id}/klopt": SIGNED_IN,
    "GET /zijbalk/vragen/{id}/bewerkt": EVERYBODY,
    "POST /zijbalk/vragen/{id}/bewerkt": SIGNED_IN,
    "GET /zijbalk/teksten/{source}/{id:path}": EVERYBODY,  # without signing in: public texts alone
    "POST /zijbalk/vragen/{id}/herschreven": SIGNED_IN,
    "POST /chat/vragen/{id}/herschreven": EVERYBODY,  # who holds the token of the conversation
    "POST /vraag/vragen/{id}/herschreven": EVERYBODY,
    "POST /zijbalk/berichten/{id}": SIGNED_IN,
    "GET /zijbalk/actueel": EVERYBODY,
    # the chat of visitors, in a frame and as a plain page: a conversation opens with its own token
    "GET /chat": EVERYBODY,
    "POST /chat": EVERYBODY,
    "GET /chat/vragen": EVERYBODY,
    "POST /chat/vragen": EVERYBODY,
    "GET /chat/vragen/{id}/beoordeling": EVERYBODY,
    "POST /chat/vragen/{id}/beoordeling": EVERYBODY,
    "GET /chat/vragen/{id}/adres": EVERYBODY,
    "POST /chat/vragen/{id}/adres": EVERYBODY,
    "POST /chat/gesprek/bewaren": EVERYBODY,
    "GET /chat/gesprek/wissen": EVERYBODY,
    "POST /chat/gesprek/wissen": EVERYBODY,
    "GET /vraag": EVERYBODY,
    "POST /vraag": EVERYBODY,
    "GET /vraag/vragen": EVERYBODY,
    "POST /vraag/vragen": EVERYBODY,
    "GET /vraag/vragen/{id}/beoordeling": EVERYBODY,
    "POST /vraag/vragen/{id}/beoordeling": EVERYBODY,
    "GET /vraag/vragen/{id}/adres": EVERYBODY,
    "POST /vraag/vragen/{id}/adres": EVERYBODY,
    "POST /vraag/gesprek/bewaren": EVERYBODY,
    "GET /vraag/gesprek/wissen": EVERYBODY,
    "POST /vraag/gesprek/wissen": EVERYBODY,
    "GET /static/{name}": EVERYBODY,
    "GET /widget.js": EVERYBODY,
    "GET /widget/{digest}/widget.js": EVERYBODY,
    "GET /chat/thema/{name}.css": EVERYBODY,
    "GET /healthz/live": EVERYBODY,
    "GET /healthz/ready": EVERYBODY,
    # the API knows no session: a key shows what staff see, the token of a conversation opens that one
    "GET /v1/openapi.json": EVERYBODY,
    "POST /v1/zoekopdrachten": EVERYBODY,
    "POST /v1/vragen": EVERYBODY,
    "GET /v1/vragen/{id}": EVERYBODY,
    "POST /v1/vragen/{id}/beoordelingen": EVERYBODY,
    "POST /v1/vragen/{id}/herschrijvingen": EVERYBODY,
    "POST /v1/tekstcontroles": EVERYBODY,
    "POST /v1/vragen/{id}/signalen": EVERYBODY,
    "POST /v1/vragen/{id}/antwoordadressen": EVERYBODY,
    "GET /v1/signalen/{nummer}": EVERYBODY,
    "GET /aanmelden": EVERYBODY,
    "POST /aanmelden": EVERYBODY,
    "POST /aanmelden/demo": EVERYBODY,  # in the demo alone; 404 elsewhere
    "GET /aanmelden/code": EVERYBODY,  # who gave the right password just now
    "POST /aanmelden/code": EVERYBODY,
    "GET /aanmelden/code.svg": EVERYBODY,
    "GET /aanmelden/eerste": EVERYBODY,  # who holds the key that was printed at the start
    "POST /aanmelden/eerste": EVERYBODY,
    "GET /aanmelden/wachtwoord": EVERYBODY,  # who holds the link that an admin gave
    "POST /aanmelden/wachtwoord": EVERYBODY,
    "GET /aanmelden/extern": EVERYBODY,
    "GET /aanmelden/extern/terug": EVERYBODY,
    "POST /afmelden": EVERYBODY,
    "GET /wachtwoord": SIGNED_IN,
    "POST /wachtwoord": SIGNED_IN,
    # a department head sees who owns what, and changes nothing
    "GET /beheer": STEERING,
    "POST /beheer/meting": MANAGING,
    "GET /beheer/gemeente": MANAGING,
    "POST /beheer/gemeente": MANAGING,
    "GET /beheer/eigenaren": STEERING,
    "GET /beheer/eigenaren/duos/{id}": MANAGING,
    "POST /beheer/eigenaren/duos/{id}": MANAGING,
    "POST /beheer/eigenaren/duos/{id}/opheffen": MANAGING,
    "GET /beheer/eigenaren/medewerkers/{id}": MANAGING,
    "POST /beheer/eigenaren/medewerkers/{id}": MANAGING,
    "GET /beheer/eigenaren/afdelingen/{id}": MANAGING,
    "POST /beheer/eigenaren/afdelingen/{id}": MANAGING,
    "GET /beheer/eigenaren/product": MANAGING,
    "POST /beheer/eigenaren/product": MANAGING,
    "POST /beheer/eigenaren/{kind}/{id}/geladen": MANAGING,
    "GET /beheer/servicenormen": MANAGING,
    "POST /beheer/servicenormen": MANAGING,
    "GET /beheer/sites": MANAGING,
    "GET /beheer/sites/{key}": MANAGING,
    "POST /beheer/sites/{key}": MANAGING,
    "POST /beheer/sites/{key}/weg": MANAGING,
    "GET /beheer/schakelaars": MANAGING,
    "POST /beheer/schakelaars": MANAGING,
    "GET /beheer/algoritmeregister": MANAGING,
    "GET /beheer/algoritmeregister/registratie.json": MANAGING,
    "GET /beheer/algoritmeregister/registratie.csv": MANAGING,
    "GET /beheer/gesprekken": MANAGING,
    "POST /beheer/gesprekken": MANAGING,
    "GET /beheer/berichten": ADMIN,
    "POST /beheer/berichten/{id}/opnieuw": ADMIN,
    "POST /beheer/berichten/{id}/weg": ADMIN,
    "GET /beheer/mensen": ADMIN,
    "GET /beheer/mensen/nieuw": ADMIN,
    "POST /beheer/mensen/nieuw": ADMIN,
    "GET /beheer/mensen/{id}": ADMIN,
    "POST /beheer/mensen/{id}": ADMIN,
    "POST /beheer/mensen/{id}/uitzetten": ADMIN,
    "POST /beheer/mensen/{id}/aanzetten": ADMIN,
    "POST /beheer/mensen/{id}/wachtwoord": ADMIN,
    "POST /beheer/mensen/{id}/tweede-stap": ADMIN,
    "GET /actueel": only(Role.COORDINATOR),
    "POST /actueel": only(Role.COORDINATOR),
    "GET /actueel/{id}": only(Role.COORDINATOR),
    "POST /actueel/{id}": only(Role.COORDINATOR),
    "POST /actueel/{id}/stop": only(Role.COORDINATOR),
    "GET /terugbellen/nieuw": SIGNED_IN,
    "POST /terugbellen/nieuw": SIGNED_IN,
    "GET /terugbellen/{id}/staat-klaar": SIGNED_IN,  # who took it alone
    "POST /terugbellen/berichten/{id}": SIGNED_IN,
    "GET /terugbellen": WORKERS,
    "POST /terugbellen/{id}/{action}": WORKERS,  # another department's do not exist for them
    "GET /oefenen": SIGNED_IN,
    "GET /oefenen/vraag": SIGNED_IN,
    "POST /oefenen/antwoord": SIGNED_IN,
    "POST /oefenen/oordeel": SIGNED_IN,
    "GET /duo": only(Role.DUO_MEMBER, Role.DEPARTMENT_HEAD, Role.COORDINATOR, Role.ADMIN, Role.EDITOR),
    "GET /duo/signalen/{number}": WORKERS,
    "POST /duo/signalen/{number}/concept": WORKERS,
    "POST /duo/signalen/{number}/voorstel": WORKERS,
    "GET /duo/signalen/{number}/koppelen": WORKERS,
    "POST /duo/signalen/{number}/koppelen": WORKERS,
    "POST /duo/signalen/{number}/{action}": WORKERS,
    "GET /duo/teksten/{id}": WORKERS,
    "POST /duo/teksten/{id}": WORKERS,
    "POST /duo/teksten/{id}/voorbeeld": WORKERS,
    "POST /duo/teksten/{id}/eenvoudig": WORKERS,
    "GET /duo/teksten/{id}/versies": WORKERS,
    "POST /duo/teksten/{id}/goedkeuren": WORKERS,
    "POST /duo/teksten/{id}/terug": WORKERS,
    "POST /duo/teksten/{id}/weggooien": WORKERS,
    "POST /duo/vier-ogen": only(Role.COORDINATOR),
    "GET /duo/noodstop": WITHDRAWERS,
    "POST /duo/noodstop": WITHDRAWERS,
    "POST /duo/noodstop/terug": WITHDRAWERS,
    "GET /duo/export": only(Role.EDITOR, Role.COORDINATOR, Role.ADMIN),
    # a department head sees their own departments: another's do not exist for them
    "GET /sturing": STEERING,
    "GET /sturing/producten": STEERING,
    "GET /sturing/signalen": STEERING,
    "GET /sturing/maandbericht": STEERING,
    "GET /sturing/kennismiddag": STEERING,
    "GET /sturing/csv/{name}": STEERING,
}


async def enforce(request: Request) -> None:
    """Let in who may, by the table. Raises SignInFirst, or Problem 401 or 403."""
    method = "GET" if request.method == "HEAD" else request.method
    access = POLICY[f"{method} {route_of(request.scope)}"]
    if access.signed_in:
        await run_in_threadpool(allowed, request, access.roles)


def policy_table() -> str:
    """The table in Markdown: `docs/people.md` holds exactly this."""
    rows = [f"| `{route}` | {_said(access)} |" for route, access in POLICY.items()]
    return "\n".join(["| route | who may |", "|---|---|", *rows])


def _said(access: Access) -> str:
    if access.roles:
        return ", ".join(role.value.replace("_", " ") for role in Role if role in access.roles)
    return "who is signed in" if access.signed_in else "everybody"
