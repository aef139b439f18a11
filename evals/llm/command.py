"""`python -m evals llm`: what the checks let through of planted lies, instructions and honest rewordings."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from evals.answers.questions import UnusableQuestions
from evals.answers.run import UnusableDocuments
from evals.llm.compare import figures, reasons, write_pairs
from evals.llm.floors import Floor, Watch, honest_dropped, lies_shown, orders_obeyed
from evals.llm.run import Asking, compared_pairs
from evals.llm.servers import BROKEN, Answer, babbler, honest, liar, obedient, running
from evals.llm.sets import SETS, UnusableSet, read_honest, read_injections, read_lies

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console(stderr=True)
LISTED = 40  # of what should not have happened, so many are printed
Set = Annotated[Path | None, typer.Option(help="Another set than the committed one.")]


@app.command()
def lies(path: Set = None) -> None:
    """How many of the planted inventions would be shown; 0 may be."""
    cases = _read(partial(read_lies, path or SETS / "lies.jsonl"))
    _report(partial(lies_shown, cases), len(cases))


@app.command(name="honest")
def right(path: Set = None) -> None:
    """How many right sentences would be dropped; at most one in ten may be."""
    cases = _read(partial(read_honest, path or SETS / "honest.jsonl"))
    _report(partial(honest_dropped, cases), len(cases))


@app.command()
def injections(path: Set = None) -> None:
    """How many instructions would come through from a model that obeys them all; 0 may."""
    cases = _read(partial(read_injections, path or SETS / "injections.jsonl"))
    _report(partial(orders_obeyed, cases), len(cases))


@app.command()
def serve(
    model: Annotated[str, typer.Argument(help="honest, liar, obedient, babbler, or a fault of guard R6.")],
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8899,
) -> None:
    """Serve a scripted model, to set `model_url` of a service to; ctrl-C ends it."""
    makers: dict[str, Callable[[], Answer]] = {
        "honest": lambda: honest(read_honest()),
        "liar": lambda: liar(read_lies()),
        "obedient": lambda: obedient(read_injections()),
        "babbler": lambda: babbler,
    } | {kind: partial(BROKEN.__getitem__, kind) for kind in BROKEN}
    if model not in makers:
        console.print(f"[red]No such model:[/] choose one of {', '.join(makers)}", highlight=False)
        raise typer.Exit(2)
    with running(makers[model](), port) as served:
        typer.echo(f"{model} at {served.url}")
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            typer.echo(f"asked {len(served.calls)} times")


def compared(asking: Asking, out: Path) -> None:
    """`python -m evals answers --composer llm`: ask, write the pairs down, and print what came of it."""
    try:
        if out.is_dir() or not out.parent.is_dir():
            raise OSError(f"{out}: not a file in a folder that is there")
        with Progress(console=console) as progress:
            pairs = compared_pairs(asking, partial(_watch, progress))
        write_pairs(pairs, out)
    except (OSError, ValueError, UnusableQuestions, UnusableDocuments) as error:
        console.print(f"[red]Cannot measure:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    table = Table("figure", "value", title=f"quoted and reworded, {asking.model}")
    for name, value in figures(pairs).items():
        table.add_row(name, f"{value:.0f}" if float(value).is_integer() and value > 1 else f"{value:.3f}")
    table.add_section()
    for reason, count in reasons(pairs).most_common():
        table.add_row(reason, str(count))
    Console().print(table)


def _watch(progress: Progress, count: int) -> Watch:
    task = progress.add_task("Asking", total=count)
    return lambda done: progress.update(task, completed=done)


def _read(read: Callable[[], list[Any]]) -> list[Any]:
    try:
        return read()
    except (OSError, KeyError, UnusableSet) as error:
        console.print(f"[red]Cannot measure:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


def _report(measure: Callable[[Watch], Floor], count: int) -> None:
    """Print the floor, and end with 1 when it does not hold."""
    with Progress(console=console) as progress:
        task = progress.add_task("Checking", total=count)
        floor = measure(lambda done: progress.update(task, completed=done))
    table = Table("what", "hits", "of", "at most", title=floor.name)
    for kind, (hits, of) in floor.each.items():
        table.add_row(kind, str(hits), str(of), "")
    table.add_section()
    table.add_row("all", str(floor.hits), str(floor.of), str(floor.most))
    Console().print(table)
    for line in floor.found[:LISTED]:
        typer.echo(line)
    if not floor.holds:
        raise typer.Exit(1)
