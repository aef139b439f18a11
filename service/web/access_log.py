"""One line a request, without anything that says who asked or what (guard P9)."""

from __future__ import annotations

import logging
import sys
import time
import uuid
from typing import TextIO

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()


def configure_logging(stream: TextIO = sys.stderr) -> None:
    """Log as JSON lines on `stream`, with the time in UTC."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )


class AccessLog:
    """Gives each request an id, times it, and logs method, route, status and milliseconds.

    The route is the template ("/v1/vragen/{id}"): a path may hold an id, or what somebody pasted there.
    Addresses and query strings are left out altogether.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = str(uuid.uuid4())
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = time.perf_counter(), 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            log.info(
                "request",
                method=scope["method"] if scope["method"].isalpha() else "?",
                route=route_of(scope),
                status=status,
                ms=milliseconds,
                request_id=request_id,
            )


def route_of(scope: Scope) -> str:
    """The template of the route that answered, or "-" when none did."""
    template = getattr(scope.get("route"), "path", None)
    return f"{scope.get('root_path', '')}{template}" if template else "-"
