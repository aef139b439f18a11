"""What somebody asks, where, and what they may see."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from embeddings.document import Audience, Visibility

MAXIMUM_LENGTH = 500  # guard S7: longer questions are refused, never cut
# whose budget a language model spends on what is asked on no website; no caller can make these up
SIDEBAR_SITE, WITHOUT_SITE, API_SITE = "zijbalk", "vraag", "api"


class Channel(StrEnum):
    """Where a question was asked. It says nothing about what may be seen: `Asker` does."""

    SIDEBAR = "sidebar"
    WEBSITE = "website"


@dataclass(frozen=True)
class Asker:
    """Who asks, as far as it matters: staff see internal notes and duos, everybody else public texts.

    `audience` is for whom an answer is wanted: only texts for them, or for everybody, are found.
    """

    staff: bool = False
    audience: Audience | None = None

    @property
    def visibilities(self) -> tuple[Visibility, ...]:
        return (Visibility.PUBLIC, Visibility.INTERNAL) if self.staff else (Visibility.PUBLIC,)


VISITOR = Asker(staff=False)
AGENT = Asker(staff=True)


@dataclass(frozen=True)
class Question:
    """A question as it may be kept: personal data already taken out.

    `removed` names the kinds of personal data that were taken out, so that a page can say so.
    `language` is what the asker reads (ISO 639-1). `earlier` holds the earlier questions of this
    conversation, oldest first.
    """

    text: str
    channel: Channel
    collection: str
    language: str = "nl"
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    conversation: uuid.UUID = field(default_factory=uuid.uuid4)
    asked_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    removed: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A question as it came in, personal data and all: never stored, logged or embedded.

    `conversation` is None for the first question of a new conversation. `site` is the key of the website
    where it was asked, if any: whose budget pays for a language model.
    """

    text: str
    channel: Channel
    collection: str
    conversation: uuid.UUID
    language: str = "nl"
    earlier: tuple[str, ...] = ()
    site: str = ""

    @property
    def payer(self) -> str:
        """Whose budget a language model spends on it."""
        return self.site or (SIDEBAR_SITE if self.channel is Channel.SIDEBAR else WITHOUT_SITE)
