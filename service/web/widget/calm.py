"""Whatever goes wrong in the chat ends calmly: what is the matter, the question kept, a person near."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.storage.database import Unavailable
from service.storage.questions import UnknownQuestion
from service.web.answers import Refused, Unreachable
from service.web.desk import NoLoop, UnknownConversation
from service.web.errors import log_crash, on_http_exception, respond
from service.web.limits import TooFast
from service.web.off import on_widget_off
from service.web.problems import RETRY_AFTER_SECONDS, Problem, request_id_of
from service.web.reception import NotReady
from service.web.switches import RETRY_SECONDS, WidgetOff
from service.web.widget.embedding import framed
from service.web.widget.showing import Shown, show, wants_part
from service.web.widget.visiting import CHAT, PLAIN, NoSuchSite, Visit, visit_of, visit_with
from service.web.wording_limits import ONE_AT_A_TIME

log = structlog.get_logger()

_AT_THE_DOOR = (403, 413)  # what the guard refuses a visitor; 421 is for nobody who reads pages
_BY_STATUS = {404: "gone", 429: "busy", 503: "fault"}
_SOON = {"Retry-After": RETRY_AFTER_SECONDS}


@dataclass(frozen=True)
class Trouble:
    """What goes wrong: a status, a word of `Words.troubles`, and headers that belong to it."""

    status: int
    word: str
    headers: Mapping[str, str] = field(default_factory=dict)


_TROUBLES: tuple[tuple[tuple[type[Exception], ...], Trouble], ...] = (
    ((NoSuchSite,), Trouble(404, "no_site")),
    ((WidgetOff,), Trouble(503, "off", {"Retry-After": RETRY_SECONDS})),
    ((UnknownConversation, UnknownQuestion, NoLoop, RequestValidationError), Trouble(404, "gone")),
    ((NotReady,), Trouble(503, "starting", _SOON)),
)


class CalmRoute(APIRoute):
    """A route of the chat: its errors are in the visitor's language and in the look of the website."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        handler = super().get_route_handler()

        async def calm(request: Request) -> Response:
            try:
                return await handler(request)
            except Exception as error:
                return await _calmly(request, error)

        return calm


async def refuse(request: Request, problem: Problem) -> Response:
    """What the guard sends away at the door. Of what was sent nothing is read."""
    if problem.status not in _AT_THE_DOOR or not _of_chat(request):
        return respond(request, problem)
    request.state.visit = visit_with(request, {})
    return await _calmly(request, problem)


async def on_no_route(request: Request, error: HTTPException) -> Response:
    """An address below the chat that does not exist."""
    if not _of_chat(request):
        return await on_http_exception(request, error)
    request.state.visit = visit_with(request, {})
    return await _calmly(request, error)


def _of_chat(request: Request) -> bool:
    return any(request.url.path == base or request.url.path.startswith(f"{base}/") for base in (CHAT, PLAIN))


async def _calmly(request: Request, error: Exception) -> Response:
    visit = await visit_of(request)
    if isinstance(error, WidgetOff) and not wants_part(request):
        response = await on_widget_off(request, error)
        return framed(response, visit.site) if visit.site else response
    if isinstance(error, Refused):
        return await _again(request, visit, visit.words.refused)
    trouble = trouble_of(error)
    if trouble.status == 500:
        log_crash(error, request_id_of(request.scope))
    shown = Shown(
        text=visit.text("vraag"),
        trouble=visit.words.troubles[trouble.word],
        code=request_id_of(request.scope) if trouble.status == 500 else "",
        shut=isinstance(error, NoSuchSite | WidgetOff),
    )
    left = visit.anew() if trouble.word == "gone" else visit
    headers: Any = trouble.headers
    return await run_in_threadpool(show, request, left, shown, trouble.status, **headers)


async def _again(request: Request, visit: Visit, wrong: str) -> Response:
    """The question cannot be taken as it is: the field says why."""
    return await run_in_threadpool(show, request, visit, Shown(text=visit.text("vraag"), wrong=wrong), 400)


def trouble_of(error: Exception) -> Trouble:
    """What a visitor hears of an error. What nobody expected is a crash: 500."""
    for kinds, trouble in _TROUBLES:
        if isinstance(error, kinds):
            return trouble
    if isinstance(error, Unreachable | Unavailable):
        log.error("the chat cannot reach its texts", kind=type(error).__name__)
        return Trouble(503, "fault", _SOON)
    if isinstance(error, Problem):
        pending = isinstance(error, TooFast) and error.text is ONE_AT_A_TIME
        return Trouble(error.status, "pending" if pending else _word(error.status), error.headers)
    if isinstance(error, HTTPException):
        return Trouble(error.status_code, _word(error.status_code), error.headers or {})
    return Trouble(500, "fault")


def _word(status: int) -> str:
    return _BY_STATUS.get(status, "refused")
