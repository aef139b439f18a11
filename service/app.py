"""The only place that chooses: which library, which composer, which keys. Everything else receives.

What brings a model's runtime is imported inside a function: the site listens before that is loaded.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from threadpoolctl import threadpool_limits

from embeddings.store.database import open_engine
from embeddings.store.migrating import migrate as migrate_library
from service.demo import (
    ask_demo_questions,
    put_demo_lessons,
    put_demo_site,
    read_demo_lessons,
    read_demo_questions,
)
from service.domain.question import Asker
from service.loop import Fresh, Loop, municipality_now, open_loop, utc_now
from service.people.organisation import Colleague, Organisation, Pair
from service.people.people import People, people_of_municipality
from service.people.provider import Provider, ProviderSettings
from service.people.staff_key import new_key
from service.rounds import Rounds, rounds_of, run_rounds
from service.settings import Settings, listed, roles_of
from service.storage.choices import Choices
from service.storage.conversations import Conversations
from service.storage.database import migrate, open_database
from service.storage.questions import Questions
from service.web.answers import Spoken
from service.web.demo_site import demo_site
from service.web.desk import Desk
from service.web.guard import LOOPBACK_NAMES
from service.web.site import build_site
from service.web.wording import DUO

if TYPE_CHECKING:
    from embeddings.document import Hit
    from embeddings.library import Library
    from service.answering.pipeline import Answering
    from service.composers.base import Composer
    from service.duos.assisting import Assisting
    from service.duos.made_questions import MadeQuestions, Round
    from service.duos.ownership import Ownership
    from service.language_model import LanguageModel
    from service.web.reworder import Reworder

log = structlog.get_logger()

CALIBRATION_SECONDS = 30.0


def staff_token(settings: Settings) -> str:
    """The staff key: the one that was set, else a new one for this run."""
    return settings.staff_token.get_secret_value() if settings.staff_token else new_key()


def create_app(settings: Settings, people: People) -> FastAPI:
    """The site with everything behind it. It listens at once; models are loaded in the background."""
    hosts = LOOPBACK_NAMES | set(listed(settings.hosts))
    choices = Choices(open_engine(settings.database_url), settings.collection)
    municipality = municipality_now(settings, choices)
    return build_site(settings, lambda: open_desk(settings, people), people, hosts, municipality)


def municipality_name(settings: Settings) -> str:
    """The name of the municipality as its people chose it."""
    choices = Choices(open_engine(settings.database_url), settings.collection)
    return municipality_now(settings, choices)().name


def open_people(settings: Settings, staff_key: str) -> People:
    """The people of the municipality, on tables of this version."""
    engine = open_engine(settings.database_url)
    migrate(engine)
    return people_of_municipality(
        engine,
        settings.collection,
        staff_key,
        organisation=lambda: organisation_of(engine, settings.collection),
        provider=provider_of(settings),
        demo=settings.demo,
    )


def provider_of(settings: Settings) -> Provider | None:
    """The identity provider that the settings name, if any."""
    if not settings.oidc_issuer:
        return None
    named = ProviderSettings(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        roles_claim=settings.oidc_roles_claim,
        roles=roles_of(settings.oidc_roles),
        acr=settings.oidc_acr,
    )
    return Provider(named)


def organisation_of(engine: Engine, collection: str) -> Organisation:
    """Members, departments and duos as they are now."""
    from service.duos.ownership import read_ownership

    known = read_ownership(engine, Choices(engine, collection), collection)
    return Organisation(
        tuple(Colleague(one.id, one.name, one.email) for one in known.members),
        tuple(sorted(department.name for department in known.departments)),
        tuple(Pair(duo.name, duo.department, duo.kcc_member, duo.specialist) for duo in known.duos),
    )


def open_desk(settings: Settings, people: People) -> Desk:
    """The desk on a checked, migrated database, with the duo loop behind it. Loading models takes seconds.

    With `worker_inside` the rounds of the worker run here too, in a thread of their own.
    """
    engine = open_database(settings.database_url)
    migrate_all(settings)
    library, answering = open_answering(settings)
    model = language_model_of(settings, engine)
    loop = open_loop(settings, engine, people, library, answering)
    # asked now and then: a calibration that holds for these texts may not hold for those of next month
    doubts = Fresh(lambda: _doubts(loop), CALIBRATION_SECONDS)
    answering = replace(
        answering,
        judge=replace(answering.judge, doubts=doubts),
        owner_of=Owners(loop.rules.ownership),
    )
    if model:
        answering = assisted(answering, model)
    made = made_questions_of(model, loop) if model else None
    if settings.worker_inside:
        rounds = rounds_of(settings, engine, loop, made=made)
        threading.Thread(target=run_rounds, args=(rounds,), name="worker", daemon=True).start()
    return Desk(
        answers=Spoken(answering),
        conversations=Conversations(engine, settings.collection),
        questions=Questions(engine, settings.collection),
        collection=settings.collection,
        retention_days=settings.retention_days,
        loop=loop,
        reworder=reworder_of(settings, engine, model, library) if model else None,
        assisting=assisting_of(model) if model else None,
    )


def _doubts(loop: Loop) -> tuple[str, ...]:
    """Why the calibration may not hold any more. Who cannot look does not know."""
    try:
        return loop.drafts.regression.calibration_reasons()
    except SQLAlchemyError as error:
        log.error("the calibration cannot be looked at", kind=type(error).__name__)
        return ("calibration_not_looked_at",)


def open_rounds(settings: Settings, stopped: Callable[[], bool]) -> list[Rounds]:
    """The rounds of a worker that is a process of its own."""
    people = open_people(settings, staff_token(settings))
    engine = open_database(settings.database_url)
    migrate_all(settings)
    library, answering = open_answering(settings)
    loop = open_loop(settings, engine, people, library, answering)
    model = language_model_of(settings, engine)
    return rounds_of(settings, engine, loop, stopped, made_questions_of(model, loop) if model else None)


def make_questions(settings: Settings, limit: int) -> Round | None:
    """Ask the model which questions so many texts answer; None where it is not asked to do that."""
    engine = open_database(settings.database_url)
    migrate_all(settings)
    model = language_model_of(settings, engine)
    made = questions_by(model, open_library(settings), settings.collection) if model else None
    return made.make(limit) if made else None


def forget_questions(settings: Settings) -> int:
    """Take away every question that a model made; how many. Also where no model is named any more."""
    migrate_all(settings)
    return open_library(settings).made.forget(settings.collection)


def fill_demo(settings: Settings, path: Path) -> int:
    """Give the website of the demo its chat, and ask the questions of the demo when nobody asked anything
    yet; returns how many. Raises NoQuestions."""
    asked = read_demo_questions(path)
    engine = open_database(settings.database_url)
    migrate_all(settings)
    library, answering = open_answering(settings)
    people = open_people(settings, staff_token(settings))
    loop = open_loop(settings, engine, people, library, answering)
    put_demo_site(engine, loop.choices, demo_site(settings.port))
    put_demo_lessons(loop, engine, read_demo_lessons(path.with_name("oefenvragen.jsonl")))
    return ask_demo_questions(loop, Questions(engine, settings.collection), asked)


def open_answering(settings: Settings) -> tuple[Library, Answering]:
    """The library of the municipality, and the pipeline over it."""
    from embeddings.spelling import dictionary

    # wanted at the first question, not before: no reason to be ready later for it
    threading.Thread(target=dictionary, name="word-lists", daemon=True).start()
    # side by side: the model is read outside Python, the rules and the dictionary of screening inside it
    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(_open_library_at, settings)
        from service.answering.judge import judge_for, shipped_calibration
        from service.answering.pipeline import Answering
        from service.answering.redaction import warm_up
        from service.answering.screening.meaning import look_for

        library = opening.result()
    # each question has a thread already: more of them in the arithmetic would only wait for each other
    threadpool_limits(limits=1, user_api="blas")
    # the dictionary of the redactor is wanted at the first unknown word: no reason to be ready later for it
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    library.follower(settings.collection).watch()  # changes by other processes, within two seconds
    judge = judge_for(shipped_calibration(), library)
    encoder = library.encoder.name if library.encoder else ""
    look = look_for(encoder)
    return library, Answering(library, settings.collection, judge, composer_of(), second_look=look)


def composer_of() -> Composer:
    """Answers are quoted, whatever the settings say."""
    from service.composers.quotes import QuotesComposer

    # a language model rewords afterwards what was quoted: see `reworder_of`
    return QuotesComposer()


def assisted(answering: Answering, model: LanguageModel) -> Answering:
    """The same answering, with what the settings let this model help with."""
    from service.answering.assistance import Assistance
    from service.composers.llm.answerable import SecondReading
    from service.composers.llm.asking_back import BackQuestions
    from service.composers.llm.tasks import Task
    from service.composers.llm.whole import WholeQuestions

    reading = SecondReading(model.quick) if model.does(Task.JUDGE) else None
    assistance = Assistance(
        WholeQuestions(model.quick) if model.does(Task.FOLLOW_UP) else None,
        BackQuestions(model.quick, utc_now) if model.does(Task.ASK_BACK) else None,
        reading,
    )
    judge = replace(answering.judge, second_reader=reading.name if reading else "")
    return replace(answering, assistance=assistance, judge=judge)


def assisting_of(model: LanguageModel) -> Assisting:
    """What the settings let this model do for duos."""
    from service.composers.llm.drafting import Drafter
    from service.composers.llm.plain import PlainWriter
    from service.composers.llm.tasks import Task
    from service.duos.assisting import Assisting

    return Assisting(
        Drafter(model.writing) if model.does(Task.DRAFT) else None,
        PlainWriter(model.writing) if model.does(Task.PLAIN) else None,
    )


def made_questions_of(model: LanguageModel, loop: Loop) -> MadeQuestions | None:
    """The questions that a model makes of texts, which are searched from now on; None when it makes none."""
    made = questions_by(model, loop.library, loop.signals.collection)
    if made:
        loop.library.made.search_while(model.writing.allowed)
    return made


def questions_by(model: LanguageModel, library: Library, collection: str) -> MadeQuestions | None:
    """Makes questions of texts with this model, when the settings ask for it."""
    from service.composers.llm.tasks import Task
    from service.composers.llm.wordings import QuestionWriter
    from service.duos.made_questions import MadeQuestions

    if not model.does(Task.WORDINGS):
        return None
    return MadeQuestions(library, collection, QuestionWriter(model.writing), utc_now)


def reworder_of(settings: Settings, engine: Engine, model: LanguageModel, library: Library) -> Reworder:
    """Rewords answers with this model; what it says is checked with the encoder of the library."""
    from service.composers.llm.facts.nearness import nearness_by
    from service.composers.llm.rewording import Rewording
    from service.storage.rewordings import Rewordings
    from service.web.reworder import Reworder

    rewording = Rewording(model.answers, nearness_by(library.encoder))
    return Reworder(rewording, Rewordings(engine, settings.collection), utc_now)


def language_model_of(settings: Settings, engine: Engine) -> LanguageModel | None:
    """The language model that the settings name; nothing of it is loaded where they name none."""
    if settings.composer != "llm":
        return None
    from service.language_model import open_language_model

    return open_language_model(settings, engine, utc_now)


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


def migrate_all(settings: Settings) -> None:
    """Bring the tables of library, ingest and service to the newest version."""
    from ingest.editorial import migrate as migrate_ingest

    engine = open_engine(settings.database_url)
    for bring_up_to_date in (migrate_library, migrate_ingest, migrate):
        bring_up_to_date(engine)


class Owners:
    """Who keeps a text: its department, and for staff the duo of its product too."""

    def __init__(self, ownership: Callable[[], Ownership]) -> None:
        self._ownership = ownership

    def __call__(self, hit: Hit, asker: Asker) -> str:
        if not asker.staff:
            return hit.owner
        known = self._ownership()
        owning = (known.duo_of([product]) for product in hit.products)
        duos = dict.fromkeys(DUO.format(name=duo.name) for duo in owning if duo)
        return ", ".join(part for part in (hit.owner, *duos) if part)
