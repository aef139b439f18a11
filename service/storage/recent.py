"""What people chose on a page, as of a moment ago: every process follows without asking each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

RECENT_SECONDS = 2.0  # guard S10 allows five

log = structlog.get_logger()

_Value = TypeVar("_Value")


class Recent(Generic[_Value]):
    """A value that is read again when it is some seconds old; as it was last while the database is away.

    `name` is what the log calls it.
    """

    def __init__(
        self,
        read: Callable[[], _Value],
        default: _Value,
        seconds: float = RECENT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        name: str = "what was chosen",
    ) -> None:
        self._read = read
        self._known = default
        self._seconds = seconds
        self._clock = clock
        self._name = name
        self._read_at: float | None = None

    def __call__(self) -> _Value:
        now = self._clock()
        if self._read_at is None or now - self._read_at >= self._seconds:
            self._read_at = now
            try:
                self._known = self._read()
            except SQLAlchemyError as error:
                log.error(f"{self._name} cannot be read", kind=type(error).__name__)
        return self._known

    def forget(self) -> None:
        """Read it again at the next look: somebody saved it here just now."""
        self._read_at = None
