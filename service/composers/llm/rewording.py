"""Rewords a quote that was shown already: by the model, then checked sentence by sentence, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.composers.llm.calling import Calls, NotAsked, Silent, Spoken
from service.composers.llm.early import Shows, shown_early
from service.composers.llm.endpoint import FaultKind, Said
from service.composers.llm.facts.material import Cited
from service.composers.llm.facts.nearness import Nearness
from service.composers.llm.grounding import Grounded, grounded, still_answers
from service.composers.llm.language import language_of
from service.composers.llm.orders import holds_order
from service.composers.llm.prompting import Told, is_steered, prompt_of, told
from service.domain.answer import Dropped, Sentence, Source

LANGUAGES = ("nl", "en")
MOST_DROPPED = 0.5  # with more of it untrue, the rest is not to be trusted either


class KeptBecause(StrEnum):
    """Why the quote stands, beside NotAsked. A fault of the endpoint has its own name after "fault"."""

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


@dataclass(frozen=True)
class Rewording:
    """Pure over an endpoint: the same reply gives the same sentences. Nothing is stored here.

    `nearness` tells another wording from another thing; without it a word that the passages lack is one.
    """

    calls: Calls
    nearness: Nearness | None = None

    @property
    def model(self) -> str:
        return self.calls.model

    def prompt(self, language: str) -> str:
        """Which prompt rewords in this language, with its version."""
        return prompt_of(_prompt_name(language)).label

    async def reword(
        self,
        question: str,
        quote: Sequence[str],
        sources: Sequence[Source],
        language: str,
        site: str,
        show: Shows | None = None,
    ) -> Reworded | Kept:
        """The quote in other words, or why it stands.

        `question` is as it may be kept; `sources` are those of the quote, numbered from 1. With `show` each
        sentence that holds by itself is told while the model still writes; what comes of it is the same.
        """
        if any(source.internal for source in sources):
            return Kept(KeptBecause.INTERNAL)  # a note for staff leaves the house in nobody's words
        passages = [Cited(source.title, source.heading, source.text) for source in sources]
        if holds_order(question) or any(map(is_steered, passages)):
            return Kept(KeptBecause.STEERED)
        if not _is_checkable(passages, language):
            return Kept(KeptBecause.LANGUAGE)
        asked = told(_prompt_name(language), [("vraag", question)], passages)
        spoken = await self._spoken(asked, passages, language, site, show)
        if isinstance(spoken, Silent):
            return Kept(spoken.reason, fault=spoken.fault, tokens=spoken.tokens)
        found = await asyncio.to_thread(
            grounded, spoken.said, passages, asked.tokens, language, self.nearness
        )
        outcome = _judged(question, quote, found, language, spoken.tokens)
        self._note(outcome)
        if not await self.calls.still():
            return Kept(NotAsked.SWITCHED_OFF, tokens=spoken.tokens)
        return outcome

    async def _spoken(
        self, asked: Told, passages: Sequence[Cited], language: str, site: str, show: Shows | None
    ) -> Spoken | Silent:
        if show is None:
            return await self.calls.ask(asked, site)

        def checks(said: Said) -> Sequence[Sentence]:
            return grounded([said], passages, asked.tokens, language, self.nearness).kept

        async with shown_early(checks, self.calls.still, show) as heard:
            return await self.calls.ask(asked, site, heard)

    def _note(self, outcome: Reworded | Kept) -> None:
        """A model that speaks another language or names foreign sources is as broken as one that is away."""
        if isinstance(outcome, Kept) and outcome.fault:
            self.calls.breaker.failed()
        else:
            self.calls.breaker.went_well()


def _prompt_name(language: str) -> str:
    return f"herschrijven_{language}"


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
