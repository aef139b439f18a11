"""A new encoder: what was asked before is joined to in every process, and nothing erased comes back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from embeddings.encoders.hashing import HashingEncoder
from service.answering.unanswered import Unanswered
from service.domain.question import Asker
from service.duos.rereading import AT_ONCE, LOOK_AGAIN, Rereading
from service.storage.gap_tables import FORGOTTEN, askings
from tests.service.duos.houses import COLLECTION, TownHall, town_hall

PASSPORT, DOG = "Hoe lang is een paspoort geldig voor mijn kind?", "Mag mijn hond los op het strand?"


@pytest.fixture
def before(tmp_path: Path) -> TownHall:
    return town_hall(tmp_path)


@pytest.fixture
def after(before: TownHall) -> TownHall:
    """The same town hall after an upgrade."""
    return TownHall(before.engine, encoder=HashingEncoder(256))


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def rereading(hall: TownHall, clock: Clock | None = None) -> Rereading:
    return Rereading(hall.signals.gaps, hall.signals.meanings, hall.look, clock or Clock())


def test_without_it_a_new_encoder_begins_a_second_signal(before: TownHall, after: TownHall) -> None:
    assert after.said(PASSPORT).id != before.said(PASSPORT).id


def test_what_is_read_again_is_joined_to(before: TownHall, after: TownHall) -> None:
    known = [before.said(each) for each in (PASSPORT, DOG)]
    assert rereading(after).some() == 2
    assert [after.said(each).id for each in (PASSPORT, DOG)] == [gap.id for gap in known]


def test_every_process_hears_of_it(before: TownHall, after: TownHall) -> None:
    gap = before.said(PASSPORT)
    elsewhere = after.another_process()
    assert elsewhere.likely(gap) == []  # it has looked, and knows all there is
    rereading(after).some()
    (joined,) = elsewhere.heard(after.question(PASSPORT), [after.look(PASSPORT, "nl", Asker())])
    assert joined.id == gap.id


def test_it_goes_on_where_it_was_and_then_rests(before: TownHall, after: TownHall) -> None:
    for number in range(AT_ONCE + 3):
        before.said(f"Vraag nummer {number} over iets anders")
    clock = Clock()
    work = rereading(after, clock)
    assert [work.some() for _ in range(4)] == [AT_ONCE, 3, 0, 0]
    before.said(PASSPORT)  # a worker of the version before is still running
    assert work.some() == 0
    clock.now += LOOK_AGAIN
    assert work.some() == 1


def test_the_newest_asking_of_a_signal_stays_the_newest(before: TownHall, after: TownHall) -> None:
    gap = before.said(PASSPORT)
    before.later(hours=1)
    newest = "Hoe lang is een paspoort geldig voor mijn kind"
    assert before.said(newest).id == gap.id
    rereading(after).some()
    (asking,) = after.signals.gaps.newest_of({gap.id}, 1)
    assert asking.meaning == after.signals.meanings.of(after.encoder.encode_query(newest))


def test_what_is_erased_is_not_read_again(before: TownHall, after: TownHall) -> None:
    gap = before.said(PASSPORT)
    before.write(lambda connection: forget(connection, gap.id))
    assert rereading(after).some() == 0


def test_what_is_erased_while_it_is_read_stays_erased(before: TownHall, after: TownHall) -> None:
    gap = before.said(PASSPORT)

    def look(text: str, language: str, asker: Asker) -> Unanswered:
        before.write(lambda connection: forget(connection, gap.id))
        return after.look(text, language, asker)

    work = Rereading(after.signals.gaps, after.signals.meanings, look, Clock())
    assert work.some() == 0
    with after.engine.connect() as connection:
        assert connection.execute(select(askings.c.vector)).scalar_one() == b""


def test_a_model_that_is_away_costs_an_hour_and_no_question(before: TownHall, after: TownHall) -> None:
    gap = before.said(PASSPORT)
    away = True

    def look(text: str, language: str, asker: Asker) -> Unanswered:
        found = after.look(text, language, asker)
        return replace(found, encoded=None) if away else found

    clock = Clock()
    work = Rereading(after.signals.gaps, after.signals.meanings, look, clock)
    assert [work.some(), work.some()] == [0, 0]
    away = False
    assert work.some() == 0
    clock.now += LOOK_AGAIN
    assert work.some() == 1
    assert after.said(PASSPORT).id == gap.id


def test_an_asking_that_had_no_meaning_gets_one(before: TownHall) -> None:
    unread = replace(before.look(PASSPORT, "nl", Asker()), encoded=None)
    (gap,) = before.signals.heard(before.question(PASSPORT), [unread])
    assert rereading(before).some() == 1
    assert before.said(PASSPORT).id == gap.id


def test_without_an_encoder_there_is_nothing_to_read_with(before: TownHall) -> None:
    before.said(PASSPORT)
    without = TownHall(before.engine, encoder=Nameless(128))
    assert rereading(without).some() == 0


def test_another_collection_is_left_alone(before: TownHall, after: TownHall) -> None:
    before.said(PASSPORT)
    before.write(move_elsewhere)
    assert rereading(after).some() == 0


class Nameless(HashingEncoder):
    name = ""


def move_elsewhere(connection: Connection) -> None:
    connection.execute(update(askings).values(collection="elders"))


def forget(connection: Connection, gap: uuid.UUID) -> None:
    connection.execute(
        update(askings)
        .where(askings.c.collection == COLLECTION, askings.c.gap_id == gap)
        .values(text=FORGOTTEN, encoder="", vector=b"", states=b"")
    )
