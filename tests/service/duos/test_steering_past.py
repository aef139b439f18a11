"""A period that ended is counted once, and again when something changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from embeddings.store.database import writing
from evals.duo_data import COLLECTION, Size
from service.domain.gap import GapEvent, GapState
from service.domain.productduo import Owner
from service.duos.periods import Kind, period_of
from service.duos.steering import FRESH, FRESH_PAST, FRESH_RISING, Steering, View
from service.storage.figures import FigureRows, Scope
from service.storage.gap_tables import gaps
from service.storage.gaps import add_event
from service.storage.measures import Measure, Span
from tests.steering_data import NOW, Steered, steered_site

EVERYBODY = View(None, members=False)
NOVEMBER = period_of(Kind.MONTH, NOW.date())
OCTOBER = NOVEMBER.before()


class CountingRows(FigureRows):
    """Remembers of which spans something was counted."""

    def __init__(self, steered: Steered) -> None:
        super().__init__(steered.engine, COLLECTION)
        self.looks: list[set[Span]] = []

    def counts(self, wanted: Sequence[tuple[Measure, Span]]) -> dict[Owner, tuple[int, ...]]:
        self.looks.append({span for _, span in wanted})
        return super().counts(wanted)

    def counted(self) -> int:
        """How many spans were counted since the last time that this was asked."""
        number = len(set().union(*self.looks))
        self.looks.clear()
        return number


@pytest.fixture(scope="module")
def steered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steered]:
    site = steered_site(Path(tmp_path_factory.mktemp("past")), Size(60, 0, 4, 120))
    yield site
    site.engine.dispose()


@pytest.fixture
def rows(steered: Steered) -> CountingRows:
    return CountingRows(steered)


@pytest.fixture
def steering(steered: Steered, rows: CountingRows) -> Steering:
    own = steered.steering
    return Steering(rows, own.daily, own.ownership, own.product_names, own.changed_texts)


def test_a_period_that_ended_is_counted_once(steering: Steering, rows: CountingRows) -> None:
    first = steering.overview(NOVEMBER, EVERYBODY, NOW)
    assert rows.counted() == 6
    later = NOW + timedelta(hours=3)
    assert steering.overview(NOVEMBER, EVERYBODY, later).trend[:-1] == first.trend[:-1]
    assert rows.counted() == 1
    # October is known whole; May is new, and of September more is shown now than the trend
    october = steering.overview(OCTOBER, EVERYBODY, later)
    assert rows.counted() == 2
    assert first.before.counts.items() <= october.now.counts.items()
    assert first.before.days == october.now.days


def test_the_next_day_it_is_counted_again(steering: Steering, rows: CountingRows) -> None:
    steering.overview(OCTOBER, EVERYBODY, NOW)
    rows.counted()
    steering.overview(OCTOBER, EVERYBODY, NOW + timedelta(days=1))
    assert rows.counted() == 6


def test_what_is_handed_over_counts_for_who_has_it_now(
    steered: Steered, rows: CountingRows, steering: Steering
) -> None:
    def of(number: int, at: datetime) -> int:
        lines = steering.overview(OCTOBER, EVERYBODY, at).duos
        name = steered.municipality.ownership.duos[number].name
        return next(line.figures[Measure.OPEN] for line in lines if line.name == name)

    giver = next(number for number in range(4) if of(number, NOW))
    taker = (giver + 1) % 4
    before = of(giver, NOW), of(taker, NOW)
    duos = steered.municipality.ownership.duos
    moved, _ = rows.listed(Measure.OPEN, OCTOBER.span(NOW), Scope(frozenset({duos[giver].id})), "", 1)
    with writing(steered.engine).begin() as connection:
        connection.execute(
            update(gaps)
            .where(gaps.c.collection == COLLECTION, gaps.c.id == moved[0].id)
            .values(duo=duos[taker].id, department=duos[taker].department)
        )
        add_event(connection, COLLECTION, GapEvent(moved[0].id, NOW, "Anna", "handed_over"))
    later = NOW + FRESH_PAST
    assert (of(giver, later), of(taker, later)) == (before[0] - 1, before[1] + 1)


def test_what_is_only_proposed_is_counted_as_it_is_now(steered: Steered, steering: Steering) -> None:
    def proposed(at: datetime) -> int:
        return steering.overview(OCTOBER, EVERYBODY, at).now[Measure.PROPOSED]

    before = proposed(NOW)
    assert before > 1
    with writing(steered.engine).begin() as connection:
        number = connection.execute(
            gaps.select().where(gaps.c.state == GapState.PROPOSED.value).limit(1)
        ).one()
        connection.execute(
            update(gaps).where(gaps.c.id == number.id).values(state=GapState.DISMISSED.value, closed_at=NOW)
        )
    assert proposed(NOW + FRESH) == before - 1


def test_what_was_solved_does_not_rise(steered: Steered, steering: Steering) -> None:
    found = steering.rising(EVERYBODY, NOW)
    assert found
    with writing(steered.engine).begin() as connection:
        connection.execute(
            update(gaps)
            .where(gaps.c.id == found[0].gap.id)
            .values(state=GapState.SOLVED.value, closed_at=NOW)
        )
    after = steering.rising(EVERYBODY, NOW + FRESH_RISING)
    assert [each.gap.number for each in after] == [each.gap.number for each in found[1:]]
