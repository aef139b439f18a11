"""Leaves a model alone that fails again and again (guard R6)."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

FAILURES = 5
SECONDS = 30.0


class Breaker:
    """Open, so that nobody calls, once `failures` calls failed within `seconds`; after as long again one may
    try: when that goes well all may."""

    def __init__(
        self,
        failures: int = FAILURES,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._seconds = seconds
        self._clock = clock
        self._failed: deque[float] = deque(maxlen=failures)
        self._opened_at: float | None = None
        self._lock = threading.Lock()

    def lets_through(self) -> bool:
        """Whether somebody may call now. Once open, the one who is let through is the only one for a while."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._clock() - self._opened_at < self._seconds:
                return False
            self._opened_at = self._clock()
            return True

    def went_well(self) -> None:
        with self._lock:
            self._failed.clear()
            self._opened_at = None

    def failed(self) -> None:
        with self._lock:
            now = self._clock()
            self._failed.append(now)
            if len(self._failed) == self._most and now - self._failed[0] <= self._seconds:
                self._opened_at = now
