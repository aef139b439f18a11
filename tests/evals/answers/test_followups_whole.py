"""What it is worth when a model makes follow-ups whole, and what somebody wrote for that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.library import Library
from evals.answers.followups import compared_followups, read_wholes
from evals.answers.questions import LabelledQuestion
from evals.answers.run import answering_over
from service.composers.llm.endpoint import warm_up
from tests.conftest import ROOT
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

DIALOGUE = ROOT / "evals" / "datasets" / "dialogue"
QUESTIONS = [
    LabelledQuestion(
        "a", ("Wat kost trouwen?", "en een paspoort voor haar dan?"), "", True, ("paspoort",), ()
    ),
    LabelledQuestion("b", ("Wat kost trouwen?",), "", True, ("trouwen",), ()),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = open_library(tmp_path, CountingEncoder())
    texts = (
        "Trouwen kost veel en duurt even.",
        "Wat een paspoort kost, staat hier.",
        "Grofvuil halen wij op.",
    )
    names = ("trouwen", "paspoort", "grofvuil")
    library.apply(COLLECTION, SOURCE, [document(name, text) for name, text in zip(names, texts, strict=True)])
    yield library
    library.engine.dispose()


def test_each_way_of_searching_is_measured_on_the_conversations_that_lean(
    library: Library, tmp_path: Path
) -> None:
    warm_up()
    wholes = tmp_path / "whole.jsonl"
    wholes.write_text(json.dumps({"id": "a", "whole": "Wat kost een paspoort voor haar?"}), encoding="utf-8")
    found = compared_followups(answering_over(library, COLLECTION), QUESTIONS, wholes, ("", "", ""))
    assert list(found) == ["the turn alone", "with the turn before", "made whole"]
    assert found["made whole"]["questions"] == 1
    assert (found["made whole"]["asked"], found["made whole"]["made whole"]) == (1, 1)
    assert found["made whole"]["R@1"] == 1.0


def test_without_a_model_or_a_conversation_nothing_is_measured(library: Library) -> None:
    answering = answering_over(library, COLLECTION)
    with pytest.raises(ValueError, match="needs --endpoint and --model"):
        compared_followups(answering, QUESTIONS, None, ("", "", ""))
    with pytest.raises(ValueError, match="no last turn leans"):
        compared_followups(answering, QUESTIONS[1:], None, ("", "", ""))


def test_every_whole_of_the_set_belongs_to_a_conversation_and_is_one_question() -> None:
    wholes = read_wholes(DIALOGUE / "whole.jsonl")
    lines = (DIALOGUE / "followups.jsonl").read_text(encoding="utf-8").splitlines()
    known = {record["id"]: record for record in map(json.loads, lines)}
    ours = {id for id in wholes if id.startswith("fu")}
    assert ours == {id for id, record in known.items() if record["kind"] == "leans"}
    assert len(wholes) == len(ours) + 25  # and those of the development set
    assert all(whole.endswith("?") and whole.count("?") == 1 for whole in wholes.values())
