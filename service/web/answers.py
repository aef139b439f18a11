"""What the web needs from `service.answering`: any object with these methods will do, also a fake one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from service.domain.answer import Answer, Candidate
from service.domain.question import Asked, Asker, Question

if TYPE_CHECKING:
    from service.answering.unanswered import Unanswered


class Answered(Protocol):
    """An answer with its question, out of which personal data is taken, and what the texts fell short of."""

    @property
    def question(self) -> Question: ...
    @property
    def answer(self) -> Answer: ...
    @property
    def unanswered(self) -> tuple[Unanswered, ...]: ...
    @property
    def product(self) -> str: ...


class Suggestions(Protocol):
    """Candidates for words that are still being typed. `removed`: kinds of personal data left out."""

    @property
    def candidates(self) -> tuple[Candidate, ...]: ...
    @property
    def removed(self) -> tuple[str, ...]: ...
    @property
    def degraded(self) -> bool: ...


class Condition(Protocol):
    """How the answering feels: "starting", "ready" or "degraded", and why."""

    @property
    def state(self) -> str: ...
    @property
    def reasons(self) -> tuple[str, ...]: ...


class Answers(Protocol):
    """Answers questions. Takes some 15 ms of processor time: call it from a thread."""

    def answer(self, asked: Asked, asker: Asker) -> Answered: ...
    def suggest(self, text: str, asker: Asker, language: str, limit: int) -> Suggestions: ...
    def condition(self) -> Condition: ...


class Refused(Exception):
    """The question cannot be taken as it is: nothing is left of it, or it is too long."""


class Unreachable(Exception):
    """The texts cannot be reached: a breakdown, never "we have no answer"."""


class Spoken:
    """Answers whose refusals and breakdowns are the web's own, so that a route knows what to say."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def answer(self, asked: Asked, asker: Asker) -> Answered:
        with spoken():
            return self._answers.answer(asked, asker)

    def suggest(self, text: str, asker: Asker, language: str, limit: int) -> Suggestions:
        with spoken():
            return self._answers.suggest(text, asker, language, limit)

    def condition(self) -> Condition:
        return self._answers.condition()


@contextmanager
def spoken() -> Iterator[None]:
    """Turn what the answering may raise into the web's own."""
    # imported late: these bring the models' runtimes, and the site has to listen before that
    from embeddings.library import LibraryUnavailable
    from service.answering.screen import QuestionRefused

    try:
        yield
    except QuestionRefused:
        raise Refused from None
    except LibraryUnavailable as error:
        raise Unreachable from error
