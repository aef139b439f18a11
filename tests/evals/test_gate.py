"""A change that makes the judge worse by more than noise is stopped here: the demo's questions, as shipped.

The values are of 2026-11-22 (`python -m evals answers` over the demo); a better one may be written down,
a worse one needs a reason in DECISIONS.md. Ranking has its own floors in test_floors.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.answers.questions import read_questions
from evals.answers.run import answering_over, ask_all, throw_away_library
from evals.answers.summary import judged, summary
from evals.answers.texts import DEMO_QUESTIONS, DEMO_TEXTS
from evals.metrics.selective import Judged, coverage_at
from service.domain.question import Channel

AUROC, BRIER, COVERAGE_AT_10 = 0.798, 0.169, 0.338
NOISE = 0.05  # about twice the standard error of an AUROC over 348 questions
SLACK = 0.02  # of a Brier score


@pytest.fixture(scope="module")
def told(model_cache: Path) -> tuple[dict[str, float], list[Judged]]:
    questions = read_questions(DEMO_QUESTIONS)
    with throw_away_library(DEMO_TEXTS, model_cache) as library:
        results = ask_all(answering_over(library), questions, Channel.SIDEBAR)
    return summary(questions, results), judged(questions, results)


@pytest.mark.model
@pytest.mark.slow
def test_probabilities_tell_answers_from_the_rest_no_worse_than_they_did(
    told: tuple[dict[str, float], list[Judged]],
) -> None:
    figures, _ = told
    assert figures["AUROC answerable"] >= AUROC - NOISE
    assert figures["Brier"] <= BRIER + SLACK


@pytest.mark.model
@pytest.mark.slow
def test_no_less_can_be_answered_at_the_same_risk(told: tuple[dict[str, float], list[Judged]]) -> None:
    assert coverage_at(told[1], 0.10).coverage >= COVERAGE_AT_10 - NOISE - 0.05


@pytest.mark.model
@pytest.mark.slow
def test_probabilities_are_about_as_large_as_the_share_that_is_right(
    told: tuple[dict[str, float], list[Judged]],
) -> None:
    probabilities = [each.probability for each in told[1]]
    right = [each.right for each in told[1]]
    assert abs(sum(probabilities) - sum(right)) / len(right) <= 0.05
