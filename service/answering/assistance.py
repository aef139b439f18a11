"""What a language model may help with while a question is answered. Each is optional; who helps has checked
it by rules, and says nothing when in doubt: then the answer is made as without help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from embeddings.document import Hit
from service.answering.followup import since_subject
from service.domain.answer import Answer, AskedBack
from service.domain.question import Question


class WholeQuestion(Protocol):
    """Makes one question of a turn and the turns that it leans on, from the one that named the subject."""

    def whole(self, text: str, earlier: Sequence[str], site: str) -> str | None: ...


class AskingBack(Protocol):
    """Words the sentence that asks which of these titles is meant."""

    def ask_back(self, text: str, titles: Sequence[str], language: str, site: str) -> AskedBack | None: ...


class SecondReader(Protocol):
    """Says whether passages answer a question: 1 yes, 0 partly, -1 no. `name` is that of the model with the
    version of what it is told: what it says is calibrated for that alone."""

    @property
    def name(self) -> str: ...
    def reads(self, text: str, passages: Sequence[Hit], site: str) -> float | None: ...


@dataclass(frozen=True)
class Assistance:
    """Who helps with what; None: nobody. `site` is whose budget pays for it."""

    whole_question: WholeQuestion | None = None
    asking_back: AskingBack | None = None
    second_reader: SecondReader | None = None

    def made_whole(self, question: Question, site: str) -> str | None:
        """The whole question for one that leans on what was asked before; None without help."""
        if self.whole_question is None:
            return None
        return self.whole_question.whole(question.text, since_subject(question.earlier), site)

    def asked_back(self, answer: Answer, question: Question, site: str) -> Answer:
        """The same choices, with the question back as a model words it; no internal title is told to it."""
        if self.asking_back is None or any(one.internal for one in answer.candidates):
            return answer
        titles = tuple(one.title for one in answer.candidates)
        asked = self.asking_back.ask_back(question.text, titles, question.language, site)
        return replace(answer, asked_back=asked)


NO_ASSISTANCE = Assistance()
