"""The daily budget of the language model, per website: set apart before a call, settled after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from sqlalchemy import ColumnElement, Engine, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from embeddings.store.database import writing
from service.domain.local_time import AMSTERDAM
from service.storage.model_tables import model_tokens

log = structlog.get_logger()


@dataclass(frozen=True)
class Reserved:
    """Tokens set apart for one call, on the day it began."""

    budget: ModelTokens
    site: str
    day: date
    tokens: int

    def settle(self, used: int) -> None:
        """Put back what was not used, or write down what was used more."""
        self.budget.add(self.site, self.day, used - self.tokens)


class ModelTokens:
    """What the model may spend for one municipality: `daily` tokens a site and day."""

    def __init__(self, engine: Engine, collection: str, daily: int, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._collection = collection
        self._daily = daily
        self._now = now

    def reserve(self, site: str, tokens: int) -> Reserved | None:
        """Set tokens apart; None when there are not so many left today, or when nobody can count them."""
        day = self._now().astimezone(AMSTERDAM).date()
        try:
            taken = tokens <= self._daily and self._take(site, day, tokens)
        except SQLAlchemyError as error:
            # guard S23: spending fails closed, the quote stands
            log.error("the budget of the model cannot be counted", kind=type(error).__name__)
            return None
        return Reserved(self, site, day, tokens) if taken else None

    def add(self, site: str, day: date, tokens: int) -> None:
        """Change what was spent on a day."""
        try:
            with writing(self._engine).begin() as connection:
                connection.execute(
                    update(model_tokens)
                    .where(*self._own(site, day))
                    .values(tokens=model_tokens.c.tokens + tokens)
                )
        except SQLAlchemyError as error:
            # what was set apart stays spent: too little is left, never too much
            log.error("the budget of the model cannot be settled", kind=type(error).__name__)

    def _take(self, site: str, day: date, tokens: int) -> bool:
        """One statement: two processes at once cannot both take the last tokens."""
        with writing(self._engine).begin() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            statement = dialect.insert(model_tokens).values(
                collection=self._collection, site=site, day=day, tokens=tokens
            )
            done = connection.execute(
                statement.on_conflict_do_update(
                    index_elements=list(model_tokens.primary_key.columns),
                    set_={"tokens": model_tokens.c.tokens + tokens},
                    where=model_tokens.c.tokens + tokens <= self._daily,
                )
            )
            return done.rowcount > 0

    def _own(self, site: str, day: date) -> tuple[ColumnElement[bool], ...]:
        columns = model_tokens.c
        return columns.collection == self._collection, columns.site == site, columns.day == day
