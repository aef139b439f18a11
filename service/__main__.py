"""The command `antwoordduo`: serve, worker, migrate, and ingest's commands."""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime
from typing import Annotated

import structlog
import typer
from pydantic import ValidationError
from rich.console import Console

from ingest.__main__ import app as ingest_app
from service.app import create_app, do_chores, migrate_all, staff_token
from service.settings import Settings, environment_name
from service.web import listening
from service.web.access_log import configure_logging
from service.web.sessions import Sessions

BAD_SETTING = 2
CHORES_EVERY_SECONDS = 60 * 60

app = typer.Typer(
    help="Cited answers to residents' questions, and an owner for every gap.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.add_typer(ingest_app, name="ingest")
errors = Console(stderr=True, soft_wrap=True, highlight=False)
log = structlog.get_logger()

Host = Annotated[str | None, typer.Option(help="Address to listen on: this machine only.")]
Port = Annotated[int | None, typer.Option(help="Port to listen on.", min=1, max=65535)]
Workers = Annotated[int, typer.Option(help="Processes; only one is safe.", envvar="WEB_CONCURRENCY")]
Once = Annotated[bool, typer.Option("--once", help="Do what is due and stop.")]


@app.command()
def serve(host: Host = None, port: Port = None, workers: Workers = 1) -> None:
    """Answer questions over HTTP."""
    settings = _settings()
    settings = settings.model_copy(update={"host": host or settings.host, "port": port or settings.port})
    try:
        listening.check(settings.host, workers)
    except listening.Refused as refused:
        raise _failure(str(refused)) from refused
    configure_logging()
    token = staff_token(settings)
    sessions = Sessions(token)
    site = create_app(settings, sessions)
    _greet(settings, token, sessions.new_link_key())
    listening.listen(site, settings.host, settings.port)


@app.command()
def worker(once: Once = False) -> None:
    """Delete what may not be kept any longer, and keep the library tidy."""
    settings = _settings()
    configure_logging()
    if once:
        _chores(settings)
        return
    stopped = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stopped.set())
    while not stopped.is_set():
        try:
            _chores(settings)
        except Exception:
            # one bad hour must not end all later ones
            log.exception("chores failed, trying again later")
        stopped.wait(CHORES_EVERY_SECONDS)


@app.command()
def migrate() -> None:
    """Bring the database to the newest version."""
    migrate_all(_settings())
    typer.echo("the database is up to date")


def _chores(settings: Settings) -> None:
    log.info("chores", **do_chores(settings, datetime.now(UTC)))


def _greet(settings: Settings, token: str, link_key: str) -> None:
    """Say where the service is and how staff sign in. A key that was set is not repeated."""
    name = f"[{settings.host}]" if ":" in settings.host else settings.host
    root = f"http://{name}:{settings.port}"
    typer.echo(f"Antwoordduo listens on {root}/zijbalk")
    typer.echo(f"sign in as staff, once: {root}/zijbalk/aanmelden?sleutel={link_key}")
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
