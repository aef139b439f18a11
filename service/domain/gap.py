"""A gap: what people ask and the texts do not answer, from the first asking to proof that it is mended."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.answer import Certainty, Status
from service.domain.productduo import Owner
from service.domain.question import Channel


class GapKind(StrEnum):
    """What is wrong with the texts: nothing there, found but uncertain, rejected by a reader, outdated."""

    MISSING = "missing"
    UNCERTAIN = "uncertain"
    REJECTED = "rejected"
    OUTDATED = "outdated"


class GapState(StrEnum):
    """Where a gap is. `PROPOSED` has no deadline yet; `REVIEW` waits for the other half of the duo."""

    PROPOSED = "proposed"
    OPEN = "open"
    REVIEW = "review"
    SOLVED = "solved"
    DISMISSED = "dismissed"
    MERGED = "merged"

    @property
    def is_closed(self) -> bool:
        return self in (GapState.SOLVED, GapState.DISMISSED, GapState.MERGED)


LISTED = (GapState.PROPOSED, GapState.OPEN, GapState.REVIEW)


class Urgency(StrEnum):
    """How soon it has to be mended: with the kind it decides the deadline."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Origin(StrEnum):
    """What brought a question to a gap."""

    OUTCOME = "outcome"  # we were not sure, or had nothing
    AGENT = "agent"  # "vraag aan het duo"
    REJECTED = "rejected"  # an agent: this answer is not right
    NOT_HELPED = "not_helped"  # a visitor: this does not help
    ADDRESS = "address"  # a visitor left an address for the answer
    REVIEW_DATE = "review_date"  # the text is past its review date
    REGRESSION = "regression"  # a known question that failed again
    FOUND = "found"  # asked after it was solved, and its text came first: kept, not counted

    @property
    def opens(self) -> bool:
        """Whether a gap is open at once, without waiting for more askings."""
        return self not in (Origin.OUTCOME, Origin.FOUND)


class Fault(StrEnum):
    """What a reader says is wrong with an answer."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    NOT_OURS = "not_ours"


@dataclass(frozen=True)
class Shown:
    """A text that was shown with a question, as a duo sees it back."""

    document: str
    title: str
    heading: str
    text: str
    certainty: Certainty


@dataclass(frozen=True)
class Asking:
    """One time that it was asked, in redacted words, with what was shown.

    `question` is the id of the kept question, None once that is deleted or when nobody asked (a review
    date). `reporter` is the member of staff who pressed; `remark` their words, redacted too. `told_at`
    is when they were told how it ended.
    """

    id: uuid.UUID
    gap: uuid.UUID
    text: str
    channel: Channel
    language: str
    asked_at: datetime
    origin: Origin
    status: Status | None = None
    fault: Fault | None = None
    remark: str = ""
    shown: tuple[Shown, ...] = ()
    probability: float = 0.0
    question: uuid.UUID | None = None
    reporter: uuid.UUID | None = None
    told_at: datetime | None = None


@dataclass(frozen=True)
class Gap:
    """A gap on somebody's list. `number` is how people call it: "signaal 12".

    `question` is how it was first asked, or what a member made of it. `document` ("source:id") and
    `title` name the text that came closest, `product` its product. `due_at` is there once the gap is
    open. `version` grows with every change: who saved an older one is told what changed meanwhile.
    """

    id: uuid.UUID
    collection: str
    number: int
    kind: GapKind
    state: GapState
    question: str
    owner: Owner
    asked: int
    first_asked_at: datetime
    last_asked_at: datetime
    urgency: Urgency = Urgency.NORMAL
    product: str = ""
    document: str = ""
    title: str = ""
    opened_at: datetime | None = None
    due_at: datetime | None = None
    closed_at: datetime | None = None
    reason: str = ""
    merged_into: uuid.UUID | None = None
    reopened: int = 0
    version: int = 1


@dataclass(frozen=True)
class GapEvent:
    """Something that happened to a gap, for its history. `actor` is a display name or "systeem"; `action`
    is a word of wording; `note` what somebody wrote with it."""

    gap: uuid.UUID
    at: datetime
    actor: str
    action: str
    note: str = ""
