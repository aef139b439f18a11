"""Which askings joining is shown: of each signal the newest, those that were erased left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.domain.gap import Gap
from service.domain.question import VISITOR
from service.storage.erasing import Erasing
from tests.service.duos.houses import COLLECTION, TownHall, town_hall

PASSPORT = "Hoe lang is een paspoort geldig voor mijn kind?"
WASTE = "Wanneer wordt grofvuil opgehaald in de Dorpsstraat?"


@pytest.fixture
def hall(tmp_path: Path) -> TownHall:
    return town_hall(tmp_path)


def said(hall: TownHall, text: str, times: int) -> Gap:
    for _ in range(times):
        gap = hall.said(text)
    return gap


def test_of_each_signal_the_newest_come_with_their_meaning(hall: TownHall) -> None:
    passport, waste = said(hall, PASSPORT, 3), said(hall, WASTE, 1)
    found = hall.signals.gaps.newest_of([passport.id, waste.id], 2)
    assert [(asking.gap, asking.sequence) for asking in found] == [
        (passport.id, 2),
        (passport.id, 3),
        (waste.id, 4),
    ]
    assert all(asking.meaning.vector and asking.meaning.states for asking in found)
    assert [asking.sequence for asking in hall.signals.gaps.newest_of([waste.id], 8)] == [4]
    assert hall.signals.gaps.newest_of([], 8) == []


def test_what_was_erased_is_not_among_them_and_an_older_one_is(hall: TownHall) -> None:
    gap = said(hall, PASSPORT, 2)
    question = hall.kept(PASSPORT)
    hall.signals.heard(question, [hall.look(question.text, "nl", VISITOR)])
    assert [asking.sequence for asking in hall.signals.gaps.newest_of([gap.id], 1)] == [3]
    Erasing(hall.engine, COLLECTION).erase(question.conversation, hall.now)
    assert [asking.sequence for asking in hall.signals.gaps.newest_of([gap.id], 1)] == [2]
