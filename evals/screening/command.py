"""The commands `python -m evals screening …`: fit the look by meaning again, and measure screening."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from embeddings import catalogue
from embeddings.catalogue import BUNDLED
from embeddings.encoders.base import Encoder, EncoderFailed
from embeddings.encoders.bundled import transformer_in
from evals.options import MODELS
from evals.screening.examples import Example, UnusableExamples, fitting_examples, read_examples
from service.answering.screening.meaning import look_for

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
console = Console(stderr=True)

ENCODER = typer.Option(BUNDLED, "--encoder", help="As the service's setting of that name.")


@app.command()
def fit(encoder: str = ENCODER, models: Path = MODELS) -> None:
    """Fit the look by meaning on the committed sets, for this encoder; it replaces the shipped one.

    About ten minutes on one free core.
    """
    from evals.screening.fit import fit as fitted
    from evals.screening.fit import write

    examples, reads = _examples(None), _encoder(encoder, models)
    with Progress(console=console) as progress:
        task = progress.add_task("Fitting", total=1.0)
        layers = transformer_in(models) if encoder == BUNDLED else None
        made = fitted(examples, reads, lambda done: progress.update(task, completed=done), layers)
    write(made)
    for name, figure in made.card["on the part held out, without the rules"].items():
        typer.echo(f"{name}: {figure}")


@app.command()
def measure(
    of: Annotated[Path, typer.Option("--set", help='Lines of {"text", "status" or "label", "hint"}.')],
    misses: Annotated[bool, typer.Option(help="Show every crisis missed and every false alarm.")] = False,
    encoder: str = ENCODER,
    models: Path = MODELS,
) -> None:
    """Say how well screening does on a set: by rules, by meaning, and by both as people meet it."""
    from evals.screening.measure import figures_of, measured

    examples, reads = _examples(of), _encoder(encoder, models)
    look = look_for(reads.name)
    if look.reason:
        console.print(f"[yellow]The look by meaning is off:[/] {look.reason}")
    said = measured(examples, look, reads)
    for name, kinds in said.items():
        typer.echo(f"\n{name}")
        for figure, value in figures_of(examples, kinds).as_record().items():
            typer.echo(f"  {figure}: {value}")
    _print_confusion(figures_of(examples, said["both"]).confusion)
    if misses:
        _print_misses(examples, said["both"])


def _examples(path: Path | None) -> list[Example]:
    try:
        return read_examples(path) if path else fitting_examples()
    except (OSError, UnusableExamples) as error:
        console.print(f"[red]Cannot read:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


def _encoder(name: str, models: Path) -> Encoder:
    try:
        return catalogue.encoder(name, models)
    except EncoderFailed as error:
        console.print(f"[red]No encoder:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


def _print_confusion(confusion: dict[tuple[str, str], int]) -> None:
    meant = sorted({one for one, _ in confusion})
    said = sorted({other for _, other in confusion})
    table = Table("meant \\ said", *said, title="both")
    for one in meant:
        table.add_row(one, *(str(confusion.get((one, other), 0)) for other in said))
    Console().print(table)


def _print_misses(examples: list[Example], said: list[str]) -> None:
    for example, kind in zip(examples, said, strict=True):
        if example.crisis != kind.startswith("crisis."):
            typer.echo(f"{'missed' if example.crisis else 'alarm '} {example.text}")
