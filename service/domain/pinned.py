"""News that a coordinator pins for a while: a storm, an outage, elections."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Readers(StrEnum):
    """Who reads a piece of news."""

    AGENTS = "agents"
    WEBSITE = "website"
    BOTH = "both"


@dataclass(frozen=True)
class Pinned:
    """News that holds from `starts_at` until `ends_at`, and ends by itself. `url` may be empty.

    `pinned_by` and `changed_by` are display names. `version` grows with every change: who saved an older
    one is told that another was first.
    """

    id: uuid.UUID
    title: str
    text: str
    url: str
    readers: Readers
    starts_at: datetime
    ends_at: datetime
    pinned_by: str
    pinned_at: datetime
    changed_by: str
    changed_at: datetime
    version: int = 0

    def holds(self, now: datetime) -> bool:
        """Whether it is news at this moment."""
        return self.starts_at <= now < self.ends_at
