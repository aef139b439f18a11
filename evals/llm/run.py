"""Asks a file of questions twice: quoted, and reworded by the model at an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from evals.answers.questions import read_questions
from evals.answers.run import answering_over, throw_away_library
from evals.llm.compare import Pair, compare, quoting_everything, rewording_at
from service.composers.llm.endpoint import Limits


@dataclass(frozen=True)
class Asking:
    """What is asked over which documents, and of which model. `seconds`: the most that an answer may take."""

    documents: Path
    questions: Path
    models: Path
    encoder: str
    endpoint: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 8.0


def compared_pairs(asking: Asking, watch: Callable[[int], Callable[[int], None]]) -> list[Pair]:
    """A pair for each question that a text of the documents answers.

    `watch` is told how many questions there are. Raises what reading questions and documents raises, and
    ValueError without an address.
    """
    if not asking.endpoint or not asking.model:
        raise ValueError("--composer llm needs --endpoint and --model")
    asked = [one for one in read_questions(asking.questions) if one.answerable is not False]
    advance = watch(len(asked))
    limits = Limits(total_seconds=asking.seconds)
    rewording = rewording_at(asking.endpoint, asking.model, asking.key, limits)
    with throw_away_library(asking.documents, asking.models, asking.encoder) as library:
        return compare(quoting_everything(answering_over(library)), rewording, asked, advance)
