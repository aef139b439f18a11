"""One suite for every source: what it must do with sound, broken, foreign and repeated deliveries."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from embeddings.document import Document, Visibility
from ingest.report import Report
from ingest.sources import SOURCES
from ingest.sources.base import Feed, Found, Problem, Severity, Source
from ingest.sync import sync
from tests.ingest.deliveries import product, read, vac
from tests.ingest.memory_library import MemoryLibrary


def article(uuid: str) -> dict[str, Any]:
    whole = vac(uuid)
    whole["record"]["data"] = product(uuid) | {"afdelingen": [{"afdelingnaam": "Burgerzaken"}]}
    whole["record"]["data"]["vertalingen"][0]["deskMemo"] = "Intern: bel 1234."
    return whole


def page(id_: str) -> dict[str, Any]:
    return {
        "id": id_,
        "title": "Paspoort",
        "html": "<p>€ 86,20.</p>",
        "owner": "Burgerzaken",
        "language": "nl",
    }


@dataclass(frozen=True)
class Sample:
    """How to make a place that holds two sound records, `a` and `b`, and one that a fault has been put in."""

    kind: str
    make: Callable[[str], dict[str, Any]] | None

    def write(self, folder: Path, fault: Callable[[bytes], bytes] = lambda content: content) -> Path:
        """Two records; the fault is put in the second."""
        if self.make is None:
            return self._write_pages(folder, fault)
        lines = [json.dumps(self.make(id_), ensure_ascii=False).encode() for id_ in "ab"]
        path = folder / "delivery.jsonl"
        path.write_bytes(lines[0] + b"\n" + fault(lines[1]) + b"\n")
        return path

    def _write_pages(self, folder: Path, fault: Callable[[bytes], bytes]) -> Path:
        place = folder / "pages"
        place.mkdir(exist_ok=True)
        text = "---\nid: {}\ntitle: Paspoort\nowner: Burgerzaken\n---\n\n€ 86,20.\n"
        (place / "a.md").write_bytes(text.format("a").encode())
        (place / "b.md").write_bytes(fault(text.format("b").encode()))
        return place


SAMPLES = [
    Sample("vac", vac),
    Sample("kennisartikel", article),
    Sample("sdg", product),
    Sample("documents", page),
    Sample("folder", None),
]


@pytest.fixture(params=SAMPLES, ids=[sample.kind for sample in SAMPLES])
def sample(request: pytest.FixtureRequest) -> Sample:
    chosen: Sample = request.param
    return chosen


def documents_in(sample: Sample, place: Path) -> list[Document]:
    return [one.document for one in read(sample.kind, place) if isinstance(one, Found)]


def problems_in(sample: Sample, place: Path) -> list[Problem]:
    return [one for one in read(sample.kind, place) if isinstance(one, Problem)]


def sync_place(sample: Sample, place: Path, library: MemoryLibrary) -> Report:
    feed = Feed("merelveen", sample.kind, (str(place),))
    source: Source = SOURCES[sample.kind](feed)
    return sync(source, feed, library)


def test_every_source_is_under_contract() -> None:
    assert {sample.kind for sample in SAMPLES} == set(SOURCES)


def test_sound_records_become_whole_documents(sample: Sample, tmp_path: Path) -> None:
    first, second = documents_in(sample, sample.write(tmp_path))
    assert (first.id, second.id) == ("a", "b")
    assert (first.collection, first.source, first.language) == ("merelveen", sample.kind, "nl")
    assert first.title
    assert first.owner
    assert any("€ 86,20" in section.text for section in first.sections)
    for moment in (first.valid_from, first.valid_until, first.modified_at):
        assert moment is None or moment.tzinfo is not None


def test_the_same_delivery_gives_the_same_digests(sample: Sample, tmp_path: Path) -> None:
    place = sample.write(tmp_path)
    assert [one.digest for one in documents_in(sample, place)] == [
        one.digest for one in documents_in(sample, place)
    ]


def test_every_delivery_says_where_it_stands(sample: Sample, tmp_path: Path) -> None:
    place = sample.write(tmp_path)
    for one in read(sample.kind, place):
        assert one.where.startswith(str(place))


def test_a_wrong_encoding_is_named_with_its_line_and_the_rest_goes_on(sample: Sample, tmp_path: Path) -> None:
    place = sample.write(tmp_path, fault=lambda content: content.replace("€".encode(), b"\x80"))
    assert [document.id for document in documents_in(sample, place)] == ["a"]
    (problem,) = problems_in(sample, place)
    assert (problem.severity, problem.id, problem.message) == (Severity.SKIPPED, "b", "not UTF-8 (byte 0x80)")
    assert problem.where.rpartition(":")[2] == ("7" if sample.kind == "folder" else "2")


def test_a_record_broken_off_is_named_with_its_line_and_the_rest_goes_on(
    sample: Sample, tmp_path: Path
) -> None:
    place = sample.write(tmp_path, fault=lambda content: content[: len(content) // 3])
    assert "a" in [document.id for document in documents_in(sample, place)]
    if sample.kind != "folder":  # a file cut short is still a text
        (problem,) = problems_in(sample, place)
        assert problem.where.endswith(":2")
        assert "b" in problem.keeps or problem.incomplete


def test_a_text_that_got_a_fault_keeps_its_present_edition(sample: Sample, tmp_path: Path) -> None:
    library = MemoryLibrary()
    sync_place(sample, sample.write(tmp_path), library)
    place = sample.write(tmp_path, fault=lambda content: content.replace("€".encode(), b"\x80"))
    report = sync_place(sample, place, library)
    assert [line.id for line in report.kept] == ["b"]
    assert len(library.documents) == 2


def test_the_same_three_times_changes_nothing(sample: Sample, tmp_path: Path) -> None:
    library = MemoryLibrary()
    reports = [sync_place(sample, sample.write(tmp_path), library) for _ in range(3)]
    assert [len(report.added) for report in reports] == [2, 0, 0]
    assert [len(report.unchanged) for report in reports] == [0, 2, 2]
    assert not any(report.changed or report.withdrawn or report.skipped for report in reports)


def test_a_place_that_is_not_there_is_unreadable(sample: Sample, tmp_path: Path) -> None:
    (problem,) = problems_in(sample, tmp_path / "nowhere")
    assert problem.severity is Severity.UNREADABLE
    assert problem.incomplete


def test_an_address_without_a_network_is_unreadable(sample: Sample) -> None:
    (problem,) = [one for one in read(sample.kind, "https://api.example/") if isinstance(one, Problem)]
    assert problem.severity is Severity.UNREADABLE


def test_internal_notes_are_never_public(sample: Sample, tmp_path: Path) -> None:
    for document in documents_in(sample, sample.write(tmp_path)):
        for section in document.sections:
            assert ("Intern:" in section.text) == (section.visibility is Visibility.INTERNAL)
