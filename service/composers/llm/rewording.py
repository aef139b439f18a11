"""Rewords a quote that was shown already: by the model, then checked sentence by sentence, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from service.composers.llm.breaker import Breaker
from service.composers.llm.endpoint import Address, FaultKind, Limits, ModelFault, Reply
from service.composers.llm.facts.material import Cited
from service.composers.llm.grounding import Grounded, grounded, still_answers
from service.composers.llm.language import language_of
from service.composers.llm.orders import holds_order
from service.composers.llm.prompting import is_steered, prompt_of, told
from service.domain.answer import Dropped, Sentence, Source

LANGUAGES = ("nl", "en")
CHARACTERS_A_TOKEN = 2.5  # Dutch in a small model; rather too many reserved than too few
MOST_DROPPED = 0.5  # with more of it untrue, the rest is not to be trusted either


class KeptBecause(StrEnum):
    """Why the quote stands. A fault of the endpoint has its own name after "fault"."""

    SWITCHED_OFF = "switched off"
    BREAKER = "breaker"
    BUDGET = "budget"
    LANGUAGE = "language"
    INTERNAL = "internal"
    STEERED = "steered"
    NOTHING_LEFT = "nothing left"
    MUCH_DROPPED = "much dropped"
    NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Reworded:
    """Sentences that may be shown in place of the quote."""

    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...] = ()
    tokens: int = 0


@dataclass(frozen=True)
class Kept:
    """The quote stands; `dropped` is what the model would have said. `fault` when the endpoint failed."""

    reason: str
    dropped: tuple[Dropped, ...] = ()
    fault: FaultKind | None = None
    tokens: int = 0


class Asks(Protocol):
    """What a rewording needs of an endpoint."""

    @property
    def address(self) -> Address: ...
    @property
    def limits(self) -> Limits: ...
    async def ask(self, system: str, user: str) -> Reply: ...


class Reservation(Protocol):
    """Tokens that were set apart; what was not used goes back."""

    def settle(self, used: int) -> None: ...


class Budget(Protocol):
    """What may be spent on a site today. None when there is not so much left, or nobody knows."""

    def reserve(self, site: str, tokens: int) -> Reservation | None: ...


@dataclass(frozen=True)
class Rewording:
    """Pure over an endpoint: the same reply gives the same sentences. Nothing is stored here.

    `allowed` is the switch that takes the model off everywhere; it is asked before every call and once more
    before anything is shown.
    """

    endpoint: Asks
    budget: Budget
    allowed: Callable[[], bool] = lambda: True
    breaker: Breaker = field(default_factory=Breaker)

    @property
    def model(self) -> str:
        return self.endpoint.address.model

    def prompt(self, language: str) -> str:
        """Which prompt rewords in this language, with its version."""
        return prompt_of(language).label

    async def reword(
        self, question: str, quote: Sequence[str], sources: Sequence[Source], language: str, site: str
    ) -> Reworded | Kept:
        """The quote in other words, or why it stands.

        `question` is as it may be kept; `sources` are those of the quote, numbered from 1.
        """
        if any(source.internal for source in sources):
            return Kept(KeptBecause.INTERNAL)  # a note for staff leaves the house in nobody's words
        passages = [Cited(source.title, source.heading, source.text) for source in sources]
        if holds_order(question) or any(map(is_steered, passages)):
            return Kept(KeptBecause.STEERED)
        if not _is_checkable(passages, language):
            return Kept(KeptBecause.LANGUAGE)
        if not await asyncio.to_thread(self.allowed):
            return Kept(KeptBecause.SWITCHED_OFF)
        return await self._spent(question, quote, passages, language, site)

    async def _spent(
        self, question: str, quote: Sequence[str], passages: Sequence[Cited], language: str, site: str
    ) -> Reworded | Kept:
        """Within the budget: first set apart, then settled, whatever happens in between."""
        asked = told(question, passages, language)
        most = int((len(asked.system) + len(asked.user)) / CHARACTERS_A_TOKEN) + self.endpoint.limits.tokens
        reserved = await asyncio.to_thread(self.budget.reserve, site, most)
        if reserved is None:
            return Kept(KeptBecause.BUDGET)
        if not self.breaker.lets_through():
            await asyncio.to_thread(reserved.settle, 0)
            return Kept(KeptBecause.BREAKER)
        used = most  # who does not tell what it used is taken to have used all
        try:
            reply = await self.endpoint.ask(asked.system, asked.user)
            used = most if reply.tokens is None else reply.tokens
        except ModelFault as fault:
            self.breaker.failed()
            return Kept(f"fault: {fault.kind}", fault=fault.kind, tokens=used)
        finally:
            await asyncio.shield(asyncio.to_thread(reserved.settle, used))
        found = await asyncio.to_thread(grounded, reply.said, passages, asked.tokens, language)
        outcome = _judged(question, quote, found, language, used)
        self._note(outcome)
        if not await asyncio.to_thread(self.allowed):
            return Kept(KeptBecause.SWITCHED_OFF, tokens=used)
        return outcome

    def _note(self, outcome: Reworded | Kept) -> None:
        """A model that speaks another language or names foreign sources is as broken as one that is away."""
        if isinstance(outcome, Kept) and outcome.fault:
            self.breaker.failed()
        else:
            self.breaker.went_well()


def _is_checkable(passages: Sequence[Cited], language: str) -> bool:
    """Words can only be compared with words of the same language: a translation cannot be checked."""
    return language in LANGUAGES and all(language_of(passage.text) == language for passage in passages)


def _judged(
    question: str, quote: Sequence[str], found: Grounded, language: str, used: int
) -> Reworded | Kept:
    """Whether what is left of the model's sentences may stand in place of the quote."""
    if not found.kept:
        return _nothing_left(found, used)
    if len(found.dropped) > MOST_DROPPED * (len(found.kept) + len(found.dropped)):
        return Kept(KeptBecause.MUCH_DROPPED, found.dropped, tokens=used)
    if not still_answers(question, quote, found.kept, language):
        return Kept(KeptBecause.NO_ANSWER, found.dropped, tokens=used)
    return Reworded(found.kept, found.dropped, used)


def _nothing_left(found: Grounded, used: int) -> Kept:
    fault = None
    if not found.languages:
        fault = FaultKind.OTHER_LANGUAGE
    elif found.unknown:
        fault = FaultKind.FOREIGN_SOURCE
    reason = f"fault: {fault}" if fault else KeptBecause.NOTHING_LEFT
    return Kept(reason, found.dropped, fault, used)
