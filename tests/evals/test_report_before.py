"""An earlier report is read back, and its results are laid beside those of the same questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.answers.run import write_results
from evals.report_before import Change, Earlier, beside, changes, read_earlier
from tests.evals.asked import ALL, COMPARED, question, result

CONFIG = {
    "made": "2026-11-01T09:00:00+00:00",
    "encoder": "older",
    "calibration": {"cut_offs": {"website": None, "sidebar": 0.5}},
    "sets": [{"name": "tiny"}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.json").write_text(json.dumps(CONFIG), "utf-8")
    write_results(ALL.results, tmp_path / "tiny.jsonl")
    return tmp_path


def test_a_report_is_read_back_as_it_was(folder: Path) -> None:
    earlier = read_earlier(folder)
    assert (earlier.made, earlier.encoder) == (CONFIG["made"], "older")
    assert earlier.cut_offs == {"website": None, "sidebar": 0.5}
    assert earlier.results == {"tiny": ALL.results}


def test_results_of_a_version_with_other_keys_are_read_too(folder: Path) -> None:
    record = json.loads((folder / "tiny.jsonl").read_text("utf-8").splitlines()[0]) | {"parts": []}
    (folder / "tiny.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    assert read_earlier(folder).results == {"tiny": [ALL.results[0]]}


@pytest.mark.parametrize("content", ["[]", "{}", '{"sets": 1}', "{"])
def test_a_folder_of_something_else_is_refused(folder: Path, content: str) -> None:
    (folder / "config.json").write_text(content, "utf-8")
    with pytest.raises(ValueError, match=r"config\.json|Expecting"):
        read_earlier(folder)


@pytest.mark.parametrize("line", ["[]", '{"id": "1"}', "{"])
def test_a_line_that_is_no_result_is_named(folder: Path, line: str) -> None:
    (folder / "tiny.jsonl").write_text(f"\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"tiny\.jsonl:2: not a result"):
        read_earlier(folder)


def test_questions_are_recognised_by_their_id_and_twins_by_their_order() -> None:
    asked = [question("1", "a"), question("2", "a"), question("1", "b")]
    now = [result(each.id, "answered", 0.9, "a") for each in asked]
    then = [
        result("1", "answered", 0.1, "x"),
        result("9", "answered", 0.2),
        result("1", "answered", 0.3, "y"),
    ]
    found = beside(Earlier("", "", {}, {"tiny": then}), "tiny", asked, now)
    assert found is not None
    assert [each.probability for each in found.results] == [0.1, 0.3]
    assert (found.questions, found.now, found.absent) == ([asked[0], asked[2]], [now[0], now[2]], 1)


def test_without_a_question_in_common_there_is_nothing_beside() -> None:
    earlier = Earlier("", "", {}, {"tiny": [result("9", "answered", 0.9)]})
    assert beside(earlier, "tiny", ALL.questions, ALL.results) is None
    assert beside(earlier, "other", ALL.questions, ALL.results) is None


def test_changes_are_counted_question_by_question() -> None:
    assert COMPARED.before is not None
    assert changes(COMPARED.before) == [
        Change("right text first", 1, 0),
        Change("right text in the first three", 1, 0),
    ]
    swapped = Earlier("", "", {}, {"tiny": [result("2", "answered", 0.9, "a")]})
    found = beside(swapped, "tiny", ALL.questions, ALL.results)
    assert found is not None
    assert changes(found)[0] == Change("right text first", 0, 1)
