"""How often is tried again: soon at first, then every hour, after some days once a day. Never not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Pace:
    """How a worker goes about it.

    Before each delivery there must be `longest_delivery` seconds of the lease left, so that no second worker
    takes a notice that is on its way. A worker that dies holds its batch for `lease_seconds`.
    """

    batch: int = 20
    lease_seconds: float = 300
    longest_delivery: float = 120
    first_pause: timedelta = timedelta(minutes=1)
    longest_pause: timedelta = timedelta(hours=1)
    failing_after: timedelta = timedelta(days=3)
    pause_when_failing: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        if self.lease_seconds <= self.longest_delivery:
            raise ValueError("a lease must outlast a delivery, or none would ever begin")

    def pause(self, attempts: int, waiting: timedelta, refused: bool, chance: float) -> timedelta:
        """How long to wait after so many attempts. `chance` (0 to 1) spreads it by a fifth either way."""
        if refused or waiting >= self.failing_after:
            pause = self.pause_when_failing
        else:
            doubled = self.first_pause * 2 ** min(attempts - 1, 20)
            pause = min(doubled, self.longest_pause)
        return pause * (0.8 + 0.4 * chance)


DEFAULT_PACE = Pace()
