"""`python -m evals gaps`: are questions joined rightly, and do they reach the right duo?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import Engine, select

from embeddings.store.tables import documents as library_documents
from evals.answers.run import COLLECTION, UnusableDocuments, throw_away_library
from evals.gaps.run import (
    GapQuestion,
    UnusableGapQuestions,
    bring_all,
    ownership_of,
    read_gap_questions,
    write_results,
)
from evals.gaps.summary import GapFigures, figures
from evals.options import MODELS

app = typer.Typer(add_completion=False, invoke_without_command=True, help=__doc__)
console = Console(stderr=True)
SETS = Path("evals/datasets/gaps")
GROUPS, MONTH, OTHER_MONTH = SETS / "questions.jsonl", SETS / "plain_1.jsonl", SETS / "plain_2.jsonl"
DEMO = Path("ingest/demo/sources.toml")


@app.callback()
def gaps(
    context: typer.Context,
    documents: Annotated[
        Path, typer.Option(help="Documents, or a plan of sources with who owns them.")
    ] = DEMO,
    questions: Annotated[
        Path, typer.Option(help="Questions with their groups, one JSON object a line.")
    ] = GROUPS,
    out: Annotated[Path | None, typer.Option(help="Where the results go.")] = None,
    encoder: Annotated[str, typer.Option(help="As the service's setting of that name.")] = "bundled",
    models: Path = MODELS,
) -> None:
    """Bring every question to the lists, one after the other, and say how well that went."""
    if context.invoked_subcommand:
        return
    try:
        asked = read_gap_questions(questions)
        with throw_away_library(documents, models, encoder) as library, Progress(console=console) as progress:
            task = progress.add_task("Bringing", total=len(asked))
            results = bring_all(library, asked, lambda done: progress.update(task, completed=done))
            owners = _owners(library.engine, asked)
        if out:
            write_results(results, out)
    except (OSError, ValueError, UnusableGapQuestions, UnusableDocuments) as error:
        console.print(f"[red]Cannot measure:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    _print(figures(asked, results, owners))


@app.command()
def fit(
    documents: Annotated[Path, typer.Option(help="Documents, or a plan of sources.")] = DEMO,
    questions: Annotated[
        Path, typer.Option(help="Hard groups: the even ones to fit, the odd ones to check.")
    ] = GROUPS,
    plain: Annotated[Path, typer.Option(help="An ordinary month, to fit.")] = MONTH,
    check: Annotated[Path, typer.Option(help="Another one, to check.")] = OTHER_MONTH,
    models: Path = MODELS,
) -> None:
    """Fit what joining weighs: prints what to put in service/duos/joining.py."""
    from evals.gaps import fit as fitting

    sets = {path: read_gap_questions(path) for path in (questions, plain, check)}
    with throw_away_library(documents, models) as library, Progress(console=console) as progress:
        task = progress.add_task("Reading", total=sum(map(len, sets.values())))
        said = {
            path: fitting.said_by(library, asked, lambda: progress.advance(task))
            for path, asked in sets.items()
        }
    even, odd = fitting.halves(questions.stem, sets[questions], said[questions])
    of_month, of_other = (
        fitting.Part(path.stem, [each.group for each in sets[path]], said[path]) for path in (plain, check)
    )
    found = fitting.fit([even, of_month], [odd, of_other])
    typer.echo(fitting.as_source(found.weights))
    for name, joined in found.joined.items():
        part = joined.in_order
        typer.echo(
            f"{name}: precision {part.precision:.3f}, recall {part.recall:.3f}, F1 {part.f1:.3f}; "
            f"in other orders F1 {joined.shuffled:.3f}"
        )


def _owners(engine: Engine, asked: Sequence[GapQuestion]) -> dict[str, frozenset[str]]:
    """The duos of the texts that answer each question."""
    wanted = {id for question in asked for id in question.gold}
    if not wanted:
        return {}
    ownership = ownership_of(engine)
    query = select(library_documents.c.id, library_documents.c.products).where(
        library_documents.c.collection == COLLECTION, library_documents.c.id.in_(wanted)
    )
    with engine.connect() as connection:
        products = {row.id: row.products for row in connection.execute(query)}
    duos = {id: ownership.duo_of(own) for id, own in products.items()}
    return {
        question.id: frozenset(duo.id for id in question.gold if (duo := duos.get(id))) for question in asked
    }


def _print(found: GapFigures) -> None:
    table = Table("figure", "value", title="gaps")
    if found.grouped:
        table.add_row("questions with a group", str(found.grouped))
        for name in ("precision", "recall", "f1"):
            table.add_row(f"joining, pairwise {name}", f"{getattr(found.joining, name):.3f}")
    if found.routed:
        table.add_row("questions with an owner", str(found.routed))
        table.add_row("right duo first", f"{found.first:.3f}")
        table.add_row("right duo among three", f"{found.among_three:.3f}")
    Console().print(table)
