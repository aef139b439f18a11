"""The report of a run: what came in, what changed, what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from ingest.sources.base import Problem, Severity


@dataclass(frozen=True)
class Line:
    """One text in the report, with the reason and the place where that reason stands."""

    id: str
    reason: str
    where: str = ""


@dataclass
class Report:
    """What one run did with one source of one municipality.

    `refused` is the reason why nothing was done at all; `kept` are texts that the source did not deliver
    soundly and whose present edition stays. `left_out` were never to be published (their status says so, or
    a newer version stands already); `skipped` are broken.
    """

    collection: str
    source: str
    started: datetime
    ended: datetime | None = None
    dry_run: bool = False
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[Line] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)
    skipped: list[Line] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    warnings: list[Line] = field(default_factory=list)
    unreadable: list[Line] = field(default_factory=list)
    refused: str = ""
    passages: int = 0
    embedded: int = 0

    @property
    def failed(self) -> bool:
        """True when the source could not be read, or its delivery was refused."""
        return bool(self.unreadable or self.refused)

    @property
    def counts(self) -> dict[str, int]:
        """How many, by the words of the report."""
        lists = (
            "added",
            "changed",
            "unchanged",
            "withdrawn",
            "left_out",
            "skipped",
            "kept",
            "warnings",
            "unreadable",
        )
        return {name: len(getattr(self, name)) for name in lists}

    def note(self, problem: Problem) -> None:
        """Write a problem down where it belongs."""
        lists = {Severity.UNREADABLE: self.unreadable, Severity.SKIPPED: self.skipped}
        lists.get(problem.severity, self.warnings).append(Line(problem.id, problem.message, problem.where))

    def problems(self) -> Iterator[tuple[str, Line]]:
        """Every line that asks for somebody's attention, with the word for it; the worst first."""
        for name in ("unreadable", "skipped", "kept", "warnings"):
            for line in getattr(self, name):
                yield name.removesuffix("s"), line

    def as_json(self) -> dict[str, Any]:
        """The whole report for a file or the database."""
        whole = asdict(self)
        for name in ("started", "ended"):
            whole[name] = whole[name].isoformat() if whole[name] else None
        return whole | {"counts": self.counts, "failed": self.failed}
