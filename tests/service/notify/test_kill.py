"""A worker that is killed at any moment loses no notice, and a repeat is known by its Message-ID."""

from __future__ import annotations

import pytest

from evals.soak_notices import EVERY_NTH_AT_ONCE, NoticeReport, kill_deliveries

KILLS = 10
NOTICES = 60


@pytest.fixture(scope="module")
def killed() -> NoticeReport:
    return kill_deliveries(KILLS, NOTICES)


@pytest.mark.slow
def test_nothing_is_lost_and_every_repeat_carries_its_first_id(killed: NoticeReport) -> None:
    assert killed.faults == []
    assert killed.kills == KILLS
    assert killed.notices >= NOTICES


@pytest.mark.slow
def test_the_kills_fell_while_notices_were_under_way(killed: NoticeReport) -> None:
    assert min(killed.under_way) > 0
    assert killed.notices > NOTICES  # some had arrived between the kills


@pytest.mark.slow
def test_some_kills_fell_between_the_servers_yes_and_our_note_of_it(killed: NoticeReport) -> None:
    """If none did, no repeat was put to the test."""
    assert killed.repeats >= KILLS // EVERY_NTH_AT_ONCE
