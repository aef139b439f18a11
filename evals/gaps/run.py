"""Bring every question to the real list of signals, in a database that is thrown away."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Engine

from embeddings.library import Library
from evals.answers.run import COLLECTION, answering_over
from ingest import editorial
from service.answering.unanswered import Unanswered
from service.domain.gap import Gap
from service.domain.question import VISITOR, Channel, Question
from service.duos.charter import DEFAULT_CHARTER
from service.duos.ownership import Ownership, read_ownership
from service.duos.routing import duos_for
from service.duos.signals import Signals
from service.duos.silent import Silence
from service.duos.transitions import Rules
from service.storage.choices import Choices
from service.storage.database import migrate
from service.storage.gaps import Gaps
from service.storage.questions import Questions


class UnusableGapQuestions(Exception):
    """The questions cannot be read, or there are none; the message names the file and the line."""


@dataclass(frozen=True)
class GapQuestion:
    """A question; those of one `group` would be served by one answer. Empty: nobody says."""

    id: str
    question: str
    group: str = ""
    gold: tuple[str, ...] = ()


@dataclass(frozen=True)
class GapResult:
    """One line of the results. `signal` is the number of the signal that the question joined or began;
    `duo` whose list it got on, and `candidates` the likeliest duos, three at most: ids of duos, or the
    department's name where no duo is known."""

    id: str
    signal: int
    duo: str
    candidates: list[str]


def read_gap_questions(path: Path) -> list[GapQuestion]:
    """The questions of a file, or of the .jsonl files in a folder. Raises UnusableGapQuestions."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    found = [question for file in files for question in _of_file(file)]
    if not found:
        raise UnusableGapQuestions(f"{path}: no questions in it")
    return found


def _of_file(file: Path) -> list[GapQuestion]:
    questions = []
    for number, line in enumerate(file.read_bytes().split(b"\n"), start=1):
        if line.strip():
            try:
                record = json.loads(line.decode("utf-8-sig"))
                gold = tuple(map(str, record.get("gold") or ()))
                questions.append(
                    GapQuestion(
                        str(record["id"]), str(record["question"]), str(record.get("group", "")), gold
                    )
                )
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UnusableGapQuestions(f"{file}:{number}: {error!r}") from error
    return questions


def bring_all(
    library: Library,
    questions: Sequence[GapQuestion],
    on_progress: Callable[[int], None] | None = None,
) -> list[GapResult]:
    """A result for each question, in their order. Each is brought as one that fell short, whatever the
    judge would have said of it."""
    engine = library.engine
    ownership = ownership_of(engine)
    signals = signals_over(library, ownership)
    results = []
    for done, question in enumerate(questions, start=1):
        short = look(library, question.question)
        asked = Question(question.question, Channel.WEBSITE, COLLECTION)
        (gap,) = signals.heard(asked, [short])
        results.append(_result(question, gap, short, ownership))
        if on_progress:
            on_progress(done)
    return results


def look(library: Library, text: str) -> Unanswered:
    """What a question finds: as when it falls short."""
    return answering_over(library).look(text, "nl", VISITOR)


def ownership_of(engine: Engine) -> Ownership:
    """Who owns what in the database of an evaluation; nobody where no organisation was loaded."""
    migrate(engine)
    editorial.migrate(engine)
    return read_ownership(engine, Choices(engine, COLLECTION), COLLECTION)


def signals_over(library: Library, ownership: Ownership) -> Signals:
    """The real signals, with nobody to tell."""
    encoder = library.encoder.name if library.encoder else ""
    silence = Silence()
    rules = Rules(lambda: ownership, lambda: DEFAULT_CHARTER)
    answering = answering_over(library)
    gaps = Gaps(library.engine, COLLECTION)
    questions = Questions(library.engine, COLLECTION)
    return Signals(gaps, rules, silence, silence, questions, answering.look, encoder)


def write_results(results: Sequence[GapResult], path: Path) -> None:
    """One JSON object a line."""
    lines = [json.dumps(asdict(result), ensure_ascii=False) for result in results]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _result(question: GapQuestion, gap: Gap, short: Unanswered, ownership: Ownership) -> GapResult:
    duos = [duo.id for duo in duos_for(short.found, ownership)]
    departments = list(dict.fromkeys(text.owner for text in short.found if text.owner))
    owner = gap.owner.duo or gap.owner.department
    return GapResult(question.id, gap.number, owner, duos or departments[:3])
