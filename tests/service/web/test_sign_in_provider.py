"""Signing in with an identity provider, through the pages (guard S20)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.domain.person import Role
from service.people.accounts import By
from service.people.provider import Provider, ProviderSettings
from tests.service.people.provider import CLIENT, SECRET, FakeProvider, fake_provider
from tests.service.web.conftest import Reply, Site, running_site, settings_in
from tests.service.web.fakes import FakeAnswering

ROLES = {"Klantcontactmedewerker": Role.AGENT, "Redacteur": Role.EDITOR}


@pytest.fixture
def other() -> Iterator[FakeProvider]:
    with fake_provider() as provider:
        yield provider


@pytest.fixture
def site(tmp_path: Path, other: FakeProvider) -> Iterator[Site]:
    provider = Provider(ProviderSettings(other.root, CLIENT, SECRET, "roles", ROLES))
    yield from running_site(settings_in(tmp_path), FakeAnswering(), provider)


def leave(site: Site, other: FakeProvider) -> dict[str, str]:
    """Go to the provider; what it gives the browser to take back."""
    there = site.client.get("/aanmelden/extern?verder=/wachtwoord")
    assert there.status_code == 303
    assert there.headers["Location"].startswith(f"{other.root}/authorize?")
    return other.authorize(there.headers["Location"])


def come_back(site: Site, answer: dict[str, str]) -> Reply:
    return site.client.get("/aanmelden/extern/terug", params=answer)


def test_there_and_back_makes_an_account_with_the_roles_of_the_provider(
    site: Site, other: FakeProvider
) -> None:
    assert "Aanmelden met uw werkaccount" in site.client.get("/aanmelden").text
    back = come_back(site, leave(site, other))
    assert (back.status_code, back.headers["Location"]) == (303, "/wachtwoord")
    (account,) = site.people.accounts.all()
    assert (account.issuer, account.person.name) == (other.root, "person-1")
    assert account.person.roles == {Role.EDITOR}
    assert "via uw gemeente" in site.client.get("/wachtwoord").text


def test_the_roles_of_today_count_and_the_account_stays_one(site: Site, other: FakeProvider) -> None:
    come_back(site, leave(site, other))
    other.claims = {"roles": ["Klantcontactmedewerker"], "email": "new@merelveen.example"}
    come_back(site, leave(site, other))
    (account,) = site.people.accounts.all()
    assert account.person.roles == {Role.AGENT}
    assert account.person.email == "new@merelveen.example"


def test_an_answer_is_taken_once(site: Site, other: FakeProvider) -> None:
    answer = leave(site, other)
    cookies = dict(site.client.cookies)
    assert come_back(site, answer).status_code == 303
    site.client.cookies.clear()
    site.client.cookies.update(cookies)
    assert come_back(site, answer).status_code == 403


def test_an_answer_in_another_browser_lets_nobody_in(site: Site, other: FakeProvider) -> None:
    answer = leave(site, other)
    site.client.cookies.clear()
    refused = come_back(site, answer)
    assert refused.status_code == 403
    assert "antwoordduo=" not in refused.headers.get("Set-Cookie", "")
    assert other.token_requests == 0


def test_a_mistake_on_the_way_lets_nobody_in_and_stands_in_the_audit(site: Site, other: FakeProvider) -> None:
    refused = come_back(site, leave(site, other) | {"state": "planted"})
    assert refused.status_code == 403
    line = site.people.audit.lines()[0]
    assert (line.action, line.outcome, line.details) == ("sign-in", "refused", {"reason": "state"})
    assert site.people.accounts.all() == ()


def test_without_a_role_there_is_no_access(site: Site, other: FakeProvider) -> None:
    other.claims = {"roles": ["Iets anders"]}
    assert come_back(site, leave(site, other)).status_code == 403
    assert site.people.accounts.all() == ()


def test_who_is_disabled_here_stays_out(site: Site, other: FakeProvider) -> None:
    come_back(site, leave(site, other))
    (account,) = site.people.accounts.all()
    site.people.accounts.disable(By("test"), account.person.id)
    assert come_back(site, leave(site, other)).status_code == 403


def test_a_provider_that_is_away_is_said(site: Site, other: FakeProvider) -> None:
    other.description = {"issuer": "https://evil.example"}
    away = site.client.get("/aanmelden/extern", headers={"Accept": "text/html"})
    assert away.status_code == 503
    assert "geeft geen antwoord" in away.text
