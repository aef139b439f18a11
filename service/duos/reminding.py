"""Looks at every deadline and tells who should hear of it: run often, tells once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from embeddings.store.database import writing
from service.domain.gap import Gap
from service.duos.charter import Reminder
from service.duos.heralds import HORIZON, OutboxHeralds
from service.duos.transitions import Rules
from service.storage.gaps import Gaps

BATCH = 100


def remind(
    gaps: Gaps,
    heralds: OutboxHeralds,
    rules: Rules,
    now: datetime,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Put the reminders that are due by now in the outbox; returns at how many deadlines was looked."""
    due, ownership, charter = gaps.due_before(now + HORIZON), rules.ownership(), rules.charter()
    told: list[tuple[Gap, Reminder]] = [
        (gap, reminder)
        for gap in due
        if gap.due_at
        for reminder in charter.reached(gap.due_at, now, rules.calendar)
    ]
    for start in range(0, len(told), BATCH):
        if stopped():
            break
        with writing(gaps.engine).begin() as connection:  # short ones: nobody waits long for the lock
            for gap, reminder in told[start : start + BATCH]:
                heralds.remind(connection, gap, reminder, ownership)
    return len(due)
