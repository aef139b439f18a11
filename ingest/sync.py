"""Makes the library equal to a source: read, translate, lint, compare, and one change for all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from embeddings.document import Document
from ingest.catalogue import Catalogue, Outcome, Progress, StoredEdition
from ingest.delivery import Delivered, gather, publishable
from ingest.report import Line, Report
from ingest.sources.base import Feed, Found, Source, Withdrawal

# More withdrawals than both of these at once is seldom what an editor meant: an export that broke off,
# a filter that was left on. Chosen by us on 2025-11: a yearly clean-up stays below 30 %.
MOST_WITHDRAWN_SHARE = 0.30
MOST_WITHDRAWN = 20


@dataclass(frozen=True)
class Choices:
    """How a run treats what it finds.

    `partial`: what is absent stays. `allow_shrink`: many withdrawals at once are meant. `dry_run`: only say.
    """

    partial: bool = False
    allow_shrink: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class _Change:
    publish: tuple[Found, ...]
    withdraw: tuple[Withdrawal, ...]
    unchanged: tuple[str, ...]


def sync(
    source: Source, feed: Feed, library: Catalogue, choices: Choices = Choices(),
    on_read: Callable[[int], None] | None = None, on_embed: Progress | None = None,
) -> Report:  # fmt: skip
    """Bring the library up to date with a source, and report every text that was touched or left out."""
    report = Report(feed.collection, feed.name, datetime.now(UTC), dry_run=choices.dry_run)
    delivered = gather(source, report, on_read)
    stored = library.published(feed.collection, feed.name)
    change = _compare(delivered, stored, choices, report)
    report.refused = _too_much_goes(delivered, change, stored, choices)
    if not report.refused:
        _carry_out(change, stored, feed, library, choices, report, on_embed)
    report.ended = datetime.now(UTC)
    return report


def check(source: Source, feed: Feed, on_read: Callable[[int], None] | None = None) -> Report:
    """Read and lint a source without a library: `added` is what would be published into an empty one."""
    report = Report(feed.collection, feed.name, datetime.now(UTC), dry_run=True)
    delivered = gather(source, report, on_read)
    report.added = list(delivered.found)
    report.left_out += [Line(gone.id, gone.reason, gone.where) for gone in delivered.withdrawn.values()]
    report.ended = datetime.now(UTC)
    return report


def _compare(
    delivered: Delivered, stored: Mapping[str, StoredEdition], choices: Choices, report: Report
) -> _Change:
    publish, unchanged = [], []
    for id_, found in delivered.found.items():
        if _is_stored(publishable(found.document), stored.get(id_)):
            unchanged.append(id_)
        else:
            _warn_of_gap(found, stored, report)
            publish.append(found)
    withdraw = _said_to_go(delivered, stored, report) + _absent(delivered, stored, choices, report)
    return _Change(tuple(publish), tuple(withdraw), tuple(unchanged))


def _is_stored(document: Document, edition: StoredEdition | None) -> bool:
    return edition is not None and (edition.version, edition.digest) == (document.version, document.digest)


def _warn_of_gap(found: Found, stored: Mapping[str, StoredEdition], report: Report) -> None:
    """A text of today that makes place for one of later leaves a gap that nobody may have meant."""
    starts = found.document.valid_from
    if found.document.id in stored and starts and starts > datetime.now(UTC):
        message = f"holds from {starts:%Y-%m-%d} only, yet takes the place of a text that is published now"
        report.warnings.append(Line(found.document.id, message, found.where))


def _said_to_go(
    delivered: Delivered, stored: Mapping[str, StoredEdition], report: Report
) -> list[Withdrawal]:
    """Withdrawals by the source itself. One of a text that was never published is only reported."""
    going = []
    for gone in delivered.withdrawn.values():
        edition = stored.get(gone.id)
        if edition is None:
            report.left_out.append(Line(gone.id, gone.reason, gone.where))
        elif gone.version is not None and edition.version is not None and gone.version < edition.version:
            older = f"version {gone.version} is older than the published {edition.version}"
            report.left_out.append(Line(gone.id, f"{gone.reason}, but {older}", gone.where))
        else:
            going.append(gone)
    return going


def _absent(
    delivered: Delivered, stored: Mapping[str, StoredEdition], choices: Choices, report: Report
) -> list[Withdrawal]:
    """Published texts that the source no longer delivers; none at all when its delivery is not whole."""
    sound = delivered.found.keys() | delivered.withdrawn.keys()
    for id_ in sorted((delivered.kept.keys() & stored.keys()) - sound):
        problem = delivered.kept[id_]
        report.kept.append(Line(id_, f"the present edition stays: {problem.message}", problem.where))
    missing = sorted(stored.keys() - delivered.ids)
    if choices.partial:
        return []
    if delivered.complete:
        return [Withdrawal(id_, "no longer in the source") for id_ in missing]
    report.kept += [Line(id_, "absent, but the source could not be read whole: it stays") for id_ in missing]
    return []


def _too_much_goes(
    delivered: Delivered, change: _Change, stored: Mapping[str, StoredEdition], choices: Choices
) -> str:
    """Why this delivery is not believed, or nothing."""
    absent = sum(gone.id not in delivered.withdrawn for gone in change.withdraw)
    if choices.allow_shrink or not absent:
        return ""
    if not delivered.ids:
        return f"it delivers nothing, while {len(stored)} texts are published; --allow-shrink withdraws them"
    if absent > MOST_WITHDRAWN and absent > MOST_WITHDRAWN_SHARE * len(stored):
        return (
            f"{absent} of {len(stored)} published texts are no longer delivered; nothing was changed. "
            "If that is meant, run again with --allow-shrink"
        )
    return ""


def _carry_out(
    change: _Change, stored: Mapping[str, StoredEdition], feed: Feed, library: Catalogue, choices: Choices,
    report: Report, on_embed: Progress | None,
) -> None:  # fmt: skip
    report.unchanged = list(change.unchanged)
    reasons = {gone.id: Line(gone.id, gone.reason, gone.where) for gone in change.withdraw}
    if choices.dry_run:
        report.added = [found.document.id for found in change.publish if found.document.id not in stored]
        report.changed = [found.document.id for found in change.publish if found.document.id in stored]
        report.withdrawn = list(reasons.values())
    elif change.publish or change.withdraw:
        documents = [publishable(found.document) for found in change.publish]
        withdraw = {gone.id: gone.version for gone in change.withdraw}
        outcome = library.apply(feed.collection, feed.name, documents, withdraw, on_embed)
        _write_down(outcome, change, reasons, report)
        _tell_still_withdrawn(outcome, stored, report)


def _write_down(outcome: Outcome, change: _Change, reasons: Mapping[str, Line], report: Report) -> None:
    places = {found.document.id: found.where for found in change.publish}
    report.added, report.changed = list(outcome.added), list(outcome.changed)
    report.unchanged += outcome.unchanged
    report.withdrawn = [reasons.get(id_, Line(id_, "withdrawn")) for id_ in outcome.withdrawn]
    report.left_out += [Line(id_, reason, places.get(id_, "")) for id_, reason in outcome.ignored]
    report.passages, report.embedded = outcome.passages, outcome.embedded


def _tell_still_withdrawn(outcome: Outcome, stored: Mapping[str, StoredEdition], report: Report) -> None:
    """A text that was withdrawn at this very version stays away: the library waits for a higher one."""
    away = [id_ for id_ in outcome.unchanged if id_ not in stored]
    report.unchanged = [id_ for id_ in report.unchanged if id_ not in away]
    reason = "was withdrawn at this version: a higher version brings it back"
    report.left_out += [Line(id_, reason) for id_ in away]
