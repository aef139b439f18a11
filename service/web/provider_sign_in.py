"""Sign in with the municipality's own identity provider: there, and back."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.people.accounts import Account, Accounts, By, Profile
from service.people.one_time_keys import Purpose
from service.people.provider import Departure, Identity, NotLetIn, Provider, ProviderAway
from service.web import wording_people
from service.web.problems import Problem, request_id_of, unavailable
from service.web.sessions import STEP, give, own_address, reference_of, take_back
from service.web.signing_in import let_in
from service.web.visitors import own_path, people_of

router = APIRouter(prefix="/aanmelden", include_in_schema=False)
BACK = "/aanmelden/extern/terug"


@router.get("/extern")
def depart(request: Request, verder: str = "") -> Response:
    """To the provider; what we must remember is tied to this browser by a cookie."""
    try:
        departure = _provider(request).depart(own_address(request, BACK))
    except ProviderAway as away:
        raise unavailable(wording_people.PROVIDER_AWAY) from away
    held = {
        "state": departure.state, "nonce": departure.nonce, "verifier": departure.verifier,
        "next": own_path(verder),
    }  # fmt: skip
    response = RedirectResponse(departure.address, 303)
    give(request, response, people_of(request).keys.new(Purpose.PROVIDER, data=held), STEP)
    return response


@router.get("/extern/terug")
def arrive(request: Request) -> Response:
    """A session for who the provider vouches for, with the roles that it names."""
    provider, people = _provider(request), people_of(request)
    by = By("provider", request_id_of(request.scope))
    # used up before anything else: the same answer is never taken twice
    held = people.keys.use(Purpose.PROVIDER, reference_of(request, STEP))
    try:
        if held is None:
            raise NotLetIn("this browser did not ask")
        departure = Departure("", held.data["state"], held.data["nonce"], held.data["verifier"])
        identity = provider.arrive(departure, dict(request.query_params), own_address(request, BACK))
        account = _account_of(people.accounts, by, identity)
        if account.disabled_at:
            raise NotLetIn("disabled")
    except NotLetIn as refused:
        people.audit.note("unknown", "sign-in", "unknown", "refused", by.request_id, reason=refused.reason)
        raise Problem(403, wording_people.PROVIDER_REFUSED) from refused
    except ProviderAway as away:
        raise unavailable(wording_people.PROVIDER_AWAY) from away
    who = str(account.person.id)
    people.audit.note(who, "sign-in", who, "ok", by.request_id)
    response = let_in(request, account.person.id, held.data["next"])
    take_back(request, response, STEP)
    return response


def _account_of(accounts: Accounts, by: By, identity: Identity) -> Account:
    """The account of this identity, with what the provider says today; made at the first sign-in.

    What an admin added, a member and departments, stays.
    """
    account = accounts.find_identity(identity.issuer, identity.subject)
    if account is None:
        profile = Profile(identity.display_name, identity.email, identity.roles)
        return accounts.add(by, profile, identity.issuer, identity.subject)
    person = account.person
    said = Profile(identity.display_name, identity.email, identity.roles, person.member, person.departments)
    if said != Profile(person.display_name, person.email, person.roles, person.member, person.departments):
        accounts.change(by, person.id, said)
    return account


def _provider(request: Request) -> Provider:
    provider = people_of(request).provider
    if provider is None:
        raise Problem(404)
    return provider
