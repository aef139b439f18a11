"""Texts that are published and yet may not be found: another one took their place, or an editor stopped them.

Their source goes on publishing them; whoever hid them decides when they come back. The database confirms
nothing of a hidden text, so it is gone from every process at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.engine import Connection

from embeddings.document import Document, DocumentKey
from embeddings.store import documents as store
from embeddings.store.tables import hidden


def hide(connection: Connection, key: DocumentKey, why: str, now: datetime) -> None:
    """Keep a text from being found, for this reason; one that is not published yet too."""
    if why in reasons(connection, key):
        return
    place = {"collection": key.collection, "source": key.source, "id": key.id}
    connection.execute(insert(hidden).values(place | {"why": why, "hidden_at": now}))
    store.next_revision(connection, key.collection)  # who asks everything again after a change sees one


def show(connection: Connection, key: DocumentKey, why: str) -> None:
    """Take a reason away; the text is found again when it was the last one."""
    gone = connection.execute(delete(hidden).where(*_is(key), hidden.c.why == why)).rowcount
    if gone:
        store.next_revision(connection, key.collection)


def reasons(connection: Connection, key: DocumentKey) -> frozenset[str]:
    """Why a text is hidden; empty when it is not."""
    return frozenset(connection.execute(select(hidden.c.why).where(*_is(key))).scalars())


def document(connection: Connection, key: DocumentKey) -> Document | None:
    """The document as its source publishes it, hidden or not."""
    return store.document(connection, key)


def _is(key: DocumentKey) -> Iterable[ColumnElement[bool]]:
    return (
        hidden.c.collection == key.collection,
        hidden.c.source == key.source,
        hidden.c.id == key.id,
    )
