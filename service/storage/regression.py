"""The questions of a municipality that have to stay answered, and whether they were when last asked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from service.domain.draft import RegressionQuestion
from service.storage.gap_tables import regression


class RegressionQuestions:
    """The regression set of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self.engine = engine
        self.collection = collection

    def all(self) -> list[RegressionQuestion]:
        """Every question, in the order in which they came in."""
        query = (
            select(regression)
            .where(regression.c.collection == self.collection)
            .order_by(regression.c.added_at, regression.c.question)
        )
        with self.engine.connect() as connection:
            return [_question_of(row) for row in connection.execute(query)]


def keep(connection: Connection, questions: Sequence[RegressionQuestion]) -> None:
    """Write these questions; one that is there for the same text is replaced."""
    for one in questions:
        connection.execute(delete(regression).where(*_same(one.collection, one.question, one.document)))
        connection.execute(
            insert(regression).values(
                id=one.id,
                collection=one.collection,
                question=one.question,
                document=one.document,
                fact=one.fact,
                gap_id=one.gap,
                added_at=one.added_at,
                holds=one.holds,
                checked_at=one.checked_at,
            )
        )


def note_outcomes(
    connection: Connection, collection: str, outcomes: Iterable[tuple[uuid.UUID, bool]], at: datetime
) -> None:
    """Write down which questions hold now."""
    for question, holds in outcomes:
        connection.execute(
            update(regression)
            .where(regression.c.collection == collection, regression.c.id == question)
            .values(holds=holds, checked_at=at)
        )


def of_document(connection: Connection, collection: str, document: str) -> list[RegressionQuestion]:
    """The questions that this text ("source:id") has to answer."""
    query = select(regression).where(regression.c.collection == collection, regression.c.document == document)
    return [_question_of(row) for row in connection.execute(query)]


def forget(connection: Connection, collection: str, questions: Iterable[uuid.UUID]) -> None:
    """Take these questions out of the set."""
    connection.execute(
        delete(regression).where(regression.c.collection == collection, regression.c.id.in_(list(questions)))
    )


def _same(collection: str, question: str, document: str) -> tuple[Any, ...]:
    return (
        regression.c.collection == collection,
        regression.c.question == question,
        regression.c.document == document,
    )


def _question_of(row: Row[Any]) -> RegressionQuestion:
    return RegressionQuestion(
        id=row.id,
        collection=row.collection,
        question=row.question,
        document=row.document,
        fact=row.fact,
        gap=row.gap_id,
        added_at=row.added_at,
        holds=row.holds,
        checked_at=row.checked_at,
    )
