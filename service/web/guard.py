"""The guard at the door: headers on every answer, known hosts, nothing from other sites, small bodies."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.domain.origin import is_origin
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
_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}


def policy(**changed: str) -> str:
    """The content security policy, with other values for some directives (`frame_ancestors="…"`)."""
    directives = _DIRECTIVES | {name.replace("_", "-"): value for name, value in changed.items()}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


CONTENT_SECURITY_POLICY = policy()
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
READ_BY_ALL, LOADERS = ("/v1/openapi.json", "/widget.js"), "/widget"
# guard S12: a page of the chat needs nothing of the device it is read on
CHAT = "/chat"
_FEATURES = """
    accelerometer autoplay browsing-topics camera clipboard-read clipboard-write display-capture
    encrypted-media fullscreen gamepad geolocation gyroscope hid idle-detection local-fonts magnetometer
    microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock serial usb
    xr-spatial-tracking
"""
NO_FEATURES = ", ".join(f"{feature}=()" for feature in _FEATURES.split())
# the page beside the desktop of the contact centre, with the sign-in that leads to it
SIDEBAR = ("/zijbalk", "/aanmelden")
# what our own pages tell the guard; these headers never leave the house
_FRAMED_BY, _EMBEDS = "antwoordduo-framed-by", "antwoordduo-embeds"


def frame_by(response: Response, origins: Collection[str]) -> None:
    """Let exactly these origins show this page in a frame. What is no origin lets nobody in."""
    response.headers[_FRAMED_BY] = " ".join(each for each in origins if is_origin(each))


def embed_from(response: Response, origin: str) -> None:
    """Let this page of ours load a script and a frame from another origin: the website of the demo."""
    if is_origin(origin):
        response.headers[_EMBEDS] = origin


async def _refuse(request: Request, refusal: Problem) -> Response:
    return respond(request, refusal)


class Guard:
    """Lets a request in, or says why not: `refuse` makes the page. Refusals carry the headers too."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: frozenset[str] = LOOPBACK_NAMES,
        desktops: tuple[str, ...] = (),
        refuse: Callable[[Request, Problem], Awaitable[Response]] = _refuse,
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._hosts = hosts
        self._desktops = desktops

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send, self._desktops)
        refusal = _refusal(scope, self._hosts)
        if refusal is None:
            try:
                receive = await _whole_body(scope, receive)
            except Problem as too_large:
                refusal = too_large
        request = Request(scope, receive)
        if refusal is not None:
            response = await self._refuse(request, refusal)
            await response(scope, receive, answer.send)
            return
        try:
            await self._app(scope, receive, answer.send)
        except Exception as error:
            await _calm(request, error, answer)


class _Answer:
    """What is sent back, with our headers on it."""

    def __init__(self, scope: Scope, send: Send, desktops: tuple[str, ...]) -> None:
        self._path: str = scope["path"]
        self._send = send
        self._desktops = desktops
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            _add_headers(headers, self._path)
            _let_in_frames(headers, self._path, self._desktops)
        await self._send(message)


def _add_headers(headers: MutableHeaders, path: str) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")
    if path == "/v1" or path.startswith("/v1/"):
        headers["API-Version"] = API_VERSION
    if path in READ_BY_ALL or _under(path, LOADERS):
        # guard S15: the description and the loader may be read by any site, nothing else may
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _let_in_frames(headers: MutableHeaders, path: str, desktops: tuple[str, ...]) -> None:
    """Loosen the policy where a page said so, and tighten it for the chat."""
    framed_by, embeds = headers.get(_FRAMED_BY, ""), headers.get(_EMBEDS, "")
    for name in (_FRAMED_BY, _EMBEDS):
        if name in headers:
            del headers[name]
    if _under(path, *SIDEBAR):
        framed_by = " ".join(desktops)
    if embeds:
        headers["Content-Security-Policy"] = policy(script_src=f"'self' {embeds}", frame_src=embeds)
    elif framed_by:
        headers["Content-Security-Policy"] = policy(frame_ancestors=framed_by)
        del headers["X-Frame-Options"]  # it knows no list: browsers would refuse what the policy allows
    if _under(path, CHAT):
        headers["Permissions-Policy"] = NO_FEATURES
        if "set-cookie" in headers:
            del headers["set-cookie"]


def _under(path: str, *roots: str) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in roots)


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
