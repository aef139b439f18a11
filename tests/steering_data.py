"""A made-up municipality with signals behind the pages of figures, and people to look at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from sqlalchemy import Engine

from evals.duo_data import COLLECTION, Municipality, Size
from service.domain.person import Person, Role
from service.duos.steering import Steering
from service.people.accounts import By, Profile
from service.people.people import People
from service.storage.daily_counts import DailyCounts
from service.storage.database import open_database
from service.storage.figures import FigureRows
from service.storage.library_texts import ChangedText
from service.web.desk import Desk, Pace
from service.web.site import build_site
from tests.service.web.conftest import people_in, settings_in
from tests.service.web.fakes import FakeAnswering

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@dataclass(frozen=True)
class SteeredDesk:
    """The part of a desk that the pages of figures use."""

    answers: FakeAnswering
    steering: Steering
    now: Callable[[], datetime]
    pace: Pace | None = None

    def forget_erased(self) -> None:
        """Nobody erases anything here."""


@dataclass(frozen=True)
class Steered:
    """A site with figures, and what stands behind it."""

    app: FastAPI
    engine: Engine
    municipality: Municipality
    steering: Steering
    people: People

    def person(self, *roles: Role, departments: Sequence[str] = (), name: str = "") -> Person:
        """An account with these roles."""
        address = f"{name or '-'.join(sorted(roles))}@merelveen.example"
        profile = Profile("Bo Merel", address, frozenset(roles), departments=tuple(departments))
        return self.people.accounts.add(By("test"), profile).person

    def session(self, person: Person) -> str:
        """What the browser of this person holds."""
        return self.people.sessions.open(person.id)


def steered_site(folder: Path, size: Size | None = None, now: datetime = NOW, filled: bool = True) -> Steered:
    """A site over a new database in `folder`."""
    settings = settings_in(folder, collection=COLLECTION)
    engine = open_database(settings.database_url)
    municipality = Municipality(engine, now, size)
    if filled:
        municipality.write()
    steering = steering_over(engine, municipality, now)
    people = people_in(settings)
    desk = cast(Desk, SteeredDesk(FakeAnswering(), steering, lambda: now))
    return Steered(build_site(settings, lambda: desk, people), engine, municipality, steering, people)


def steering_over(engine: Engine, municipality: Municipality, now: datetime = NOW) -> Steering:
    """The figures of a made-up municipality."""
    return Steering(
        FigureRows(engine, COLLECTION),
        DailyCounts(engine, COLLECTION),
        lambda: municipality.ownership,
        lambda: municipality.products,
        lambda since: changed_texts(municipality, since, now),
    )


def changed_texts(municipality: Municipality, since: datetime, now: datetime) -> list[ChangedText]:
    """A text that changed every second day."""
    departments = municipality.ownership.departments
    found: list[Any] = [
        ChangedText(
            f"redactie:{number}",
            f"Wat kost {name}?",
            f"https://www.merelveen.example/{number}",
            departments[number % len(departments)].name,
            now - timedelta(days=2 * number),
        )
        for number, name in enumerate(municipality.products.values())
    ]
    return [text for text in found if text.changed_at >= since]
