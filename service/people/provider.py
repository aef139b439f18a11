"""Signing in with the municipality's own identity provider: OpenID Connect, code with PKCE (guard S20).

Nothing is remembered between two sign-ins: the description and the keys of the provider are read anew each
time, so that a key that was replaced is known at once.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jwk import KeySet

from service.domain.person import Role

# signed with a key that only the provider has; neither "none" nor one that we could make ourselves
ALGORITHMS = ("RS256", "PS256", "ES256")
LEEWAY_SECONDS = 60
TIMEOUT_SECONDS = 5.0


class NotLetIn(Exception):
    """The provider's answer does not hold, or gives no role; `reason` is for the audit."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ProviderAway(Exception):
    """The provider does not answer, or not as a provider does."""


@dataclass(frozen=True)
class ProviderSettings:
    """What an installation says of its provider. `roles` maps the provider's names to ours.

    `roles_claim` may be a path with dots, for a provider that hides roles in a claim of its own.
    With `acr` only a sign-in of that strength is taken.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    roles_claim: str
    roles: Mapping[str, Role]
    acr: str = ""


@dataclass(frozen=True)
class Departure:
    """Where the browser goes, and what we remember until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Who the provider says this is. `issuer` and `subject` tell people apart; an e-mail address may move."""

    issuer: str
    subject: str
    display_name: str
    email: str
    roles: frozenset[Role]


class Provider:
    """An identity provider."""

    def __init__(
        self,
        settings: ProviderSettings,
        client: httpx.Client | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._client = client or httpx.Client(timeout=TIMEOUT_SECONDS)
        self._now = now

    def depart(self, return_address: str) -> Departure:
        """Where to send the browser. Raises ProviderAway."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": return_address,
            "scope": "openid profile email",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        if self._settings.acr:
            asked["acr_values"] = self._settings.acr
        endpoint = self._endpoint(self._description(), "authorization_endpoint")
        separator = "&" if urlsplit(endpoint).query else "?"
        return Departure(f"{endpoint}{separator}{urlencode(asked)}", state, nonce, verifier)

    def arrive(self, departure: Departure, answer: Mapping[str, str], return_address: str) -> Identity:
        """Who came back. Raises NotLetIn, ProviderAway."""
        description = self._description()
        self._check_answer(departure, answer, description)
        token = self._id_token(departure, answer["code"], return_address, description)
        claims = self._claims(token, departure.nonce, description)
        roles = self._roles(claims)
        if not roles:
            raise NotLetIn("no role")
        return Identity(
            self._settings.issuer,
            claims["sub"],
            _text(claims, "name") or _text(claims, "preferred_username") or claims["sub"],
            _text(claims, "email"),
            roles,
        )

    def _check_answer(
        self, departure: Departure, answer: Mapping[str, str], description: Mapping[str, Any]
    ) -> None:
        if not secrets.compare_digest(answer.get("state", "").encode(), departure.state.encode()):
            raise NotLetIn("state")
        # RFC 9207: the answer of another provider must not be taken to this one
        demanded = description.get("authorization_response_iss_parameter_supported") is True
        if answer.get("iss", "" if demanded else self._settings.issuer) != self._settings.issuer:
            raise NotLetIn("another provider")
        if "error" in answer or not answer.get("code"):
            raise NotLetIn("refused by the provider")

    def _id_token(
        self, departure: Departure, code: str, return_address: str, description: Mapping[str, Any]
    ) -> str:
        client, secret = self._settings.client_id, self._settings.client_secret
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_address,
            "code_verifier": departure.verifier,
            "client_id": client,
        }
        auth = (quote(client, safe=""), quote(secret, safe="")) if secret else None
        status, body = self._send("POST", self._endpoint(description, "token_endpoint"), data=form, auth=auth)
        token = body.get("id_token")
        if status != httpx.codes.OK or not isinstance(token, str):
            raise NotLetIn("code")
        return token

    def _claims(self, token: str, nonce: str, description: Mapping[str, Any]) -> dict[str, Any]:
        """What the token says, once it is clear that our provider said it: to us, now, for this browser."""
        _, published = self._send("GET", self._endpoint(description, "jwks_uri"))
        try:
            # joserfc's own type says what a key set holds; a key set that holds something else raises
            keys = KeySet.import_key_set(published)  # type: ignore[arg-type]
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            rules = jwt.JWTClaimsRegistry(
                now=lambda: int(self._now().timestamp()),
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": self._settings.issuer},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": nonce},
            )
            rules.validate(claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            wrong = error.claim if isinstance(error, ClaimError) else type(error).__name__
            raise NotLetIn(f"token: {wrong}") from error
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise NotLetIn("token: no subject")
        self._check_audience(claims)
        if self._settings.acr and claims.get("acr") != self._settings.acr:
            raise NotLetIn("token: not strong enough")
        return claims

    def _check_audience(self, claims: Mapping[str, Any]) -> None:
        audience = claims.get("aud")
        listed = [audience] if isinstance(audience, str) else audience
        if not isinstance(listed, list) or self._settings.client_id not in listed:
            raise NotLetIn("token: for somebody else")
        party = claims.get("azp", None if len(listed) > 1 else self._settings.client_id)
        if party != self._settings.client_id:
            raise NotLetIn("token: given to somebody else")

    def _roles(self, claims: Mapping[str, Any]) -> frozenset[Role]:
        found: Any = claims
        for part in self._settings.roles_claim.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        known = self._settings.roles
        return frozenset(known[name] for name in names if isinstance(name, str) and name in known)

    def _description(self) -> Mapping[str, Any]:
        address = f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration"
        _, description = self._send("GET", address)
        if description.get("issuer") != self._settings.issuer:
            raise ProviderAway("the description is of another issuer")
        return description

    def _endpoint(self, description: Mapping[str, Any], name: str) -> str:
        address = description.get(name)
        if not isinstance(address, str) or not is_private(address):
            raise ProviderAway(f"no safe {name}")
        return address

    def _send(self, method: str, address: str, **more: Any) -> tuple[int, dict[str, Any]]:
        try:
            response = self._client.request(method, address, **more)
            body = response.json()
        except (httpx.HTTPError, json.JSONDecodeError, UnicodeDecodeError) as error:
            raise ProviderAway(type(error).__name__) from error
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or not isinstance(body, dict):
            raise ProviderAway(f"status {response.status_code}")
        return response.status_code, body


def challenge_of(verifier: str) -> str:
    """The S256 challenge of PKCE."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_private(address: str) -> bool:
    """Whether nobody on the way can read along: https, or this machine itself."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    )


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value[:200] if isinstance(value, str) else ""
