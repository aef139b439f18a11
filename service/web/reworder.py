"""Rewords answers that were shown and kept: each once, however often it is asked for."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Literal

import structlog
from starlette.concurrency import run_in_threadpool

from service.composers.llm.calling import NotAsked
from service.composers.llm.early import Shows
from service.composers.llm.rewording import Kept, Reworded
from service.composers.llm.rewording import Rewording as Rewords
from service.domain.answer import Answer, Rewording, Sentence, Status
from service.domain.question import Question
from service.storage.questions import Turn
from service.storage.rewordings import Rewordings

# these cost nothing and pass: the next time somebody asks it may go well
PASSING = frozenset(NotAsked)
REWORDED = (Status.ANSWERED, Status.ANSWERED_PARTLY)

log = structlog.get_logger()


Step = Sentence | Rewording | None  # None: the sentences before it may not be shown any more
_Steps = asyncio.Queue[Sentence | Literal["over"] | None]


class _Making:
    """A rewording that is being made, and who watches how it grows."""

    def __init__(self) -> None:
        self.shown: list[Sentence] = []
        self.watchers: set[_Steps] = set()

    def show(self, sentence: Sentence | None) -> None:
        self.shown = [*self.shown, sentence] if sentence else []
        self._tell(sentence)

    def end(self) -> None:
        self._tell("over")

    def watch(self) -> _Steps:
        """All that was shown until now, and what comes."""
        steps: _Steps = asyncio.Queue()
        for sentence in self.shown:
            steps.put_nowait(sentence)
        self.watchers.add(steps)
        return steps

    def _tell(self, step: Sentence | Literal["over"] | None) -> None:
        for steps in self.watchers:
            steps.put_nowait(step)


class Reworder:
    """The model with the turns that it rewords, of one municipality."""

    def __init__(self, rewords: Rewords, kept: Rewordings, now: Callable[[], datetime]) -> None:
        self.kept = kept
        self._rewords = rewords
        self._now = now
        self._under_way: dict[uuid.UUID, tuple[asyncio.Task[Rewording], _Making]] = {}

    async def of(self, turn: Turn, site: str) -> Rewording:
        """What is shown of this turn: the rewording that is kept, or a new one."""
        if turn.answer.rewording:
            return turn.answer.rewording
        task, _ = self._begun(turn, site, in_pieces=False)
        # who goes away in between leaves the others their answer
        return await asyncio.shield(task)

    async def steps(self, turn: Turn, site: str) -> AsyncIterator[Step]:
        """What may be shown of this turn as it grows: sentences, and the rewording itself in the end.

        Who stops watching leaves nothing behind; the rewording is made and kept all the same.
        """
        if turn.answer.rewording:
            yield turn.answer.rewording
            return
        task, making = self._begun(turn, site, in_pieces=True)
        steps = making.watch()
        try:
            while (step := await steps.get()) != "over":
                yield step
        finally:
            making.watchers.discard(steps)
        yield task.result()

    def _begun(self, turn: Turn, site: str, in_pieces: bool) -> tuple[asyncio.Task[Rewording], _Making]:
        """The making of this rewording: one, for all who ask for it meanwhile."""
        question = turn.question.id
        if question not in self._under_way:
            making = _Making()
            task = asyncio.create_task(self._made(turn, site, making.show if in_pieces else None))
            self._under_way[question] = task, making

            def over(_: asyncio.Task[Rewording]) -> None:
                self._under_way.pop(question, None)
                making.end()

            task.add_done_callback(over)
        return self._under_way[question]

    async def _made(self, turn: Turn, site: str, show: Shows | None) -> Rewording:
        question, answer = turn.question, turn.answer
        outcome = await self._rewords.reword(
            question.text,
            tuple(sentence.text for sentence in answer.sentences),
            answer.sources,
            question.language,
            site,
            show,
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
