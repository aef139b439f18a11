"""What visitors said that helped: once a question, of one municipality, and gone with the question."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from service.storage.erasing import Erasing
from service.storage.helped import Helped, helped
from tests.service.duos.houses import COLLECTION, MONDAY, TownHall, town_hall

DAY = date(2026, 3, 2)


@pytest.fixture
def hall(tmp_path: Path) -> TownHall:
    return town_hall(tmp_path)


def test_it_is_kept_once_and_can_be_taken_back(hall: TownHall) -> None:
    kept, other = (hall.kept(text).id for text in ("een", "twee"))
    answers = Helped(hall.engine, COLLECTION)
    for _ in range(2):
        answers.note(kept, DAY)
    assert answers.among([kept, other, uuid.uuid4()]) == {kept}
    assert Helped(hall.engine, "elders").among([kept]) == frozenset()
    Helped(hall.engine, "elders").take_back(kept)
    assert answers.among([kept]) == {kept}
    answers.take_back(kept)
    assert answers.among([kept]) == frozenset()


def test_only_a_question_that_is_kept_can_have_helped(hall: TownHall) -> None:
    with pytest.raises(IntegrityError):
        Helped(hall.engine, COLLECTION).note(uuid.uuid4(), DAY)


def test_it_goes_with_the_conversation(hall: TownHall) -> None:
    question = hall.kept("een")
    Helped(hall.engine, COLLECTION).note(question.id, DAY)
    Erasing(hall.engine, COLLECTION).erase(question.conversation, MONDAY)
    assert rows(hall) == []


def test_it_goes_when_the_time_of_the_question_is_over(hall: TownHall) -> None:
    question = hall.kept("een")
    Helped(hall.engine, COLLECTION).note(question.id, DAY)
    hall.questions.delete_before(MONDAY + timedelta(days=1))
    assert rows(hall) == []


def test_no_name_and_no_word_is_kept() -> None:
    assert set(helped.columns.keys()) == {"collection", "question_id", "day"}


def rows(hall: TownHall) -> list[object]:
    with hall.engine.connect() as connection:
        return list(connection.execute(select(helped)))
