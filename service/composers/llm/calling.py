"""A call to the model behind its switch, its budget and its breaker: what all work for it has in common."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from service.composers.llm.breaker import Breaker
from service.composers.llm.endpoint import Address, FaultKind, Heard, Limits, ModelFault, Reply, Said
from service.composers.llm.prompting import Told

# who says no has written nothing: an endpoint that is away does not use up the day
_COSTS_NOTHING = frozenset({FaultKind.REFUSED, FaultKind.BUSY, FaultKind.DENIED})
CHARACTERS_A_TOKEN = 2.5  # Dutch in a small model; rather too many reserved than too few


class NotAsked(StrEnum):
    """Why no model was asked."""

    SWITCHED_OFF = "switched off"
    BREAKER = "breaker"
    BUDGET = "budget"


@dataclass(frozen=True)
class Spoken:
    """What the model said, unchecked, and the tokens that were used."""

    said: tuple[Said, ...]
    tokens: int = 0


@dataclass(frozen=True)
class Silent:
    """Nothing was said. `reason` is a NotAsked, or "fault" with the kind; `fault` when the endpoint failed."""

    reason: str
    fault: FaultKind | None = None
    tokens: int = 0


class Asks(Protocol):
    """What a call needs of an endpoint."""

    @property
    def address(self) -> Address: ...
    @property
    def limits(self) -> Limits: ...
    async def ask(self, system: str, user: str, heard: Heard | None = None) -> Reply: ...


class Reservation(Protocol):
    """Tokens that were set apart; what was not used goes back."""

    def settle(self, used: int) -> None: ...


class Budget(Protocol):
    """What may be spent on a site today. None when there is not so much left, or nobody knows."""

    def reserve(self, site: str, tokens: int) -> Reservation | None: ...


@dataclass(frozen=True)
class Calls:
    """Calls to one endpoint. Nothing is stored here, and nothing that is said was checked.

    `allowed` is the switch that takes the model off everywhere; it is asked before every call, and `still`
    asks it once more before anything is shown.
    """

    endpoint: Asks
    budget: Budget
    allowed: Callable[[], bool] = lambda: True
    breaker: Breaker = field(default_factory=Breaker)

    @property
    def model(self) -> str:
        """The model's name, as its API calls it."""
        return self.endpoint.address.model

    async def still(self) -> bool:
        """Whether the model may be used now."""
        return await asyncio.to_thread(self.allowed)

    async def ask(self, told: Told, site: str, heard: Heard | None = None) -> Spoken | Silent:
        """What the model says to this, within the budget of a site: first set apart, then settled.

        `heard` is told each sentence as soon as it came, as unchecked as all of them.
        """
        if not await self.still():
            return Silent(NotAsked.SWITCHED_OFF)
        most = int((len(told.system) + len(told.user)) / CHARACTERS_A_TOKEN) + self.endpoint.limits.tokens
        reserved = await asyncio.to_thread(self.budget.reserve, site, most)
        if reserved is None:
            return Silent(NotAsked.BUDGET)
        if not self.breaker.lets_through():
            await asyncio.to_thread(reserved.settle, 0)
            return Silent(NotAsked.BREAKER)
        used = most  # who does not tell what it used is taken to have used all
        try:
            reply = await self.endpoint.ask(told.system, told.user, heard)
            used = most * (reply.tries - 1) + (most if reply.tokens is None else reply.tokens)
        except ModelFault as fault:
            self.breaker.failed()
            used = 0 if fault.kind in _COSTS_NOTHING else most * fault.tries
            return Silent(f"fault: {fault.kind}", fault.kind, used)
        finally:
            await asyncio.shield(asyncio.to_thread(reserved.settle, used))
        return Spoken(reply.said, used)

    def ask_now(self, told: Told, site: str) -> Spoken | Silent:
        """The same for who is in a thread of its own, without an event loop; it waits for the answer."""
        return asyncio.run(self.ask(told, site))
