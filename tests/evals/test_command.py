"""`python -m evals`: the command that others measure through, so its form does not change."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evals.__main__ import app
from tests.conftest import ROOT
from tests.ingest.deliveries import write_lines

KEYS = ["id", "outcome", "probability", "ranked", "answer", "citations", "ms"]
DOCUMENTS = (
    {"id": "paspoort", "kind": "vac", "title": "Paspoort", "html": "<p>Een paspoort kost € 86,20.</p>"},
    {"id": "grofvuil", "kind": "vac", "title": "Grofvuil", "html": "<p>Wij halen grofvuil op.</p>"},
)
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"id": "one", "question": "Wat kost een paspoort?", "answerable": True, "gold": ["paspoort"]},
    {"id": "two", "turns": ["Grofvuil?", "en wat kost dat?"], "answerable": True, "gold": ["grofvuil"]},
    {"id": "long", "question": "paspoort " * 60, "answerable": False, "gold": []},
    {"id": "none", "question": "Hoe laat is het?"},
    {"id": "one", "question": "Een id mag twee keer voorkomen, ook al is dat niet handig?"},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command")
    write_lines(folder / "documents.jsonl", *DOCUMENTS)
    write_lines(folder / "questions.jsonl", *QUESTIONS)
    return folder


def arguments(folder: Path, results: str, **changed: str) -> list[str]:
    options = {
        "documents": str(folder / "documents.jsonl"),
        "questions": str(folder / "questions.jsonl"),
        "out": str(folder / results),
        "channel": "website",
        "encoder": "hashing",
        "models": str(folder / "models"),
    }
    return [
        "answers",
        *(part for name, value in (options | changed).items() for part in (f"--{name}", value)),
    ]


def run(folder: Path, results: str, **changed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evals", *arguments(folder, results, **changed)],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def finished(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(folder, "results.jsonl")


@pytest.fixture(scope="module")
def results(folder: Path, finished: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert finished.returncode == 0, finished.stderr
    return [json.loads(line) for line in (folder / "results.jsonl").read_text("utf-8").splitlines()]


def test_there_is_one_line_a_question_in_their_order(results: list[dict[str, Any]]) -> None:
    assert [result["id"] for result in results] == [question["id"] for question in QUESTIONS]


def test_a_line_has_exactly_these_keys_with_these_kinds_of_values(results: list[dict[str, Any]]) -> None:
    for result in results:
        assert list(result) == KEYS
        assert isinstance(result["outcome"], str)
        assert 0 <= result["probability"] <= 1
        assert set(result["ranked"]) <= {"paspoort", "grofvuil"}
        assert isinstance(result["answer"], str)
        assert all(set(citation) == {"document", "quote"} for citation in result["citations"])
        assert result["ms"] >= 0


def test_questions_are_asked_in_their_conversation(results: list[dict[str, Any]]) -> None:
    assert results[0]["ranked"][0] == "paspoort"
    assert results[1]["ranked"][0] == "grofvuil"


def test_an_overlong_question_is_refused_and_the_rest_goes_on(results: list[dict[str, Any]]) -> None:
    assert results[2] == {
        "id": "long", "outcome": "refused_too_long", "probability": 0.0, "ranked": [],
        "answer": "", "citations": [], "ms": 0.0,
    }  # fmt: skip
    assert results[3]["outcome"]


def test_an_encoder_that_the_calibration_is_not_of_answers_nothing(results: list[dict[str, Any]]) -> None:
    assert not any(result["outcome"].startswith("answered") for result in results)
    assert not any(result["answer"] or result["citations"] for result in results)


def test_the_summary_names_its_figures(finished: subprocess.CompletedProcess[str]) -> None:
    rows = [line.strip(" │|").split("│") for line in finished.stdout.splitlines() if "│" in line]
    figures = {name.strip(): value.strip() for name, value in rows}
    assert figures["questions"] == "5"
    assert figures["answerable"] == "2"
    assert [figures[name] for name in ("R@1", "R@3", "R@5", "MRR")] == ["1.000"] * 4
    assert figures["answered"] == figures["answered wrong"] == "0.000"
    assert {"facts in answer", "coverage at 5 % wrong", "AUROC answerable", "Brier", "ms, median"} <= set(
        figures
    )


def test_the_file_of_results_is_written_anew(folder: Path, results: list[dict[str, Any]]) -> None:
    again = CliRunner().invoke(app, arguments(folder, "results.jsonl"))
    assert again.exit_code == 0, again.output
    lines = (folder / "results.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) | {"ms": 0} for line in lines] == [result | {"ms": 0} for result in results]


def test_unusable_input_ends_the_command_with_2_and_a_sentence(folder: Path) -> None:
    broken = folder / "broken.jsonl"
    broken.write_text('{"id": "1", "question": "a"}\n{"id": "2"\n', "utf-8")
    finished = run(folder, "never.jsonl", questions=str(broken))
    assert finished.returncode == 2
    assert "Cannot measure:" in finished.stderr
    assert "broken.jsonl:2:" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert finished.stdout == ""
    assert not (folder / "never.jsonl").exists()


@pytest.mark.parametrize(
    ("option", "value", "named"),
    [
        ("documents", "absent.jsonl", "absent.jsonl"),
        ("documents", "absent.toml", "absent.toml"),
        ("documents", "empty.jsonl", "no document in it could be published"),
        ("questions", "absent.jsonl", "absent.jsonl"),
        ("questions", "empty.jsonl", "no questions in it"),
        ("out", "nowhere/results.jsonl", "nowhere/results.jsonl"),
        ("channel", "telefoon", "telefoon"),
    ],
)
def test_whatever_cannot_be_used_is_named(folder: Path, option: str, value: str, named: str) -> None:
    (folder / "empty.jsonl").write_text("", "utf-8")
    given = value if option == "channel" else str(folder / value)
    finished = CliRunner(env={"COLUMNS": "500"}).invoke(
        app, arguments(folder, "never.jsonl", **{option: given})
    )
    assert finished.exit_code == 2
    assert "Cannot measure:" in finished.stderr
    assert named in finished.stderr
    assert not (folder / "never.jsonl").exists()


def test_options_that_must_be_given_are_asked_for(folder: Path) -> None:
    finished = CliRunner().invoke(app, ["answers", "--documents", str(folder / "documents.jsonl")])
    assert finished.exit_code == 2
    assert "--questions" in finished.stderr


def test_too_few_labelled_questions_make_no_calibration(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hashing(documents: Path, models: Path) -> Any:
        return throw_away_library(documents, models, "hashing")

    from evals.answers.run import throw_away_library

    monkeypatch.setattr("evals.__main__.throw_away_library", hashing)
    wanted = [*("--documents", str(folder / "documents.jsonl")), *("--out", str(folder / "calibration.json"))]
    questions = ["--questions", str(folder / "questions.jsonl")]
    few = CliRunner(env={"COLUMNS": "500"}).invoke(app, ["calibrate", *wanted, *questions])
    assert few.exit_code == 2
    assert "Cannot calibrate: 3 labelled cases with evidence: 500 are needed" in few.stderr
    assert not (folder / "calibration.json").exists()
    odd = CliRunner(env={"COLUMNS": "500"}).invoke(app, ["calibrate", *wanted, *questions, *questions])
    assert odd.exit_code == 2
    assert "Cannot calibrate:" in odd.stderr
