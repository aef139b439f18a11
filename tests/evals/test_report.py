"""`make evals` leaves a folder that says what was measured, with what, and what came of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals import report
from evals.__main__ import app
from evals.answers.texts import DEMO_QUESTIONS
from evals.report import QuestionSet, Run, calibration, make_report, sets_here

NOW = datetime(2026, 11, 21, 20, 5, 7, tzinfo=UTC)
TEXTS = {
    "paspoort": "<p>Een paspoort kost € 86,20.</p>",
    "hond": "<p>Voor een hond betaalt u geen belasting.</p>",
}
QUESTIONS: list[dict[str, object]] = [
    {
        "id": "1",
        "question": "Wat kost een paspoort?",
        "style": "kort",
        "answerable": True,
        "gold": ["paspoort"],
    },
    {"id": "2", "question": "Betaal ik belasting voor een hond?", "style": "kort", "gold": ["hond"]},
    {"id": "3", "turns": ["Wat kost een paspoort?", "En een hond?"], "gold": ["hond"]},
    {"id": "4", "question": "Wanneer komt de kermis?", "style": "chat", "answerable": False, "gold": []},
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> QuestionSet:
    folder = tmp_path_factory.mktemp("set")
    texts = [{"id": id, "title": f"Over {id}", "html": html} for id, html in TEXTS.items()]
    return QuestionSet(
        "tiny", "Two texts", lines(folder / "docs.jsonl", texts), (lines(folder / "q.jsonl", QUESTIONS),)
    )


@pytest.fixture(scope="module")
def made(tiny: QuestionSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("results")
    return make_report(
        [tiny], Run(out / "models", "hashing"), out, lambda name, count: lambda done: None, NOW
    )


def test_a_report_has_a_folder_named_after_its_moment(made: Path) -> None:
    assert made.name == "2026-11-21T20-05-07"
    assert {file.name for file in made.iterdir()} == {
        "tiny.jsonl", "config.json", "summary.json", "report.html"
    }  # fmt: skip


def test_a_folder_of_before_is_never_written_over(made: Path, tiny: QuestionSet) -> None:
    with pytest.raises(FileExistsError):
        make_report([tiny], Run(made, "hashing"), made.parent, lambda name, count: lambda done: None, NOW)


def test_there_is_a_result_for_each_question(made: Path) -> None:
    results = [json.loads(line) for line in (made / "tiny.jsonl").read_text("utf-8").splitlines()]
    assert [result["id"] for result in results] == ["1", "2", "3", "4"]


def test_the_figures_are_there_by_set_and_by_style(made: Path) -> None:
    figures = json.loads((made / "summary.json").read_text("utf-8"))["tiny"]
    assert (figures["questions"], figures["answerable"]) == (4, 3)
    assert figures["R@3"] == 1.0
    assert figures["by style"]["kort"] == {"answerable": 2, "R@1": 1.0, "R@3": 1.0, "R@5": 1.0}
    assert set(figures["by style"]) == {"kort", "follow-up"}
    low, high = figures["95 %"]["R@1"]
    assert low <= figures["R@1"] <= high
    assert {"ECE", "ECE by chance", "macro F1 answerable", "ms, p95"} <= set(figures)


def test_the_config_tells_which_questions_these_were(made: Path, tiny: QuestionSet) -> None:
    config = json.loads((made / "config.json").read_text("utf-8"))
    assert (config["channel"], config["made"]) == ("sidebar", "2026-11-21T20:05:07+00:00")
    assert config["encoder"].startswith("hashing")
    assert config["calibration"]["cut_offs"].keys() == {"sidebar", "website"}
    assert [len(digest) for digest in config["sets"][0]["questions"].values()] == [64]


def test_the_page_names_the_texts_by_their_titles(made: Path) -> None:
    page = (made / "report.html").read_text("utf-8")
    assert "Two texts" in page
    assert "Over paspoort" in page


def test_the_watcher_hears_of_every_question(tiny: QuestionSet, tmp_path: Path) -> None:
    heard: list[object] = []

    def watch(name: str, count: int) -> Callable[[int], None]:
        heard.append((name, count))
        return heard.append

    make_report([tiny], Run(tmp_path / "models", "hashing"), tmp_path, watch, NOW)
    assert heard == [("tiny", 4), 1, 2, 3, 4]


def test_the_demo_is_always_asked_and_the_real_texts_where_they_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(report, "REAL", tmp_path / "absent")
    demo, plain = sets_here()
    assert demo.documents.is_file()
    assert demo.questions[0].is_dir()
    assert plain.questions[0].is_file()
    monkeypatch.setattr(report, "REAL", tmp_path)
    assert [each.name for each in sets_here()] == ["demo", "plain", "real"]


def test_the_command_says_where_the_report_is(
    monkeypatch: pytest.MonkeyPatch, tiny: QuestionSet, tmp_path: Path
) -> None:
    monkeypatch.setattr(report, "sets_here", lambda: [tiny])
    models = str(tmp_path / "models")
    arguments = ["report", "--out", str(tmp_path), "--encoder", "hashing", "--models", models]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 0, told.output
    (page,) = tmp_path.glob("*/report.html")
    assert str(page) in told.output.replace("\n", "")


def test_an_earlier_report_can_stand_beside_it(
    monkeypatch: pytest.MonkeyPatch, tiny: QuestionSet, made: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(report, "sets_here", lambda: [tiny])
    arguments = ["report", "--out", str(tmp_path), "--encoder", "hashing", "--before", str(made)]
    told = CliRunner().invoke(app, [*arguments, "--models", str(tmp_path / "models")])
    assert told.exit_code == 0, told.output
    (folder,) = tmp_path.glob("*T*")
    assert "2026-11-21 at 20:05" in (folder / "report.html").read_text("utf-8")
    assert json.loads((folder / "config.json").read_text("utf-8"))["before"] == NOW.isoformat()


def test_a_folder_that_holds_no_report_stops_it_before_anything_is_asked(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["report", "--out", str(tmp_path / "results"), "--before", str(tmp_path)])
    assert told.exit_code == 2
    assert "config.json" in told.output.replace("\n", "")
    assert not (tmp_path / "results").exists()


def test_what_was_promised_stands_in_the_config(monkeypatch: pytest.MonkeyPatch) -> None:
    promise = {"website": {"risk": 0.1, "bound": 0.2, "answered": 9, "wrong": 0, "missing": 20}}
    fitted = {"date": "2026-11-21", "cut_offs": {"website": None}, "promises": promise, "intercept": 1.0}
    monkeypatch.setattr(report, "calibration", lambda: fitted)
    config = report.config_of([], Run(Path("models")), NOW)
    assert config["calibration"] == {"date": "2026-11-21", "cut_offs": {"website": None}, "promises": promise}


def test_the_cut_offs_are_those_of_the_fit_that_decides() -> None:
    fitted = {
        "date": "d",
        "fits": {"plain": {"cut_offs": {"website": None}}, "reader": {"cut_offs": {"website": 0.9}}},
    }
    assert report.decisive(fitted, read=True)["cut_offs"] == {"website": 0.9}
    assert report.decisive(fitted, read=False)["cut_offs"] == {"website": None}
    assert report.decisive({"cut_offs": {"website": 0.8}}, read=True)["cut_offs"] == {"website": 0.8}


def test_a_set_that_the_judge_was_fitted_on_is_known_by_its_place(
    monkeypatch: pytest.MonkeyPatch, made: Path, tiny: QuestionSet, tmp_path: Path
) -> None:
    place = os.path.relpath(tiny.questions[0], report.ROOT)
    fitted = report.calibration() | {"cases": {"sets": {place: 4}}}
    monkeypatch.setattr(report, "calibration", lambda: fitted)
    run = Run(tmp_path / "models", "hashing")
    folder = make_report([tiny], run, tmp_path, lambda name, count: lambda done: None, NOW)
    assert "fitted on these questions" in (folder / "report.html").read_text("utf-8")
    assert "fitted on these questions" not in (made / "report.html").read_text("utf-8")


def test_questions_that_cannot_be_read_stop_it_with_the_line(
    monkeypatch: pytest.MonkeyPatch, tiny: QuestionSet, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "1"}\n', "utf-8")
    monkeypatch.setattr(report, "sets_here", lambda: [QuestionSet("tiny", "", tiny.documents, (broken,))])
    told = CliRunner().invoke(app, ["report", "--out", str(tmp_path / "results"), "--encoder", "hashing"])
    assert told.exit_code == 2
    assert "broken.jsonl:1" in told.output.replace("\n", "")
    assert not (tmp_path / "results").exists()


def lines(path: Path, records: Sequence[Mapping[str, object]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def test_the_shipped_calibration_names_the_demo_as_the_report_looks_for_it() -> None:
    fitted_on = {(report.ROOT / name).resolve() for name in calibration()["cases"]["sets"]}
    assert DEMO_QUESTIONS.resolve() in fitted_on
