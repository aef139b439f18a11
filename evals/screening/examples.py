"""Labelled questions for screening: the sets that it is fitted on, and any set that it is measured on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embeddings.training.examples import read_texts
from embeddings.training.split import Part
from service.answering.screening.meaning import LOOKALIKE, ORDINARY
from service.domain.answer import Status

SETS = Path(__file__).resolve().parents[1] / "datasets"
OF_STATUS = {
    Status.PERSONAL_CASE.value: "personal_case",
    Status.OTHER_AUTHORITY.value: "other_authority",
    Status.OUT_OF_SCOPE.value: "out_of_scope",
    Status.CRISIS.value: "crisis",
    Status.ABUSE.value: "abuse",
    "": ORDINARY,
}
LABELS = (*OF_STATUS.values(), LOOKALIKE)
WRITTEN_FOR_FITTING = (
    "meaning.jsonl",
    "crisis_messages.jsonl",
    "crisis_lookalikes.jsonl",
    "crisis_messages_2.jsonl",
    "crisis_lookalikes_2.jsonl",
    "crisis_messages_3.jsonl",
    "crisis_lookalikes_3.jsonl",
)
UNUSED_HINTS = ("scope.gibberish",)  # letters say that, not meaning
EVERY = 6  # of the questions about texts: enough of the ordinary ones


class UnusableExamples(Exception):
    """A set cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class Example:
    """`label` is one of LABELS; `hint` names the help line of a crisis."""

    text: str
    label: str
    hint: str = ""

    @property
    def kind(self) -> str:
        """The class that it is an example of: a crisis has one for each help line."""
        return self.hint if self.label == "crisis" else self.label

    @property
    def crisis(self) -> bool:
        return self.label == "crisis"


def read_examples(path: Path) -> list[Example]:
    """Every example of a file of {"text", "label" or "status", "hint"}. Raises UnusableExamples."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                found.append(_example(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UnusableExamples(f"{path}:{number}: {error!r}") from error
    if not found:
        raise UnusableExamples(f"{path}: no questions in it")
    return found


def fitting_examples() -> list[Example]:
    """What the look is fitted on: the committed sets, each text once."""
    lookalikes = [
        example if example.label == "crisis" else Example(example.text, LOOKALIKE)
        for example in read_examples(SETS / "screening" / "crisis.jsonl")
    ]
    everything = (
        *(each for name in WRITTEN_FOR_FITTING for each in read_examples(SETS / "screening" / name)),
        *lookalikes,
        *read_examples(SETS / "screening" / "cases.jsonl"),
        *_questions_of_texts(),
    )
    usable = (each for each in everything if each.label != "abuse" and each.hint not in UNUSED_HINTS)
    return list({each.text.casefold(): each for each in usable}.values())


def _example(record: dict[str, Any]) -> Example:
    said = record["label"] if "label" in record else record["status"]
    label = OF_STATUS.get(said, said)
    if label not in LABELS:
        raise ValueError(f"unknown label {said!r}")
    return Example(str(record.get("text") or record["question"]), label, str(record.get("hint") or ""))


def _questions_of_texts() -> Iterator[Example]:
    """Of the part for training alone: what is held out stays unseen here too."""
    questions = [each for text in read_texts(SETS / "texts", Part.TRAINING) for each in text.questions]
    own = [each.text for each in questions if each.kind == "personal_case"]
    others = [each.text for each in questions if each.kind != "personal_case"]
    yield from (Example(text, "personal_case") for text in own)
    yield from (Example(text, ORDINARY) for text in others[::EVERY])
