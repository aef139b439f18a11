"""The command line: `python -m ingest sync` and `python -m ingest check`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from embeddings.store.database import open_engine
from ingest.catalogue import Catalogue
from ingest.configuration import Job, Plan, WrongConfiguration, plan_of_file, plan_of_options
from ingest.records import migrate
from ingest.report import Report
from ingest.run import Stores, check_plan, sync_plan
from ingest.sync import Choices
from ingest.terminal import Progress, open_console, show

FINE, SOME_SKIPPED, FAILED = 0, 1, 2

app = typer.Typer(
    help="Sources in, documents out.", no_args_is_help=True, pretty_exceptions_show_locals=False
)

Kinds = Annotated[list[str] | None, typer.Option("--source", help="Kind of source; repeat with --from.")]
Places = Annotated[list[str] | None, typer.Option("--from", help="File, folder or https address.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="TOML file that lists the sources.")]
Collection = Annotated[str, typer.Option(help="The municipality that the texts belong to.")]
Owner = Annotated[str, typer.Option(help="Department for texts that name none.")]
Language = Annotated[str, typer.Option(help="Language of texts that name none.")]
TokenEnv = Annotated[str, typer.Option(help="Environment variable with the token of the API.")]
Intranet = Annotated[bool, typer.Option(help="Allow http, other ports and private addresses.")]
ReportFile = Annotated[Path | None, typer.Option("--report", help="Write the whole report as JSON.")]
Strict = Annotated[bool, typer.Option(help="Exit with 1 when a record was skipped.")]
Database = Annotated[str, typer.Option(envvar="ANTWOORDDUO_DATABASE_URL", help="SQLAlchemy address.")]
Encoder = Annotated[str, typer.Option(envvar="ANTWOORDDUO_ENCODER", help="Model that reads the texts.")]
DataDir = Annotated[Path, typer.Option(envvar="ANTWOORDDUO_DATA_DIR", help="Where models and indexes are.")]
Partial = Annotated[bool, typer.Option(help="Do not withdraw what is absent.")]
AllowShrink = Annotated[bool, typer.Option(help="Many withdrawals at once are meant.")]
DryRun = Annotated[bool, typer.Option(help="Say what would change, change nothing.")]


@app.command("sync")
def sync_command(
    source: Kinds = None, from_: Places = None, config: ConfigFile = None, collection: Collection = "",
    database: Database = "sqlite:///data/antwoordduo.sqlite", encoder: Encoder = "bundled",
    data_dir: DataDir = Path("data"), owner: Owner = "", language: Language = "nl",
    token_env: TokenEnv = "", intranet: Intranet = False, partial: Partial = False,
    allow_shrink: AllowShrink = False, dry_run: DryRun = False, report: ReportFile = None,
    strict: Strict = False,
) -> None:  # fmt: skip
    """Bring the library up to date with its sources."""
    job = Job("", (), owner=owner, language=language, token_env=token_env, intranet=intranet)
    console = open_console()
    try:
        plan = _plan(config, collection, source, from_, job)
        reports = sync_plan(
            plan,
            _open_stores(database, encoder, data_dir),
            Choices(partial, allow_shrink, dry_run),
            lambda name: Progress(console, name),
        )
    except WrongConfiguration as wrong:
        raise _stopped(wrong) from None
    _end(console, reports, report, strict)


@app.command("check")
def check_command(
    source: Kinds = None, from_: Places = None, config: ConfigFile = None, collection: Collection = "check",
    owner: Owner = "", language: Language = "nl", token_env: TokenEnv = "", intranet: Intranet = False,
    report: ReportFile = None, strict: Strict = False,
) -> None:  # fmt: skip
    """Read and lint the sources without publishing anything."""
    job = Job("", (), owner=owner, language=language, token_env=token_env, intranet=intranet)
    console = open_console()
    try:
        plan = _plan(config, collection, source, from_, job)
        reports = check_plan(plan, lambda name: Progress(console, name))
    except WrongConfiguration as wrong:
        raise _stopped(wrong) from None
    _end(console, reports, report, strict)


def open_library(database_url: str, encoder: str, data_dir: Path) -> Catalogue:
    """The library behind an address. Imported here, so that this module loads without a model."""
    from embeddings.library import open_library as open_

    library: Catalogue = open_(
        database_url, encoder=encoder, models=data_dir / "models", indexes=data_dir / "indexes"
    )
    return library


def _plan(
    config: Path | None, collection: str, kinds: list[str] | None, places: list[str] | None, job: Job
) -> Plan:
    if config and (kinds or places):
        raise WrongConfiguration("give either --config or --source with --from, not both")
    if config:
        return plan_of_file(config, "" if collection == "check" else collection)
    return plan_of_options(collection, kinds or [], places or [], job)


def _open_stores(database_url: str, encoder: str, data_dir: Path) -> Stores:
    engine = open_engine(database_url)
    migrate(engine)
    return Stores(open_library(database_url, encoder, data_dir), engine)


def _stopped(wrong: WrongConfiguration) -> typer.Exit:
    typer.echo(str(wrong), err=True)
    return typer.Exit(FAILED)


def _end(console: Console, reports: list[Report], file: Path | None, strict: bool) -> None:
    """Show the reports, write them down where asked, and leave with the right code."""
    show(console, reports)
    if file:
        whole = [report.as_json() for report in reports]
        file.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")
    raise typer.Exit(exit_code(reports, strict))


def exit_code(reports: list[Report], strict: bool) -> int:
    """0 when all went well, 1 when strict and a record was skipped, 2 when a source failed."""
    if any(report.failed for report in reports):
        return FAILED
    return SOME_SKIPPED if strict and any(report.skipped for report in reports) else FINE


if __name__ == "__main__":
    app()
