"""The report of `make evals`: ask the labelled questions of each set, and write down what came of it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from embeddings.document import DocumentKey
from embeddings.library import Library
from evals.answers.questions import LabelledQuestion, read_questions
from evals.answers.run import (
    COLLECTION,
    Result,
    answering_over,
    ask_all,
    throw_away_library,
    write_results,
)
from evals.answers.texts import DEMO_QUESTIONS, DEMO_TEXTS, PLAIN_QUESTIONS
from evals.pairs.chapter import PairsChapter
from evals.report_before import Earlier, beside
from evals.report_chapter import Chapter, Title
from evals.report_figures import figures, intervals
from evals.report_page import render
from evals.report_tables import recall_by_style
from ingest.sources import SOURCES
from service.domain.question import Channel

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "eval"
OF_CALIBRATION = ("date", "encoder", "reader", "cut_offs", "promises", "no_source_below")

# told the name of a set and how many questions it has; gives what is then told how many are done
Watch = Callable[[str, int], Callable[[int], None]]


@dataclass(frozen=True)
class QuestionSet:
    """Questions and the texts that they are asked over."""

    name: str
    title: str
    documents: Path
    questions: tuple[Path, ...]


@dataclass(frozen=True)
class Run:
    """What the questions were asked with."""

    models: Path
    encoder: str = "bundled"
    channel: Channel = Channel.SIDEBAR


@dataclass(frozen=True)
class Asked:
    """A set with its questions and what came back. `titles` names the documents by id.

    `read`: there was a reader, so that its fit of the calibration decided.
    """

    set: QuestionSet
    questions: list[LabelledQuestion]
    results: list[Result]
    titles: Mapping[str, Title]
    encoder: str
    read: bool


def sets_here() -> list[QuestionSet]:
    """The demo's questions, hard and plain, and the real ones where shared/ is beside the checkout."""
    demo = QuestionSet(
        "demo",
        "The invented municipality of Merelveen",
        DEMO_TEXTS,
        (DEMO_QUESTIONS,),
    )
    plain = QuestionSet(
        "plain",
        "The same municipality, asked in the plain words of every day",
        DEMO_TEXTS,
        (PLAIN_QUESTIONS,),
    )
    real = QuestionSet(
        "real",
        "Real texts, which are not ours to publish",
        REAL / "documents.jsonl",
        (REAL / "dev.jsonl", REAL / "dev_followups.jsonl"),
    )
    return [demo, plain, *([real] if REAL.is_dir() else [])]


def make_report(
    sets: Sequence[QuestionSet],
    run: Run,
    out: Path,
    watch: Watch,
    now: datetime,
    before: Earlier | None = None,
    pairs: PairsChapter | None = None,
) -> Path:
    """Ask every set and write results, config, summary and page in a folder of `out`; return that folder.

    With `before` the page shows an earlier report beside this one, with `pairs` a chapter about what a model
    reworded. Raises what reading questions and documents raises.
    """
    asked = [ask(one, run, watch) for one in sets]
    # without a zone in it: some file systems allow no colon or plus in a name
    folder = out / now.strftime("%Y-%m-%dT%H-%M-%S")
    folder.mkdir(parents=True)
    chapters = [_chapter(one, before) for one in asked]
    for one in asked:
        write_results(one.results, folder / f"{one.set.name}.jsonl")
    config = config_of(asked, run, now) | ({"before": before.made} if before else {})
    _write_json(folder / "config.json", config)
    _write_json(folder / "summary.json", {each.name: _summary(each) for each in chapters})
    if pairs:
        _write_json(folder / "reworded.json", dict(pairs.figures))
    (folder / "report.html").write_text(render(chapters, config, pairs), encoding="utf-8")
    return folder


def ask(one: QuestionSet, run: Run, watch: Watch) -> Asked:
    """Load the texts into a library that is thrown away, and ask every question of the set."""
    questions = [question for path in one.questions for question in read_questions(path)]
    advance = watch(one.name, len(questions))
    with throw_away_library(one.documents, run.models, run.encoder) as library:
        results = ask_all(answering_over(library), questions, run.channel, advance)
        encoder = library.encoder.name if library.encoder else ""
        return Asked(one, questions, results, titles_in(library), encoder, library.reader is not None)


def titles_in(library: Library) -> dict[str, Title]:
    """The title of every document, by the id that results name it with."""
    keys = [
        DocumentKey(COLLECTION, source, id)
        for source in sorted(SOURCES)
        for id in library.published(COLLECTION, source)
    ]
    found = [library.document(key) for key in keys]
    return {document.id: Title(document.title, document.language) for document in found if document}


def config_of(asked: Sequence[Asked], run: Run, now: datetime) -> dict[str, Any]:
    """All that has to be the same for the figures to be the same."""
    fitted = decisive(calibration(), any(one.read for one in asked))
    return {
        "made": now.isoformat(timespec="seconds"),
        "version": metadata.version("antwoordduo"),
        "channel": run.channel.value,
        "encoder": asked[0].encoder if asked else run.encoder,
        "calibration": {name: fitted[name] for name in OF_CALIBRATION if name in fitted},
        "sets": [_set_config(each.set) for each in asked],
    }


def calibration() -> dict[str, Any]:
    """The shipped calibration with what it was fitted on."""
    text = (resources.files("service.answering") / "calibration.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def decisive(fitted: Mapping[str, Any], read: bool) -> dict[str, Any]:
    """The calibration with the fit that decides: that with the reader's features where there is a reader."""
    return {**fitted, **fitted.get("fits", {}).get("reader" if read else "plain", {})}


def _chapter(asked: Asked, before: Earlier | None) -> Chapter:
    fitted_on = {(ROOT / name).resolve() for name in calibration().get("cases", {}).get("sets", [])}
    return Chapter(
        name=asked.set.name,
        title=asked.set.title,
        questions=asked.questions,
        results=asked.results,
        titles=asked.titles,
        figures=figures(asked.questions, asked.results),
        fitted_on=any(path.resolve() in fitted_on for path in asked.set.questions),
        cut_offs=decisive(calibration(), asked.read)["cut_offs"],
        intervals=intervals(asked.questions, asked.results),
        before=beside(before, asked.set.name, asked.questions, asked.results) if before else None,
    )


def _summary(chapter: Chapter) -> dict[str, Any]:
    styles = recall_by_style(chapter.labelled())
    return {
        **chapter.figures,
        "95 %": {name: [found.low, found.high] for name, found in chapter.intervals.items()},
        "by style": {row.style: row.shares() for row in styles},
    }


def _set_config(one: QuestionSet) -> dict[str, Any]:
    files = [file for path in one.questions for file in (sorted(path.glob("*.jsonl")) or [path])]
    return {
        "name": one.name,
        "documents": os.path.relpath(one.documents, ROOT),
        "questions": {os.path.relpath(file, ROOT): _digest(file) for file in files},
    }


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
