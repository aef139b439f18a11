"""Calls to a scripted model, as work that an asker waits for makes them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from service.composers.llm.breaker import Breaker
from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Address, Endpoint, Limits
from tests.service.composers.llm.scripted import FAULTS, Answer, Model, running

NAME = "proefmodel"
QUICK = Limits(connect_seconds=0.5, total_seconds=2.0, retry_seconds=6.0)
IMPATIENT = Limits(connect_seconds=0.5, total_seconds=0.8, retry_seconds=6.0)
MOST_SECONDS = 2.5  # a machine with much to do needs a while to notice
# a fault, and how it is served; what is wrong with the words themselves is for each task
BROKEN = sorted(set(FAULTS) - {"other language", "foreign source"})


@dataclass
class Purse:
    """A budget in memory, with who paid."""

    left: int = 100_000
    sites: list[str] = field(default_factory=list)

    def reserve(self, site: str, tokens: int) -> Purse | None:
        self.sites.append(site)
        return self if tokens <= self.left else None

    def settle(self, used: int) -> None:
        self.left -= used


def calls_to(
    url: str, purse: Purse | None = None, allowed: Callable[[], bool] = lambda: True, limits: Limits = QUICK
) -> Calls:
    """Calls to a model at this address."""
    return Calls(Endpoint(Address(url, NAME), limits), purse or Purse(), allowed, Breaker())


@contextmanager
def helper(answer: Answer, limits: Limits = QUICK) -> Iterator[tuple[Calls, Model]]:
    """Calls to a scripted model, with that model."""
    with running(answer) as model:
        yield calls_to(model.url, limits=limits), model


def timed(work: Callable[[], object]) -> tuple[object, float]:
    """What came of it, and the seconds that it took."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started
