"""`/zijbalk/teksten/…`: a whole text at the heading that was found, as a page and inside the sidebar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from embeddings.document import Document, DocumentKey, Section, Visibility
from service.domain.productduo import Department, Member
from service.domain.question import Asker
from service.storage.related_texts import texts_about
from service.web import wording_sidebar
from service.web.cards import text_address, web_address
from service.web.dates import in_words, local_date
from service.web.desk import Desk
from service.web.house import municipality_of
from service.web.pages import page
from service.web.problems import Problem
from service.web.reception import desk_of
from service.web.reporting import approvals_of
from service.web.text_blocks import Block, text_blocks
from service.web.text_parts import Part, part_of
from service.web.visitors import asker_of_page

if TYPE_CHECKING:
    from embeddings.library import Library

RELATED = 5
WORDINGS = 3

router = APIRouter(include_in_schema=False)
Visitor = Annotated[Asker, Depends(asker_of_page)]


@dataclass(frozen=True)
class Piece:
    """A section. `found`: the question led here."""

    heading: str
    blocks: tuple[Block, ...]
    internal: bool
    found: bool


@dataclass(frozen=True)
class Tab:
    """The sections about one thing, under the id that a link leads to; `open` is the one to begin with."""

    id: str
    key: str
    name: str
    pieces: tuple[Piece, ...]
    open: bool


@dataclass(frozen=True)
class Link:
    """Another text."""

    title: str
    address: str


@dataclass(frozen=True)
class Transfer:
    """Who knows more: the department, and the duo with those of it who are there."""

    department: Department | None
    duo: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class TextView:
    """A whole text as this asker may see it."""

    title: str
    url: str
    owner: str
    updated: str
    language: str
    internal: bool
    tabs: tuple[Tab, ...]
    related: tuple[Link, ...]
    wordings: tuple[str, ...]
    transfer: Transfer | None
    said_right: str


@router.get("/zijbalk/teksten/{source}/{id:path}")
async def whole_text(request: Request, source: str, id: str, asker: Visitor, kop: str = "") -> Response:
    """All of a text; for the script without the page around it."""
    desk = desk_of(request)
    key = DocumentKey(desk.collection, source, id)
    view = await run_in_threadpool(text_view, desk, key, asker, kop)
    if view is None:
        raise Problem(404)
    values: dict[str, Any] = {
        "asker": asker,
        "text": view,
        "side": wording_sidebar,
        "municipality": await run_in_threadpool(municipality_of, request),
    }
    inside = "x-fragment" in request.headers
    return page("parts/text.html" if inside else "sidebar_text.html", **values)


def text_view(desk: Desk, key: DocumentKey, asker: Asker, found: str) -> TextView | None:
    """The text, opened at the section with the heading `found`; None when this asker may not see it."""
    library = desk.drafts.library
    document = readable(library.document(key), asker, desk.now())
    if document is None:
        return None
    updated = document.reviewed_at or document.modified_at
    return TextView(
        title=document.title,
        url=web_address(document.url),
        owner=document.owner,
        updated=in_words(local_date(updated)) if updated else "",
        language=document.language,
        internal=document.visibility is Visibility.INTERNAL,
        tabs=tabs_of(document, found, asker.staff),
        related=_related(desk, document, asker),
        wordings=_wordings(library, key) if asker.staff else (),
        transfer=_transfer(desk, document) if asker.staff else None,
        said_right=_said_right(desk, document) if asker.staff else "",
    )


def readable(document: Document | None, asker: Asker, now: datetime) -> Document | None:
    """What this asker may see of a text now: None for nothing at all."""
    if document is None or document.visibility not in asker.visibilities:
        return None
    begun = document.valid_from is None or document.valid_from <= now
    over = document.valid_until is not None and document.valid_until <= now
    sections = tuple(one for one in document.sections if one.visibility in asker.visibilities)
    return replace(document, sections=sections) if begun and not over and sections else None


def tabs_of(document: Document, found: str, with_transfer: bool) -> tuple[Tab, ...]:
    """The sections by what they are about, in the order of `Part`; the tab with the found heading is open."""
    groups: dict[Part, list[Section]] = {part: [] for part in Part}
    for section in document.sections:
        groups[part_of(section)].append(section)
    parts = [part for part in Part if groups[part] or (with_transfer and part is Part.TRANSFER)]
    at = next((part for part in parts if _holds(groups[part], found)), parts[0])
    name = sha256(f"{document.source}:{document.id}".encode()).hexdigest()[:8]
    return tuple(
        Tab(
            id=f"tekst-{name}-{part}",
            key=part.value,
            name=wording_sidebar.PARTS[part],
            pieces=tuple(_piece(section, document, found) for section in groups[part]),
            open=part is at,
        )
        for part in parts
    )


def _holds(sections: Sequence[Section], found: str) -> bool:
    return bool(found) and any(section.heading == found for section in sections)


def _piece(section: Section, document: Document, found: str) -> Piece:
    return Piece(
        heading="" if section.heading == document.title else section.heading,
        blocks=text_blocks(section.text),
        internal=section.visibility is Visibility.INTERNAL,
        found=bool(found) and section.heading == found,
    )


def _related(desk: Desk, document: Document, asker: Asker) -> tuple[Link, ...]:
    """Other texts about the same products that this asker may see."""
    library, own = desk.drafts.library, (document.source, document.id)
    keys = texts_about(library.engine, document.collection, document.products, document.language)
    others = (key for key in keys if (key.source, key.id) != own)
    seen = (readable(library.document(key), asker, desk.now()) for key in others)
    links = (Link(one.title, text_address(f"{one.source}:{one.id}", "")) for one in seen if one)
    return tuple(islice(links, RELATED))


def _wordings(library: Library, key: DocumentKey) -> tuple[str, ...]:
    """Questions that are known to lead to this text, for staff: a duo wrote or approved them."""
    known = library.wordings(key.collection).values()
    return tuple(dict.fromkeys(one.text for one in known if one.document == key))[:WORDINGS]


def _transfer(desk: Desk, document: Document) -> Transfer:
    owners = desk.signals.rules.ownership()
    duo = owners.duo_of(document.products)
    department = owners.department(document.owner) or (owners.department(duo.department) if duo else None)
    return Transfer(department, duo.name if duo else "", owners.present(duo) if duo else ())


def _said_right(desk: Desk, document: Document) -> str:
    count = approvals_of(desk).count(f"{document.source}:{document.id}")
    more = wording_sidebar.WAS_RIGHT_MORE.format(count=count) if count else ""
    return wording_sidebar.WAS_RIGHT.get(count, more)
