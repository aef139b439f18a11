"""Tables of the duo loop: gaps with their askings and history, drafts, proofs, and what was chosen."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from embeddings.store.tables import Moment
from service.storage.tables import metadata

FORGOTTEN = "[gewist]"  # stands where the words of a closed gap were, or of who erased them
_ERASED = text(f"text = '{FORGOTTEN}'")

gaps = Table(
    "service_gaps",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("question", Text, nullable=False),
    # the owner: a duo, else a department, else the coordinator; empty, not null, so that lists are one query
    Column("duo", String(200), nullable=False),
    Column("department", Text, nullable=False),
    Column("product", String(500), nullable=False),
    Column("document", String(400), nullable=False),
    Column("title", Text, nullable=False),
    Column("urgency", String(10), nullable=False),
    Column("asked", Integer, nullable=False),
    Column("first_asked_at", Moment, nullable=False),
    Column("last_asked_at", Moment, nullable=False),
    Column("opened_at", Moment),
    Column("due_at", Moment),
    Column("closed_at", Moment),
    Column("reason", Text, nullable=False),
    Column("merged_into", Uuid),
    Column("reopened", Integer, nullable=False),
    # how soon it should be looked at: kept with the row, so that a list is read in its order
    Column("weight", Float, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("collection", "number", name="service_gaps_number"),
    Index("service_gaps_list", "collection", "duo", "state", "weight"),
    Index("service_gaps_department", "collection", "department", "state", "weight"),
    Index("service_gaps_state", "collection", "state", "weight"),
    Index("service_gaps_due", "collection", "state", "due_at"),
    Index("service_gaps_first", "collection", "first_asked_at"),
    Index("service_gaps_closed", "collection", "closed_at"),
)

askings = Table(
    "service_askings",
    metadata,
    Column("id", Uuid, primary_key=True),
    # as they came, or were read again: a process that knows an older number reads what is new
    Column("sequence", Integer, nullable=False),
    Column("collection", String(100), nullable=False),
    Column("gap_id", Uuid, ForeignKey("service_gaps.id", ondelete="CASCADE"), nullable=False),
    Column("question_id", Uuid),
    Column("text", Text, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("language", String(10), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("origin", String(20), nullable=False),
    Column("status", String(40), nullable=False),
    Column("fault", String(20), nullable=False),
    Column("remark", Text, nullable=False),
    Column("shown", JSON, nullable=False),
    Column("probability", Float, nullable=False),
    Column("reporter", Uuid),
    Column("told_at", Moment),
    # what joining compares: float32 vector and int8 token states of the question; empty without a model
    Column("encoder", String(200), nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("states", LargeBinary, nullable=False),
    UniqueConstraint("collection", "sequence", name="service_askings_sequence"),
    # with the origin figures need not look into the rows, which are heavy with what joining compares
    Index("service_askings_gap", "gap_id", "asked_at", "origin"),
    Index("service_askings_asked", "collection", "asked_at"),
    Index("service_askings_question", "collection", "question_id"),
    Index("service_askings_reporter", "collection", "reporter", "told_at"),
    # every process looks every other second whether there are more of them
    Index(
        "service_askings_erased",
        "collection",
        "text",
        "sequence",
        sqlite_where=_ERASED,
        postgresql_where=_ERASED,
    ),
)

addresses = Table(
    "service_addresses",
    metadata,
    # the address of a visitor who wants the answer: gone once it is sent
    Column("asking_id", Uuid, ForeignKey("service_askings.id", ondelete="CASCADE"), primary_key=True),
    Column("collection", String(100), nullable=False),
    Column("email", Text, nullable=False),
    Column("left_at", Moment, nullable=False),
)

events = Table(
    "service_gap_events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("collection", String(100), nullable=False),
    Column("gap_id", Uuid, ForeignKey("service_gaps.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Index("service_gap_events_gap", "gap_id", "number"),
    Index("service_gap_events_at", "collection", "at"),
)

drafts = Table(
    "service_drafts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    Column("gap_id", Uuid, ForeignKey("service_gaps.id", ondelete="CASCADE"), nullable=False),
    # the text as a Document in JSON
    Column("document", JSON, nullable=False),
    Column("document_id", String(400), nullable=False),
    Column("state", String(20), nullable=False),
    Column("author", Uuid, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("fact", Text, nullable=False),
    Column("checks", JSON, nullable=False),
    Column("wordings", JSON, nullable=False),
    Column("mends", String(400), nullable=False),
    Column("mends_digest", String(64), nullable=False),
    Column("reviewer", Uuid),
    Column("remark", Text, nullable=False),
    Column("submitted_at", Moment),
    Column("reviewed_at", Moment),
    Column("version", Integer, nullable=False),
    # what a language model did for it, in JSON
    Column("assistance", JSON(none_as_null=True)),
    Index("service_drafts_gap", "gap_id", "updated_at"),
    Index("service_drafts_state", "collection", "state", "updated_at"),
    Index("service_drafts_document", "collection", "document_id"),
)

draft_versions = Table(
    "service_draft_versions",
    metadata,
    Column("draft_id", Uuid, ForeignKey("service_drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("collection", String(100), nullable=False),
    # the draft as it was at this version, in JSON
    Column("content", JSON, nullable=False),
    Column("saved_by", Uuid, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

proofs = Table(
    "service_proofs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    Column("gap_id", Uuid, ForeignKey("service_gaps.id", ondelete="CASCADE"), nullable=False),
    Column("document", String(400), nullable=False),
    Column("at", Moment, nullable=False),
    Column("solved", Boolean, nullable=False),
    Column("checks", JSON, nullable=False),
    Index("service_proofs_gap", "gap_id", "at"),
)

regression = Table(
    "service_regression_questions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    Column("question", Text, nullable=False),
    Column("document", String(400), nullable=False),
    Column("fact", Text, nullable=False),
    # not a foreign key: the question outlives its gap, which retention deletes
    Column("gap_id", Uuid),
    Column("added_at", Moment, nullable=False),
    Column("holds", Boolean),
    Column("checked_at", Moment),
    UniqueConstraint("collection", "question", "document", name="service_regression_once"),
)

choices = Table(
    "service_choices",
    metadata,
    # what people of the municipality chose on a page: its details, the charter, who owns what
    Column("collection", String(100), primary_key=True),
    Column("name", String(300), primary_key=True),
    Column("value", JSON),
    Column("chosen_by", Text, nullable=False),
    Column("chosen_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)
