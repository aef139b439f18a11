"""Which answers helped, as visitors said: once a question, without a person or a word.

It goes with its question: when the conversation is erased, or its time is over.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date

from sqlalchemy import Column, Date, Engine, ForeignKey, Index, String, Table, Uuid, delete, select

from embeddings.store.database import writing
from service.storage.once import insert_once
from service.storage.tables import metadata

helped = Table(
    "service_helped",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("question_id", Uuid, ForeignKey("service_questions.id", ondelete="CASCADE"), primary_key=True),
    # the day it was in Amsterdam
    Column("day", Date, nullable=False),
    Index("service_helped_question", "question_id"),
)


class Helped:
    """What visitors of one municipality said that helped."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    def note(self, question: uuid.UUID, day: date) -> None:
        """The answer to this kept question helped; saying it again changes nothing."""
        row = {"collection": self._collection, "question_id": question, "day": day}
        with writing(self._engine).begin() as connection:
            insert_once(connection, helped, row)

    def take_back(self, question: uuid.UUID) -> None:
        """It did not help after all."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                delete(helped).where(
                    helped.c.collection == self._collection, helped.c.question_id == question
                )
            )

    def among(self, questions: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
        """Those of these questions whose answer helped."""
        query = select(helped.c.question_id).where(
            helped.c.collection == self._collection, helped.c.question_id.in_(questions)
        )
        with self._engine.connect() as connection:
            return frozenset(connection.execute(query).scalars())
