"""What was erased goes out of a site that runs, without anybody asking anything (guard P6)."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

import anyio
from sqlalchemy.exc import OperationalError

from service.domain.gap import Gap
from service.duos.signals import Signals
from service.web.forgetting import ERASED_SECONDS, forget_erased
from service.web.reception import NotReady
from tests.service.web.widget.conftest import Opening, Visitor

QUESTION = "Mag een kanariekwekerij onbekend blijven?"


@dataclass
class Forgetful:
    """A desk that is not there, cannot look, and then does."""

    looks: int = 0

    def __call__(self) -> Any:
        self.looks += 1
        if self.looks == 1:
            raise NotReady
        return self

    def forget_erased(self) -> None:
        if self.looks == 2:
            raise OperationalError("", {}, Exception("database is locked"))


def test_it_looks_again_and_again_whatever_comes_between() -> None:
    desk = Forgetful()

    async def some_time() -> None:
        with anyio.move_on_after(2):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(forget_erased, desk, 0.01)
                while desk.looks < 4:
                    await anyio.sleep(0.01)
                tasks.cancel_scope.cancel()

    anyio.run(some_time)
    assert desk.looks >= 4
    assert ERASED_SECONDS <= 5


def left_in(visitor: Visitor) -> Gap:
    """The signal that an unanswered question of the visitor made."""
    visitor.ask(QUESTION)
    visitor.send(f"/vragen/{visitor.question}/adres", email="bo@merelveen.example")
    gap = visitor.chat.desk.signals.gaps.find(1)
    assert gap
    return gap


def held_by(signals: Signals) -> int:
    return len(signals._joiner._vectors)


def test_who_erases_is_forgotten_at_once_here_and_at_the_next_look_elsewhere(visiting: Opening) -> None:
    visitor = visiting()
    gap, signals = left_in(visitor), visitor.chat.desk.signals
    elsewhere = visitor.chat.hall.another_process()
    for each in (signals, elsewhere):
        each.likely(gap)
        assert held_by(each) == 1
    visitor.send("/gesprek/wissen")
    assert held_by(signals) == 0
    assert elsewhere.forget_erased() == 1
    assert held_by(elsewhere) == 0


def test_a_site_forgets_within_seconds_what_another_process_erased(visiting: Opening) -> None:
    visitor = visiting()
    gap, desk = left_in(visitor), visitor.chat.desk
    desk.signals.likely(gap)
    assert held_by(desk.signals) == 1
    desk._erasing.erase(uuid.UUID(visitor.conversation), desk.now())
    last = time.monotonic() + 10
    while held_by(desk.signals) and time.monotonic() < last:
        time.sleep(0.1)
    assert held_by(desk.signals) == 0
