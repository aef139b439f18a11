"""Delivers what is due. No transaction is open while a socket is; whatever dies, nothing is lost.

A worker takes a lease on a few notices, sends each, and writes down that it has arrived. Dead between the
last two, the notice is sent again when the lease ends, with the same Message-ID or Idempotency-Key.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from service.notify.pace import DEFAULT_PACE, Pace
from service.notify.sending import NotSent, Refused, Sender, Unreachable
from service.storage.outbox import Kind, Leased, Outbox, Progress

log = structlog.get_logger()


@dataclass
class Delivered:
    """What a round came to."""

    sent: int = 0
    failed: int = 0
    unreachable: list[Kind] = field(default_factory=list)


def deliver_due(
    outbox: Outbox,
    senders: Mapping[Kind, Sender],
    stopped: Callable[[], bool] = lambda: False,
    pace: Pace = DEFAULT_PACE,
    chance: Callable[[], float] = random.random,
) -> Delivered:
    """Deliver everything that is due, until there is nothing left or `stopped` says so."""
    one_round = _Round(outbox, dict(senders), stopped, pace, chance)
    one_round.run()
    return one_round.delivered


def failing(outbox: Outbox, pace: Pace = DEFAULT_PACE) -> tuple[Progress, ...]:
    """What people should look at: tried for days, or refused. It is still tried once a day."""
    return outbox.failing(outbox.now() - pace.failing_after)


class _Round:
    def __init__(
        self,
        outbox: Outbox,
        senders: dict[Kind, Sender],
        stopped: Callable[[], bool],
        pace: Pace,
        chance: Callable[[], float],
    ) -> None:
        self._outbox = outbox
        self._senders = senders
        self._stopped = stopped
        self._pace = pace
        self._chance = chance
        self._name = uuid.uuid4().hex
        self._erased = False
        self.delivered = Delivered()

    def run(self) -> None:
        while self._senders and not self._stopped():
            batch = self._outbox.lease(self._senders, self._name, self._pace.lease_seconds, self._pace.batch)
            if not batch:
                break
            self._deliver(batch)
        if self._erased:
            self._outbox.forget_traces()

    def _deliver(self, batch: list[Leased]) -> None:
        left = list(batch)
        try:
            while left and self._may_begin(left[0]):
                notice = left.pop(0)
                if notice.kind in self._senders:
                    self._try(notice)
                else:
                    self._outbox.release([notice])
        finally:
            self._outbox.release(left)

    def _may_begin(self, notice: Leased) -> bool:
        enough = timedelta(seconds=self._pace.longest_delivery)
        return not self._stopped() and self._outbox.now() + enough <= notice.until

    def _try(self, notice: Leased) -> None:
        try:
            receipt = self._senders[notice.kind].send(notice)
        except NotSent as reason:
            self._failed(notice, reason)
        except Exception as fault:
            # a fault of ours in one notice must not hold up the others; its words may hold an address
            self._failed(notice, NotSent(f"fault: {type(fault).__name__}"))
        else:
            self._outbox.sent(notice, receipt)
            self._erased |= notice.sensitive
            self.delivered.sent += 1

    def _failed(self, notice: Leased, reason: NotSent) -> None:
        refused = isinstance(reason, Refused)
        now = self._outbox.now()
        pause = self._pace.pause(notice.attempts + 1, now - notice.created_at, refused, self._chance())
        self._outbox.failed(notice, reason.why, now + pause, refused)
        self.delivered.failed += 1
        log.warning(
            "notice not sent", id=str(notice.id), kind=notice.kind.value, why=reason.why, refused=refused
        )
        if isinstance(reason, Unreachable):
            del self._senders[notice.kind]
            self.delivered.unreachable.append(notice.kind)
