"""How often agents said that an answer from a text was right: once a question, without a name or a word."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Column, Date, Engine, Index, String, Table, Uuid, func, select
from sqlalchemy.dialects import postgresql, sqlite

from embeddings.store.database import writing
from service.storage.tables import metadata

approvals = Table(
    "service_approvals",
    metadata,
    Column("collection", String(100), primary_key=True),
    # the question is deleted after a month; its number is then nobody's
    Column("question_id", Uuid, primary_key=True),
    # "source:id" of a text that was cited
    Column("document", String(400), primary_key=True),
    # the day it was in Amsterdam
    Column("day", Date, nullable=False),
    Index("service_approvals_document", "collection", "document"),
)


class Approvals:
    """What agents of one municipality said was right."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    def approve(self, question_id: uuid.UUID, documents: Iterable[str], day: date) -> None:
        """Note that the answer from these texts was right; saying it again changes nothing."""
        rows = [
            {"collection": self._collection, "question_id": question_id, "document": one, "day": day}
            for one in dict.fromkeys(documents)
        ]
        if not rows:
            return
        with writing(self._engine).begin() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            connection.execute(dialect.insert(approvals).values(rows).on_conflict_do_nothing())

    def count(self, document: str) -> int:
        """How often an answer from this text was right."""
        query = (
            select(func.count())
            .select_from(approvals)
            .where(approvals.c.collection == self._collection, approvals.c.document == document)
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one()
