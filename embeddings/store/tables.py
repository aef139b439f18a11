"""The library's tables. Every row carries its collection: one database serves many municipalities."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """An aware date-time, kept as UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

collections = Table(
    "library_collections",
    metadata,
    Column("collection", String(100), primary_key=True),
    # grows by one with every change: a process that knows an older number looks again
    Column("revision", Integer, nullable=False),
)

documents = Table(
    "library_documents",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("source", String(50), primary_key=True),
    Column("id", String(300), primary_key=True),
    Column("title", Text, nullable=False),
    Column("kind", String(50), nullable=False),
    Column("language", String(10), nullable=False),
    Column("url", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("audience", String(20), nullable=False),
    Column("visibility", String(20), nullable=False),
    Column("valid_from", Moment),
    Column("valid_until", Moment),
    Column("modified_at", Moment),
    Column("reviewed_at", Moment),
    Column("version", Integer),
    Column("products", JSON, nullable=False),
    Column("keywords", JSON, nullable=False),
    Column("sections", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    # a tombstone keeps its version, so that an older delivery cannot bring the text back
    Column("withdrawn_at", Moment),
)

passages = Table(
    "library_passages",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("collection", String(100), nullable=False),
    Column("source", String(50), nullable=False),
    Column("document_id", String(300), nullable=False),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String(50), nullable=False),
    Column("keywords", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("language", String(10), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("visibility", String(20), nullable=False),
    Column("valid_from", Moment),
    Column("valid_until", Moment),
    Column("added_revision", Integer, nullable=False),
    # a removed passage stays as an empty row until every index has seen it go
    Column("removed_revision", Integer),
    ForeignKeyConstraint(
        ["collection", "source", "document_id"],
        ["library_documents.collection", "library_documents.source", "library_documents.id"],
    ),
    Index("library_passages_added", "collection", "added_revision"),
    Index("library_passages_removed", "collection", "removed_revision"),
    Index("library_passages_document", "collection", "source", "document_id"),
    # a key is never used twice, or an old index could point at a new text
    sqlite_autoincrement=True,
)

# other ways to ask for a document. Beside the documents, which their sources publish again and again; what
# an encoder reads of one begins with the title that its document has by then
wordings = Table(
    "library_wordings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("collection", String(100), nullable=False),
    Column("source", String(50), nullable=False),
    Column("document_id", String(300), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(10), nullable=False),
    Column("added_revision", Integer, nullable=False),
    # like a removed passage: an empty row until every index has seen it go
    Column("removed_revision", Integer),
    # "model" for one that a language model made of the text with this digest; none for people's
    Column("origin", String(10)),
    Column("of_digest", String(64)),
    Column("model", String(200)),
    Column("prompt", String(100)),
    Column("made_at", Moment),
    Index("library_wordings_document", "collection", "source", "document_id"),
    Index("library_wordings_added", "collection", "added_revision"),
    Index("library_wordings_removed", "collection", "removed_revision"),
    sqlite_autoincrement=True,
)

# of which edition of a text a language model was asked for questions, and what came of it; no words
questioned = Table(
    "library_questioned",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("source", String(50), primary_key=True),
    Column("id", String(300), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("model", String(200), nullable=False),
    Column("prompt", String(100), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("dropped", Integer, nullable=False),
)

# texts that are published by their source, and that may not be found here
hidden = Table(
    "library_hidden",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("source", String(50), primary_key=True),
    Column("id", String(300), primary_key=True),
    # more than one may hold: it comes back when the last one is gone
    Column("why", String(20), primary_key=True),
    Column("hidden_at", Moment, nullable=False),
)

vectors = Table(
    "library_vectors",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("encoder", String(200), primary_key=True),
    Column("digest", String(64), primary_key=True),
    # float32, little-endian, unit length
    Column("vector", LargeBinary, nullable=False),
    # int8 token states, row after row, each the unit vector times 127
    Column("states", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
)
