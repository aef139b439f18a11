"""Ask every question of a file over the documents of a file, in a library that is thrown away."""

from __future__ import annotations

import json
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from embeddings.library import Library, open_library
from evals.answers.questions import LabelledQuestion
from ingest.configuration import WrongConfiguration, plan_of_file
from ingest.editorial import migrate
from ingest.report import Report
from ingest.run import Stores, sync_plan
from ingest.sources import open_source
from ingest.sources.base import Feed
from ingest.sync import Choices, sync
from service.answering.judge import judge_for, shipped_calibration
from service.answering.pipeline import Answered, Answering
from service.answering.screen import QuestionRefused
from service.answering.screening.meaning import look_for
from service.composers.quotes import QuotesComposer
from service.domain.question import VISITOR, Asked, Channel

COLLECTION = "evaluation"


class UnusableDocuments(Exception):
    """The documents cannot be read at all."""


@dataclass(frozen=True)
class Result:
    """One line of the results file. `ranked`: ids of the best ten documents, best first; `ms`: the time
    of the last turn; `refused`: the question could not be asked (empty or too long)."""

    id: str
    outcome: str
    probability: float
    ranked: list[str]
    answer: str
    citations: list[dict[str, str]]
    ms: float


@contextmanager
def throw_away_library(documents: Path, models: Path, encoder: str = "bundled") -> Iterator[Library]:
    """A library with these documents in COLLECTION, gone afterwards.

    `documents` is a file of JSON lines, or a plan of sources (.toml) that is read like any municipality's.
    Raises UnusableDocuments when nothing in it could be published.
    """
    with tempfile.TemporaryDirectory(prefix="antwoordduo-evals-") as folder:
        place = Path(folder)
        library = open_library(
            f"sqlite:///{place / 'library.sqlite'}", encoder=encoder, models=models, indexes=place / "indexes"
        )
        try:
            _publish(documents, library)
            yield library
        finally:
            library.engine.dispose()


def _publish(documents: Path, library: Library) -> None:
    try:
        reports = _load(documents, library)
    except WrongConfiguration as error:
        raise UnusableDocuments(str(error)) from error
    if not any(report.added for report in reports):
        lines = [line for report in reports for _, line in report.problems()]
        first = f" ({lines[0].where}: {lines[0].reason})" if lines else ""
        raise UnusableDocuments(f"{documents}: no document in it could be published{first}")


def _load(documents: Path, library: Library) -> list[Report]:
    if documents.suffix != ".toml":
        feed = Feed(COLLECTION, "documents", (str(documents),))
        return [sync(open_source("documents", feed), feed, library)]
    migrate(library.engine)
    plan = plan_of_file(documents, COLLECTION)
    return sync_plan(plan, Stores(library, library.engine), Choices(), lambda _: nullcontext(_Unwatched()))


class _Unwatched:
    def read(self, count: int) -> None:
        """Says nothing."""

    def embedded(self, done: int, total: int) -> None:
        """Says nothing."""


def answering_over(library: Library, collection: str = COLLECTION) -> Answering:
    """The real pipeline with the default composer and the shipped calibration."""
    encoder = library.encoder.name if library.encoder else ""
    judge, look = judge_for(shipped_calibration(), library), look_for(encoder)
    return Answering(library, collection, judge, QuotesComposer(), second_look=look)


def ask_all(
    answering: Answering,
    questions: Sequence[LabelledQuestion],
    channel: Channel,
    on_progress: Callable[[int], None] | None = None,
) -> list[Result]:
    """A result for each question, in their order, asked by a visitor: public texts only."""
    results = []
    for done, question in enumerate(questions, start=1):
        results.append(_ask(answering, question, channel))
        if on_progress:
            on_progress(done)
    return results


def write_results(results: Sequence[Result], path: Path) -> None:
    """One JSON object a line."""
    lines = [json.dumps(asdict(result), ensure_ascii=False) for result in results]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _ask(answering: Answering, question: LabelledQuestion, channel: Channel) -> Result:
    conversation = uuid.uuid4()
    earlier: tuple[str, ...] = ()
    try:
        for turn in question.turns:
            started = time.perf_counter()
            asked = Asked(turn, channel, answering.collection, conversation, earlier=earlier)
            answered = answering.answer(asked, VISITOR)
            taken = (time.perf_counter() - started) * 1000
            earlier = (*earlier, answered.question.text)
    except QuestionRefused as refusal:
        return Result(question.id, f"refused_{refusal.reason}", 0.0, [], "", [], 0.0)
    return _result(question.id, answered, taken)


def _result(id: str, answered: Answered, taken: float) -> Result:
    answer = answered.answer
    places = {source.number: _own_id(source.document) for source in answer.sources}
    return Result(
        id=id,
        outcome=answer.status.value,
        probability=round(answer.probability, 6),
        ranked=[_own_id(reference) for reference in answered.ranked],
        answer=answer.text,
        citations=[
            {"document": places[number], "quote": sentence.text}
            for sentence in answer.sentences
            for number in sentence.sources
        ],
        ms=round(taken, 3),
    )


def _own_id(reference: str) -> str:
    return reference.split(":", 1)[1]
