"""What the web needs from `service.answering`: any object with these methods will do, also a fake one."""

from __future__ import annotations

from typing import Protocol

from service.domain.answer import Answer, Candidate
from service.domain.question import Asked, Asker, Question


class Answered(Protocol):
    """An answer with its question, out of which personal data is taken."""

    @property
    def question(self) -> Question: ...
    @property
    def answer(self) -> Answer: ...


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
