"""The words of a closed gap go, and no byte of them stays; what can be counted stays (guard P5)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from service.domain.gap import LISTED, GapState
from service.storage.gap_tables import FORGOTTEN
from service.storage.gaps import forget_closed_before
from tests.service.duos.houses import AGENT, BERT, COLLECTION, TownHall, town_hall

QUESTION = "Mag een kanariekwekerij aan de Zilverreigerlaan blijven?"
REMARK = "Mevrouw noemde een purperen paraplubak"


@pytest.fixture
def hall(tmp_path: Path) -> TownHall:
    return town_hall(tmp_path)


def words_in(folder: Path) -> set[str]:
    """Which of the words stand in any file of the folder, byte for byte."""
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {word for word in ("kanariekwekerij", "paraplubak") if word.encode() in content}


def test_the_words_go_and_the_counts_stay(hall: TownHall, tmp_path: Path) -> None:
    question = hall.kept(QUESTION)
    gap = hall.signals.ask_duo(question.id, AGENT, REMARK)
    hall.signals.rename(gap, f"{QUESTION} (korter)", BERT)
    gap = hall.signals.dismiss(hall.again(gap), "Dit gaat over een kanariekwekerij", BERT)
    hall.questions.delete_before(hall.now + timedelta(days=1))
    assert words_in(tmp_path) == {"kanariekwekerij", "paraplubak"}
    assert forget_closed_before(hall.engine, COLLECTION, hall.now) == 0
    assert forget_closed_before(hall.engine, COLLECTION, hall.now + timedelta(seconds=1)) == 1
    assert words_in(tmp_path) == set()
    kept = hall.again(gap)
    assert (kept.question, kept.asked, kept.state) == (FORGOTTEN, 1, GapState.DISMISSED)
    assert [event.action for event in hall.signals.gaps.history(gap.id)] == ["opened", "renamed", "dismissed"]
    assert forget_closed_before(hall.engine, COLLECTION, hall.now + timedelta(seconds=1)) == 0


def test_what_is_still_open_keeps_its_words(hall: TownHall) -> None:
    hall.said(QUESTION)
    assert forget_closed_before(hall.engine, COLLECTION, hall.now + timedelta(days=400)) == 0
    (gap,), _ = hall.signals.gaps.listed(LISTED)
    assert gap.question == QUESTION


def test_what_is_forgotten_is_joined_by_nothing(hall: TownHall) -> None:
    gap = hall.signals.dismiss(hall.said(QUESTION), "nee", BERT)
    forget_closed_before(hall.engine, COLLECTION, hall.now + timedelta(seconds=1))
    hall.signals = hall.another_process()
    assert hall.said(QUESTION).id != gap.id
