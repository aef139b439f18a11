"""Nobody is told and nothing is audited: for evaluations, which have no people."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection

from service.domain.gap import Gap
from service.domain.person import Person
from service.duos.ownership import Ownership


class Silence:
    """Heralds and audit that say nothing."""

    def note_in(
        self,
        connection: Connection,
        actor: str,
        action: str,
        subject: str,
        outcome: str = "ok",
        request_id: str = "",
        **details: str | int | bool,
    ) -> None:
        """Writes nothing."""

    def opened(self, connection: Connection, gap: Gap, ownership: Ownership) -> None:
        """Says nothing."""

    def handed_over(self, connection: Connection, gap: Gap, ownership: Ownership, note: str, by: str) -> None:
        """Says nothing."""

    def review_asked(self, connection: Connection, gap: Gap, ownership: Ownership, by: Person) -> None:
        """Says nothing."""

    def returned(
        self, connection: Connection, gap: Gap, ownership: Ownership, remark: str, by: Person
    ) -> None:
        """Says nothing."""

    def closed(self, connection: Connection, gap: Gap, waiting: list[tuple[uuid.UUID, str]]) -> None:
        """Says nothing."""
