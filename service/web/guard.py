"""The guard at the door: headers on every answer, known hosts, nothing from other sites, small bodies."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.web.errors import on_crash, respond
from service.web.problems import Problem

API_VERSION = "0.1.0"
MAXIMUM_BODY = 16 * 1024  # guard S7
# a text that a duo writes: 20,000 characters with everything around them, as a form sends them
MAXIMUM_TEXT, TEXTS = 128 * 1024, "/duo/teksten/"
# names under which only this machine can be reached; any other name may be DNS rebinding
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# guard S11
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # same-origin: what somebody typed is never in an address, and a form keeps its Origin header
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
API_DESCRIPTION = "/v1/openapi.json"


class Guard:
    """Lets a request in, or says why not. Its refusals carry the headers too."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = LOOPBACK_NAMES) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        refusal = _refusal(scope, self._hosts)
        if refusal is None:
            try:
                receive = await _whole_body(scope, receive)
            except Problem as too_large:
                refusal = too_large
        request = Request(scope, receive)
        if refusal is not None:
            await respond(request, refusal)(scope, receive, answer.send)
            return
        try:
            await self._app(scope, receive, answer.send)
        except Exception as error:
            await _calm(request, error, answer)


class _Answer:
    """What is sent back, with our headers on it."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._path: str = scope["path"]
        self._send = send
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            _add_headers(MutableHeaders(scope=message), self._path)
        await self._send(message)


def _add_headers(headers: MutableHeaders, path: str) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")
    if path == "/v1" or path.startswith("/v1/"):
        headers["API-Version"] = API_VERSION
    if path == API_DESCRIPTION:
        # guard S15: the description may be read by any site, nothing else may
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"


async def _calm(request: Request, error: Exception, answer: _Answer) -> None:
    """500, not a broken connection. The API's own last resort may have answered, and logged, already."""
    if not answer.started:
        response = await on_crash(request, error)
        await response(request.scope, request.receive, answer.send)


def _refusal(scope: Scope, hosts: frozenset[str]) -> Problem | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if _name_of(host) not in hosts:
        return Problem(421)
    if scope["method"] not in SAFE_METHODS and not _same_origin(headers, host):
        return Problem(403)
    return None


def _name_of(host: str) -> str:
    """The name in a Host header, without its port: "[::1]:8000" gives "[::1]"."""
    name, separator, port = host.rpartition(":")
    return (name if separator and port.isdigit() else host).lower()


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a browser says that our own page sent this; a program that is no browser says nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == host


async def _whole_body(scope: Scope, receive: Receive) -> Receive:
    """Read the body up to its maximum and hand it on as one piece. Raises Problem 413 when it is larger."""
    declared = Headers(scope=scope).get("content-length", "0")
    maximum = MAXIMUM_TEXT if scope["path"].startswith(TEXTS) else MAXIMUM_BODY
    if not declared.isdigit() or int(declared) > maximum:
        raise Problem(413)
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return _replay(message, receive)
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > maximum:
            raise Problem(413)
    return _replay({"type": "http.request", "body": body, "more_body": False}, receive)


def _replay(message: Message, receive: Receive) -> Receive:
    """A receive that gives `message` first, and then whatever comes: the end of the connection."""
    waiting = [message]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
