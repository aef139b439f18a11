"""A sync that is killed leaves the old texts or the new ones, and many writers lose nothing (R1, R4)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from evals.soak import READY_SECONDS, STEPS, KillReport, kill_sync, quick_folder, write_at_once

RANDOM_KILLS = 20
BEFORE_COMMIT = STEPS[: STEPS.index("before commit") + 1]


@pytest.fixture(scope="module")
def killed() -> KillReport:
    return kill_sync(RANDOM_KILLS)


@pytest.mark.slow
def test_after_a_kill_at_any_moment_the_old_or_the_new_texts_hold_and_never_a_mix(killed: KillReport) -> None:
    assert killed.faults == []
    assert killed.kills == RANDOM_KILLS + len(STEPS)
    assert sum(killed.at_random.values()) == RANDOM_KILLS
    assert set(killed.at_random) == {"old", "new"}


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_before_the_commit_leaves_the_old_texts_and_after_it_the_new(
    killed: KillReport, step: str
) -> None:
    assert killed.at_steps[step] == ("old" if step in BEFORE_COMMIT else "new")


@pytest.mark.slow
def test_answers_come_again_within_ten_seconds_of_a_kill(killed: KillReport) -> None:
    assert 0 < killed.slowest_ready <= READY_SECONDS


@pytest.mark.slow
def test_kills_land_before_and_after_the_commit(killed: KillReport) -> None:
    """If all of them fell on one side, the test above would prove little."""
    assert min(killed.at_random["old"], killed.at_random["new"]) >= 1


@pytest.mark.slow
def test_four_writers_at_once_lose_nothing() -> None:
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        written = write_at_once(4, 200, Path(folder))
    assert written.faults == []
    assert written.writes == 800
