"""Sync makes the library equal to its source, loses nothing, and says what it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.report import Report
from ingest.sources import open_source
from ingest.sources.base import Feed
from ingest.sync import Choices, check, sync
from tests.ingest.deliveries import product, vac, write_json, write_lines
from tests.ingest.memory_library import MemoryLibrary

Deliver = Callable[..., Report]


@pytest.fixture
def library() -> MemoryLibrary:
    return MemoryLibrary()


@pytest.fixture
def deliver(tmp_path: Path, library: MemoryLibrary) -> Deliver:
    """Write these VACs to the source's file and sync it."""

    def deliver(*vacs: Any, **choices: Any) -> Report:
        return sync_file(write_lines(tmp_path / "vacs.jsonl", *vacs), library, **choices)

    return deliver


def sync_file(path: Path, library: MemoryLibrary, kind: str = "vac", **choices: Any) -> Report:
    feed = Feed("merelveen", kind, (str(path),))
    return sync(open_source(kind, feed), feed, library, Choices(**choices))


def test_the_first_sync_adds_everything(deliver: Deliver) -> None:
    report = deliver(vac("a"), vac("b"))
    assert report.added == ["a", "b"]
    assert not report.failed


def test_the_same_three_times_changes_nothing_and_does_not_touch_the_library(
    deliver: Deliver, library: MemoryLibrary
) -> None:
    for _ in range(3):
        report = deliver(vac("a"), vac("b"))
    assert (report.added, report.changed, report.unchanged) == ([], [], ["a", "b"])
    assert library.calls == 1


def test_what_changed_is_changed_and_what_is_gone_is_withdrawn(deliver: Deliver) -> None:
    deliver(vac("a"), vac("b"), vac("c"))
    report = deliver(vac("a"), vac("b", 2, antwoord="Nu € 90."))
    assert report.changed == ["b"]
    assert [(line.id, line.reason) for line in report.withdrawn] == [("c", "no longer in the source")]


def test_a_partial_delivery_withdraws_nothing_that_is_absent(
    deliver: Deliver, library: MemoryLibrary
) -> None:
    deliver(vac("a"), vac("b"))
    report = deliver(vac("a"), partial=True)
    assert report.withdrawn == []
    assert len(library.documents) == 2


def test_a_status_that_says_so_withdraws_with_the_reason(deliver: Deliver, library: MemoryLibrary) -> None:
    deliver(vac("a"), vac("b"))
    report = deliver(vac("a", 2, status="non-actief"), vac("b"), partial=True)
    assert [(line.id, line.reason) for line in report.withdrawn] == [("a", "status non-actief")]
    assert report.withdrawn[0].where.endswith("vacs.jsonl:1")
    assert [key[2] for key in library.documents] == ["b"]


def test_an_inactive_text_that_was_never_published_is_left_out_not_broken(deliver: Deliver) -> None:
    report = deliver(vac("a", status="te-verwijderen"))
    assert [line.reason for line in report.left_out] == ["status te-verwijderen"]
    assert report.skipped == []


def test_an_older_withdrawal_than_the_published_version_is_left_out(
    deliver: Deliver, library: MemoryLibrary
) -> None:
    deliver(vac("a", 5))
    report = deliver(vac("a", 3, status="non-actief"))
    assert "older than the published 5" in report.left_out[0].reason
    assert len(library.documents) == 1


def test_an_older_version_is_left_out_with_the_reason(deliver: Deliver) -> None:
    deliver(vac("a", 5))
    report = deliver(vac("a", 3, antwoord="Oud."))
    assert [line.id for line in report.left_out] == ["a"]
    assert report.changed == []


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"status": "twijfel"}, "unknown status"),
        ({"antwoord": " "}, "empty"),
        ({"endAt": "ooit"}, "not a date"),
    ],
)
def test_a_broken_record_keeps_its_present_edition_and_the_rest_goes_on(
    deliver: Deliver, library: MemoryLibrary, broken: dict[str, Any], reason: str
) -> None:
    deliver(vac("a"), vac("b"), vac("c"))
    report = deliver(vac("a", **broken), vac("b", 2, antwoord="Nieuw."))
    assert report.skipped[0].where.endswith("vacs.jsonl:1")
    assert reason in report.skipped[0].reason
    assert [line.id for line in report.kept] == ["a"]
    assert (report.changed, [line.id for line in report.withdrawn]) == (["b"], ["c"])
    assert {key[2] for key in library.documents} == {"a", "b"}


def test_a_broken_line_without_id_keeps_everything_that_is_absent(
    tmp_path: Path, library: MemoryLibrary
) -> None:
    path = write_lines(tmp_path / "vacs.jsonl", vac("a"), vac("b"))
    sync_file(path, library)
    path = write_lines(tmp_path / "vacs.jsonl", vac("a"))
    path.write_text(path.read_text("utf-8") + '{"broken', "utf-8")
    report = sync_file(path, library)
    assert report.skipped[0].where.endswith("vacs.jsonl:2")
    assert [line.id for line in report.kept] == ["b"]
    assert (report.withdrawn, report.failed) == ([], False)


def test_a_broken_line_whose_id_can_be_read_keeps_that_text_only(
    tmp_path: Path, library: MemoryLibrary
) -> None:
    path = write_lines(tmp_path / "vacs.jsonl", vac("a"), vac("b"), vac("c"))
    sync_file(path, library)
    lines = path.read_text("utf-8").splitlines()
    path.write_text(f"{lines[0]}\n{lines[1][:-30]}\n", "utf-8")
    report = sync_file(path, library)
    assert [line.id for line in report.kept] == ["b"]
    assert [line.id for line in report.withdrawn] == ["c"]


def test_a_line_in_another_encoding_is_named_and_keeps_its_text(
    tmp_path: Path, library: MemoryLibrary
) -> None:
    path = write_lines(tmp_path / "vacs.jsonl", vac("a"), vac("b", vraag="Één vraag?"))
    sync_file(path, library)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].decode("utf-8").encode("cp1252"))
    report = sync_file(path, library)
    assert (report.skipped[0].where[-2:], report.skipped[0].reason) == (":2", "not UTF-8 (byte 0xc9)")
    assert [line.id for line in report.kept] == ["b"]


def test_a_file_that_is_not_there_fails_and_withdraws_nothing(tmp_path: Path, library: MemoryLibrary) -> None:
    sync_file(write_lines(tmp_path / "vacs.jsonl", vac("a")), library)
    report = sync_file(tmp_path / "elsewhere.jsonl", library)
    assert report.failed
    assert (report.withdrawn, len(library.documents)) == ([], 1)


def test_a_file_that_breaks_off_publishes_what_came_before_and_withdraws_nothing(
    tmp_path: Path, library: MemoryLibrary
) -> None:
    path = write_json(tmp_path / "vacs.json", [vac("a"), vac("b"), vac("c")])
    sync_file(path, library)
    text = path.read_text("utf-8")
    path.write_text(text[: text.index('"c"')], "utf-8")
    report = sync_file(path, library)
    assert report.failed
    assert "unreadable from here on" in report.unreadable[0].reason
    assert (report.unchanged, report.withdrawn) == (["a", "b"], [])


def test_a_text_without_owner_is_published_with_a_warning(deliver: Deliver) -> None:
    report = deliver(vac("a", afdelingen=[]))
    assert report.added == ["a"]
    assert [line.reason for line in report.warnings] == [
        "no owner: a question about this text has no duo to go to"
    ]


def test_a_delivery_that_shrinks_suddenly_is_refused(deliver: Deliver, library: MemoryLibrary) -> None:
    everything = [vac(f"v{number}") for number in range(60)]
    deliver(*everything)
    report = deliver(*everything[:39], vac("new"))
    assert "21 of 60 published texts" in report.refused
    assert report.failed
    assert (report.added, len(library.documents)) == ([], 60)
    assert len(deliver(*everything[:39], allow_shrink=True).withdrawn) == 21


@pytest.mark.parametrize(("published", "left"), [(60, 40), (200, 141), (15, 1)])
def test_a_delivery_that_shrinks_a_little_is_taken(deliver: Deliver, published: int, left: int) -> None:
    everything = [vac(f"v{number}") for number in range(published)]
    deliver(*everything)
    assert len(deliver(*everything[:left]).withdrawn) == published - left


def test_an_empty_delivery_is_refused(deliver: Deliver, library: MemoryLibrary) -> None:
    deliver(vac("a"))
    assert "delivers nothing" in deliver().refused
    assert len(library.documents) == 1
    assert [line.id for line in deliver(allow_shrink=True).withdrawn] == ["a"]


def test_a_dry_run_says_the_same_and_changes_nothing(deliver: Deliver, library: MemoryLibrary) -> None:
    deliver(vac("a"), vac("b"), vac("c"))
    now = [vac("a"), vac("b", 2, antwoord="Nieuw."), vac("d")]
    dry = deliver(*now, dry_run=True)
    assert library.calls == 1
    real = deliver(*now)
    for name in ("added", "changed", "unchanged", "withdrawn"):
        assert getattr(dry, name) == getattr(real, name)


def test_a_text_that_starts_later_in_the_place_of_one_of_today_gets_a_warning(deliver: Deliver) -> None:
    deliver(vac("a"))
    report = deliver(vac("a", 2, startAt="2999-01-01"))
    assert report.changed == ["a"]
    assert "holds from 2999-01-01 only" in report.warnings[0].reason


def test_a_name_too_long_for_the_library_skips_that_text_only(deliver: Deliver) -> None:
    report = deliver(vac("a" * 301), vac("b"))
    assert report.added == ["b"]
    assert "id longer than 300" in report.skipped[0].reason


def test_a_heading_without_text_is_named_and_not_published(deliver: Deliver, library: MemoryLibrary) -> None:
    report = deliver(vac("a", antwoord="<h3>Leeg</h3><h3>Kosten</h3><p>Gratis.</p>"))
    assert "no text under the heading 'Leeg'" in report.warnings[0].reason
    (document,) = library.documents.values()
    assert [section.heading for section in document.sections] == ["Kosten"]
    assert deliver(vac("a", antwoord="<h3>Leeg</h3><h3>Kosten</h3><p>Gratis.</p>")).unchanged == ["a"]


def test_sources_do_not_touch_each_other(tmp_path: Path, library: MemoryLibrary) -> None:
    sync_file(write_lines(tmp_path / "vacs.jsonl", vac("a")), library)
    sync_file(write_json(tmp_path / "sdg.json", {"results": [product("p")]}), library, "sdg")
    assert sync_file(write_json(tmp_path / "sdg.json", [product("p")]), library, "sdg").withdrawn == []
    assert {key[1:] for key in library.documents} == {("vac", "a"), ("sdg", "p")}


def test_checking_needs_no_library(tmp_path: Path) -> None:
    feed = Feed("merelveen", "vac", (str(write_lines(tmp_path / "v.jsonl", vac("a"), vac("b", status="x"))),))
    report = check(open_source("vac", feed), feed)
    assert (report.added, [line.id for line in report.skipped]) == (["a"], ["b"])


EDITIONS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.booleans()), min_size=1, max_size=12
)


@settings(max_examples=100, deadline=2_000)
@given(EDITIONS)
def test_any_order_and_repetition_of_versions_ends_in_the_highest(
    tmp_path_factory: pytest.TempPathFactory, editions: list[tuple[str, int, bool]]
) -> None:
    # one content a version, as a source has it; odd versions of "b" are withdrawals
    def record(id_: str, version: int) -> dict[str, Any]:
        status = "non-actief" if id_ == "b" and version % 2 else "actief"
        return vac(id_, version, status=status, antwoord=f"Versie {version}.")

    library = MemoryLibrary()
    path = tmp_path_factory.mktemp("feed") / "vacs.jsonl"
    sync_file(write_lines(path, *(record(id_, version) for id_, version, _ in editions)), library)
    for wanted in {id_ for id_, _, _ in editions}:
        highest = max(version for id_, version, _ in editions if id_ == wanted)
        document = library.documents.get(("merelveen", "vac", wanted))
        if wanted == "b" and highest % 2:
            assert document is None
        else:
            assert document is not None
            assert document.version == highest
