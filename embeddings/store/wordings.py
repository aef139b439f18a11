"""Known wordings in SQL: which question means which document, whatever its source does with the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, insert, select, update
from sqlalchemy.engine import Connection

from embeddings.document import DocumentKey, Passage
from embeddings.store.tables import documents, wordings

_MODEL = "model"  # whose a wording is; people's say nothing
_PEOPLES = wordings.c.origin.is_(None)


@dataclass(frozen=True)
class Made:
    """Who made a wording, where no person did: a language model with a prompt, of the text with a digest."""

    model: str
    prompt: str
    digest: str
    at: datetime


@dataclass(frozen=True)
class Wording:
    """A question that leads to a document: asked like this, that document is meant. A person linked it,
    unless `made` says which model made it of the text."""

    document: DocumentKey
    text: str
    language: str = "nl"
    made: Made | None = None

    def passage(self, title: str) -> Passage:
        """What an encoder reads of it: the wording as a passage of its document, which has this title."""
        return Passage(self.document, 0, title, "", self.text)


def add(connection: Connection, wording: Wording, at_revision: int) -> int:
    """Store a wording; its id, which is never used twice."""
    key = wording.document
    values = {
        "collection": key.collection,
        "source": key.source,
        "document_id": key.id,
        "text": wording.text,
        "language": wording.language,
        "added_revision": at_revision,
    } | (_made_values(wording.made) if wording.made else {})
    return int(connection.execute(insert(wordings).values(values).returning(wordings.c.id)).scalar_one())


def remove(connection: Connection, collection: str, id: int, at_revision: int) -> None:
    """Take a wording away: its text at once, its empty row when every index has seen that."""
    connection.execute(
        update(wordings)
        .where(*_live(collection), wordings.c.id == id)
        .values(removed_revision=at_revision, text="")
    )


def live(connection: Connection, collection: str) -> dict[int, Wording]:
    """People's wordings of a collection by id, those of documents that are withdrawn for now included."""
    return _all(connection, *_live(collection), _PEOPLES)


def made(connection: Connection, collection: str) -> dict[int, Wording]:
    """The wordings that a model made, by id."""
    return _all(connection, *_live(collection), wordings.c.origin == _MODEL)


def remove_made(
    connection: Connection, collection: str, at_revision: int, of: DocumentKey | None = None, but: str = ""
) -> int:
    """Take the wordings that a model made away, all or those of one document; those that were made of the
    edition with the digest `but` stay. Returns how many went."""
    own = [*_live(collection), wordings.c.origin == _MODEL]
    if of is not None:
        own += [wordings.c.source == of.source, wordings.c.document_id == of.id, wordings.c.of_digest != but]
    return connection.execute(
        update(wordings).where(*own).values(removed_revision=at_revision, text="")
    ).rowcount


def of_source(connection: Connection, collection: str, source: str) -> dict[int, Wording]:
    """People's wordings of one source's documents, by id."""
    return _all(connection, *_live(collection), wordings.c.source == source, _PEOPLES)


def since(connection: Connection, collection: str, known: int) -> tuple[dict[int, Wording], list[int]]:
    """Wordings added after revision `known`, people's and made ones, by id; and ids removed after it."""
    added = connection.execute(select(wordings).where(*_live(collection), wordings.c.added_revision > known))
    removed = connection.execute(
        select(wordings.c.id).where(wordings.c.collection == collection, wordings.c.removed_revision > known)
    )
    return {row.id: _wording(row) for row in added}, [row.id for row in removed]


def readable(connection: Connection, collection: str) -> list[Passage]:
    """What an encoder reads of the wordings whose documents are published now."""
    query = select(wordings, documents.c.title).join(documents, _its_document())
    rows = connection.execute(query.where(*_live(collection), documents.c.withdrawn_at.is_(None)))
    return [_wording(row).passage(row.title) for row in rows]


def orphans(connection: Connection, collection: str) -> list[int]:
    """Ids of the wordings of documents that even their tombstones are gone of."""
    query = select(wordings.c.id).where(*_live(collection), ~exists().where(_its_document()))
    return list(connection.execute(query).scalars())


def purge_removed(connection: Connection, collection: str, up_to_revision: int) -> int:
    """Delete the empty rows of wordings removed at or before a revision that every index has passed."""
    done = connection.execute(
        delete(wordings).where(
            wordings.c.collection == collection, wordings.c.removed_revision <= up_to_revision
        )
    )
    return done.rowcount


def _all(connection: Connection, *which: ColumnElement[bool]) -> dict[int, Wording]:
    query = select(wordings).where(*which).order_by(wordings.c.id)
    return {row.id: _wording(row) for row in connection.execute(query)}


def _made_values(made: Made) -> dict[str, Any]:
    return {
        "origin": _MODEL,
        "of_digest": made.digest,
        "model": made.model,
        "prompt": made.prompt,
        "made_at": made.at,
    }


def _live(collection: str) -> Iterable[ColumnElement[bool]]:
    return wordings.c.collection == collection, wordings.c.removed_revision.is_(None)


def _its_document() -> ColumnElement[bool]:
    return and_(
        documents.c.collection == wordings.c.collection,
        documents.c.source == wordings.c.source,
        documents.c.id == wordings.c.document_id,
    )


def _wording(row: Row[Any]) -> Wording:
    made = Made(row.model, row.prompt, row.of_digest, row.made_at) if row.origin == _MODEL else None
    return Wording(DocumentKey(row.collection, row.source, row.document_id), row.text, row.language, made)
