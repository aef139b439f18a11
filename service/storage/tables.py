"""The service's tables. Every row carries its collection: one database serves many municipalities."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from embeddings.store.tables import Moment

metadata = MetaData()

conversations = Table(
    "service_conversations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    # SHA-256 of the token: who reads this table cannot open a conversation
    Column("token_digest", String(64), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("channel", String(20), nullable=False),
    Index("service_conversations_started", "collection", "started_at"),
)

questions = Table(
    "service_questions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("collection", String(100), nullable=False),
    Column(
        "conversation_id", Uuid, ForeignKey("service_conversations.id", ondelete="CASCADE"), nullable=False
    ),
    # counts from 1 within the conversation
    Column("position", Integer, nullable=False),
    # personal data is taken out before a question gets here; `removed` names the kinds
    Column("text", Text, nullable=False),
    Column("removed", JSON, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("language", String(10), nullable=False),
    Column("asked_at", Moment, nullable=False),
    # what staff were shown may hold internal notes: it is read back by staff only
    Column("for_staff", Boolean, nullable=False),
    Column("status", String(40), nullable=False),
    Column("probability", Float, nullable=False),
    Column("certainty", String(10), nullable=False),
    Column("degraded", Boolean, nullable=False),
    # sentences, sources and candidates as shown: a copy that survives a change of the text
    Column("answer", JSON, nullable=False),
    # what is known of the form in which it was asked, so that the same form asks once
    Column("form", String(43)),
    UniqueConstraint("conversation_id", "position", name="service_questions_turn"),
    Index("service_questions_asked", "collection", "asked_at"),
    Index("service_questions_form", "collection", "form", unique=True),
)
