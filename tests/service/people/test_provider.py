"""An identity provider: what it says is taken only when all of it holds (guard S20)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from service.domain.person import Role
from service.people.provider import (
    Departure,
    Identity,
    NotLetIn,
    Provider,
    ProviderAway,
    ProviderSettings,
    is_private,
)
from tests.service.people import provider as fake
from tests.service.people.provider import CLIENT, SECRET, FakeProvider, fake_provider

BACK = "http://localhost/aanmelden/extern/terug"
ROLES = {"Klantcontactmedewerker": Role.AGENT, "Redacteur": Role.EDITOR, "Beheerder": Role.ADMIN}
HOUR = 3_600


@pytest.fixture(scope="module")
def listening() -> Iterator[FakeProvider]:
    with fake_provider() as provider:
        yield provider


@pytest.fixture
def other(listening: FakeProvider) -> FakeProvider:
    """The provider as it was before another test made it lie."""
    blank = FakeProvider()
    for name in ("claims", "sign", "description", "codes", "token_requests"):
        setattr(listening, name, getattr(blank, name))
    return listening


def ours(other: FakeProvider, **changes: Any) -> Provider:
    settings = ProviderSettings(other.root, CLIENT, SECRET, "roles", ROLES)
    return Provider(replace(settings, **changes))


def sign_in(
    other: FakeProvider, provider: Provider | None = None, answer: dict[str, str] | None = None
) -> Identity:
    """Go there and come back, with an answer that was tampered with."""
    provider = provider or ours(other)
    departure = provider.depart(BACK)
    return provider.arrive(departure, other.authorize(departure.address) | (answer or {}), BACK)


def test_who_comes_back_is_known_by_issuer_and_subject(other: FakeProvider) -> None:
    assert sign_in(other) == Identity(
        other.root, "person-1", "Bo Merel", "bo@merelveen.example", frozenset({Role.EDITOR})
    )


def test_the_question_carries_all_that_ties_the_answer_to_it(other: FakeProvider) -> None:
    first, second = (ours(other, acr="high").depart(BACK) for _ in range(2))
    asked = parse_qs(urlsplit(first.address).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [BACK]
    assert asked["acr_values"] == ["high"]
    assert first.verifier not in first.address
    assert not {first.state, first.nonce, first.verifier} & {second.state, second.nonce, second.verifier}
    assert min(map(len, (first.state, first.nonce, first.verifier))) >= 43


@pytest.mark.parametrize(
    ("case", "claims", "reason"),
    [
        ("another issuer", {"iss": "https://evil.example"}, "iss"),
        ("for another service", {"aud": "another"}, "somebody else"),
        ("no audience", {"aud": None}, "somebody else"),
        ("for more, given to another", {"aud": [CLIENT, "another"], "azp": "another"}, "somebody else"),
        ("for more, given to nobody", {"aud": [CLIENT, "another"]}, "somebody else"),
        ("another nonce", {"nonce": "of another browser"}, "nonce"),
        ("no nonce", {"nonce": None}, "nonce"),
        ("expired", {"exp": int(time.time()) - HOUR}, "exp"),
        ("never expires", {"exp": None}, "exp"),
        ("made in the future", {"iat": int(time.time()) + HOUR}, "iat"),
        ("no subject", {"sub": None}, "sub"),
        ("an empty subject", {"sub": ""}, "sub"),
        ("a subject that is no text", {"sub": 12}, "sub"),
        ("no role", {"roles": None}, "no role"),
        ("a role that we do not know", {"roles": ["Baas", {"a": 1}, 3]}, "no role"),
        ("a role with other capitals", {"roles": "redacteur"}, "no role"),
    ],
)
def test_a_token_that_does_not_hold_lets_nobody_in(
    other: FakeProvider, case: str, claims: dict[str, Any], reason: str
) -> None:
    other.claims = claims
    with pytest.raises(NotLetIn, match=reason):
        sign_in(other)


@pytest.mark.parametrize(
    "sign",
    [fake.unsigned, fake.signed_with_the_public_key, fake.signed_by_another, lambda _: "no.token.here"],
)
def test_a_token_that_our_provider_did_not_sign_lets_nobody_in(
    other: FakeProvider, sign: Callable[[dict[str, Any]], str]
) -> None:
    other.sign = sign
    with pytest.raises(NotLetIn, match="token"):
        sign_in(other)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"state": "of another browser"}, "state"),
        ({"state": ""}, "state"),
        ({"iss": "https://evil.example"}, "another provider"),
        ({"error": "access_denied"}, "refused"),
        ({"code": ""}, "refused"),
        ({"code": "invented"}, "code"),
    ],
)
def test_an_answer_that_does_not_fit_lets_nobody_in(
    other: FakeProvider, answer: dict[str, str], reason: str
) -> None:
    with pytest.raises(NotLetIn, match=reason):
        sign_in(other, answer=answer)


def test_an_answer_without_its_provider_is_refused_where_the_provider_always_says_it(
    other: FakeProvider,
) -> None:
    provider = ours(other)
    departure = provider.depart(BACK)
    answer = other.authorize(departure.address)
    del answer["iss"]
    with pytest.raises(NotLetIn, match="another provider"):
        provider.arrive(departure, answer, BACK)
    assert other.token_requests == 0, "the code must not go to a provider that it may not be of"
    other.description = {"authorization_response_iss_parameter_supported": False}
    assert provider.arrive(departure, answer, BACK).subject == "person-1"


def test_a_code_works_once_and_only_with_the_verifier_of_who_asked(other: FakeProvider) -> None:
    provider = ours(other)
    departure = provider.depart(BACK)
    answer = other.authorize(departure.address)
    with pytest.raises(NotLetIn, match="code"):
        provider.arrive(replace(departure, verifier="of another browser"), answer, BACK)
    answer = other.authorize(departure.address)
    assert provider.arrive(departure, answer, BACK).subject == "person-1"
    with pytest.raises(NotLetIn, match="code"):
        provider.arrive(departure, answer, BACK)


@pytest.mark.parametrize(("acr", "lets_in"), [("high", True), ("low", False), (None, False)])
def test_a_strength_that_is_demanded_is_needed(other: FakeProvider, acr: str | None, lets_in: bool) -> None:
    other.claims = {"acr": acr}
    if lets_in:
        assert sign_in(other, ours(other, acr="high")).subject == "person-1"
    else:
        with pytest.raises(NotLetIn, match="strong"):
            sign_in(other, ours(other, acr="high"))


def test_roles_may_stand_deeper(other: FakeProvider) -> None:
    other.claims = {"realm_access": {"roles": ["Beheerder", "Klantcontactmedewerker"]}}
    assert sign_in(other, ours(other, roles_claim="realm_access.roles")).roles == {Role.ADMIN, Role.AGENT}


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"authorization_endpoint": None},
    ],
)
def test_a_description_that_is_not_to_be_trusted_stops_at_once(
    other: FakeProvider, description: dict[str, Any]
) -> None:
    other.description = description
    with pytest.raises(ProviderAway):
        ours(other).depart(BACK)


def test_keys_over_an_open_line_are_not_taken(other: FakeProvider) -> None:
    other.description = {"jwks_uri": "http://evil.example/keys"}
    with pytest.raises(ProviderAway):
        sign_in(other)


def test_a_provider_that_is_not_there_is_away() -> None:
    settings = ProviderSettings("http://127.0.0.1:9", CLIENT, SECRET, "roles", ROLES)
    with pytest.raises(ProviderAway):
        Provider(settings).depart(BACK)
    with pytest.raises(ProviderAway):
        Provider(settings).arrive(Departure("", "s", "n", "v"), {"state": "s", "code": "c"}, BACK)


def test_the_secret_is_not_shown_with_the_settings(other: FakeProvider) -> None:
    assert SECRET not in repr(ProviderSettings(other.root, CLIENT, SECRET, "roles", ROLES))


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("https://id.merelveen.example", True), ("http://127.0.0.1:8080", True), ("http://localhost/x", True),
        ("http://id.merelveen.example", False), ("http://127.0.0.1.evil.example", False), ("ftp://x", False),
        ("", False),
    ],
)  # fmt: skip
def test_only_an_address_that_nobody_reads_along_with_is_private(address: str, private: bool) -> None:
    assert is_private(address) is private
