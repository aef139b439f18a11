from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from embeddings.store.database import writing
from evals.duo_data import COLLECTION, Municipality, Size
from service.domain.answer import Status
from service.domain.gap import Asking, Gap, GapEvent, GapKind, GapState, Origin
from service.domain.productduo import Owner
from service.domain.question import Channel
from service.storage import askings as asked_rows
from service.storage import gaps as rows
from service.storage.askings import Meaning
from service.storage.daily_counts import DailyCounts, ProductCount, count
from service.storage.database import open_database
from service.storage.figures import EVERYTHING, FigureRows, Scope
from service.storage.measures import Measure, Span

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
NOVEMBER = Span(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), NOW)
OCTOBER = Span(datetime(2026, 10, 1, tzinfo=UTC), NOVEMBER.start, NOVEMBER.start)
OWNER = Owner("duo-1", "Burgerzaken")


def day(number: int, month: int = 11) -> datetime:
    return datetime(2026, month, number, 12, tzinfo=UTC)


@dataclass
class House:
    engine: Engine
    figures: FigureRows

    def gap(self, *events: tuple[str, datetime], asked: tuple[datetime, ...] = (), **fields: Any) -> Gap:
        """A signal with this history, asked at these moments."""
        moments = asked or (fields.get("opened_at") or day(1),)
        values: dict[str, Any] = {
            "id": uuid.uuid4(),
            "collection": COLLECTION,
            "number": 0,
            "kind": GapKind.MISSING,
            "state": GapState.OPEN,
            "question": "Wat kost een paspoort?",
            "owner": OWNER,
            "asked": len(moments),
            "first_asked_at": moments[0],
            "last_asked_at": moments[-1],
        }
        with writing(self.engine).begin() as connection:
            gap = rows.add_gap(connection, Gap(**(values | fields)), 1.0)
            for at in moments:
                asking = Asking(uuid.uuid4(), gap.id, gap.question, Channel.WEBSITE, "nl", at, Origin.OUTCOME)
                asked_rows.add_asking(connection, COLLECTION, asking, Meaning())
            for action, at in events:
                rows.add_event(connection, COLLECTION, GapEvent(gap.id, at, "systeem", action))
        return gap

    def count(self, measure: Measure, span: Span = NOVEMBER) -> int:
        return sum(counts[0] for counts in self.figures.counts([(measure, span)]).values())


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    engine = open_database(f"sqlite:///{tmp_path}/figures.sqlite")
    yield House(engine, FigureRows(engine, COLLECTION))
    engine.dispose()


def test_every_number_has_as_many_rows_as_it_says(house: House) -> None:
    municipality = Municipality(house.engine, NOW, Size(250, 0, 12, 120))
    municipality.write()
    duos = frozenset(duo.id for duo in municipality.ownership.duos[:4])
    department = Scope(duos, frozenset({"Burgerzaken"}), duos)
    for measure in Measure:
        for span in (OCTOBER, NOVEMBER):
            counts = house.figures.counts([(measure, span)])
            total = house.figures.listed(measure, span, EVERYTHING, "", 1)[1]
            assert total == sum(each[0] for each in counts.values()), measure
            own = house.figures.listed(measure, span, department, "", 1)[1]
            seen = [
                each[0]
                for owner, each in counts.items()
                if owner.duo in duos or (owner.department == "Burgerzaken" and owner.duo not in duos)
            ]
            assert own == sum(seen), measure
    assert house.count(Measure.SOLVED) > 0
    assert house.count(Measure.AGAIN_CLOSED) > 0


def test_counting_reads_indexes_alone(house: House) -> None:
    plans: list[str] = []

    def explain(
        connection: Connection, cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> None:
        if statement.startswith("SELECT"):
            steps = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(step[3] for step in steps)

    event.listen(house.engine, "before_cursor_execute", explain)
    house.figures.counts([(measure, NOVEMBER) for measure in Measure])
    event.remove(house.engine, "before_cursor_execute", explain)
    reads = [step for step in plans if "service_" in step]
    assert {step.split()[1] for step in reads} == {"service_gaps", "service_askings", "service_gap_events"}
    assert [step for step in reads if "USING COVERING INDEX" not in step] == []
    # the signals come in the order of their owners
    assert [step for step in plans if "TEMP B-TREE" in step] == []


def test_other_municipalities_do_not_count(house: House) -> None:
    house.gap(("opened", day(2)), opened_at=day(2))
    elsewhere = FigureRows(house.engine, "elders")
    assert elsewhere.counts([(measure, NOVEMBER) for measure in Measure]) == {}
    assert elsewhere.listed(Measure.OPEN, NOVEMBER, EVERYTHING, "", 10) == ([], 0)
    assert elsewhere.heard(NOW, EVERYTHING, 1, 10) == []


def test_open_is_what_was_open_at_the_end_of_the_span(house: House) -> None:
    house.gap(opened_at=day(20, 10), closed_at=day(3), state=GapState.SOLVED)
    house.gap(opened_at=day(2))
    house.gap(state=GapState.PROPOSED)
    assert house.count(Measure.OPEN, OCTOBER) == 1
    assert house.count(Measure.OPEN) == 1
    assert house.count(Measure.PROPOSED) == 1


def test_late_is_open_past_its_deadline(house: House) -> None:
    house.gap(opened_at=day(2), due_at=day(16))
    house.gap(opened_at=day(2), due_at=day(25))
    assert house.count(Measure.LATE) == 1
    assert house.count(Measure.LATE, OCTOBER) == 0


def test_a_deadline_is_kept_or_missed_once_it_has_passed(house: House) -> None:
    house.gap(opened_at=day(2), due_at=day(10), closed_at=day(9), state=GapState.SOLVED)
    house.gap(opened_at=day(2), due_at=day(10), closed_at=day(11), state=GapState.SOLVED)
    house.gap(opened_at=day(2), due_at=day(10))
    house.gap(opened_at=day(2), due_at=day(28))
    house.gap(opened_at=day(2), due_at=day(10), closed_at=day(3), state=GapState.MERGED)
    found = [house.count(measure) for measure in (Measure.DUE, Measure.KEPT, Measure.MISSED)]
    assert found == [3, 1, 2]


def test_a_reopened_signal_is_not_new_again_and_stays_solved_in_the_month_it_was(house: House) -> None:
    history = ("opened", day(1, 10)), ("proven", day(8, 10)), ("reopened", day(5))
    house.gap(*history, opened_at=day(5), reopened=1)
    assert (house.count(Measure.NEW, OCTOBER), house.count(Measure.NEW)) == (1, 0)
    assert (house.count(Measure.SOLVED, OCTOBER), house.count(Measure.SOLVED)) == (1, 0)
    assert (house.count(Measure.REOPENED, OCTOBER), house.count(Measure.REOPENED)) == (0, 1)


def test_asked_again_is_told_apart_from_asked_after_it_was_closed(house: House) -> None:
    house.gap(asked=(day(2),))  # once: nobody asked again
    house.gap(asked=(day(2), day(9)))
    house.gap(asked=(day(2, 10), day(9)))
    house.gap(asked=(day(2), day(9)), closed_at=day(5), state=GapState.SOLVED)
    house.gap(asked=(day(2), day(9)), closed_at=day(15), state=GapState.DISMISSED)
    house.gap(asked=(day(2), day(9)), opened_at=day(9), reopened=1)
    assert (house.count(Measure.AGAIN), house.count(Measure.AGAIN_CLOSED)) == (5, 2)
    assert (house.count(Measure.AGAIN, OCTOBER), house.count(Measure.AGAIN_CLOSED, OCTOBER)) == (0, 0)


def test_what_was_solved_knows_when_it_was_opened_last(house: House) -> None:
    history = ("opened", day(1, 10)), ("proven", day(8, 10)), ("reopened", day(5)), ("proven", day(12))
    house.gap(*history, opened_at=day(5), closed_at=day(12), state=GapState.SOLVED, reopened=1)
    house.gap(("proven", day(13)), opened_at=day(4), closed_at=day(13), state=GapState.SOLVED)
    took = [(each.opened_at, each.solved_at) for each in house.figures.took(NOVEMBER)]
    assert sorted(took) == [(day(4), day(13)), (day(5), day(12))]
    assert [each.opened_at for each in house.figures.took(OCTOBER)] == [day(1, 10)]


def test_heard_this_week_stands_beside_the_four_weeks_before(house: House) -> None:
    before = tuple(NOW - timedelta(days=days) for days in (40, 20, 15))
    rises = house.gap(asked=(*before, *(NOW - timedelta(days=days) for days in (3, 2, 1))))
    house.gap(asked=(NOW - timedelta(days=1),))
    (found,) = house.figures.heard(NOW, EVERYTHING, 3, 10)
    assert (found.gap.id, found.lately, found.before) == (rises.id, 3, 2)


def test_a_question_is_counted_without_its_words(house: House) -> None:
    first = date(2026, 11, 2)
    with writing(house.engine).begin() as connection:
        for status, certain in (
            (Status.ANSWERED, True), (Status.ANSWERED, True), (Status.ANSWERED, False),
            (Status.LOW_CONFIDENCE, False), (Status.PERSONAL_CASE, False),
        ):  # fmt: skip
            count(connection, COLLECTION, first, "upl:paspoort", status, Channel.SIDEBAR, certain)
        count(connection, "elders", first, "upl:paspoort", Status.ANSWERED, Channel.SIDEBAR, True)
    counts = DailyCounts(house.engine, COLLECTION)
    assert counts.products(first, first + timedelta(days=1)) == [ProductCount("upl:paspoort", 5, 4, 3, 2)]
    assert counts.products(first + timedelta(days=1), first + timedelta(days=9)) == []
