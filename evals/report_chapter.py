"""One set of questions as the report has it, with what came back now and, if asked for, before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.answers.summary import judged
from evals.metrics.interval import Interval
from evals.metrics.selective import Judged

Pair = tuple[LabelledQuestion, Result]
CutOffs = Mapping[str, float | None]  # by channel; None: nothing is answered there by itself


@dataclass(frozen=True)
class Title:
    """The title of a document and the language that it is in."""

    text: str
    language: str = "nl"


@dataclass(frozen=True)
class Before:
    """What an earlier report says of the questions that are asked now too.

    `now` is what came back today, of these questions alone and in their order. `made` and `encoder` say
    which report it is; `absent` how many of today's questions it does not have.
    """

    made: str
    encoder: str
    questions: Sequence[LabelledQuestion]
    results: Sequence[Result]
    now: Sequence[Result]
    figures: Mapping[str, float]
    cut_offs: CutOffs
    absent: int = 0

    def judged(self) -> list[Judged]:
        """As the selective metrics take them."""
        return judged(self.questions, self.results)


@dataclass(frozen=True)
class Chapter:
    """One set as the page shows it. `fitted_on`: the judge was fitted on these questions too."""

    name: str
    title: str
    questions: Sequence[LabelledQuestion]
    results: Sequence[Result]
    titles: Mapping[str, Title]
    figures: Mapping[str, float]
    fitted_on: bool
    cut_offs: CutOffs
    intervals: Mapping[str, Interval] = field(default_factory=dict)
    before: Before | None = None

    def labelled(self) -> list[Pair]:
        """The questions of which is known whether there is an answer, each with its result."""
        return labelled(self.questions, self.results)

    def judged(self) -> list[Judged]:
        """The same, as the selective metrics take them."""
        return judged(self.questions, self.results)


def labelled(questions: Sequence[LabelledQuestion], results: Sequence[Result]) -> list[Pair]:
    """The questions of which is known whether there is an answer, each with its result."""
    pairs = zip(questions, results, strict=True)
    return [(question, result) for question, result in pairs if question.answerable is not None]


def text_asked_about(question: LabelledQuestion) -> str:
    """What draws of the bootstrap keep together: questions about one text; without one, a question alone."""
    return f"text {question.gold[0]}" if question.gold else f"question {question.id}"
