"""One run over a whole plan: the organisation first, then every source, each with its report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import Engine

from ingest.catalogue import Catalogue
from ingest.configuration import Job, Plan
from ingest.organisation import Organisation
from ingest.records import read_stored_organisation, remember_run, replace_organisation
from ingest.report import Line, Report
from ingest.sources import open_source
from ingest.sources.organisation import KIND, read_organisation
from ingest.sync import Choices, check, sync


class Watcher(Protocol):
    """Is told how far a source is."""

    def read(self, count: int) -> None:
        """So many records have been read."""
        ...

    def embedded(self, done: int, total: int) -> None:
        """So many passages have been embedded."""
        ...


Watch = Callable[[str], AbstractContextManager[Watcher]]


@dataclass(frozen=True)
class Stores:
    """Where a run writes: the library, and the tables of ingest beside it."""

    library: Catalogue
    engine: Engine


def sync_plan(plan: Plan, stores: Stores, choices: Choices, watch: Watch) -> list[Report]:
    """Bring the library up to date with every source of the plan."""
    reports, owners = _sync_organisation(plan, stores, choices)
    for job in plan.sources:
        feed = job.feed(plan.collection, owners)
        with watch(job.name) as watcher:
            source = open_source(job.kind, feed)
            report = sync(source, feed, stores.library, choices, watcher.read, watcher.embedded)
        reports.append(_remembered(report, stores))
    return reports


def check_plan(plan: Plan, watch: Watch) -> list[Report]:
    """Read and lint every source of the plan; nothing is opened, nothing is written."""
    organisation = read_organisation(plan.organisation)
    reports = [_organisation_report(plan.collection, organisation)] if plan.organisation else []
    for job in plan.sources:
        with watch(job.name) as watcher:
            reports.append(_check(job, plan.collection, organisation, watcher))
    return reports


def _remembered(report: Report, stores: Stores) -> Report:
    if not report.dry_run:
        remember_run(stores.engine, report)
    return report


def _check(job: Job, collection: str, organisation: Organisation, watcher: Watcher) -> Report:
    feed = job.feed(collection, organisation.owners)
    return check(open_source(job.kind, feed), feed, watcher.read)


def _sync_organisation(plan: Plan, stores: Stores, choices: Choices) -> tuple[list[Report], dict[str, str]]:
    """The report of the organisation and the owners it gives; without one in the plan, the stored owners.

    Files that cannot be read whole change nothing: a duo that vanished would leave its texts without owner.
    """
    stored = read_stored_organisation(stores.engine, plan.collection)
    if not plan.organisation:
        return [], stored.owners
    organisation = read_organisation(plan.organisation)
    report = _organisation_report(plan.collection, organisation, stored, choices.dry_run)
    if organisation.readable and not choices.dry_run:
        replace_organisation(stores.engine, plan.collection, organisation)
    return [_remembered(report, stores)], (organisation if organisation.readable else stored).owners


def _organisation_report(
    collection: str, organisation: Organisation, stored: Organisation | None = None, dry_run: bool = True
) -> Report:
    """What changes in the organisation; its parts are named by their ids."""
    now = datetime.now(UTC)
    report = Report(collection, KIND, now, now, dry_run)
    for problem in organisation.problems:
        report.note(problem)
    if organisation.readable:
        before, after = (stored or Organisation()).parts, organisation.parts
        report.added = [key[1] for key in after if key not in before]
        report.changed = [key[1] for key in after if key in before and after[key] != before[key]]
        report.unchanged = [key[1] for key in after if after[key] == before.get(key)]
        report.withdrawn = [Line(key[1], f"no longer a {key[0]}") for key in before if key not in after]
    return report
