"""What a draft is a draft of, and how what was typed gets into it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from embeddings.document import Document, DocumentKey, Section
from embeddings.plain_text import strip_controls
from ingest.editorial import SOURCE
from service.domain.draft import Assistance, Draft, DraftState
from service.domain.gap import Gap
from service.domain.person import Person

# the source of the copy that a link keeps of its text: what waits for approval is the wording, not a text
LINK = "koppeling"
EDITED = (DraftState.WRITING, DraftState.RETURNED)


@dataclass(frozen=True)
class InPlainWords:
    """Which model, with which prompt, put a section in the plain words that were taken over."""

    model: str
    prompt: str


@dataclass(frozen=True)
class FirstText:
    """What a language model wrote to begin a text with."""

    sections: tuple[Section, ...]
    assistance: Assistance


@dataclass(frozen=True)
class Changes:
    """What somebody typed. Of `document` title, sections, audience, visibility, products, keywords, web
    address and validity are taken over. `checked`: they say to have checked every sentence of a model;
    `plain`: words of a model were taken over since the last save."""

    document: Document
    fact: str = ""
    checks: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    checked: bool = False
    plain: InPlainWords | None = None


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


def under_way(drafts: Iterable[Draft], mends: str = "") -> Draft | None:
    """The one of a signal's texts that is being written for the same purpose."""
    return next(
        (each for each in drafts if each.state in EDITED and each.mends == mends and not is_link(each)), None
    )


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
        author=by.id, updated_at=at, assistance=_assistance(draft.assistance, changes, by, at),
    )  # fmt: skip


def _assistance(before: Assistance | None, changes: Changes, by: Person, at: datetime) -> Assistance | None:
    """What a model did for the text by now, and who answers for it: whose hand it is has to say so."""
    known = before
    if changes.plain:
        known = before or Assistance(changes.plain.model, changes.plain.prompt, at)
        known = replace(known, plain=True, checked_by=None, checked_at=None)
    if known is None:
        return None
    if changes.checked:
        return replace(known, checked_by=by.id, checked_at=at)
    return known if known.checked_by == by.id else replace(known, checked_by=None, checked_at=None)


def questions(typed: Sequence[str]) -> tuple[str, ...]:
    """The lines that say something, each once."""
    return tuple(dict.fromkeys(clean for each in typed if (clean := cleaned(each))))


def cleaned(line: str) -> str:
    return " ".join(strip_controls(line).split())


def _cleaned_text(text: str) -> str:
    lines = strip_controls(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines).strip("\n")
