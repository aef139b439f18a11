"""Sign in with the staff key, or once with the link that was printed at the start; sign out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.web import wording
from service.web.forms import form_of
from service.web.pages import page
from service.web.visitors import cookie_name, sessions_of

router = APIRouter(prefix="/zijbalk", include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]


@router.get("/aanmelden")
async def form(request: Request, sleutel: str = "") -> Response:
    """The form; or, with the key of a link that was not used yet, a session."""
    if sleutel and sessions_of(request).use_link_key(sleutel):
        return _signed_in(request)
    return _form(wording.SIGN_IN_USED if sleutel else "")


@router.post("/aanmelden")
async def sign_in(request: Request, fields: Form) -> Response:
    """A session for who knows the key."""
    if sessions_of(request).is_staff_token(fields.get("sleutel", "").strip()):
        return _signed_in(request)
    return _form(wording.SIGN_IN_WRONG, 403)


@router.post("/afmelden")
async def sign_out(request: Request) -> Response:
    """The end of the session, here and in the browser."""
    sessions_of(request).close(request.cookies.get(cookie_name(request), ""))
    response = RedirectResponse("/zijbalk", 303)
    response.delete_cookie(cookie_name(request), path="/")
    return response


def _form(wrong: str, status: int = 200) -> Response:
    return page("sign_in.html", status, wrong=wrong)


def _signed_in(request: Request) -> Response:
    """Back to the page with a new session; an old one ends, so that nobody can plant theirs."""
    sessions = sessions_of(request)
    sessions.close(request.cookies.get(cookie_name(request), ""))
    response = RedirectResponse("/zijbalk", 303)
    response.set_cookie(
        cookie_name(request),
        sessions.open(),
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response
