"""A job is done by one worker at a time, and the next one takes over from a dead one."""

from __future__ import annotations

import threading

from sqlalchemy import Engine

from service.storage.leases import Leases
from tests.service.notify.scene import COLLECTION, Clock


def test_only_one_has_it_at_a_time(engine: Engine, clock: Clock) -> None:
    one, other = Leases(engine, COLLECTION, clock), Leases(engine, COLLECTION, clock)
    with one.lease("notices", 60) as mine:
        assert mine
        with other.lease("notices", 60) as theirs:
            assert theirs is None
        with other.lease("chores", 60) as another_job:
            assert another_job
    with other.lease("notices", 60) as free:
        assert free


def test_a_municipality_does_not_hold_up_another(engine: Engine, clock: Clock) -> None:
    with (
        Leases(engine, COLLECTION, clock).lease("notices", 60),
        Leases(engine, "elders", clock).lease("notices", 60) as theirs,
    ):
        assert theirs


def test_what_a_dead_worker_held_is_free_after_its_time(engine: Engine, clock: Clock) -> None:
    leases = Leases(engine, COLLECTION, clock)
    dead = leases.lease("notices", 60)
    assert dead.__enter__()
    clock.turn(seconds=59)
    with leases.lease("notices", 60) as early:
        assert early is None
    clock.turn(seconds=1)
    with leases.lease("notices", 60) as late:
        assert late


def test_who_works_longer_extends_and_who_lost_it_is_told(engine: Engine, clock: Clock) -> None:
    leases = Leases(engine, COLLECTION, clock)
    with leases.lease("notices", 60) as mine:
        assert mine
        clock.turn(seconds=50)
        assert mine.extend(60)
        clock.turn(seconds=50)
        with leases.lease("notices", 60) as other:
            assert other is None
        clock.turn(seconds=11)
        with leases.lease("notices", 60) as other:
            assert other
            assert not mine.extend(60)
            mine.release()
            with leases.lease("notices", 60) as third:
                assert third is None


def test_of_many_at_once_exactly_one_gets_it(engine: Engine, clock: Clock) -> None:
    leases = Leases(engine, COLLECTION, clock)
    got: list[bool] = []
    together, all_tried = threading.Barrier(8), threading.Barrier(8)

    def try_it() -> None:
        together.wait()
        with leases.lease("notices", 60) as mine:
            got.append(mine is not None)
            all_tried.wait()

    threads = [threading.Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 7 + [True]
