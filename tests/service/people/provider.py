"""An identity provider of our own, over real HTTP, that can be told to lie."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from service.people.provider import challenge_of

CLIENT, SECRET = "antwoordduo", "a secret with a % and a :"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
FOREIGN_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
Claims = dict[str, Any]


def signed(claims: Claims) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, KEY)


def signed_by_another(claims: Claims) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, FOREIGN_KEY)


def signed_with_the_public_key(claims: Claims) -> str:
    """The old trick: the published key, used as if it were a shared secret."""
    said = _coded({"alg": "HS256", "kid": "one"}, claims)
    signature = hmac.new(KEY.as_pem(private=False), said.encode(), "sha256").digest()
    return f"{said}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def unsigned(claims: Claims) -> str:
    return _coded({"alg": "none", "typ": "JWT"}, claims) + "."


def _coded(*parts: dict[str, Any]) -> str:
    return ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts
    )


@dataclass
class FakeProvider:
    """What the provider says. `claims` change the token (None leaves one out), `sign` how it is signed."""

    root: str = ""
    claims: Claims = field(default_factory=dict)
    sign: Callable[[Claims], str] = signed
    description: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    token_requests: int = 0

    def authorize(self, address: str) -> dict[str, str]:
        """What the browser brings back from the address that we sent it to."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.root}

    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.root,
            "authorization_endpoint": f"{self.root}/authorize",
            "token_endpoint": f"{self.root}/token",
            "jwks_uri": f"{self.root}/keys",
            "authorization_response_iss_parameter_supported": True,
        } | self.description

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        self.token_requests += 1
        # used up at once, and only with the verifier of who asked
        asked = self.codes.pop(form.get("code", ""), None)
        expected = base64.b64encode(b"antwoordduo:a%20secret%20with%20a%20%25%20and%20a%20%3A").decode()
        if asked is None or authorization != f"Basic {expected}":
            return 400, {"error": "invalid_grant"}
        if challenge_of(form["code_verifier"]) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if form["redirect_uri"] != asked["redirect_uri"] or asked["code_challenge_method"] != "S256":
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        said = {
            "iss": self.root, "sub": "person-1", "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], "name": "Bo Merel", "email": "bo@merelveen.example",
            "roles": ["Redacteur", "Iets anders"],
        } | self.claims  # fmt: skip
        claims = {key: value for key, value in said.items() if value is not None}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.sign(claims)}


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    """A provider that listens for as long as the block lasts."""
    provider = FakeProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers: dict[str, Callable[[], dict[str, Any]]] = {
                "/.well-known/openid-configuration": provider.describe,
                "/keys": lambda: {"keys": [KEY.as_dict(private=False)]},
            }
            self._answer(200, answers[self.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {key: values[0] for key, values in parse_qs(body).items()}
            self._answer(*provider.token(form, self.headers.get("Authorization", "")))

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the output is that of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
