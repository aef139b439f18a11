"""Labelled texts (evals/datasets/texts) as a library and as questions to it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings.library import Library, open_library
from embeddings.training.examples import ANSWERED, PARTLY, Question, Text, read_texts
from embeddings.training.split import Part, part_of
from evals.answers.questions import LabelledQuestion, read_questions
from evals.answers.run import COLLECTION, throw_away_library

ROOT = Path(__file__).resolve().parents[2]
DEMO_TEXTS = ROOT / "ingest" / "demo" / "sources.toml"
DEMO_QUESTIONS = ROOT / "evals" / "datasets" / "demo"
PLAIN = ROOT / "evals" / "datasets" / "plain"
PLAIN_QUESTIONS = PLAIN / "demo.jsonl"


@dataclass(frozen=True)
class AskedOver:
    """Questions with the library, still to be opened, that they are asked to."""

    name: str
    library: AbstractContextManager[Library]
    questions: list[LabelledQuestion]


def sets_of(place: Path, part: Part, models: Path) -> list[AskedOver]:
    """The questions of one part, each municipality's over all of its own texts; those that have any.

    Raises UnusableTexts when there are no texts.
    """
    texts = read_texts(place)
    homes = sorted({text.municipality for text in texts if text.part is part})
    return [
        AskedOver(
            f"{place.name}/{home}",
            library_of_texts([text for text in texts if text.municipality == home], models),
            labelled_questions([text for text in texts if text.municipality == home], part),
        )
        for home in homes
    ]


def calibration_sets(place: Path, models: Path) -> list[AskedOver]:
    """What the shipped calibration rests on: texts that no model was trained on, asked hard and plainly."""
    return [*sets_of(place, Part.CALIBRATION, models), *_plain_sets(place, models)]


def _plain_sets(place: Path, models: Path) -> list[AskedOver]:
    """Plain questions over each municipality that is wholly for calibration and has them."""
    texts = read_texts(place)
    homes = sorted({text.municipality for text in texts if (PLAIN / f"{text.municipality}.jsonl").is_file()})
    own = {home: [text for text in texts if text.municipality == home] for home in homes}
    return [
        AskedOver(
            f"plain/{home}", library_of_texts(own[home], models), read_questions(PLAIN / f"{home}.jsonl")
        )
        for home in homes
        if all(text.part is Part.CALIBRATION for text in own[home])
    ]


def demo_set(models: Path) -> AskedOver:
    """The demo's questions, but for the third that is held out: by the first text that answers, or by the
    question's own id where none does."""
    questions = [each for each in read_questions(DEMO_QUESTIONS) if demo_part(each) is not Part.HELD_OUT]
    # by its path, as the report compares it: a set that the judge was fitted on says so there
    return AskedOver(
        DEMO_QUESTIONS.relative_to(ROOT).as_posix(), throw_away_library(DEMO_TEXTS, models), questions
    )


def demo_part(question: LabelledQuestion) -> Part:
    """Which part a question of the demo belongs to."""
    return part_of(question.gold[0] if question.gold else question.id)


def labelled_questions(texts: Sequence[Text], part: Part | None = None) -> list[LabelledQuestion]:
    """A question as the answer commands take it, id "<text>/<number>", in the order of the texts; those
    about texts of one part, when it is named.

    One that another text answers has that text in `gold`. Two kinds are left out: what is answered
    partly is neither right nor wrong, and what is "another product" may be answered by a text that
    nobody looked for.
    """
    ids = {text.id for text in texts}
    return [
        _labelled(text, number, question, ids)
        for text in texts
        if part is None or text.part is part
        for number, question in enumerate(text.questions, start=1)
        if question.kind not in (PARTLY, "other_product")
    ]


def _labelled(text: Text, number: int, question: Question, ids: set[str]) -> LabelledQuestion:
    own = (text.id,) if question.kind == ANSWERED else ()
    gold = (*own, *(id for id in question.also if id in ids))
    return LabelledQuestion(
        id=f"{text.id}/{number}",
        turns=(question.text,),
        style=question.style,
        answerable=bool(gold),
        gold=gold,
        must_contain=question.spans if question.kind == ANSWERED else (),
        reason=f"{question.kind}: {question.reason}" if question.reason else question.kind,
    )


@contextmanager
def library_of_texts(texts: Sequence[Text], models: Path, encoder: str = "bundled") -> Iterator[Library]:
    """A library with these texts in COLLECTION, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="antwoordduo-evals-") as folder:
        place = Path(folder)
        library = open_library(
            f"sqlite:///{place / 'library.sqlite'}", encoder=encoder, models=models, indexes=place / "indexes"
        )
        try:
            documents = [replace(text.document, collection=COLLECTION) for text in texts]
            library.apply(COLLECTION, "texts", documents)
            yield library
        finally:
            library.engine.dispose()
