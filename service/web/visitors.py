"""Who looks at a page: staff with an open session, or anybody."""

from __future__ import annotations

from fastapi import Request

from service.domain.question import AGENT, VISITOR, Asker
from service.web.sessions import Sessions


def cookie_name(request: Request) -> str:
    """The session cookie. `__Host-` ties it to this host, but a browser takes that over https only."""
    return "__Host-antwoordduo" if request.url.scheme == "https" else "antwoordduo"


def sessions_of(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


def asker_of_page(request: Request) -> Asker:
    """Staff when the session is open, else a visitor who sees public texts."""
    reference = request.cookies.get(cookie_name(request))
    return AGENT if reference and sessions_of(request).is_open(reference) else VISITOR
