"""What people of the municipality chose on a page: one named value at a time, with who and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from service.storage.gap_tables import choices


class ChosenMeanwhile(Exception):
    """Somebody else saved it since it was read; `now` is what they chose."""

    def __init__(self, now: Choice) -> None:
        super().__init__(now.name)
        self.now = now


@dataclass(frozen=True)
class Choice:
    """A chosen value in JSON. `version` 0 means: nothing was chosen yet. None as a value takes it back."""

    name: str
    value: Any = None
    chosen_by: str = ""
    chosen_at: datetime | None = None
    version: int = 0


class Choices:
    """The choices of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    def get(self, name: str) -> Choice:
        """What was chosen under this name, or a choice of version 0."""
        with self._engine.connect() as connection:
            return _read(connection, self._collection, name)

    def under(self, prefix: str) -> dict[str, Choice]:
        """The choices whose name begins so, by the rest of the name."""
        query = select(choices).where(
            choices.c.collection == self._collection, choices.c.name.startswith(prefix, autoescape=True)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {
            row.name[len(prefix) :]: Choice(row.name, row.value, row.chosen_by, row.chosen_at, row.version)
            for row in rows
        }

    def put(self, connection: Connection, choice: Choice) -> Choice:
        """Save a choice that was made looking at `choice.version`, in the caller's transaction.

        Raises ChosenMeanwhile when that is not the stored version any more.
        """
        now = _read(connection, self._collection, choice.name)
        if now.version != choice.version:
            raise ChosenMeanwhile(now)
        values = {
            "value": choice.value,
            "chosen_by": choice.chosen_by,
            "chosen_at": choice.chosen_at,
            "version": choice.version + 1,
        }
        own = choices.c.collection == self._collection, choices.c.name == choice.name
        if now.version:
            connection.execute(update(choices).where(*own).values(**values))
        else:
            connection.execute(
                insert(choices).values(collection=self._collection, name=choice.name, **values)
            )
        return Choice(choice.name, choice.value, choice.chosen_by, choice.chosen_at, choice.version + 1)


def _read(connection: Connection, collection: str, name: str) -> Choice:
    row = connection.execute(
        select(choices).where(choices.c.collection == collection, choices.c.name == name)
    ).one_or_none()
    return Choice(name, row.value, row.chosen_by, row.chosen_at, row.version) if row else Choice(name)
