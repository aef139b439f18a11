"""How many questions ended how, per day and product: counted as they come, kept when they are deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, case, func, select
from sqlalchemy.dialects import postgresql, sqlite

from service.domain.answer import Status
from service.domain.question import Channel
from service.storage.figure_tables import daily_counts

# what counts in the share that is answered: the rest is refused, asked back, or a breakdown of ours
ANSWERED = (Status.ANSWERED,)
ESCALATED = (Status.ANSWERED_PARTLY, Status.NO_SOURCE, Status.LOW_CONFIDENCE)


@dataclass(frozen=True)
class ProductCount:
    """Questions about one product. `judged` are those that could have been answered, `answered` those that
    were answered without a duo, `certain` those of them of which we were certain."""

    product: str
    questions: int
    judged: int
    answered: int
    certain: int


def count(
    connection: Connection,
    collection: str,
    day: date,
    product: str,
    status: Status,
    channel: Channel,
    certain: bool,
) -> None:
    """Count one question, in the caller's transaction."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {
        "collection": collection,
        "day": day,
        "product": product,
        "status": status.value,
        "channel": channel.value,
        "certain": certain,
        "questions": 1,
    }
    connection.execute(
        dialect.insert(daily_counts)
        .values(row)
        .on_conflict_do_update(
            index_elements=list(daily_counts.primary_key.columns),
            set_={"questions": daily_counts.c.questions + 1},
        )
    )


class DailyCounts:
    """The counts of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    def products(self, first: date, after: date) -> list[ProductCount]:
        """Every product that was asked about from `first` up to `after`, most asked first."""
        answered = daily_counts.c.status.in_([status.value for status in ANSWERED])
        judged = daily_counts.c.status.in_([status.value for status in (*ANSWERED, *ESCALATED)])
        questions = func.sum(daily_counts.c.questions)
        query = (
            select(
                daily_counts.c.product,
                questions,
                func.sum(case((judged, daily_counts.c.questions), else_=0)),
                func.sum(case((answered, daily_counts.c.questions), else_=0)),
                func.sum(case((answered & daily_counts.c.certain, daily_counts.c.questions), else_=0)),
            )
            .where(
                daily_counts.c.collection == self._collection,
                daily_counts.c.day >= first,
                daily_counts.c.day < after,
            )
            .group_by(daily_counts.c.product)
            .order_by(questions.desc(), daily_counts.c.product)
        )
        with self._engine.connect() as connection:
            return [ProductCount(*row) for row in connection.execute(query)]
