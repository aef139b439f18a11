"""The only place that chooses: which library, which composer, which keys. Everything else receives.

What brings a model's runtime is imported inside a function: the site listens before that is loaded.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fastapi import FastAPI
from sqlalchemy import Engine

from embeddings.store.database import open_engine
from embeddings.store.migrating import migrate as migrate_library
from service.domain.question import Asker
from service.settings import Settings
from service.storage.conversations import Conversations
from service.storage.database import migrate, open_database
from service.storage.questions import Questions
from service.web.answers import Answers, Spoken
from service.web.desk import Desk
from service.web.sessions import Sessions, new_key
from service.web.site import build_site
from service.web.wording import DUO

if TYPE_CHECKING:
    from embeddings.document import Hit
    from embeddings.library import Library
    from service.composers.base import Composer

DUOS_SECONDS = 30.0


def staff_token(settings: Settings) -> str:
    """The staff key: the one that was set, else a new one for this run."""
    return settings.staff_token.get_secret_value() if settings.staff_token else new_key()


def create_app(settings: Settings, sessions: Sessions) -> FastAPI:
    """The site with everything behind it. It listens at once; models are loaded in the background."""
    return build_site(settings, lambda: open_desk(settings), sessions)


def open_desk(settings: Settings) -> Desk:
    """The desk on a checked, migrated database. Loading models takes seconds."""
    engine = open_database(settings.database_url)
    migrate_all(settings)
    return Desk(
        answers=open_answering(settings),
        conversations=Conversations(engine, settings.collection),
        questions=Questions(engine, settings.collection),
        collection=settings.collection,
        retention_days=settings.retention_days,
    )


def open_answering(settings: Settings) -> Answers:
    """The pipeline over the library of the municipality."""
    # side by side: the model is read outside Python, the rules and the dictionary of screening inside it
    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(_open_library_at, settings)
        from service.answering.judge import judge_for, shipped_calibration
        from service.answering.pipeline import Answering
        from service.answering.redaction import warm_up
        from service.answering.screening.meaning import look_for

        library = opening.result()
    # the dictionary of the redactor is wanted at the first unknown word: no reason to be ready later for it
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    library.follower(settings.collection).watch()  # changes by other processes, within two seconds
    judge = judge_for(shipped_calibration(), library)
    encoder = library.encoder.name if library.encoder else ""
    owners = Owners(library.engine, settings.collection)
    return Spoken(
        Answering(library, settings.collection, judge, composer_of(settings), owners, look_for(encoder))
    )


def composer_of(settings: Settings) -> Composer:
    """The composer that the settings name."""
    from service.composers.quotes import QuotesComposer

    return {"quotes": QuotesComposer}[settings.composer]()


def open_library(settings: Settings) -> Library:
    """The library with the encoder that the settings name."""
    from embeddings import library

    return library.open_library(
        settings.database_url,
        encoder=settings.encoder,
        models=settings.data_dir / "models",
        indexes=settings.data_dir / "indexes",
    )


def _open_library_at(settings: Settings) -> Library:
    """The library with its index loaded: the first question should not wait for it."""
    library = open_library(settings)
    library.refresh(settings.collection)
    return library


def do_chores(settings: Settings, now: datetime) -> dict[str, int]:
    """Delete the questions past their time and tidy the library; return what was done, counted."""
    questions = Questions(open_database(settings.database_url), settings.collection)
    deleted = questions.delete_before(now - timedelta(days=settings.retention_days))
    return {"questions_deleted": deleted, **open_library(settings).tidy(now)}


def migrate_all(settings: Settings) -> None:
    """Bring the tables of library, ingest and service to the newest version."""
    from ingest.editorial import migrate as migrate_ingest

    engine = open_engine(settings.database_url)
    for bring_up_to_date in (migrate_library, migrate_ingest, migrate):
        bring_up_to_date(engine)


class Owners:
    """Who keeps a text: its department, and for staff the duo of its product too.

    The duos are read again every half minute: they change when the organisation is loaded anew.
    """

    def __init__(self, engine: Engine, collection: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._collection = collection
        self._clock = clock
        self._read_at = -DUOS_SECONDS
        self._names: dict[str, str] = {}

    def __call__(self, hit: Hit, asker: Asker) -> str:
        if not asker.staff:
            return hit.owner
        names = self._duo_names()
        duos = dict.fromkeys(names[product] for product in hit.products if product in names)
        return ", ".join(part for part in (hit.owner, *duos) if part)

    def _duo_names(self) -> dict[str, str]:
        if self._clock() - self._read_at >= DUOS_SECONDS:
            from ingest.editorial import duos

            self._read_at = self._clock()
            known = duos(self._engine, self._collection)
            self._names = {product: DUO.format(name=duo.name) for duo in known for product in duo.products}
        return self._names
