"""The command `antwoordduo`: serve, worker, migrate, and ingest's commands."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated

import structlog
import typer
from pydantic import ValidationError
from rich.console import Console

from ingest.__main__ import app as ingest_app
from service.app import (
    create_app,
    fill_demo,
    forget_questions,
    make_questions,
    migrate_all,
    municipality_name,
    open_people,
    open_rounds,
    staff_token,
)
from service.demo import NoQuestions
from service.people.audit import Broken
from service.rounds import run_rounds
from service.settings import Settings, environment_name, listed
from service.web import listening
from service.web.access_log import configure_logging
from service.web.register import entry_of

BAD_SETTING = 2

app = typer.Typer(
    help="Cited answers to residents' questions, and an owner for every gap.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.add_typer(ingest_app, name="ingest")
errors = Console(stderr=True, soft_wrap=True, highlight=False)
log = structlog.get_logger()

Host = Annotated[
    str | None, typer.Option(help="Address to listen on; others than this machine need ANTWOORDDUO_HOSTS.")
]
Port = Annotated[int | None, typer.Option(help="Port to listen on.", min=1, max=65535)]
Workers = Annotated[int, typer.Option(help="Processes; only one is safe.", envvar="WEB_CONCURRENCY")]
Once = Annotated[bool, typer.Option("--once", help="Do what is due and stop.")]


@app.command()
def serve(host: Host = None, port: Port = None, workers: Workers = 1) -> None:
    """Answer questions over HTTP."""
    settings = _settings()
    settings = settings.model_copy(update={"host": host or settings.host, "port": port or settings.port})
    try:
        listening.check(settings.host, workers, listed(settings.hosts), settings.demo)
    except listening.Refused as refused:
        raise _failure(str(refused)) from refused
    configure_logging()
    token = staff_token(settings)
    people = open_people(settings, token)
    site = create_app(settings, people)
    _greet(settings, token, None if settings.demo else people.first_admin_key())
    listening.listen(site, settings.host, settings.port, settings.proxies)


@app.command()
def worker(once: Once = False) -> None:
    """Send notices, watch deadlines, ask known questions again, and delete what may not be kept."""
    stopped = threading.Event()
    rounds = open_rounds(_settings(), stopped.is_set)
    configure_logging()
    if once:
        for each in rounds:
            log.info("rounds", **each.turn())
        return
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stopped.set())
    run_rounds(rounds, stopped)


@app.command()
def migrate() -> None:
    """Bring the database to the newest version."""
    migrate_all(_settings())
    typer.echo("the database is up to date")


@app.command()
def wordings(
    limit: Annotated[int, typer.Option(help="How many texts at most.", min=1)] = 100,
    remove: Annotated[bool, typer.Option("--remove", help="Take all of them away instead.")] = False,
) -> None:
    """Let the language model word the questions that texts answer: extra wordings, checked and kept apart."""
    if remove:
        typer.echo(f"{forget_questions(_settings())} questions taken away")
        return
    done = make_questions(_settings(), limit)
    if done is None:
        raise _failure("the settings ask no model for this: see ANTWOORDDUO_MODEL_TASKS in docs/llm.md")
    typer.echo(f"{done.texts} texts, {done.kept} questions kept, {done.dropped} not good enough")


@app.command("algorithm-register")
def algorithm_register(
    as_csv: Annotated[bool, typer.Option("--csv", help="As a table of one row instead of JSON.")] = False,
) -> None:
    """Print the entry for the Dutch register of algorithms; what a person must fill in goes to the errors."""
    settings = _settings()
    configure_logging()  # what goes wrong is no part of what is printed
    entry = entry_of(settings, municipality_name(settings))
    typer.echo(entry.as_csv() if as_csv else entry.as_json(), nl=False)
    for field in entry.open:
        errors.print(f"to fill in: {field.name} ({field.title})", markup=False)


@app.command("fill-demo")
def demo_questions(
    questions: Annotated[Path, typer.Argument(help="Questions, one JSON object a line.")],
) -> None:
    """Ask invented questions, so that the lists of the demo are not empty."""
    try:
        count = fill_demo(_settings(), questions)
    except (OSError, NoQuestions) as error:
        raise _failure(str(error)) from error
    typer.echo(f"{count} questions asked" if count else "there are signals already: nothing asked")


@app.command("verify-audit")
def verify_audit() -> None:
    """Check that no line of the audit was changed or taken away."""
    found = open_people(_settings(), "").audit.verify()
    if isinstance(found, Broken):
        raise _failure(f"the audit is broken at line {found.number}: {found.reason}")
    typer.echo(f"the audit is whole: {found} lines")


def _greet(settings: Settings, token: str, first_key: str | None) -> None:
    """Say where the service is and how one signs in. A key that was set is not repeated."""
    name = f"[{settings.host}]" if ":" in settings.host else settings.host
    root = f"http://{name}:{settings.port}"
    typer.echo(f"Antwoordduo listens on {root}/zijbalk")
    if first_key:
        typer.echo(
            f"make the first admin, once, within 24 hours: {root}/aanmelden/eerste?sleutel={first_key}"
        )
    else:
        typer.echo(f"sign in: {root}/aanmelden")
    if settings.staff_token is None:
        typer.echo(f"staff token of this run: {token}")


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        # never the value itself: it may be a key that is one character short
        faults = [f"{environment_name(str(one['loc'][0]))}: {one['msg']}" for one in error.errors()]
        raise _failure("\n".join(faults)) from None


def _failure(message: str) -> typer.Exit:
    errors.print(message, style="bold red", markup=False)
    return typer.Exit(BAD_SETTING)


def main() -> None:
    """Entry point of the command."""
    app()


if __name__ == "__main__":
    main()
