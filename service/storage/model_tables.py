"""What a language model may spend in a day, and digests of what it wrote."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Uuid

from embeddings.store.tables import Moment
from service.storage.tables import metadata

model_tokens = Table(
    "service_model_tokens",
    metadata,
    Column("collection", String(100), primary_key=True),
    # a website by its key, or the channel of those that have none
    Column("site", String(100), primary_key=True),
    # the day it was in Amsterdam
    Column("day", Date, primary_key=True),
    # spent, and set apart for what is under way
    Column("tokens", Integer, nullable=False),
)

generated = Table(
    "service_generated",
    metadata,
    Column("collection", String(100), primary_key=True),
    # SHA-256 of a sentence or of a whole text, white space and case aside: the words cannot be read from it
    Column("digest", String(64), primary_key=True),
    # it goes when its question goes
    Column("question_id", Uuid, ForeignKey("service_questions.id", ondelete="CASCADE"), primary_key=True),
    Column("model", String(200), nullable=False),
    Column("made_at", Moment, nullable=False),
    Index("service_generated_question", "question_id"),
)
