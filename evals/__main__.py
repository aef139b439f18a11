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

from embeddings.training.lines import UnusableTexts
from embeddings.training.split import Part
from evals.answers.questions import UnusableQuestions, read_questions
from evals.answers.run import UnusableDocuments, answering_over, ask_all, throw_away_library, write_results
from evals.answers.summary import summary
from evals.gaps.command import app as gaps
from evals.llm.command import app as llm
from evals.options import MODELS
from evals.pairs.command import app as pairs_app
from evals.pairs.sides import UnusableFile
from evals.screening.command import app as screening
from service.domain.question import Channel

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
app.add_typer(screening, name="screening")
app.add_typer(gaps, name="gaps")
app.add_typer(llm, name="llm")
app.add_typer(pairs_app, name="pairs")
console = Console(stderr=True)

_WHOLE = ("questions", "answerable")


@app.command()
def answers(
    documents: Annotated[Path, typer.Option(help="Documents, one JSON object a line.")],
    questions: Annotated[Path, typer.Option(help="Questions, one JSON object a line.")],
    out: Annotated[Path, typer.Option(help="Where the results go, one JSON object a line.")],
    channel: Annotated[str, typer.Option(help="sidebar or website: whose cut-off counts.")] = "sidebar",
    encoder: Annotated[str, typer.Option(help="As the service's setting of that name.")] = "bundled",
    composer: Annotated[str, typer.Option(help="quotes, or llm: quoted and reworded compared.")] = "quotes",
    endpoint: Annotated[str, typer.Option(help="Of llm: root of the model's API.")] = "",
    model: Annotated[str, typer.Option(help="Of llm: the model's name.")] = "",
    key: Annotated[str, typer.Option(envvar="ANTWOORDDUO_MODEL_KEY", help="Of llm: its key.")] = "",
    seconds: Annotated[float, typer.Option(help="Of llm: the most that an answer may take.")] = 8.0,
    tasks: Annotated[str, typer.Option(help="What else the model does, as the service's setting.")] = "",
    models: Path = MODELS,
) -> None:
    """Ask every question over the documents through the real pipeline, and say how good that was."""
    if composer == "llm":
        from evals.llm.command import compared
        from evals.llm.run import Asking

        return compared(Asking(documents, questions, models, encoder, endpoint, model, key, seconds), out)
    try:
        labelled, asked_on = read_questions(questions), Channel(channel)
        _check_place(out)
        with throw_away_library(documents, models, encoder) as library, Progress(console=console) as progress:
            task = progress.add_task("Asking", total=len(labelled))
            advance = partial(_advance, progress, task)
            answering = answering_over(library)
            if tasks:
                from evals.answers.assisted import assisted_by, calls_at

                answering = assisted_by(answering, calls_at(endpoint, model, key, seconds), tasks)
            results = ask_all(answering, labelled, asked_on, advance)
        write_results(results, out)
    except (OSError, ValueError, UnusableQuestions, UnusableDocuments) as error:
        console.print(f"[red]Cannot measure:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    _print_summary(summary(labelled, results))


@app.command()
def unseen(
    out: Annotated[Path, typer.Option(help="Where the results go, one JSON object a line.")],
    texts: Annotated[Path, typer.Option(help="Labelled texts.")] = Path("evals/datasets/texts"),
    part: Annotated[str, typer.Option(help="held_out or calibration.")] = Part.HELD_OUT.value,
    channel: Annotated[str, typer.Option(help="sidebar or website: whose cut-off counts.")] = "sidebar",
    models: Path = MODELS,
) -> None:
    """Ask the questions about texts that nothing was trained, fitted or chosen on."""
    from evals.answers.texts import sets_of

    labelled, results = [], []
    try:
        _check_place(out)
        asked_on = Channel(channel)
        for one in sets_of(texts, Part(part), models):
            with one.library as library, Progress(console=console) as progress:
                task = progress.add_task(f"Asking {one.name}", total=len(one.questions))
                advance = partial(_advance, progress, task)
                found = ask_all(answering_over(library), one.questions, asked_on, advance)
            _print_summary(summary(one.questions, found), one.name)
            labelled += one.questions
            results += found
        write_results(results, out)
    except (OSError, ValueError, UnusableTexts) as error:
        console.print(f"[red]Cannot measure:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    _print_summary(summary(labelled, results), "all")


@app.command()
def calibrate(
    out: Annotated[Path, typer.Option(help="Where the calibration goes.")],
    texts: Annotated[Path | None, typer.Option(help="Labelled texts: their part for calibration.")] = None,
    documents: Annotated[
        list[Path] | None, typer.Option(help="Documents; may be repeated, with its questions.")
    ] = None,
    questions: Annotated[
        list[Path] | None, typer.Option(help="Labelled questions about the documents before.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="The demo's too, but those held out.")] = False,
    endpoint: Annotated[str, typer.Option(help="Root of the API of a model that judges along.")] = "",
    model: Annotated[str, typer.Option(help="Its name, as the service's setting has it.")] = "",
    key: Annotated[str, typer.Option(envvar="ANTWOORDDUO_MODEL_KEY", help="Its key.")] = "",
    seconds: Annotated[float, typer.Option(help="The most that the model may take.")] = 8.0,
    models: Path = MODELS,
) -> None:
    """Fit the judge on labelled questions and choose its cut-offs for the promised risks.

    A municipality names its own documents and questions, those that agents and duos decided among them. With
    an endpoint there is one more fit, that counts only with this model.
    """
    from evals.answers.assisted import second_reader_at
    from evals.answers.calibrate import Measured, calibrated, measure
    from evals.answers.texts import AskedOver, calibration_sets, demo_set

    measured = Measured()
    try:
        if endpoint or model:
            measured.second_reader = second_reader_at(endpoint, model, key, seconds)
        _check_place(out)
        pairs = list(zip(documents or [], questions or [], strict=True))
        sets = [
            *(calibration_sets(texts, models) if texts else []),
            *([demo_set(models)] if demo else []),
            *(
                AskedOver(str(asked), throw_away_library(place, models), read_questions(asked))
                for place, asked in pairs
            ),
        ]
        if not sets:
            raise ValueError("name texts, or documents with their questions")
        for one in sets:
            with one.library as library, Progress(console=console) as progress:
                task = progress.add_task(f"Asking {one.name}", total=len(one.questions))
                advance = partial(_advance, progress, task)
                measure(measured, answering_over(library), one.questions, one.name, advance)
                judged_by = library
        out.write_text(calibrated(measured, judged_by), encoding="utf-8")
    except (OSError, ValueError, UnusableQuestions, UnusableDocuments, UnusableTexts) as error:
        console.print(f"[red]Cannot calibrate:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


@app.command()
def followups(
    documents: Annotated[Path, typer.Option(help="Documents, one JSON object a line, or a plan.")],
    questions: Annotated[Path, typer.Option(help="Conversations: questions with turns.")],
    wholes: Annotated[Path | None, typer.Option(help="What a perfect model would say: id, whole.")] = None,
    endpoint: Annotated[str, typer.Option(help="Root of a real model's API.")] = "",
    model: Annotated[str, typer.Option(help="Its name.")] = "",
    key: Annotated[str, typer.Option(envvar="ANTWOORDDUO_MODEL_KEY", help="Its key.")] = "",
    encoder: Annotated[str, typer.Option(help="As the service's setting of that name.")] = "bundled",
    models: Path = MODELS,
) -> None:
    """What it is worth when a model makes follow-ups whole: searched alone, with the turn before, whole."""
    from evals.answers.followups import compared_followups

    try:
        labelled = read_questions(questions)
        with throw_away_library(documents, models, encoder) as library:
            found = compared_followups(answering_over(library), labelled, wholes, (endpoint, model, key))
    except (OSError, ValueError, KeyError, UnusableQuestions, UnusableDocuments) as error:
        console.print(f"[red]Cannot measure:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    for title, figures in found.items():
        _print_summary(figures, title)


@app.command()
def report(
    out: Annotated[Path, typer.Option(help="Folder in which each report gets its own.")] = Path("results"),
    channel: Annotated[str, typer.Option(help="sidebar or website: whose cut-off counts.")] = "sidebar",
    encoder: Annotated[str, typer.Option(help="As the service's setting of that name.")] = "bundled",
    before: Annotated[
        Path | None, typer.Option(help="Folder of an earlier report, to show beside this one.")
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option(help="Results of answers --composer llm: a chapter about them.")
    ] = None,
    judged: Annotated[
        list[Path] | None, typer.Option(help="With --pairs: what a judge saved; may be repeated.")
    ] = None,
    models: Path = MODELS,
) -> None:
    """Ask the sets of questions that are here, and make a page of what came of it."""
    from evals.pairs.chapter import pairs_chapter
    from evals.report import Run, make_report, sets_here
    from evals.report_before import read_earlier

    try:
        run = Run(models, encoder, Channel(channel))
        earlier = read_earlier(before) if before else None
        compared = pairs_chapter(pairs, judged or ()) if pairs else None
        with Progress(console=console) as progress:
            watch, now = partial(_watch, progress), datetime.now(UTC)
            folder = make_report(sets_here(), run, out, watch, now, earlier, compared)
    except (OSError, ValueError, UnusableFile, UnusableQuestions, UnusableDocuments) as error:
        console.print(f"[red]Cannot report:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    for name, figures in json.loads((folder / "summary.json").read_text(encoding="utf-8")).items():
        _print_summary({key: value for key, value in figures.items() if not isinstance(value, dict)}, name)
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
