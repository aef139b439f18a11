"""Times `/duo` and `/sturing` with a full database: 5,000 signals and 50,000 questions."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import cast

import structlog
from fastapi.testclient import TestClient

from embeddings.library import Library
from evals.answers.run import answering_over
from evals.duo_data import COLLECTION, Municipality, Size
from service.domain.person import Person, Role
from service.duos.charter import DEFAULT_CHARTER
from service.duos.drafts import Drafts
from service.duos.signals import Signals
from service.duos.steering import Steering
from service.duos.transitions import Heralds, Rules
from service.people.accounts import By, Profile
from service.people.people import People, people_of_municipality
from service.people.staff_key import new_key
from service.settings import Settings
from service.storage.choices import Choices
from service.storage.daily_counts import DailyCounts
from service.storage.database import open_database
from service.storage.figures import FigureRows
from service.storage.gaps import Gaps
from service.storage.questions import Questions
from service.web.answers import Answers, Spoken
from service.web.desk import Desk, Pace
from service.web.sessions import SESSION
from service.web.site import build_site

FULL = Size(signals=5_000, questions=50_000, duos=60, days=200, heavy=True)
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
VISITS = 80


@dataclass
class _Clock:
    """Goes on by `step` with each visit."""

    step: timedelta = timedelta()
    visits: int = 0

    def now(self) -> datetime:
        self.visits += 1
        return NOW + self.visits * self.step


@dataclass(frozen=True)
class _Desk:
    """A desk with the parts that these pages use."""

    answers: Answers
    signals: Signals
    drafts: Drafts
    steering: Steering
    now: Callable[[], datetime]
    pace: Pace | None = None

    def forget_erased(self) -> None:
        """Nobody erases anything while it is timed."""


@dataclass(frozen=True)
class Visits:
    """A site, its clock, and who visits it."""

    desk: _Desk
    clock: _Clock
    client: TestClient
    sessions: Sequence[str]

    def take(self, paths: Sequence[str], apart: timedelta = timedelta()) -> Callable[[int], object]:
        """Visits the paths in turn, each person in turn, so long apart."""
        plan = list(islice(zip(cycle(paths), cycle(self.sessions), strict=False), VISITS))

        def visit(number: int) -> object:
            path, session = plan[number]
            self.clock.step = apart
            self.client.cookies.set(SESSION, session)
            answer = self.client.get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} gives {answer.status_code}")
            return answer

        return visit


def duo_paths() -> list[str]:
    """The list in each of its ways."""
    return [
        f"/duo?toon={tab}&vanaf={start}"
        for tab in ("te-doen", "voorgesteld", "afgerond")
        for start in (0, 50)
    ]


def steering_paths() -> list[str]:
    """Every kind of period, this one and the one before."""
    days = [NOW.date(), NOW.date() - timedelta(days=40)]
    return [f"/sturing?periode={kind}&dag={day}" for kind in ("week", "maand", "kwartaal") for day in days]


@contextmanager
def full_site(library: Library, size: Size = FULL) -> Iterator[Visits]:
    """A running site over a database of this size, visited by a coordinator and a department head."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))  # no line for each visit
    with tempfile.TemporaryDirectory(prefix="antwoordduo-pages-") as name:
        settings = Settings(
            database_url=f"sqlite:///{name}/full.sqlite",
            data_dir=Path(name),
            limit_reads="",  # one visitor comes hundreds of times within a minute
        )
        engine = open_database(settings.database_url)
        municipality = Municipality(engine, NOW, size)
        municipality.write()
        people = people_of_municipality(engine, COLLECTION, new_key())
        answering = answering_over(library, COLLECTION)
        rules = Rules(lambda: municipality.ownership, lambda: DEFAULT_CHARTER)
        signals = Signals(
            Gaps(engine, COLLECTION),
            rules,
            people.audit,
            cast(Heralds, None),  # looking at lists tells nobody anything
            Questions(engine, COLLECTION),
            answering.look,
            "",
        )
        clock = _Clock()
        desk = _Desk(
            Spoken(answering),
            signals,
            Drafts(signals, library, answering, Choices(engine, COLLECTION)),
            Steering(
                FigureRows(engine, COLLECTION),
                DailyCounts(engine, COLLECTION),
                lambda: municipality.ownership,
                lambda: municipality.products,
                lambda since: [],
            ),
            clock.now,
        )
        app = build_site(settings, lambda: cast(Desk, desk), people)
        with TestClient(app, base_url="http://localhost") as client:
            while client.get("/healthz/ready").status_code != 200:
                pass
            yield Visits(
                desk, clock, client, [_session(people, person) for person in _visitors(people, municipality)]
            )
        engine.dispose()


def _visitors(people: People, municipality: Municipality) -> list[Person]:
    department = municipality.ownership.departments[0].name
    profiles = (
        Profile("Coördinator", "coordinator@example.nl", frozenset({Role.COORDINATOR})),
        Profile("Hoofd", "hoofd@example.nl", frozenset({Role.DEPARTMENT_HEAD}), departments=(department,)),
    )
    return [people.accounts.add(By("bench"), profile).person for profile in profiles]


def _session(people: People, person: Person) -> str:
    return people.sessions.open(person.id)
