"""Documents in our own form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from embeddings.document import Audience, Visibility
from tests.ingest.deliveries import documents, problems, withdrawals, write_lines


def page(**changes: Any) -> dict[str, Any]:
    return {"id": "d1", "title": "Paspoort", "text": "Kosten\n\nEen paspoort kost € 86,20."} | changes


def test_everything_that_may_be_known_is_kept(tmp_path: Path) -> None:
    given = page(
        kind="vac", url="https://a.example", owner="Burgerzaken", modified="2024-10-03T11:06:30.161Z",
        reviewed="2025-01-01", language="en", audience="business", visibility="internal",
        valid_from="2025-01-01", valid_until="2025-12-31", version=3, keywords=["pas"],
        products=["http://upl.example/p"], extra={"any": 1},
    )  # fmt: skip
    path = write_lines(tmp_path / "d.jsonl", given)
    (document,) = documents("documents", path)
    assert (document.audience, document.visibility) == (Audience.BUSINESS, Visibility.INTERNAL)
    assert (document.kind, document.language, document.version) == ("vac", "en", 3)
    assert (document.keywords, document.products) == (("pas",), ("http://upl.example/p",))
    assert document.modified_at is not None
    assert document.valid_until is not None
    assert problems("documents", path) == []


@pytest.mark.parametrize("field", ["visibility", "audience", "status"])
def test_a_word_we_do_not_know_is_not_guessed_at(tmp_path: Path, field: str) -> None:
    path = write_lines(tmp_path / "d.jsonl", page(**{field: "staff"}))
    assert documents("documents", path) == []
    assert f"unknown {field}" in problems("documents", path)[0].message


@pytest.mark.parametrize("status", ["non-actief", "withdrawn", "concept"])
def test_a_status_that_says_so_withdraws(tmp_path: Path, status: str) -> None:
    assert withdrawals("documents", write_lines(tmp_path / "d.jsonl", page(status=status)))[0].id == "d1"


def test_a_record_without_id_is_named_and_proves_no_absence(tmp_path: Path) -> None:
    (problem,) = problems("documents", write_lines(tmp_path / "d.jsonl", page(id="")))
    assert (problem.message, problem.incomplete) == ("no id", True)


@pytest.mark.parametrize(
    "line", ["[1]", '"x"', "null", "{" * 5_000, '{"id": "\\ud800"}', '{"id": ' + "[" * 70 + "]" * 70 + "}"]
)
def test_a_line_that_is_no_record_is_named_and_the_rest_goes_on(tmp_path: Path, line: str) -> None:
    path = write_lines(tmp_path / "d.jsonl", page())
    path.write_text(f"{line}\n\n{path.read_text('utf-8')}", "utf-8")
    assert len(documents("documents", path)) == 1
    assert problems("documents", path)[0].where.endswith("d.jsonl:1")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.json_places.LARGEST_FILE", 10)
    (problem,) = problems("documents", write_lines(tmp_path / "d.jsonl", page()))
    assert "larger than" in problem.message


def test_the_evaluation_set_is_read_whole(shared: Path) -> None:
    path = shared / "eval/documents.jsonl"
    found = documents("documents", path)
    assert len(found) == 179
    assert problems("documents", path) == []
    assert all(
        document.title and document.owner and document.url and document.modified_at for document in found
    )
