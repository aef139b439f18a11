"""Labelled questions: one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


class UnusableQuestions(Exception):
    """The file of questions cannot be read; the message names the line."""


@dataclass(frozen=True)
class LabelledQuestion:
    """`turns`: what was asked, oldest first; the labels are those of the last turn.

    `gold`: ids of every document that answers it, empty when none does. `must_contain`: literals without
    which an answer is empty. `answerable` is None where the file does not say.
    """

    id: str
    turns: tuple[str, ...]
    style: str
    answerable: bool | None
    gold: tuple[str, ...]
    must_contain: tuple[str, ...]
    reason: str = ""


def read_questions(path: Path) -> list[LabelledQuestion]:
    """Every question of a file, or of the .jsonl files in a folder.

    Raises UnusableQuestions with the line that is wrong.
    """
    if path.is_dir():
        return [question for file in sorted(path.glob("*.jsonl")) for question in read_questions(file)]
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise UnusableQuestions(f"{path}:{number}: {error!r}") from error
    return questions


def _question(record: dict[str, object]) -> LabelledQuestion:
    turns = record.get("turns") or [record["question"]]
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise TypeError("turns is not a list of strings")
    gold = tuple(map(str, _list(record, "gold")))
    answerable = record.get("answerable", bool(gold) if "gold" in record else None)
    return LabelledQuestion(
        id=str(record["id"]),
        turns=tuple(turns),
        style=str(record.get("style", "")),
        answerable=None if answerable is None else bool(answerable),
        gold=gold,
        must_contain=tuple(map(str, _list(record, "must_contain"))),
        reason=str(record.get("reason", "")),
    )


def _list(record: dict[str, object], name: str) -> list[object]:
    value = record.get(name) or []
    if not isinstance(value, list):
        raise TypeError(f"{name} is not a list")
    return value
