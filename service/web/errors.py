"""Turns whatever goes wrong into a calm answer: Problem Details, or a page for who reads one."""

from __future__ import annotations

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.storage.database import Unavailable
from service.storage.questions import ConversationFull, UnknownQuestion
from service.web import wording
from service.web.answers import Refused, Unreachable
from service.web.desk import NoLoop, UnknownConversation
from service.web.pages import error_page
from service.web.problems import Problem, problem_response, request_id_of, unavailable
from service.web.reception import NotReady

log = structlog.get_logger()


def respond(request: Request, problem: Problem, **extra: Any) -> Response:
    """The problem in the form that the asker reads."""
    if _reads_pages(request):
        return error_page(request, problem)
    return problem_response(request.scope, problem, **extra)


def _reads_pages(request: Request) -> bool:
    machine = request.url.path.startswith(("/v1", "/healthz"))
    return not machine and "text/html" in request.headers.get("accept", "")


async def on_problem(request: Request, problem: Problem) -> Response:
    return respond(request, problem)


async def on_http_exception(request: Request, error: HTTPException) -> Response:
    return respond(request, Problem(error.status_code, headers=error.headers))


async def on_invalid(request: Request, error: RequestValidationError) -> Response:
    """400 with the names of the fields; never with what stood in them."""
    fields = [
        {"veld": _field_name(one["loc"]), "melding": _field_message(one["type"])} for one in error.errors()
    ]
    return respond(request, Problem(400), velden=fields)


async def on_not_ready(request: Request, _error: NotReady) -> Response:
    return respond(request, unavailable(wording.STARTING))


async def on_unknown_conversation(request: Request, _error: UnknownConversation) -> Response:
    return respond(request, Problem(404, wording.NO_SUCH_CONVERSATION))


async def on_unknown_question(request: Request, _error: UnknownQuestion) -> Response:
    return respond(request, Problem(404, wording.NO_SUCH_QUESTION))


async def on_no_loop(request: Request, _error: NoLoop) -> Response:
    return respond(request, Problem(404))


async def on_full(request: Request, _error: ConversationFull) -> Response:
    return respond(request, Problem(409))


async def on_refused(request: Request, _error: Refused) -> Response:
    return respond(request, Problem(400, wording.QUESTION_REFUSED))


async def on_unreachable(request: Request, _error: Unreachable) -> Response:
    return respond(request, unavailable())


async def on_database_unavailable(request: Request, error: Unavailable) -> Response:
    # the driver's own words only: SQLAlchemy's message would quote the values of the statement
    log.error("database unavailable", cause=str(error.orig))
    return respond(request, unavailable())


async def on_crash(request: Request, error: Exception) -> Response:
    """500 with a code. Where it happened is logged; the message is not, since it may quote a question."""
    log_crash(error, request_id_of(request.scope))
    return respond(request, Problem(500))


def log_crash(error: BaseException, request_id: str) -> None:
    """Log the kind of error and its place in the code, and nothing that came from outside."""
    places, trace = [], error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    log.error("crash", kind=type(error).__name__, places=places[-5:], request_id=request_id)


def _field_name(location: tuple[int | str, ...]) -> str:
    # an unknown field's name comes from outside: it is not repeated at any length
    return ".".join(str(part)[:40] for part in location[1:]) or str(location[0])


def _field_message(kind: str) -> str:
    return wording.FIELD_ERRORS.get(kind, wording.FIELD_ERROR_OTHER)


def handle_errors(app: FastAPI) -> None:
    """Let `app` answer every error in our own form."""
    handlers: dict[Any, Any] = {
        Problem: on_problem,
        HTTPException: on_http_exception,
        RequestValidationError: on_invalid,
        NotReady: on_not_ready,
        UnknownConversation: on_unknown_conversation,
        ConversationFull: on_full,
        UnknownQuestion: on_unknown_question,
        NoLoop: on_no_loop,
        Refused: on_refused,
        Unreachable: on_unreachable,
        Unavailable: on_database_unavailable,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
