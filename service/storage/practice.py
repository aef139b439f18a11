"""How practising went, by product and day: never by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Column, Date, Engine, Integer, String, Table, case, func, select
from sqlalchemy.dialects import postgresql, sqlite

from embeddings.store.database import writing
from service.storage.tables import metadata

practice_counts = Table(
    "service_practice_counts",
    metadata,
    Column("collection", String(100), primary_key=True),
    # the day it was in Amsterdam
    Column("day", Date, primary_key=True),
    # UPL address, empty for a text without one
    Column("product", String(500), primary_key=True),
    Column("verdict", String(20), primary_key=True),
    Column("answers", Integer, nullable=False),
)


class Verdict(StrEnum):
    """How good a practised answer was."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True)
class PracticeCount:
    """What was practised about one product."""

    product: str
    answers: int
    right: int
    partly: int

    @property
    def wrong(self) -> int:
        return self.answers - self.right - self.partly


class PracticeCounts:
    """The counts of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    def add(self, day: date, product: str, verdict: Verdict) -> None:
        """Count one answer."""
        row = {
            "collection": self._collection, "day": day, "product": product, "verdict": verdict.value,
            "answers": 1,
        }  # fmt: skip
        with writing(self._engine).begin() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            connection.execute(
                dialect.insert(practice_counts)
                .values(row)
                .on_conflict_do_update(
                    index_elements=list(practice_counts.primary_key.columns),
                    set_={"answers": practice_counts.c.answers + 1},
                )
            )

    def products(self, first: date) -> tuple[PracticeCount, ...]:
        """Every product that was practised since that day."""
        answers = practice_counts.c.answers
        query = (
            select(
                practice_counts.c.product,
                func.sum(answers),
                func.sum(case((practice_counts.c.verdict == Verdict.RIGHT.value, answers), else_=0)),
                func.sum(case((practice_counts.c.verdict == Verdict.PARTLY.value, answers), else_=0)),
            )
            .where(practice_counts.c.collection == self._collection, practice_counts.c.day >= first)
            .group_by(practice_counts.c.product)
            .order_by(practice_counts.c.product)
        )
        with self._engine.connect() as connection:
            return tuple(PracticeCount(*row) for row in connection.execute(query))
