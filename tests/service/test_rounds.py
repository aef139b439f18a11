"""The rounds of the worker: what is due, by one at a time, again after a failure."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.rounds import Job, Rounds, run_rounds
from service.storage.database import open_database
from service.storage.leases import Leases


@pytest.fixture
def leases(tmp_path: Path) -> Leases:
    engine = open_database(f"sqlite:///{tmp_path / 'r.sqlite'}")
    return Leases(engine, "merelveen", lambda: datetime.now(UTC))


def test_each_job_runs_when_it_is_due(leases: Leases) -> None:
    clock, done = [0.0], Counter[str]()

    def doing(name: str) -> Callable[[], int]:
        def do() -> int:
            done[name] += 1
            return 1

        return do

    jobs = [Job("often", 2, doing("often")), Job("seldom", 60, doing("seldom"))]
    rounds = Rounds(jobs, leases, lambda: clock[0])
    assert rounds.turn() == {"often": 1, "seldom": 1}
    assert rounds.turn() == {}
    clock[0] = 2.0
    assert rounds.turn() == {"often": 1}
    clock[0] = 60.0
    assert rounds.turn() == {"often": 1, "seldom": 1}
    assert done == {"often": 3, "seldom": 2}


def test_what_did_nothing_is_not_told(leases: Leases) -> None:
    assert Rounds([Job("idle", 1, lambda: 0)], leases).turn() == {}


def test_a_job_that_fails_stops_no_other_and_is_tried_again(leases: Leases) -> None:
    clock, tries = [0.0], []

    def fails() -> int:
        tries.append(clock[0])
        raise RuntimeError("broken")

    rounds = Rounds([Job("bad", 5, fails), Job("good", 5, lambda: 3)], leases, lambda: clock[0])
    assert rounds.turn() == {"good": 3}
    clock[0] = 5.0
    rounds.turn()
    assert tries == [0.0, 5.0]


def test_two_workers_never_do_the_same_job_at_once(leases: Leases) -> None:
    inside, most, lock = [0], [0], threading.Lock()
    both = threading.Barrier(2)

    def counted() -> int:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        threading.Event().wait(0.05)
        with lock:
            inside[0] -= 1
        return 1

    def work() -> None:
        both.wait()
        Rounds([Job("one", 0, counted)], leases).turn()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 1


def test_it_goes_on_until_it_is_stopped(leases: Leases) -> None:
    stopped, turns = threading.Event(), Counter[str]()

    def last() -> int:
        turns["last"] += 1
        stopped.set()
        return 1

    def beside() -> int:
        turns["beside"] += 1
        return 0

    both = [Rounds([Job("last", 0, last)], leases), Rounds([Job("beside", 0, beside)], leases)]
    run_rounds(both, stopped)
    assert turns["last"] == 1
    assert turns["beside"] <= 2
