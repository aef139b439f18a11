"""The command line: what it does, says, and leaves with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ingest import __main__ as command_line
from ingest import terminal
from tests.ingest.deliveries import product, vac, write_json, write_lines
from tests.ingest.memory_library import MemoryLibrary


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> MemoryLibrary:
    library = MemoryLibrary()
    monkeypatch.setattr(command_line, "open_library", lambda *_: library)
    return library


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ingest.db'}"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command_line.app, [str(argument) for argument in arguments])


def organisation() -> dict[str, Any]:
    member = {"identificatie": "a", "volledigeNaam": "KCC"}
    return {
        "afdelingen": [{"identificatie": "bz", "naam": "Burgerzaken"}],
        "medewerkers": [member, member | {"identificatie": "b"}],
        "productduos": [{"identificatie": "duo", "afdeling": "Burgerzaken", "kccLid": "a", "specialist": "b",
                         "producten": ["http://standaarden.overheid.nl/owms/terms/paspoort"]}],
    }  # fmt: skip


def test_sync_reports_on_the_terminal_and_in_a_file(
    library: MemoryLibrary, database: str, tmp_path: Path
) -> None:
    path = write_lines(tmp_path / "v.jsonl", vac("a"), vac("b", status="x"))
    report = tmp_path / "report.json"
    result = run(
        "sync",
        "--source",
        "vac",
        "--from",
        path,
        "--collection",
        "m",
        "--database",
        database,
        "--report",
        report,
    )
    assert result.exit_code == 0, result.output
    assert f"skipped {path}:2: b: unknown status 'x'" in result.output
    (whole,) = json.loads(report.read_text("utf-8"))
    assert (whole["added"], whole["counts"]["skipped"], whole["failed"]) == (["a"], 1, False)
    assert whole["skipped"][0]["where"] == f"{path}:2"


def test_strict_leaves_with_one_when_a_record_was_skipped(
    library: MemoryLibrary, database: str, tmp_path: Path
) -> None:
    path = write_lines(tmp_path / "v.jsonl", vac("a"), vac("b", status="non-actief"))
    common = (
        "sync",
        "--source",
        "vac",
        "--from",
        path,
        "--collection",
        "m",
        "--database",
        database,
        "--strict",
    )
    assert run(*common).exit_code == 0
    write_lines(path, vac("a"), vac("b", status="x"))
    assert run(*common).exit_code == 1


def test_a_source_that_cannot_be_read_leaves_with_two(
    library: MemoryLibrary, database: str, tmp_path: Path
) -> None:
    result = run(
        "sync", "--source", "vac", "--from", tmp_path / "no.json", "--collection", "m", "--database", database
    )
    assert result.exit_code == 2
    assert "unreadable" in result.output


def test_one_source_that_fails_does_not_stop_the_next(
    library: MemoryLibrary, database: str, tmp_path: Path
) -> None:
    path = write_json(tmp_path / "p.json", [product()])
    result = run(
        "sync", "--source", "vac", "--from", tmp_path / "no.json", "--source", "sdg", "--from", path,
        "--collection", "m", "--database", database,
    )  # fmt: skip
    assert result.exit_code == 2
    assert ("m", "sdg", "p1") in library.documents


def test_the_organisation_is_read_first_and_owns_the_products(
    library: MemoryLibrary, database: str, tmp_path: Path
) -> None:
    path, duos = write_json(tmp_path / "p.json", [product()]), write_json(tmp_path / "o.json", organisation())
    common = ("--collection", "m", "--database", database)
    run("sync", "--source", "sdg", "--from", path, "--source", "organisatie", "--from", duos, *common)
    assert library.documents["m", "sdg", "p1"].owner == "Burgerzaken"
    run("sync", "--source", "sdg", "--from", path, *common)  # from the database this time
    assert library.documents["m", "sdg", "p1"].owner == "Burgerzaken"
    duos.write_text("{", "utf-8")
    assert (
        run(
            "sync", "--source", "sdg", "--from", path, "--source", "organisatie", "--from", duos, *common
        ).exit_code
        == 2
    )
    assert library.documents["m", "sdg", "p1"].owner == "Burgerzaken"


def test_the_organisation_s_own_report_says_what_changed(
    library: MemoryLibrary, database: str, tmp_path: Path
) -> None:
    duos, report = write_json(tmp_path / "o.json", organisation()), tmp_path / "report.json"
    common = ("sync", "--source", "organisatie", "--from", duos, "--collection", "m", "--database", database)
    run(*common)
    write_json(duos, organisation() | {"productduos": []})
    run(*common, "--report", report)
    (whole,) = json.loads(report.read_text("utf-8"))
    assert (whole["added"], whole["unchanged"]) == ([], ["bz", "a", "b"])
    assert whole["withdrawn"] == [{"id": "duo", "reason": "no longer a duo", "where": ""}]


def test_a_dry_run_changes_nothing(library: MemoryLibrary, database: str, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "v.jsonl", vac("a"))
    result = run(
        "sync", "--source", "vac", "--from", path, "--collection", "m", "--database", database, "--dry-run"
    )
    assert (result.exit_code, library.calls) == (0, 0)
    assert "dry run" in result.output


def test_check_opens_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_line, "open_library", None)
    path = write_lines(tmp_path / "v.jsonl", vac("a", antwoord="<p>Bel XX.</p>", afdelingen=[]))
    result = run("check", "--source", "vac", "--from", path)
    assert result.exit_code == 0
    assert "placeholder 'XX'" in result.output
    assert "no owner" in result.output


def test_markup_in_a_source_is_shown_as_it_is(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "v.jsonl", vac("[bold]x[/bold]", status="[red]y"))
    assert "[bold]x[/bold]: unknown status '[red]y'" in run("check", "--source", "vac", "--from", path).output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["check"], "in pairs"),
        (["check", "--config", "no.toml"], "no.toml"),
        (["check", "--config", "x.toml", "--source", "vac", "--from", "a"], "not both"),
        (["sync", "--source", "vac", "--from", "a"], "--collection"),
    ],
)
def test_a_wrong_command_is_told_what_to_write(
    arguments: list[str], reason: str, library: MemoryLibrary
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert reason in result.output


def test_progress_is_a_plain_line_every_few_seconds_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    moments = iter([0.0, 1.0, 4.0, 4.0, 5.0])
    with terminal.Progress(terminal.open_console(), "vac", lambda: next(moments)) as progress:
        progress.read(1)
        progress.read(2_000)
        progress.embedded(3, 4)
    assert capsys.readouterr().out == "vac: 2,000 records read\n"


def test_the_command_line_loads_no_model() -> None:
    models = {"torch", "onnxruntime", "faiss", "sentence_transformers"}
    code = f"import sys, ingest.__main__; print({models} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


def test_a_real_library_takes_a_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = pytest.importorskip(
        "embeddings.library", reason="the library's own dependencies are not installed"
    )
    opened = library.open_library(
        f"sqlite:///{tmp_path / 'l.db'}", encoder="hashing", index="exact", indexes=tmp_path / "indexes"
    )
    monkeypatch.setattr(command_line, "open_library", lambda *_: opened)
    path = write_lines(tmp_path / "v.jsonl", vac("a"), vac("b", toelichting="Intern."))
    common = ("sync", "--source", "vac", "--collection", "m", "--database", f"sqlite:///{tmp_path / 'l.db'}")
    assert run(*common, "--from", path).exit_code == 0
    assert set(opened.published("m", "vac")) == {"a", "b"}
    write_lines(path, vac("a"), vac("b", 2, status="non-actief"))
    assert "withdrawn" in run(*common, "--from", path).output
    assert set(opened.published("m", "vac")) == {"a"}
