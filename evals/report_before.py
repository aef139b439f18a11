"""An earlier report, read back from its folder, to stand beside the new one."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.answers.summary import is_right
from evals.metrics.ranking import rank_of_first
from evals.report_chapter import Before, CutOffs, labelled
from evals.report_figures import figures


@dataclass(frozen=True)
class Earlier:
    """What is read back: when and with what it was made, and the results of each set by its name."""

    made: str
    encoder: str
    cut_offs: CutOffs
    results: Mapping[str, Sequence[Result]]


@dataclass(frozen=True)
class Change:
    """How many questions have the right text so high now and had not before, and the other way round."""

    name: str
    gained: int
    lost: int


def read_earlier(folder: Path) -> Earlier:
    """The report in this folder. Raises ValueError or OSError when it is none, naming the file."""
    config = _object(folder / "config.json")
    try:
        sets = [str(one["name"]) for one in config["sets"]]
        made, encoder = str(config["made"]), str(config["encoder"])
        cut_offs = dict(config["calibration"]["cut_offs"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{folder / 'config.json'}: not that of a report ({error!r})") from error
    return Earlier(made, encoder, cut_offs, {name: _results(folder / f"{name}.jsonl") for name in sets})


def beside(
    earlier: Earlier, name: str, questions: Sequence[LabelledQuestion], results: Sequence[Result]
) -> Before | None:
    """The earlier results of the set with this name, by the questions and labels of now; None without any.

    Questions are recognised by their id; where one occurs twice, in their order.
    """
    waiting: dict[str, deque[Result]] = defaultdict(deque)
    for result in earlier.results.get(name, ()):
        waiting[result.id].append(result)
    both = [
        (question, waiting[question.id].popleft(), result)
        for question, result in zip(questions, results, strict=True)
        if waiting[question.id]
    ]
    if not both:
        return None
    asked, told, now = [each[0] for each in both], [each[1] for each in both], [each[2] for each in both]
    absent = len(questions) - len(both)
    return Before(
        earlier.made, earlier.encoder, asked, told, now, figures(asked, told), earlier.cut_offs, absent
    )


def changes(before: Before) -> list[Change]:
    """Question by question, which says more than two shares beside each other."""
    then, now = labelled(before.questions, before.results), labelled(before.questions, before.now)
    pairs = [(question, old, new) for (question, old), (_, new) in zip(then, now, strict=True)]
    first = [(is_right(question, old), is_right(question, new)) for question, old, new in pairs]
    three = [(_in_three(question, old), _in_three(question, new)) for question, old, new in pairs]
    return [
        Change(name, found.count((False, True)), found.count((True, False)))
        for name, found in (("right text first", first), ("right text in the first three", three))
    ]


def _in_three(question: LabelledQuestion, result: Result) -> bool:
    rank = rank_of_first(result.ranked, question.gold) if question.answerable else None
    return rank is not None and rank <= 3


def _object(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path}: not a JSON object")
    return content


def _results(path: Path) -> list[Result]:
    found = []
    # not splitlines(): an answer may hold a line separator of Unicode
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            try:
                found.append(_result(json.loads(line)))
            except (ValueError, TypeError, AttributeError) as error:
                raise ValueError(f"{path}:{number}: not a result ({error!r})") from error
    return found


def _result(record: dict[str, Any]) -> Result:
    """Keys of another version are passed over."""
    known = {each.name for each in fields(Result)}
    return Result(**{name: value for name, value in record.items() if name in known})
