"""The only place that chooses: which library, which composer, which keys. Everything else receives.

What brings a model's runtime is imported inside a function: the site listens before that is loaded.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fastapi import FastAPI

from embeddings.store.database import open_engine
from embeddings.store.migrating import migrate as migrate_library
from service.settings import Settings
from service.storage.conversations import Conversations
from service.storage.database import migrate, open_database
from service.storage.questions import Questions
from service.web.answers import Answers
from service.web.desk import Desk
from service.web.sessions import Sessions, new_key
from service.web.site import build_site

if TYPE_CHECKING:
    from embeddings.library import Library


def staff_token(settings: Settings) -> str:
    """The staff key: the one that was set, else a new one for this run."""
    return settings.staff_token.get_secret_value() if settings.staff_token else new_key()


def create_app(settings: Settings, sessions: Sessions) -> FastAPI:
    """The site with everything behind it. It listens at once; models are loaded in the background."""
    return build_site(settings, lambda: open_desk(settings), sessions)


def open_desk(settings: Settings) -> Desk:
    """The desk on a checked, migrated database. Loading models takes seconds."""
    engine = open_database(settings.database_url)
    return Desk(
        answers=open_answering(settings),
        conversations=Conversations(engine, settings.collection),
        questions=Questions(engine, settings.collection),
        collection=settings.collection,
        retention_days=settings.retention_days,
    )


def open_answering(settings: Settings) -> Answers:
    """The pipeline over the library of the municipality."""
    from service.answering.pipeline import open_answering as open_pipeline

    return open_pipeline(settings, open_library(settings))


def open_library(settings: Settings) -> Library:
    """The library with the encoder that the settings name."""
    from embeddings import library

    return library.open_library(
        settings.database_url,
        encoder=settings.encoder,
        models=settings.data_dir / "models",
        indexes=settings.data_dir / "indexes",
    )


def do_chores(settings: Settings, now: datetime) -> dict[str, int]:
    """Delete the questions past their time and tidy the library; return what was done, counted."""
    questions = Questions(open_database(settings.database_url), settings.collection)
    deleted = questions.delete_before(now - timedelta(days=settings.retention_days))
    return {"questions_deleted": deleted, **open_library(settings).tidy(now)}


def migrate_all(settings: Settings) -> None:
    """Bring the tables of library, ingest and service to the newest version."""
    from ingest.records import migrate as migrate_ingest

    engine = open_engine(settings.database_url)
    for bring_up_to_date in (migrate_library, migrate_ingest, migrate):
        bring_up_to_date(engine)
