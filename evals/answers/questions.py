"""Labelled questions: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class UnusableQuestions(Exception):
    """The questions cannot be read, or there are none; the message names the file and the line."""


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

    @property
    def kind(self) -> str:
        """The first word of the reason: "near_miss" of "near_miss: the fee is not there"."""
        return self.reason.partition(":")[0].strip()


def read_questions(path: Path) -> list[LabelledQuestion]:
    """Every question of a file, or of the .jsonl files in a folder.

    Raises UnusableQuestions with the line that is wrong, or when there is no question at all.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    questions = [question for file in files for question in _of_file(file)]
    if not questions:
        raise UnusableQuestions(f"{path}: no questions in it")
    return questions


def _of_file(path: Path) -> Iterator[LabelledQuestion]:
    # not splitlines(): a question may hold a line separator of Unicode
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            try:
                yield _question(json.loads(line.decode("utf-8-sig")))
            except (ValueError, KeyError, TypeError) as error:
                raise UnusableQuestions(f"{path}:{number}: {error!r}") from error


def _question(record: object) -> LabelledQuestion:
    if not isinstance(record, dict):
        raise TypeError("not a JSON object")
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
