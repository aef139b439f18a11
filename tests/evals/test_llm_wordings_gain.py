"""What made questions give is measured on the questions of others, before and after."""

from __future__ import annotations

from pathlib import Path

from evals.answers.questions import LabelledQuestion
from evals.answers.run import COLLECTION
from evals.llm.wordings import gain, read_said
from service.composers.llm.endpoint import warm_up
from tests.factories import document, open_library

TEXTS = (
    document("bank", "Een oude bank om op te zitten, ook voor kinderen.", collection=COLLECTION),
    document(
        "grofvuil",
        "Grofvuil zoals een oude bank halen wij op afspraak bij u op.",
        collection=COLLECTION,
        title="Grofvuil laten ophalen",
    ),
)
SAID = {"grofvuil": ("Grofvuil laten ophalen, kan een oude bank dan mee?", "Komt u uit Rotterdam?")}


def asked(id: str, question: str, gold: str) -> LabelledQuestion:
    return LabelledQuestion(id, (question,), "kort", True, (gold,), ())


def test_each_question_is_asked_before_and_after(tmp_path: Path) -> None:
    warm_up()
    library = open_library(tmp_path)
    library.apply(COLLECTION, "vac", TEXTS)
    labelled = [
        asked("1", "kan een oude bank dan mee?", "grofvuil"),
        asked("2", "bank om op te zitten", "bank"),
    ]
    found = gain(library, labelled, SAID)
    assert (found.said, found.made.kept, found.made.texts) == (2, 1, 2)
    own, others, every = found.shares
    assert (own.count, others.count, every.count) == (1, 1, 2)
    assert own.with_them >= own.without
    assert (others.won, others.lost) == (0, 0)


def test_the_committed_questions_are_of_texts_of_the_demo() -> None:
    said = read_said()
    assert len(said) == 48
    assert all(3 <= len(questions) <= 5 for questions in said.values())
    assert all(question.endswith("?") for questions in said.values() for question in questions)
