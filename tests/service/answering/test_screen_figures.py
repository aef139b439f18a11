"""The figures of issue 3.2 on the committed sets, and how rarely an answerable question is held up.

The floors lie a little below what was measured on 2026-11-21 (see the card of the set).
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.answering.screen import screen
from service.domain.answer import Status

DATASETS = Path(__file__).resolve().parents[3] / "evals" / "datasets"
TOLD_APART = (Status.PERSONAL_CASE, Status.OTHER_AUTHORITY, Status.OUT_OF_SCOPE)


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def outcomes(name: str) -> list[tuple[str, str]]:
    """Pairs of what was meant and what was said; "" stands for no verdict."""
    return [(record["status"], said(record["text"])) for record in records(DATASETS / "screening" / name)]


def said(text: str) -> str:
    verdict = screen(text).verdict
    return verdict.status.value if verdict else ""


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def f1(pairs: list[tuple[str, str]], status: Status) -> float:
    right = sum(meant == status.value == got for meant, got in pairs)
    wrong = sum((meant == status.value) != (got == status.value) for meant, got in pairs)
    return 2 * right / (2 * right + wrong)


def test_the_sets_are_as_large_as_their_card_says() -> None:
    crisis = [bool(meant) for meant, _ in outcomes("crisis.jsonl")]
    cases = [bool(meant) for meant, _ in outcomes("cases.jsonl")]
    assert (sum(crisis), crisis.count(False)) == (347, 622)
    assert (sum(cases), cases.count(False)) == (458, 359)


def test_a_crisis_is_recognised() -> None:
    assert share([got == meant for meant, got in outcomes("crisis.jsonl") if meant]) >= 0.97


def test_what_only_looks_like_a_crisis_raises_no_alarm() -> None:
    assert share([got == Status.CRISIS for meant, got in outcomes("crisis.jsonl") if not meant]) <= 0.01


def test_a_case_another_authority_and_what_is_out_of_scope_are_told_apart() -> None:
    pairs = outcomes("cases.jsonl")
    assert statistics.mean(f1(pairs, status) for status in TOLD_APART) >= 0.93
    assert f1(pairs, Status.ABUSE) >= 0.90


def test_an_ordinary_question_gets_no_verdict() -> None:
    assert share([bool(got) for meant, got in outcomes("cases.jsonl") if not meant]) <= 0.01


def answerable_in_demo() -> Iterator[str]:
    for path in sorted((DATASETS / "demo").glob("*.jsonl")):
        yield from (record["question"] for record in records(path) if record["answerable"])


def answerable_in_shared(shared: Path) -> Iterator[str]:
    for record in records(shared / "eval" / "dev.jsonl"):
        if record["answerable"]:
            yield record["question"]
    for path in sorted((shared / "train").glob("*.jsonl")):
        for product in records(path):
            yield from (question["q"] for question in product["questions"] if question["answers"])


def firm(text: str) -> bool:
    verdict = screen(text).verdict
    return verdict is not None and verdict.firm


def test_an_answerable_question_of_the_demo_is_hardly_ever_held_up() -> None:
    assert share([firm(text) for text in answerable_in_demo()]) <= 0.005


def test_an_answerable_question_is_hardly_ever_held_up(shared: Path) -> None:
    texts = [*answerable_in_demo(), *answerable_in_shared(shared)]
    assert share([firm(text) for text in texts]) <= 0.005


def test_personal_cases_of_the_training_texts_are_recognised(shared: Path) -> None:
    asked = [
        question["q"]
        for path in sorted((shared / "train").glob("*.jsonl"))
        for product in records(path)
        for question in product["questions"]
        if question.get("why", "").startswith("personal_case")
    ]
    assert share([said(text) == Status.PERSONAL_CASE for text in asked]) >= 0.78


def test_a_verdict_takes_no_time_anybody_notices() -> None:
    took = []
    for text in answerable_in_demo():
        began = time.process_time()
        screen(text)
        took.append(time.process_time() - began)
    assert statistics.median(took) < 0.006  # redaction included; about 1.5 ms when nothing else runs
