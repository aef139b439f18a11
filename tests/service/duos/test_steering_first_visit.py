"""What is kept from one visit to the next never hides what happened since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from embeddings.store.database import writing
from evals.duo_data import COLLECTION, Municipality, Size
from service.domain.gap import GapEvent, GapState
from service.duos.periods import Kind, period_of
from service.duos.steering import FRESH, FRESH_PAST, Overview, Steering, View
from service.storage.database import open_database
from service.storage.erasing import Erasing
from service.storage.figures import EVERYTHING, FigureRows, Took
from service.storage.gap_tables import askings, gaps
from service.storage.gaps import add_event, forget_closed_before
from service.storage.measures import Measure, Span
from service.storage.tables import questions
from tests.steering_data import NOW, steering_over

EVERYBODY = View(None, members=True)
NOVEMBER = period_of(Kind.MONTH, NOW.date())
SOON = NOW + FRESH


@dataclass(frozen=True)
class House:
    engine: Engine
    municipality: Municipality

    def steering(self) -> Steering:
        """Figures of which nothing was counted yet."""
        return steering_over(self.engine, self.municipality)

    def happens(self, to: GapState, action: str, **values: object) -> None:
        """Something happens to the first signal in this state."""
        with writing(self.engine).begin() as connection:
            first = select(gaps.c.id).where(gaps.c.state == to.value).order_by(gaps.c.number).limit(1)
            gap = connection.execute(first).scalar_one()
            connection.execute(update(gaps).where(gaps.c.id == gap).values(**values))
            add_event(connection, COLLECTION, GapEvent(gap, NOW, "Anna", action))


class TookRows(FigureRows):
    """Counts how often it was read what was solved."""

    reads = 0

    def took(self, span: Span) -> list[Took]:
        self.reads += 1
        return super().took(span)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    engine = open_database(f"sqlite:///{tmp_path}/figures.sqlite")
    municipality = Municipality(engine, NOW, Size(80, 3, 4, 120))
    municipality.write()
    yield House(engine, municipality)
    engine.dispose()


def is_solved(house: House) -> None:
    house.happens(GapState.OPEN, "proven", state=GapState.SOLVED.value, closed_at=NOW)


def is_reopened(house: House) -> None:
    again = {"opened_at": NOW, "due_at": NOW + timedelta(days=7), "closed_at": None}
    state, times = GapState.OPEN.value, gaps.c.reopened + 1
    house.happens(GapState.SOLVED, "reopened", state=state, reopened=times, **again)


def is_handed_over(house: House) -> None:
    house.happens(GapState.OPEN, "handed_over", duo="", department="")


def is_erased(house: House) -> None:
    """Who asked for what was only proposed takes the conversation back: nothing can be done with it now."""
    with writing(house.engine).begin() as connection:
        asked = connection.execute(select(questions)).first()
        assert asked is not None
        once = gaps.c.state == GapState.PROPOSED.value, gaps.c.asked == 1
        gap = connection.execute(select(gaps.c.id).where(*once).limit(1)).scalar_one()
        connection.execute(update(askings).where(askings.c.gap_id == gap).values(question_id=asked.id))
    assert Erasing(house.engine, COLLECTION).erase(asked.conversation_id, NOW) == 1


def is_forgotten(house: House) -> None:
    assert forget_closed_before(house.engine, COLLECTION, NOW - timedelta(days=30)) > 0


@pytest.mark.parametrize("change", [is_solved, is_reopened, is_handed_over, is_erased, is_forgotten])
def test_a_minute_later_it_shows_what_happened(house: House, change: Callable[[House], None]) -> None:
    steering = house.steering()
    before = steering.overview(NOVEMBER, EVERYBODY, NOW)
    change(house)
    shown = steering.overview(NOVEMBER, EVERYBODY, SOON)
    # as it would be counted by a process that knows nothing yet
    assert _of_november(shown) == _of_november(house.steering().overview(NOVEMBER, EVERYBODY, SOON))
    # only words go when their time is over
    assert (_of_november(shown) == _of_november(before)) is (change is is_forgotten)
    for measure in Measure:
        _, rows = steering.rows.listed(measure, NOVEMBER.span(SOON), EVERYTHING, "", 1)
        assert rows == shown.now[measure], measure
    later = SOON + FRESH_PAST
    fresh = house.steering().overview(NOVEMBER, EVERYBODY, later)
    assert steering.overview(NOVEMBER, EVERYBODY, later) == fresh


def test_what_was_solved_is_read_again_only_when_something_was(house: House) -> None:
    rows, own = TookRows(house.engine, COLLECTION), house.steering()
    steering = Steering(rows, own.daily, own.ownership, own.product_names, own.changed_texts)
    steering.overview(NOVEMBER, EVERYBODY, NOW)
    reads = rows.reads
    steering.overview(NOVEMBER, EVERYBODY, SOON)
    assert rows.reads == reads > 0
    is_solved(house)
    steering.overview(NOVEMBER, EVERYBODY, SOON + FRESH)
    assert rows.reads == reads + 1


def _of_november(shown: Overview) -> tuple[object, ...]:
    return shown.now, shown.departments, shown.duos, shown.members
