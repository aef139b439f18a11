"""What every road to the outside promises: it delivers a notice, or says why not."""

from __future__ import annotations

from typing import Protocol

from service.storage.outbox import Leased


class NotSent(Exception):
    """It did not arrive, and may later. `why` is a code or a few words: never an address or a text."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Refused(NotSent):
    """The other side will not take this one, now or later: people should look at it."""


class Unreachable(NotSent):
    """Nothing gets through on this road at the moment, so there is no sense in trying the next."""


class Sender(Protocol):
    """One road to the outside."""

    def send(self, notice: Leased) -> str:
        """Deliver a notice and give what the other side calls it, or "". Raises NotSent."""
        ...
