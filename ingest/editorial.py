"""Service's door to ingest: check and publish a duo's text, write it out as a VAC, read who owns what."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine

from embeddings.document import Audience, Document, Section, Visibility
from ingest.catalogue import Catalogue, Outcome
from ingest.delivery import publishable
from ingest.lint import lint
from ingest.organisation import Department, Duo, Member
from ingest.records import Run, migrate, read_runs, read_stored_organisation

__all__ = [
    "NEWS", "SOURCE", "Department", "Duo", "Member", "Published", "Run", "as_published", "as_vac_object",
    "check_text", "departments", "duo_of_product", "duos", "members", "migrate", "publish_news",
    "publish_text", "runs", "withdraw_text",
]  # fmt: skip

SOURCE = "redactie"  # texts that a duo wrote here
NEWS = "actueel"  # news that a coordinator pinned for a while

_AUDIENCES = {
    Audience.RESIDENT: "eu-burger",
    Audience.BUSINESS: "eu-bedrijf",
    Audience.EVERYONE: "eu-burger-bedrijf",
}


@dataclass(frozen=True)
class Published:
    """What the library did with a text, and what lint thinks of it."""

    outcome: Outcome
    warnings: tuple[str, ...]


def departments(engine: Engine, collection: str) -> tuple[Department, ...]:
    """The departments of a municipality."""
    return read_stored_organisation(engine, collection).departments


def members(engine: Engine, collection: str) -> tuple[Member, ...]:
    """Everybody who can be in a duo: for staff only."""
    return read_stored_organisation(engine, collection).members


def duos(engine: Engine, collection: str) -> tuple[Duo, ...]:
    """The productduos of a municipality."""
    return read_stored_organisation(engine, collection).duos


def duo_of_product(engine: Engine, collection: str, product: str) -> Duo | None:
    """The duo that owns a product (its UPL address), or None."""
    return next((duo for duo in duos(engine, collection) if product in duo.products), None)


def runs(engine: Engine, collection: str, limit: int = 50) -> tuple[Run, ...]:
    """The latest runs of ingest, newest first."""
    return read_runs(engine, collection, limit)


def check_text(document: Document) -> tuple[str, ...]:
    """What an editor should look at before this is published."""
    return tuple(lint(document))


def publish_text(library: Catalogue, document: Document) -> Published:
    """Publish a duo's text by the door that every source takes, under the source name `redactie`."""
    own = as_published(document)
    if not own.title.strip() or not own.sections:
        raise ValueError("a text needs a title and at least one section with text")
    return Published(library.apply(own.collection, SOURCE, [own]), check_text(document))


def as_published(document: Document) -> Document:
    """The text as `publish_text` publishes it: to look at before that is done."""
    return publishable(replace(document, source=SOURCE))


def withdraw_text(library: Catalogue, collection: str, id: str) -> Outcome:
    """Withdraw a duo's text; it may be published again."""
    return library.apply(collection, SOURCE, withdraw={id: None})


def publish_news(library: Catalogue, collection: str, news: Sequence[Document]) -> Outcome:
    """Let exactly these be the news: what is new or changed is published, what is not among them withdrawn.

    Doing it again changes nothing.
    """
    own = [publishable(replace(document, source=NEWS)) for document in news]
    ids = {document.id for document in own}
    gone = {id: None for id in library.published(collection, NEWS) if id not in ids}
    return library.apply(collection, NEWS, own, gone)


def as_vac_object(document: Document) -> dict[str, Any]:
    """The data of a VAC (objecttype of the community) with this text, to carry to another system."""
    # A VAC is public by nature: of an internal document nothing may become its answer.
    public = [
        part for part in document.sections if part.visibility is document.visibility is Visibility.PUBLIC
    ]
    notes = [part.text for part in document.sections if part not in public]
    vac: dict[str, Any] = {
        "vraag": document.title,
        "antwoord": "\n".join(_as_html(part) for part in public),
        "status": "actief",
        "doelgroep": _AUDIENCES[document.audience],
        "afdelingen": [{"afdelingNaam": document.owner}] if document.owner else [],
        "toelichting": "\n\n".join(notes),
        "trefwoorden": [{"trefwoord": keyword} for keyword in document.keywords],
        "gerelateerdeVACs": [],
        "gerelateerdeProducten": [{"product": product} for product in document.products],
    }
    return vac | ({"url": document.url} if document.url else {})


def _as_html(section: Section) -> str:
    heading = f"<h3>{html.escape(section.heading)}</h3>\n" if section.heading else ""
    return heading + "\n".join(_block(part) for part in section.text.split("\n\n") if part)


def _block(text: str) -> str:
    """A paragraph, or the lines of a list or table kept as lines."""
    lines = [html.escape(line) for line in text.split("\n")]
    if all(line.startswith("• ") for line in lines):
        return "<ul>" + "".join(f"<li>{line.removeprefix('• ')}</li>" for line in lines) + "</ul>"
    if all("\t" in line for line in lines):
        rows = ("".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in lines)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    return "<p>" + "<br>".join(lines) + "</p>"
