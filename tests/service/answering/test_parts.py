"""Several things asked in one breath are told apart; one thing with a story around it stays one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from embeddings.training.examples import ANSWERED, read_texts
from embeddings.training.split import Part
from service.answering.parts import parts

SETS = Path(__file__).resolve().parents[3] / "evals" / "datasets"


@pytest.mark.parametrize(
    ("message", "second"),
    [
        ("Wat kost een paspoort en hoe lang duurt het?", "kost paspoort: hoe lang duurt het?"),
        ("Is de markt zaterdag open? En mag mijn hond mee?", "markt zaterdag open: mag mijn hond mee?"),
        ("How much is a passport, and do I need a photo?", "a passport: do I need a photo?"),
        ("winterterras kosten, sluittijd", "winterterras kosten: sluittijd"),
    ],
)
def test_a_second_question_takes_the_subject_along(message: str, second: str) -> None:
    assert parts(message)[1:] == (second,)


@pytest.mark.parametrize(
    "one",
    [
        "",
        "paspoort",
        " " * 2000,
        "Mijn man en ik willen op vrijdag trouwen, wat kost de zaal?",
        "Goedemiddag, ik ben 42. Mijn rijbewijs is weg. Hoe vraag ik een nieuw aan?",
        "Kan ik zaterdag langskomen, of moet ik een afspraak maken?",
        "Is daar een vergoeding voor en hoeveel dan?",
        "Mag ik een boom kappen en wat kost dat?",
        "steiger en reflector, verplicht?",
        "I sold my house in March and moved away. Do I get money back?",
    ],
)
def test_one_thing_stays_one(one: str) -> None:
    assert parts(one) == (one,)


def test_a_story_goes_with_the_question_after_it() -> None:
    message = "Wat kost een paspoort? Ik heb ook een hond. Moet die aan de lijn?"
    assert parts(message) == (
        "Wat kost een paspoort?",
        "kost paspoort: Ik heb ook een hond. Moet die aan de lijn?",
    )


def test_there_are_never_more_than_three() -> None:
    message = "Wat kost een paspoort? Wanneer is de markt? Waar is het zwembad? Hoe meld ik ratten?"
    assert len(parts(message)) == 3
    assert parts(message)[-1].endswith("Waar is het zwembad? Hoe meld ik ratten?")


def records(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def test_most_messages_of_the_set_are_told_apart() -> None:
    """90 ask two or three things, 50 look like it; measured on 2026-11-21: 82 and 50."""
    right = {True: 0, False: 0}
    for record in records(SETS / "dialogue" / "two_in_one.jsonl"):
        several = len(record["parts"]) > 1
        right[several] += len(parts(record["question"])) == len(record["parts"])
    assert right[True] >= 82
    assert right[False] == 50


def test_few_questions_about_one_text_are_split() -> None:
    """Most that are do ask two things of their text."""
    demo = [record for path in (SETS / "demo").glob("*.jsonl") for record in records(path)]
    texts = read_texts(SETS / "texts", Part.TRAINING)
    asked = [record["question"] for record in demo if record["answerable"]]
    asked += [each.text for text in texts for each in text.questions if each.kind == ANSWERED]
    assert sum(len(parts(question)) > 1 for question in asked) / len(asked) <= 0.041
