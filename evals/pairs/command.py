"""`python -m evals pairs`: a page on which people compare answers blind, and what they found."""

from __future__ import annotations

import secrets
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from jinja2 import Environment, StrictUndefined
from rich.console import Console
from rich.table import Table

from evals.pairs.counting import KIND, Tally, agreements, read_judged, tally, together
from evals.pairs.sides import Compared, UnusableFile, digest_of, read_compared, sides
from evals.report_numbers import percent

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console(stderr=True)


@app.command()
def make(
    results: Annotated[Path, typer.Argument(help="Results of evals answers --composer llm.")],
    out: Annotated[Path, typer.Option(help="Where the page goes.")],
    seed: Annotated[str, typer.Option(help="The same seed gives the same page; else drawn.")] = "",
) -> None:
    """Make one page, to send to who judges. It needs no network, and does not tell which answer is which."""
    try:
        compared = read_compared(results)
        out.write_text(page_of(compared, seed or secrets.token_hex(8)), encoding="utf-8")
    except (OSError, UnusableFile) as error:
        raise _failure(error) from error
    typer.echo(f"{len(compared)} pairs: {out}")


@app.command()
def count(
    files: Annotated[list[Path], typer.Argument(help="What judges saved from the page, one file each.")],
) -> None:
    """Who won, whether that may be chance, what was called wrong, and how far the judges agree."""
    try:
        judged = read_judged(files)
    except (OSError, UnusableFile) as error:
        raise _failure(error) from error
    table = Table(
        "judge", "pairs", "reworded", "quoted", "even", "share better", "95 %", "p", "wrong: reworded",
        "wrong: quoted", title="blind pairs",
    )  # fmt: skip
    for one in judged:
        table.add_row(one.judge, *_cells(tally(one.pairs.values())))
    if len(judged) > 1:
        table.add_section()
        table.add_row("together", *_cells(tally(together(judged))))
    Console().print(table)
    for two in agreements(judged):
        value = "says nothing" if two.kappa is None else f"{two.kappa:.2f}"
        typer.echo(f"{' and '.join(two.judges)}: the same on {two.same} of {two.pairs}, kappa {value}")


def page_of(compared: list[Compared], seed: str) -> str:
    """The page as HTML."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    text = (resources.files("evals") / "pairs" / "page.html").read_text(encoding="utf-8")
    return environment.from_string(text).render(
        pairs=sides(compared, seed), seed=seed, results=digest_of(compared), kind=KIND
    )


def _cells(found: Tally) -> list[str]:
    low, high = found.interval.low, found.interval.high
    return [
        str(found.judged), str(found.wins), str(found.losses), str(found.ties),
        "–" if found.share is None else percent(found.share), f"{percent(low)} to {percent(high)}",
        f"{found.chance:.3f}", str(found.wrong_reworded), str(found.wrong_quoted),
    ]  # fmt: skip


def _failure(error: Exception) -> typer.Exit:
    console.print(f"[red]Cannot compare:[/] {error}", highlight=False, soft_wrap=True)
    return typer.Exit(2)
