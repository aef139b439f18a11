"""Saving what people choose on a page: the choice and its line in the audit, both or neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from embeddings.store.database import writing
from service.domain.person import Person
from service.duos.transitions import Auditing
from service.storage.choices import Choice, Choices


@dataclass(frozen=True)
class Chosen:
    """Something to save: the value that somebody chose while looking at this version of it."""

    name: str
    value: Any
    version: int


@dataclass(frozen=True)
class Chooser:
    """Somebody at a page. `request_id` is the request that the audit names."""

    engine: Engine
    choices: Choices
    audit: Auditing
    now: Callable[[], datetime]
    by: Person
    request_id: str = ""

    def save(self, action: str, *chosen: Chosen) -> None:
        """Save it all. Raises ChosenMeanwhile, and saves nothing, when somebody else was first."""
        with writing(self.engine).begin() as connection:
            for each in chosen:
                self.save_in(connection, action, each)

    def save_in(self, connection: Connection, action: str, chosen: Chosen) -> None:
        """The same, in the transaction of something else."""
        choice = Choice(chosen.name, chosen.value, self.by.display_name, self.now(), chosen.version)
        kept = self.choices.put(connection, choice)
        self.audit.note_in(
            connection, str(self.by.id), action, chosen.name, "ok", self.request_id, version=kept.version
        )
