"""Opens before the models are loaded, and says when somebody can be helped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from fastapi import Request

from service.web.desk import Desk

log = structlog.get_logger()


class NotReady(Exception):
    """Nobody can be helped yet, or the start went wrong."""


@dataclass(frozen=True)
class Readiness:
    """`state` is "starting", "ready", "degraded" or "failed"; `reasons` say why it is not ready."""

    state: str
    reasons: tuple[str, ...] = ()

    @property
    def can_answer(self) -> bool:
        return self.state in ("ready", "degraded")


class Reception:
    """Loads the desk in the background and hands it out once it is there."""

    def __init__(self, load: Callable[[], Desk]) -> None:
        self._load = load
        self._desk: Desk | None = None
        self._failed = False

    def open(self) -> threading.Thread:
        """Start loading. A daemon thread: a stop during the start does not wait for models."""
        thread = threading.Thread(target=self._open, name="loading", daemon=True)
        thread.start()
        return thread

    def _open(self) -> None:
        try:
            self._desk = self._load()
            log.info("ready")
        except Exception:
            self._failed = True
            log.exception("start failed")  # nobody has asked anything yet: no question text in here

    def desk(self) -> Desk:
        """The desk. Raises NotReady as long as it cannot answer."""
        if self._desk is None or self._desk.answers.condition().state == "starting":
            raise NotReady
        return self._desk

    def readiness(self) -> Readiness:
        """How far we are."""
        if self._failed:
            return Readiness("failed", ("start failed, see the log",))
        if self._desk is None:
            return Readiness("starting")
        condition = self._desk.answers.condition()
        return Readiness(str(condition.state), tuple(condition.reasons))


def reception_of(request: Request) -> Reception:
    """The reception of the running site."""
    reception: Reception = request.app.state.reception
    return reception


def desk_of(request: Request) -> Desk:
    """The desk, for a route that answers."""
    return reception_of(request).desk()
