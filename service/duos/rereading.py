"""After an upgrade: what was asked before is read again, so that it is joined to as before.

Vectors by two encoders cannot be compared. Without this every question that stands on a list would begin a
second signal at its next asking, with a new encoder or new vectors of joining.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from service.domain.question import VISITOR
from service.duos.meanings import Meanings
from service.duos.signals import Look
from service.storage.gaps import Gaps

AT_ONCE = 20  # askings; some 3 s of one core
LOOK_AGAIN = 3600.0  # seconds after there was nothing left, or nothing that could be read


class Rereading:
    """Gives askings whose meaning is by another encoder, or who have none, a meaning of today."""

    def __init__(
        self, gaps: Gaps, meanings: Meanings, look: Look, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._gaps = gaps
        self._meanings = meanings
        self._look = look
        self._clock = clock
        self._unreadable: set[uuid.UUID] = set()
        self._rested = clock()

    def some(self) -> int:
        """Read the newest ones again, in the order in which they came; returns how many. One that cannot be
        read, because the model is away, is left for the next hour."""
        if not self._meanings.name or self._clock() < self._rested:
            return 0
        waiting = self._gaps.read_by_others(self._meanings.name, self._unreadable, AT_ONCE)
        if not waiting:
            self._rested = self._clock() + LOOK_AGAIN
            self._unreadable.clear()
        read = 0
        for asking in reversed(waiting):
            meaning = self._meanings.of(self._look(asking.text, asking.language, VISITOR).encoded)
            if meaning.vector:
                read += self._gaps.read_anew(asking, meaning)
            else:
                self._unreadable.add(asking.id)
        return read
