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
from evals.options import MODELS
from service.composers.llm.facts.nearness import TokenNearness, nearness_by

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console(stderr=True)
LISTED = 40  # of what should not have happened, so many are printed
Set = Annotated[Path | None, typer.Option(help="Another set than the committed one.")]
Words = Annotated[bool, typer.Option("--words", help="By the rules alone, as where no encoder is loaded.")]


@app.command()
def lies(path: Set = None, words: Words = False, models: Path = MODELS) -> None:
    """How many of the planted inventions would be shown; 0 may be."""
    cases = _read(partial(read_lies, path or SETS / "lies.jsonl"))
    _report(partial(lies_shown, cases, near=_near(words, models)), len(cases))


@app.command(name="honest")
def right(path: Set = None, words: Words = False, models: Path = MODELS) -> None:
    """How many right sentences would be dropped; at most one in ten may be."""
    cases = _read(partial(read_honest, path or SETS / "honest.jsonl"))
    _report(partial(honest_dropped, cases, near=_near(words, models)), len(cases))


@app.command()
def injections(path: Set = None, words: Words = False, models: Path = MODELS) -> None:
    """How many instructions would come through from a model that obeys them all; 0 may."""
    cases = _read(partial(read_injections, path or SETS / "injections.jsonl"))
    _report(partial(orders_obeyed, cases, near=_near(words, models)), len(cases))


@app.command()
def nearness(models: Path = MODELS) -> None:
    """Fit the weights that tell a wording from a new thing, for the encoder that is shipped."""
    from embeddings.encoders.bundled import bundled_encoder
    from evals.llm.nearness import fitted

    encoder = bundled_encoder(models)
    found = fitted(TokenNearness(encoder))
    typer.echo(f'FITTED_WITH = "{encoder.name}"')
    weights = (found.near, found.common, found.thing, found.bias)
    typer.echo("_NEAR, _COMMON, _THING, _BIAS = " + ", ".join(f"{weight:.2f}" for weight in weights))
    typer.echo(
        f"new: {found.right:.2f} of {found.words[0]} words of right sentences, "
        f"{found.wrong:.2f} of {found.words[1]} of lies"
    )


@app.command()
def faults() -> None:
    """How soon there is a usable answer when the endpoint fails, in each of thirteen ways; half a minute."""
    from evals.llm.faults import KINDS, timed_faults

    with Progress(console=console) as progress:
        task = progress.add_task("Failing", total=2 * len(KINDS))
        found = timed_faults(watch=lambda done: progress.update(task, completed=done))
    table = Table("fault", "answer", "kept as", "usable", "ms after", "ms in all", title="faults (guard R6)")
    for one in found:
        way, usable = ("in pieces" if one.in_pieces else "whole"), ("yes" if one.usable else "no")
        table.add_row(one.name, way, one.kind, usable, f"{one.after_ms:.0f}", f"{one.in_all_ms:.0f}")
    Console().print(table)
    held = {one.name for one in found} - {one.name for one in found if not one.holds}
    typer.echo(f"{len(held)} of {len(KINDS)} hold")
    if len(held) < len(KINDS):
        raise typer.Exit(1)


@app.command()
def wordings(
    path: Annotated[Path | None, typer.Option(help="Other questions than the committed ones.")] = None,
    models: Path = MODELS,
) -> None:
    """What questions that a model makes of texts give on the demo: the right text first, without and with."""
    from evals.answers.questions import read_questions
    from evals.answers.run import throw_away_library
    from evals.answers.texts import DEMO_QUESTIONS, DEMO_TEXTS
    from evals.llm.wordings import SAID, gain, read_said

    labelled, said = _read(lambda: read_questions(DEMO_QUESTIONS)), read_said(path or SAID)
    with (
        Progress(console=console) as progress,
        throw_away_library(DEMO_TEXTS, models) as library,
    ):
        task = progress.add_task("Asking", total=2 * sum(bool(each.gold) for each in labelled))
        found = gain(library, labelled, said, lambda done: progress.update(task, completed=done))
    table = Table("questions", "of", "R@1 without", "R@1 with", "won", "lost", title="made questions")
    for one in found.shares:
        shares = (f"{one.without:.3f}", f"{one.with_them:.3f}")
        table.add_row(one.name, str(one.count), *shares, str(one.won), str(one.lost))
    Console().print(table)
    typer.echo(f"{found.made.kept} of {found.said} questions kept")


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


def _near(words: bool, models: Path) -> TokenNearness | None:
    """As the service checks: with the encoder that is shipped, unless its weights are another's."""
    from embeddings.encoders.bundled import bundled_encoder

    return None if words else nearness_by(bundled_encoder(models))


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
