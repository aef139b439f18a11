"""What is published (Document, Section), what is found (Passage) and what is cited (Hit).

Text convention, kept by every reader and by passages.py: paragraphs are separated by a blank line;
a list item is a line that starts with "• " or "1. "; a table row is a line with its cells separated
by a tab, the header row first. So a quote differs from its source in white space and list marks only.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Visibility(StrEnum):
    """Who may see a text. Internal text is for staff of the municipality only."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Audience(StrEnum):
    """For whom a text is meant; `EVERYONE` serves residents and businesses alike."""

    RESIDENT = "resident"
    BUSINESS = "business"
    EVERYONE = "everyone"


class SectionKind(StrEnum):
    """What a section is about, where its source says so (the fields of the SDG product API).

    `LINKS` only names other pages: it is shown with the whole text, never found or quoted.
    """

    INTRODUCTION = "introduction"
    APPLY = "apply"
    CONDITIONS = "conditions"
    EVIDENCE = "evidence"
    COSTS = "costs"
    TERM = "term"
    NO_REPLY = "no_reply"
    OBJECTION = "objection"
    CONTACT = "contact"
    NOTE = "note"
    LINKS = "links"
    OTHER = "other"


@dataclass(frozen=True)
class Section:
    """A heading with the text under it, as the source has it. `heading` may be empty."""

    heading: str
    text: str
    kind: SectionKind = SectionKind.OTHER
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True)
class Document:
    """One published text of one municipality (`collection`), in one language.

    `id` is unique within its collection and source. `version` grows with every change in the source;
    None means that the source keeps no versions, and then the newest delivery wins.
    Date-times are aware; `valid_until` is the first moment at which the text no longer holds.
    """

    collection: str
    source: str
    id: str
    title: str
    sections: tuple[Section, ...]
    kind: str = "page"
    language: str = "nl"
    url: str = ""
    owner: str = ""
    audience: Audience = Audience.EVERYONE
    visibility: Visibility = Visibility.PUBLIC
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    modified_at: datetime | None = None
    reviewed_at: datetime | None = None
    version: int | None = None
    products: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over everything a reader or a filter could notice; the version is left out."""
        content = [
            self.title, self.kind, self.language, self.url, self.owner, self.audience, self.visibility,
            [_text_of(moment) for moment in
             (self.valid_from, self.valid_until, self.modified_at, self.reviewed_at)],
            self.products, self.keywords,
            [[part.heading, part.text, part.kind, part.visibility] for part in self.sections],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _text_of(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


@dataclass(frozen=True)
class DocumentKey:
    """Where a document lives: its municipality, its source and its id there."""

    collection: str
    source: str
    id: str


@dataclass(frozen=True)
class Passage:
    """A piece of a document that is ranked and cited: one part of one section.

    `position` counts from 0 in the order of the document. `heading` is the section's heading.
    """

    document: DocumentKey
    position: int
    title: str
    heading: str
    text: str
    kind: SectionKind = SectionKind.OTHER
    visibility: Visibility = Visibility.PUBLIC
    keywords: tuple[str, ...] = ()

    @property
    def context(self) -> str:
        """What an encoder reads before the text: the title and, where it adds something, the heading."""
        if not self.heading or self.heading == self.title:
            return self.title
        return f"{self.title}\n{self.heading}"

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what an encoder reads: equal digests share one vector."""
        return hashlib.sha256(f"{self.context}\n\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True)
class Scores:
    """How a passage scored, each on its own scale. `dense`: cosine; `keyword`: BM25, 0 without shared terms;
    `late`: weighted mean over the question's tokens of the best cosine in the passage; `total`: ranks."""

    dense: float = 0.0
    keyword: float = 0.0
    late: float = 0.0
    total: float = 0.0


@dataclass(frozen=True)
class Hit:
    """A passage as found and confirmed by the database, with what a citation needs of its document.

    `key` is the library's own number for this edition of the passage.
    """

    key: int
    passage: Passage
    url: str
    owner: str
    language: str
    audience: Audience
    document_kind: str
    modified_at: datetime | None
    reviewed_at: datetime | None
    products: tuple[str, ...]
    scores: Scores


@dataclass(frozen=True)
class FoundDocument:
    """A document with its passages that were found, best first, and the score that ranks it."""

    key: DocumentKey
    score: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Marked:
    """A quotable unit of a passage, word for word, and how well it fits the question (-1 to 1)."""

    text: str
    score: float
