"""What a draft is a draft of, and how what was typed gets into it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from embeddings.document import Document, DocumentKey
from embeddings.plain_text import strip_controls
from ingest.editorial import SOURCE
from service.domain.draft import Draft
from service.domain.gap import Gap
from service.domain.person import Person

# the source of the copy that a link keeps of its text: what waits for approval is the wording, not a text
LINK = "koppeling"


@dataclass(frozen=True)
class Changes:
    """What somebody typed. Of `document` title, sections, audience, visibility, products, keywords, web
    address and validity are taken over."""

    document: Document
    fact: str = ""
    checks: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()


def key_of(collection: str, document: str) -> DocumentKey:
    """Where the text "source:id" lives."""
    source, _, id = document.partition(":")
    return DocumentKey(collection, source, id)


def is_link(draft: Draft) -> bool:
    """Whether it links a question to a text that is there, and changes nothing in that text."""
    return draft.document.source == LINK


def published_as(draft: Draft) -> str:
    """The text ("source:id") that answers once the draft is approved."""
    return draft.mends if is_link(draft) else f"{SOURCE}:{draft.document.id}"


def new_id(gap: Gap) -> str:
    return f"signaal-{gap.number}-{uuid.uuid4().hex[:8]}"


def typed(draft: Draft, changes: Changes, by: Person, at: datetime) -> Draft:
    """The draft with what was typed, free of control characters.

    What it is, stays: its place, kind, language and owner; a link's text too.
    """
    new = changes.document
    sections = tuple(
        replace(part, heading=cleaned(part.heading), text=_cleaned_text(part.text)) for part in new.sections
    )
    document = replace(
        draft.document,
        title=cleaned(new.title), sections=tuple(each for each in sections if each.heading or each.text),
        audience=new.audience, visibility=new.visibility, products=new.products,
        keywords=new.keywords, url=new.url, valid_from=new.valid_from, valid_until=new.valid_until,
    )  # fmt: skip
    return replace(
        draft,
        document=draft.document if is_link(draft) else document,
        fact=cleaned(changes.fact), checks=questions(changes.checks), wordings=questions(changes.wordings),
        author=by.id, updated_at=at,
    )  # fmt: skip


def questions(typed: Sequence[str]) -> tuple[str, ...]:
    """The lines that say something, each once."""
    return tuple(dict.fromkeys(clean for each in typed if (clean := cleaned(each))))


def cleaned(line: str) -> str:
    return " ".join(strip_controls(line).split())


def _cleaned_text(text: str) -> str:
    lines = strip_controls(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines).strip("\n")
