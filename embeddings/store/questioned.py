"""Of which edition of each text a language model was asked for questions: once for a model and a prompt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, and_, delete, exists, insert, select
from sqlalchemy.engine import Connection

from embeddings.document import DocumentKey, Visibility
from embeddings.store.tables import documents, hidden, questioned
from embeddings.store.wordings import Made


@dataclass(frozen=True)
class Asked:
    """Who is asked, and about which texts: public ones in this language, those of some sources left out."""

    model: str
    prompt: str
    language: str = "nl"
    without: Collection[str] = ()


def waiting(connection: Connection, collection: str, asked: Asked, limit: int) -> list[DocumentKey]:
    """Texts that this model and prompt were not asked about as they are now."""
    columns = documents.c
    known = exists().where(
        _is_document(questioned),
        questioned.c.digest == columns.digest,
        questioned.c.model == asked.model,
        questioned.c.prompt == asked.prompt,
    )
    query = (
        select(columns.source, columns.id)
        .where(
            columns.collection == collection,
            columns.withdrawn_at.is_(None),
            columns.visibility == Visibility.PUBLIC.value,
            columns.language == asked.language,
            columns.source.not_in(list(asked.without)),
            ~known,
            ~exists().where(_is_document(hidden)),
        )
        .order_by(columns.source, columns.id)
        .limit(limit)
    )
    return [DocumentKey(collection, row.source, row.id) for row in connection.execute(query)]


def note(connection: Connection, key: DocumentKey, made: Made, kept: int, dropped: int) -> None:
    """Remember that a model was asked about this edition, and how many of its questions were kept."""
    place = {"collection": key.collection, "source": key.source, "id": key.id}
    where = (questioned.c[name] == value for name, value in place.items())
    connection.execute(delete(questioned).where(*where))
    values = {"digest": made.digest, "model": made.model, "prompt": made.prompt, "asked_at": made.at}
    connection.execute(insert(questioned).values(place | values | {"kept": kept, "dropped": dropped}))


def forget_gone(connection: Connection, collection: str) -> int:
    """Forget the texts that even the tombstones are gone of; how many."""
    gone = ~exists().where(_is_document(questioned))
    return connection.execute(delete(questioned).where(questioned.c.collection == collection, gone)).rowcount


def _is_document(table: Table) -> ColumnElement[bool]:
    return and_(
        documents.c.collection == table.c.collection,
        documents.c.source == table.c.source,
        documents.c.id == table.c.id,
    )
