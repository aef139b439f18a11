"""The demo municipality goes through the real sources without a fault."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from ingest.configuration import plan_of_file
from ingest.report import Report
from ingest.run import check_plan
from ingest.sources import open_source
from ingest.sources.base import Found
from ingest.sources.organisation import read_organisation

DEMO = Path(__file__).resolve().parents[2] / "ingest/demo/sources.toml"


class Silent:
    def read(self, count: int) -> None: ...

    def embedded(self, done: int, total: int) -> None: ...


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    plan = plan_of_file(DEMO)
    return {
        report.source: report for report in check_plan(plan, lambda name: contextlib.nullcontext(Silent()))
    }


def test_every_file_of_the_demo_is_listed() -> None:
    plan = plan_of_file(DEMO)
    listed = {Path(place) for job in plan.jobs for place in job.places}
    assert listed == {path for path in DEMO.parent.rglob("*.json")}


def test_nothing_is_skipped_and_lint_has_nothing_to_say(reports: dict[str, Report]) -> None:
    problems = [f"{word} {line.where}: {line.id}: {line.reason}"
                for report in reports.values() for word, line in report.problems()]  # fmt: skip
    assert problems == []


def test_every_text_has_a_known_department_and_every_product_a_duo() -> None:
    plan = plan_of_file(DEMO)
    organisation = read_organisation(plan.organisation)
    departments = {department.name for department in organisation.departments}
    for job in plan.sources:
        source = open_source(job.kind, job.feed(plan.collection, organisation.owners))
        for document in (one.document for one in source.read() if isinstance(one, Found)):
            assert document.owner in departments, document.title
            if document.kind != "vac":
                assert set(document.products) <= set(organisation.owners), document.title


def test_the_demo_has_what_was_promised(reports: dict[str, Report]) -> None:
    products = [
        id_ for id_ in reports["sdg"].added + reports["kennisartikel"].added if not id_.endswith("-en")
    ]
    assert len(products) >= 60
    assert len(reports["vac"].added) >= 145
    assert len(reports["vac"].left_out) >= 3  # inactive ones, which must never be published
    organisation = read_organisation(plan_of_file(DEMO).organisation)
    assert len(organisation.departments) >= 12
    assert len(organisation.duos) >= 25
