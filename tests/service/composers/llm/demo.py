"""The passages of the demo's texts, to reword and to lie about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from embeddings.document import Passage
from embeddings.passages import passages
from ingest.configuration import plan_of_file
from ingest.sources import open_source
from ingest.sources.base import Found
from ingest.sources.organisation import read_organisation
from service.composers.llm.facts.material import Cited, Material, material

DEMO = Path(__file__).resolve().parents[4] / "ingest" / "demo" / "sources.toml"
CASES = Path(__file__).with_name("cases.jsonl")


@dataclass(frozen=True)
class Case:
    """A sentence about the passage of `title` that holds the words `holds`. `lie` is empty for a true one."""

    title: str
    holds: str
    sentence: str
    lie: str = ""


@cache
def demo_passages() -> tuple[Passage, ...]:
    plan = plan_of_file(DEMO)
    owners = read_organisation(plan.organisation).owners
    found = [
        one.document
        for job in plan.sources
        for one in open_source(job.kind, job.feed(plan.collection, owners)).read()
        if isinstance(one, Found)
    ]
    return tuple(passage for document in found for passage in passages(document))


def cited(title: str, holds: str) -> Cited:
    """The one passage of a text that holds these words."""
    for passage in demo_passages():
        if passage.title == title and holds in passage.text:
            return Cited(passage.title, passage.heading, passage.text)
    raise LookupError(f"{title}: no passage with {holds!r}")


def material_of(case: Case) -> Material:
    return _material(case.title, case.holds)


@cache
def _material(title: str, holds: str) -> Material:
    return material([cited(title, holds)], "nl")


@cache
def cases() -> tuple[Case, ...]:
    return tuple(Case(**json.loads(line)) for line in CASES.read_text(encoding="utf-8").splitlines())
