"""A text in the making, until the other half of the duo approves it and it is published."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from embeddings.document import Document
from service.domain.answer import Dropped


class DraftState(StrEnum):
    """Where a draft is: being written, with the other half, sent back with a remark, published, dropped,
    or withdrawn in an emergency after it was published."""

    WRITING = "writing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class SourcedSentence:
    """A sentence that a language model wrote, with the text ("source:id") that holds it and the lines there
    that say it."""

    text: str
    document: str
    title: str
    heading: str
    url: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Assistance:
    """What a language model did for a draft: its `sentences` began it, or it put a section in plain words
    (`plain`). `dropped` is what it wrote and what was not used.

    `checked_by` is who said to have checked every sentence; of somebody else's hand it has to be said again.
    """

    model: str
    prompt: str
    at: datetime
    sentences: tuple[SourcedSentence, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    plain: bool = False
    checked_by: uuid.UUID | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True)
class Draft:
    """A new text, or a mended one, for a gap.

    `mends` ("source:id") is the published text that it takes the place of, empty for a new one, and
    `mends_digest` what that text was when the draft was begun: a later change of it is shown before
    anything is published. `fact` is the literal of the text that has to stand in the quote. `checks` are
    paraphrases, written by the duo and never indexed, with which it is proven that the text is found;
    `wordings` are questions that are indexed with it. `version` grows with every save. `assistance` is what
    a language model did for it, if anything.
    """

    id: uuid.UUID
    collection: str
    gap: uuid.UUID
    document: Document
    state: DraftState
    author: uuid.UUID
    updated_at: datetime
    fact: str = ""
    checks: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    mends: str = ""
    mends_digest: str = ""
    reviewer: uuid.UUID | None = None
    remark: str = ""
    submitted_at: datetime | None = None
    reviewed_at: datetime | None = None
    version: int = 1
    assistance: Assistance | None = None


@dataclass(frozen=True)
class Check:
    """One question asked again. `found`: the text came first; `quoted`: what was quoted or marked holds the
    fact; `certain`: the probability was above the channel's cut-off."""

    question: str
    paraphrase: bool
    found: bool
    quoted: bool
    certain: bool
    first: str = ""

    @property
    def passed(self) -> bool:
        return self.found and self.quoted


@dataclass(frozen=True)
class Proof:
    """The questions of a gap asked again after publishing: kept, whether it went well or not."""

    id: uuid.UUID
    gap: uuid.UUID
    document: str
    at: datetime
    checks: tuple[Check, ...]

    @property
    def solved(self) -> bool:
        return bool(self.checks) and all(check.passed for check in self.checks)


@dataclass(frozen=True)
class RegressionQuestion:
    """A question that a duo wrote or approved, with the text and the literal that must answer it.

    `holds` is None as long as it was not asked again, `checked_at` when that was.
    """

    id: uuid.UUID
    collection: str
    question: str
    document: str
    fact: str
    gap: uuid.UUID | None
    added_at: datetime
    holds: bool | None = None
    checked_at: datetime | None = None
