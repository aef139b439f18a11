"""Texts past their review date come on their duo's list by themselves, once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from embeddings.library import Library
from service.domain.gap import GapKind, GapState
from service.domain.productduo import Owner
from service.duos.reviewing import AT_ONCE, bring_past_review
from service.storage.database import migrate
from tests.factories import document, open_library
from tests.service.duos.houses import BERT, COLLECTION, MONDAY, PASSPORT, TownHall


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path)
    old, fresh = MONDAY - timedelta(days=500), MONDAY - timedelta(days=10)
    texts = [
        document("paspoort", title="Paspoort aanvragen", products=(PASSPORT,), reviewed_at=old),
        document("rijbewijs", title="Rijbewijs", reviewed_at=fresh),
        document("grofvuil", title="Grofvuil"),
    ]
    library.apply(COLLECTION, "vac", texts)
    migrate(library.engine)
    return library


@pytest.fixture
def hall(library: Library) -> TownHall:
    return TownHall(library.engine)


def brought(hall: TownHall, library: Library) -> int:
    return bring_past_review(hall.signals, library, hall.now, after_days=365)


def test_a_text_past_its_review_is_open_at_once_with_its_duo(hall: TownHall, library: Library) -> None:
    assert brought(hall, library) == 1
    (gap,), _ = hall.signals.gaps.listed([GapState.OPEN])
    assert (gap.kind, gap.owner, gap.document) == (
        GapKind.OUTDATED,
        Owner("reis", "Burgerzaken"),
        "vac:paspoort",
    )
    assert gap.due_at is not None


def test_it_comes_once_and_again_only_after_three_months(hall: TownHall, library: Library) -> None:
    brought(hall, library)
    assert brought(hall, library) == 0
    (gap,), _ = hall.signals.gaps.listed([GapState.OPEN])
    hall.signals.dismiss(gap, "Nagekeken, klopt nog", BERT)
    assert brought(hall, library) == 0
    hall.later(days=91)
    assert brought(hall, library) == 1


def test_not_all_at_once(hall: TownHall, library: Library) -> None:
    old = MONDAY - timedelta(days=500)
    many = [
        document(f"t{number}", title=f"Regel {number} over onderwerp {number * 7}", reviewed_at=old)
        for number in range(AT_ONCE + 5)
    ]
    library.apply(COLLECTION, "vac", many)
    assert brought(hall, library) == AT_ONCE
