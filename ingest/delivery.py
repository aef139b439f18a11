"""Everything a source delivered in one run, put in order: one answer for each id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from embeddings.document import Document
from ingest.lint import lint
from ingest.report import Line, Report
from ingest.sources.base import Delivery, Found, Problem, Severity, Source, Withdrawal

LONGEST = {"id": 300, "kind": 50, "language": 10, "title": 2_000, "url": 2_000, "owner": 500}  # characters


@dataclass
class Delivered:
    """What the source says about each text.

    `kept` are texts behind a broken record; `complete` is false when texts may be missing that nobody can
    name. In both cases absence is no reason to withdraw.
    """

    found: dict[str, Found] = field(default_factory=dict)
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)
    kept: dict[str, Problem] = field(default_factory=dict)
    complete: bool = True

    @property
    def ids(self) -> set[str]:
        """Every id that the source still knows."""
        return {*self.found, *self.withdrawn, *self.kept}


def gather(source: Source, report: Report, on_read: Callable[[int], None] | None = None) -> Delivered:
    """Read the whole source; problems and lint warnings go straight into the report."""
    delivered = Delivered()
    for number, delivery in enumerate(source.read(), start=1):
        delivery = _fitting(delivery)
        if isinstance(delivery, Problem):
            _note(delivery, delivered, report)
        elif _is_newest(delivery, delivered, report):
            _take(delivery, delivered)
        if on_read:
            on_read(number)
    for found in delivered.found.values():
        _lint(found, report)
    return delivered


def publishable(document: Document) -> Document:
    """The document as it is published: headings without a text are left out (lint has named them)."""
    return replace(document, sections=tuple(part for part in document.sections if part.text.strip()))


def _fitting(delivery: Delivery) -> Delivery:
    """The delivery itself, or a problem when one of its names is longer than the library keeps."""
    if not isinstance(delivery, Found):
        return delivery
    document = delivery.document
    for name, longest in LONGEST.items():
        if len(getattr(document, name)) > longest:
            message = f"{name} longer than {longest} characters"
            return Problem(delivery.where, message, Severity.SKIPPED, document.id[:100], keeps=(document.id,))
    return delivery


def _note(problem: Problem, delivered: Delivered, report: Report) -> None:
    report.note(problem)
    delivered.complete &= not problem.incomplete
    if problem.severity is Severity.SKIPPED:
        delivered.kept.update(dict.fromkeys(problem.keeps, problem))


def _take(delivery: Found | Withdrawal, delivered: Delivered) -> None:
    if isinstance(delivery, Found):
        delivered.withdrawn.pop(delivery.document.id, None)
        delivered.found[delivery.document.id] = delivery
    else:
        delivered.found.pop(delivery.id, None)
        delivered.withdrawn[delivery.id] = delivery


def _is_newest(delivery: Found | Withdrawal, delivered: Delivered, report: Report) -> bool:
    """True unless a higher version of the same text came before; without versions the last one counts."""
    id_, version, where = _identity(delivery)
    earlier = delivered.found.get(id_) or delivered.withdrawn.get(id_)
    if earlier is None or _same(earlier, delivery):
        return True
    _, other, elsewhere = _identity(earlier)
    newest = version is None or other is None or version >= other
    if version == other:
        report.warnings.append(Line(id_, f"delivered twice, also at {elsewhere}: the last one counts", where))
    return newest


def _same(one: Found | Withdrawal, other: Found | Withdrawal) -> bool:
    if isinstance(one, Found) and isinstance(other, Found):
        return one.document == other.document
    return isinstance(one, Withdrawal) and isinstance(other, Withdrawal) and one.version == other.version


def _identity(delivery: Found | Withdrawal) -> tuple[str, int | None, str]:
    if isinstance(delivery, Found):
        return delivery.document.id, delivery.document.version, delivery.where
    return delivery.id, delivery.version, delivery.where


def _lint(found: Found, report: Report) -> None:
    for warning in lint(found.document, found.links):
        report.warnings.append(Line(found.document.id, warning, found.where))
