"""The command `python -m evals`: ask, measure, calibrate, time, and break."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from evals.answers.questions import UnusableQuestions, read_questions
from evals.answers.run import UnusableDocuments, answering_over, ask_all, throw_away_library, write_results
from evals.answers.summary import summary
from service.domain.question import Channel

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
console = Console(stderr=True)

MODELS = typer.Option(Path("data/models"), "--models", envvar="ANTWOORDDUO_MODEL_CACHE", help="Model cache.")
_WHOLE = ("questions", "answerable")


@app.command()
def answers(
    documents: Annotated[Path, typer.Option(help="Documents, one JSON object a line.")],
    questions: Annotated[Path, typer.Option(help="Questions, one JSON object a line.")],
    out: Annotated[Path, typer.Option(help="Where the results go, one JSON object a line.")],
    channel: Annotated[str, typer.Option(help="sidebar or website: whose cut-off counts.")] = "sidebar",
    encoder: Annotated[str, typer.Option(help="As the service's setting of that name.")] = "bundled",
    models: Path = MODELS,
) -> None:
    """Ask every question over the documents through the real pipeline, and say how good that was."""
    try:
        labelled, asked_on = read_questions(questions), Channel(channel)
        _check_place(out)
        with throw_away_library(documents, models, encoder) as library, Progress(console=console) as progress:
            task = progress.add_task("Asking", total=len(labelled))
            advance = partial(_advance, progress, task)
            results = ask_all(answering_over(library), labelled, asked_on, advance)
        write_results(results, out)
    except (OSError, ValueError, UnusableQuestions, UnusableDocuments) as error:
        console.print(f"[red]Cannot measure:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    _print_summary(summary(labelled, results))


@app.command()
def calibrate(
    documents: Annotated[list[Path], typer.Option(help="Documents; may be repeated, with its questions.")],
    questions: Annotated[list[Path], typer.Option(help="Labelled questions about the documents before.")],
    out: Annotated[Path, typer.Option(help="Where the calibration goes.")],
    models: Path = MODELS,
) -> None:
    """Fit the judge on labelled questions and choose its cut-offs."""
    from evals.answers.calibrate import Measured, calibrated, measure

    measured, encoder = Measured(), ""
    try:
        _check_place(out)
        for texts, asked in zip(documents, questions, strict=True):
            with throw_away_library(texts, models) as library, Progress(console=console) as progress:
                labelled = read_questions(asked)
                task = progress.add_task(f"Asking {asked.name}", total=len(labelled))
                advance = partial(_advance, progress, task)
                measure(measured, answering_over(library), labelled, str(asked), advance)
                encoder = library.encoder.name if library.encoder else ""
        out.write_text(calibrated(measured, encoder), encoding="utf-8")
    except (OSError, ValueError, UnusableQuestions, UnusableDocuments) as error:
        console.print(f"[red]Cannot calibrate:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


@app.command()
def report(
    out: Annotated[Path, typer.Option(help="Folder in which each report gets its own.")] = Path("results"),
    channel: Annotated[str, typer.Option(help="sidebar or website: whose cut-off counts.")] = "sidebar",
    encoder: Annotated[str, typer.Option(help="As the service's setting of that name.")] = "bundled",
    models: Path = MODELS,
) -> None:
    """Ask the sets of questions that are here, and make a page of what came of it."""
    from evals.report import Run, make_report, sets_here

    try:
        run = Run(models, encoder, Channel(channel))
        with Progress(console=console) as progress:
            folder = make_report(sets_here(), run, out, partial(_watch, progress), datetime.now(UTC))
    except (OSError, ValueError, UnusableQuestions, UnusableDocuments) as error:
        console.print(f"[red]Cannot report:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    for name, figures in json.loads((folder / "summary.json").read_text(encoding="utf-8")).items():
        _print_summary({key: value for key, value in figures.items() if key != "by style"}, name)
    typer.echo(f"The report: {folder / 'report.html'}")


@app.command()
def bench(
    documents: Annotated[Path | None, typer.Option(help="Documents to load; the demo without.")] = None,
) -> None:
    """Time what people wait for. Each line: BENCH name value unit."""
    from evals import bench as timing

    timing.main(documents)


@app.command()
def soak(times: Annotated[int, typer.Option(help="How often a sync is killed.")] = 50) -> None:
    """Kill syncs at random points and look whether anything was mixed or lost."""
    from evals import soak as faults

    faults.main(times)


def _check_place(out: Path) -> None:
    """Before the work, not after it: whether there is a folder to write in."""
    if out.is_dir() or not out.parent.is_dir():
        raise OSError(f"{out}: not a file in a folder that is there")


def _advance(progress: Progress, task: TaskID, done: int) -> None:
    progress.update(task, completed=done)


def _watch(progress: Progress, name: str, count: int) -> Callable[[int], None]:
    return partial(_advance, progress, progress.add_task(f"Asking {name}", total=count))


def _print_summary(figures: dict[str, float], title: str = "answers") -> None:
    table = Table("figure", "value", title=title)
    for name, value in figures.items():
        table.add_row(name, f"{value:.0f}" if name in _WHOLE else f"{value:.3f}")
    Console().print(table)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    app()
