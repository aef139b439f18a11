"""The texts of duos that are in force, and what each replaces; they outlive their signals."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from service.storage.choices import Choice, Choices

_PREFIX = "text:"  # of the choices that remember them


@dataclass(frozen=True)
class Standing:
    """A published text of a duo. `replaces` ("source:id") is the text of another source that is hidden for
    it, empty when there is none, and `digest` what that was when somebody last looked. `gap` is the signal
    for which it was written last."""

    id: str
    gap: uuid.UUID
    replaces: str = ""
    digest: str = ""


class StandingTexts:
    """Reads and writes them, for one municipality."""

    def __init__(self, choices: Choices, now: Callable[[], datetime]) -> None:
        self._choices = choices
        self._now = now

    def all(self) -> list[Standing]:
        return [
            Standing(id, uuid.UUID(each.value["gap"]), each.value["replaces"], each.value["digest"])
            for id, each in sorted(self._choices.under(_PREFIX).items())
            if each.value is not None
        ]

    def find(self, id: str) -> Standing | None:
        value = self._choices.get(_PREFIX + id).value
        return Standing(id, uuid.UUID(value["gap"]), value["replaces"], value["digest"]) if value else None

    def put(self, connection: Connection, text: Standing, by: str) -> None:
        """Write it down, within a transaction that holds the write lock."""
        value = {"gap": str(text.gap), "replaces": text.replaces, "digest": text.digest}
        self._choose(connection, text.id, value, by)

    def end(self, connection: Connection, id: str, by: str) -> None:
        """It is in force no longer."""
        self._choose(connection, id, None, by)

    def _choose(self, connection: Connection, id: str, value: dict[str, str] | None, by: str) -> None:
        before = self._choices.get(_PREFIX + id)
        self._choices.put(connection, Choice(before.name, value, by, self._now(), before.version))
