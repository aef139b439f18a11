"""The cookies of a browser: the session it is in, and the step of signing in that it has come to."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

SESSION, STEP = "antwoordduo", "antwoordduo-aanmelden"
STEP_SECONDS = 10 * 60


def is_secure(request: Request) -> bool:
    """Whether cookies may go over https only: always where other machines can reach us."""
    return request.url.scheme == "https" or bool(request.app.state.settings.hosts)


def own_address(request: Request, path: str) -> str:
    """A path of ours as others reach it; the guard has checked the name of the host."""
    scheme = "https" if is_secure(request) else "http"
    return f"{scheme}://{request.headers['host']}{path}"


def cookie_name(request: Request, name: str = SESSION) -> str:
    """The name of a cookie. `__Host-` ties it to this host, but a browser takes that over https only."""
    return f"__Host-{name}" if is_secure(request) else name


def reference_of(request: Request, name: str = SESSION) -> str:
    """What the browser holds, or "" when it holds nothing."""
    return request.cookies.get(cookie_name(request, name), "")


def give(request: Request, response: Response, value: str, name: str = SESSION) -> None:
    """Let the browser hold a reference: no script reads it, no other site sends it with a form.

    In a frame on the desktop of the contact centre it holds it for that desktop alone (guard S11).
    """
    within = _in_desktop(request)
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=STEP_SECONDS if name == STEP else None,
        path="/",
        httponly=True,
        # not "strict": who comes back from an identity provider has to be recognised
        samesite="none" if within else "lax",
        secure=is_secure(request),
    )
    _partition(response, within)


def take_back(request: Request, response: Response, name: str = SESSION) -> None:
    """Let the browser forget a reference."""
    within = _in_desktop(request)
    response.delete_cookie(
        cookie_name(request, name),
        path="/",
        httponly=True,
        samesite="none" if within else "lax",
        secure=is_secure(request),
    )
    _partition(response, within)


def _in_desktop(request: Request) -> bool:
    """Whether this is for a frame on an allowed desktop. Only over https: browsers partition nothing else."""
    framed = request.headers.get("sec-fetch-dest") == "iframe"
    return framed and bool(request.app.state.settings.desktops) and is_secure(request)


def _partition(response: Response, within: bool) -> None:
    """Tie the cookie that was set last to the site around the frame; Python's own cookies cannot say so."""
    if within:
        name, value = response.raw_headers[-1]
        response.raw_headers[-1] = name, value + b"; Partitioned"
