"""Rewords answers that were shown and kept: each once, however often it is asked for."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from datetime import datetime

import structlog
from starlette.concurrency import run_in_threadpool

from service.composers.llm.calling import NotAsked
from service.composers.llm.rewording import Kept, Reworded
from service.composers.llm.rewording import Rewording as Rewords
from service.domain.answer import Answer, Rewording, Status
from service.domain.question import Question
from service.storage.questions import Turn
from service.storage.rewordings import Rewordings

# these cost nothing and pass: the next time somebody asks it may go well
PASSING = frozenset(NotAsked)
REWORDED = (Status.ANSWERED, Status.ANSWERED_PARTLY)

log = structlog.get_logger()


class Reworder:
    """The model with the turns that it rewords, of one municipality."""

    def __init__(self, rewords: Rewords, kept: Rewordings, now: Callable[[], datetime]) -> None:
        self.kept = kept
        self._rewords = rewords
        self._now = now
        self._under_way: dict[uuid.UUID, asyncio.Task[Rewording]] = {}

    async def of(self, turn: Turn, site: str) -> Rewording:
        """What is shown of this turn: the rewording that is kept, or a new one."""
        if turn.answer.rewording:
            return turn.answer.rewording
        question = turn.question.id
        task = self._under_way.get(question)
        if task is None:
            task = asyncio.create_task(self._made(turn, site))
            self._under_way[question] = task
            task.add_done_callback(lambda _: self._under_way.pop(question, None))
        # who goes away in between leaves the others their answer
        return await asyncio.shield(task)

    async def _made(self, turn: Turn, site: str) -> Rewording:
        question, answer = turn.question, turn.answer
        outcome = await self._rewords.reword(
            question.text,
            tuple(sentence.text for sentence in answer.sentences),
            answer.sources,
            question.language,
            site,
        )
        made = self._recorded(question, outcome)
        log.info("reworded", kept=made.kept or "no", dropped=len(made.dropped), tokens=outcome.tokens)
        if made.kept in PASSING:
            return made
        return await run_in_threadpool(self.kept.keep, question.id, made) or made

    def _recorded(self, question: Question, outcome: Reworded | Kept) -> Rewording:
        return Rewording(
            model=self._rewords.model,
            prompt=self._rewords.prompt(question.language),
            made_at=self._now(),
            language=question.language,
            sentences=outcome.sentences if isinstance(outcome, Reworded) else (),
            dropped=outcome.dropped,
            kept=outcome.reason if isinstance(outcome, Kept) else "",
        )


def may_be_reworded(answer: Answer) -> bool:
    """Whether there is a quote to reword, out of texts for everybody."""
    whole = answer.status in REWORDED and bool(answer.sentences)
    return whole and not any(source.internal for source in answer.sources)
