"""A request to be called back: left by an agent when nobody can answer now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Daypart(StrEnum):
    """When somebody can be reached."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    WHENEVER = "whenever"


class CallbackState(StrEnum):
    """`EXPIRED`: nobody called in time, and number and name were erased."""

    OPEN = "open"
    DONE = "done"
    EXPIRED = "expired"


class CallbackStep(StrEnum):
    """What somebody did with a request."""

    CALLED = "called"
    NOT_REACHED = "not_reached"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True)
class CallbackNote:
    """One step, by whom (a display name), with what was written: personal data is taken out of that."""

    at: datetime
    by: str
    step: CallbackStep
    text: str = ""


@dataclass(frozen=True)
class Callback:
    """Somebody whom a department is to call. `telephone` (E.164) and `caller` stand here and nowhere else,
    and only while it is open; `about` is redacted. `department` is a name, empty for the coordinator.

    `reporter` is the agent who took it, `told_at` when they read how it ended.
    """

    id: uuid.UUID
    department: str
    about: str
    telephone: str = field(repr=False)
    caller: str = field(repr=False)
    moment: Daypart
    left_at: datetime
    due_at: datetime
    state: CallbackState = CallbackState.OPEN
    question: uuid.UUID | None = None
    tries: int = 0
    notes: tuple[CallbackNote, ...] = ()
    closed_at: datetime | None = None
    reporter: uuid.UUID | None = None
    told_at: datetime | None = None
    version: int = 0
