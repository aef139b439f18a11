"""A small municipality at work: its texts in a real library, two duos, people, and signals to mend."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from embeddings.document import Document, Section
from embeddings.library import Library
from embeddings.ranking import NAME as RANKING
from embeddings.store.database import writing
from ingest.organisation import Department, Duo, Member, Organisation
from ingest.records import migrate as migrate_ingest
from ingest.records import replace_organisation
from service.answering.judge import Calibration, Fit, judge_for
from service.answering.pipeline import Answering
from service.answering.unanswered import Unanswered
from service.composers.quotes import QuotesComposer
from service.domain.answer import Certainty, Status
from service.domain.gap import Asking, Gap, GapKind, GapState, Origin, Shown
from service.domain.person import Person, Role
from service.domain.productduo import Owner
from service.domain.question import Asker, Channel
from service.duos.assisting import Assisting
from service.duos.charter import Charter
from service.duos.drafts import Drafts
from service.duos.meanings import meanings_of
from service.duos.ownership import read_ownership
from service.duos.signals import Signals
from service.duos.silent import Silence
from service.duos.transitions import Rules
from service.people.accounts import By, Profile
from service.people.people import People, people_of_municipality
from service.settings import Settings
from service.storage import askings as asked_rows
from service.storage import gaps as rows
from service.storage.askings import Meaning
from service.storage.choices import Choices
from service.storage.database import migrate
from service.storage.gaps import Gaps
from service.storage.questions import Questions
from service.web.answers import Spoken
from service.web.desk import Pace
from tests.factories import document, note, open_library
from tests.service.web.conftest import UNHURRIED

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)  # a Wednesday
PASSPORT_PRODUCT = "http://standaarden.overheid.nl/owms/terms/paspoort"
WASTE_PRODUCT = "http://standaarden.overheid.nl/owms/terms/afvalinzameling"
STAFF_KEY = "a-staff-token-for-tests-of-forty-signs!!"
TRAVEL, WASTE = Owner("duo-reis", "Burgerzaken"), Owner("duo-afval", "Openbare ruimte")

# how well a question's words are met, steeply: all of them give .98
_FIT = Fit(
    features=("matched",),
    means=(0.8,),
    scales=(0.05,),
    coefficients=(1.0,),
    intercept=0.0,
    cut_offs={Channel.WEBSITE: 0.95, Channel.SIDEBAR: 0.6},
    no_source_below=0.01,
)
CALIBRATION = Calibration("hashing-64", "", RANKING, "2026-11-21", {"plain": _FIT, "reader": _FIT})

ORGANISATION = Organisation(
    departments=(
        Department("burgerzaken", "Burgerzaken", "burgerzaken@merelveen.example"),
        Department("openbare-ruimte", "Openbare ruimte", "ruimte@merelveen.example"),
    ),
    members=(
        Member("kcc-reis", "Anna Bakker", "anna@merelveen.example"),
        Member("specialist-reis", "Bert Smit", "bert@merelveen.example"),
        Member("kcc-afval", "Carla de Wit", "carla@merelveen.example"),
        Member("specialist-afval", "Dirk Vos", "dirk@merelveen.example"),
    ),
    duos=(
        Duo("duo-reis", "Reisdocumenten", "Burgerzaken", "kcc-reis", "specialist-reis", (PASSPORT_PRODUCT,)),
        Duo("duo-afval", "Afval", "Openbare ruimte", "kcc-afval", "specialist-afval", (WASTE_PRODUCT,)),
    ),
)
PROFILES = {
    "anna": Profile("Anna Bakker", "anna@merelveen.example", frozenset({Role.DUO_MEMBER}), "kcc-reis"),
    "bert": Profile("Bert Smit", "bert@merelveen.example", frozenset({Role.DUO_MEMBER}), "specialist-reis"),
    "carla": Profile("Carla de Wit", "carla@merelveen.example", frozenset({Role.DUO_MEMBER}), "kcc-afval"),
    "coordinator": Profile("Els Kok", "els@merelveen.example", frozenset({Role.COORDINATOR})),
    "head": Profile(
        "Frank Mol",
        "frank@merelveen.example",
        frozenset({Role.DEPARTMENT_HEAD}),
        departments=("Burgerzaken",),
    ),
    "editor": Profile("Gerda Pol", "gerda@merelveen.example", frozenset({Role.EDITOR})),
    "agent": Profile("Henk Bos", "henk@merelveen.example", frozenset({Role.AGENT})),
    "admin": Profile("Ida Roos", "ida@merelveen.example", frozenset({Role.ADMIN})),
}

TEXTS = (
    document(
        "paspoort",
        title="Wat kost een paspoort?",
        sections=(
            Section("Kosten", "Een paspoort kost € 83,87. U betaalt met pin aan de balie."),
            Section("Meenemen", "Neem dit mee:\n• uw oude paspoort\n• een pasfoto van nu"),
            Section("Soorten", "Document\tPrijs\nPaspoort\t€ 83,87\nIdentiteitskaart\t€ 78,92"),
            note("Vraag of de klant spoed heeft."),
        ),
        products=(PASSPORT_PRODUCT,),
    ),
    document("grofvuil", "Grofvuil halen wij op afspraak bij u op.", title="Grofvuil laten ophalen",
             owner="Openbare ruimte", products=(WASTE_PRODUCT,)),
    document("rijbewijs", "Een rijbewijs verlengen duurt 5 werkdagen.", title="Rijbewijs verlengen"),
)  # fmt: skip


@dataclass(frozen=True)
class DuoDesk:
    """What the pages of the duos take from the desk."""

    answers: Spoken
    signals: Signals
    drafts: Drafts
    choices: Choices
    collection: str
    now: Callable[[], datetime]
    pace: Pace | None = None
    assisting: Assisting | None = None

    def forget_erased(self) -> None:
        self.signals.forget_erased()


@dataclass
class Municipality:
    """Everything behind the pages; `at` is what time it is."""

    settings: Settings
    engine: Engine
    library: Library
    desk: DuoDesk
    people: People
    persons: dict[str, Person]
    at: datetime = field(default=NOW)

    def session(self, name: str) -> str:
        """The reference of a new session of somebody."""
        return self.people.sessions.open(self.persons[name].id)

    def signal(
        self, question: str, askings: Collection[Asking] = (), owner: Owner = TRAVEL, **values: object
    ) -> Gap:
        """A signal on a list, as it is after it was asked."""
        opened = NOW - timedelta(days=1)
        filled: dict[str, object] = {
            "kind": GapKind.UNCERTAIN,
            "state": GapState.OPEN,
            "asked": max(len(askings), 1),
            "opened_at": opened,
            "due_at": NOW + timedelta(days=5),
            "product": PASSPORT_PRODUCT,
            "document": "vac:paspoort",
            "title": "Wat kost een paspoort?",
        } | values
        gap = Gap(
            id=uuid.uuid4(), collection=self.settings.collection, number=0, question=question, owner=owner,
            first_asked_at=opened, last_asked_at=NOW - timedelta(hours=2), **filled,  # type: ignore[arg-type]
        )  # fmt: skip
        with writing(self.engine).begin() as connection:
            written = rows.add_gap(connection, gap, weight=float(gap.asked))
            for one in askings or (asking(question),):
                asked_rows.add_asking(connection, gap.collection, _of(one, written), self.meaning(one.text))
        return written

    def meaning(self, text: str) -> Meaning:
        """What joining compares."""
        encoder = self.library.encoder
        assert encoder is not None
        return meanings_of(encoder.name).of(encoder.encode_query(text))


def asking(text: str, **values: object) -> Asking:
    """A question as it was asked, with what was shown."""
    filled: dict[str, object] = {
        "channel": Channel.SIDEBAR,
        "asked_at": NOW - timedelta(hours=2),
        "origin": Origin.OUTCOME,
        "status": Status.LOW_CONFIDENCE,
        "shown": (
            Shown(
                "vac:paspoort",
                "Wat kost een paspoort?",
                "Kosten",
                "Een paspoort kost € 83,87. U betaalt met pin aan de balie.",
                Certainty.MEDIUM,
            ),
        ),
        "probability": 0.4,
    } | values
    return Asking(id=uuid.uuid4(), gap=uuid.uuid4(), text=text, language="nl", **filled)  # type: ignore[arg-type]


def _of(one: Asking, gap: Gap) -> Asking:
    return replace(one, gap=gap.id)


def found_municipality(folder: Path, texts: Collection[Document] = TEXTS) -> None:
    """Lay down a municipality with these texts and people, and nothing on its lists yet."""
    settings = settings_in(folder)
    library = open_library(folder)
    migrate_ingest(library.engine)
    migrate(library.engine)
    for source in {each.source for each in texts}:
        library.apply(settings.collection, source, [each for each in texts if each.source == source])
    library.refresh(settings.collection)
    replace_organisation(library.engine, settings.collection, ORGANISATION)
    people = people_of_municipality(library.engine, settings.collection, STAFF_KEY)
    for profile in PROFILES.values():
        people.accounts.add(By("test"), profile)
    library.engine.dispose()


def settings_in(folder: Path) -> Settings:
    values = {"database_url": f"sqlite:///{folder / 'library.sqlite'}", "data_dir": folder} | UNHURRIED
    return Settings(**values)  # type: ignore[arg-type]


def open_municipality(folder: Path) -> Municipality:
    """The municipality that was laid down in this folder."""
    settings = settings_in(folder)
    library = open_library(folder)
    engine, collection = library.engine, settings.collection
    library.refresh(collection)
    people = people_of_municipality(engine, collection, STAFF_KEY)
    by_name = {account.person.display_name: account.person for account in people.accounts.all()}
    persons = {name: by_name[profile.display_name] for name, profile in PROFILES.items()}
    made: list[Municipality] = []

    def now() -> datetime:
        return made[0].at

    choices = Choices(engine, collection)
    gaps = Gaps(engine, collection)
    rules = Rules(lambda: read_ownership(engine, choices, collection), Charter)
    signals = Signals(
        gaps, rules, people.audit, Silence(), Questions(engine, collection), _look, _encoder_of(library), now
    )
    answering = Answering(library, collection, judge_for(CALIBRATION, library), QuotesComposer())
    drafts = Drafts(signals, library, answering, choices)
    desk = DuoDesk(Spoken(answering), signals, drafts, choices, collection, now)
    made.append(Municipality(settings, engine, library, desk, people, persons))
    return made[0]


def _encoder_of(library: Library) -> str:
    return library.encoder.name if library.encoder else ""


def _look(text: str, language: str, asker: Asker) -> Unanswered:
    return Unanswered(text, Status.NO_SOURCE, 0.0, (), ())
