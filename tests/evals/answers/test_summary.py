"""The figures of a run, against figures worked out by hand."""

from __future__ import annotations

import pytest

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.answers.summary import is_right, judged, summary
from evals.metrics.selective import Judged


def question(id: str, answerable: bool | None, gold: tuple[str, ...] = (), *must: str) -> LabelledQuestion:
    return LabelledQuestion(id, ("?",), "", answerable, gold, must)


def result(id: str, outcome: str, probability: float, ranked: str, answer: str = "", ms: float = 1) -> Result:
    return Result(id, outcome, probability, list(ranked), answer, [], ms)


QUESTIONS = [
    question("right", True, ("a",), "€ 86,20", "5 dagen"),
    question("right, without the fact", True, ("b", "c"), "gratis"),
    question("second", True, ("a",)),
    question("fourth", True, ("a",)),
    question("not found", True, ("z",)),
    question("wrongly answered", False),
    question("rightly not answered", False),
    question("unlabelled", None),
]
RESULTS = [
    result("1", "answered", 0.9, "abc", "Het kost €  86,20 en duurt 5 DAGEN.", ms=10),
    result("2", "answered_partly", 0.8, "cab", "Het kost € 5.", ms=20),
    result("3", "answered", 0.7, "bac", ms=30),
    result("4", "unanswered_low_confidence", 0.4, "bcda", ms=40),
    result("5", "unanswered_no_source", 0.0, "abc", ms=50),
    result("6", "answered", 0.6, "abc", ms=60),
    result("7", "refused_out_of_scope", 0.1, "abc", ms=70),
    result("8", "answered", 1.0, "abc", ms=80),
]


def test_every_figure_is_as_it_was_worked_out() -> None:
    figures = summary(QUESTIONS, RESULTS)
    assert figures == {
        "questions": 8,
        "answerable": 5,
        "R@1": pytest.approx(2 / 5),
        "R@3": pytest.approx(3 / 5),
        "R@5": pytest.approx(4 / 5),
        "MRR": pytest.approx((1 + 1 + 1 / 2 + 1 / 4) / 5),
        "answered": pytest.approx(4 / 7),  # of the labelled ones
        "answered wrong": pytest.approx(2 / 4),
        "facts in answer": pytest.approx(1 / 2),
        "coverage at 5 % wrong": pytest.approx(2 / 5),
        # pairs (answerable, not): .9 .8 .7 beat .6 and .1; .4 beats .1; 0 beats neither
        "AUROC answerable": pytest.approx(7 / 10),
        "Brier": pytest.approx((0.01 + 0.04 + 0.49 + 0.16 + 0 + 0.36 + 0.01) / 7),
        "ms, median": 45,
    }


def test_an_answer_is_right_when_there_is_one_and_the_first_document_holds_it() -> None:
    assert [is_right(*pair) for pair in zip(QUESTIONS, RESULTS, strict=True)] == [True, True, *[False] * 6]
    assert not is_right(question("q", True, ("a",)), result("q", "error_retrieval", 0.0, ""))


def test_only_labelled_questions_are_judged() -> None:
    assert judged(QUESTIONS, RESULTS)[-2:] == [Judged(0.6, False, False), Judged(0.1, False, False)]
    assert len(judged(QUESTIONS, RESULTS)) == 7


def test_a_run_without_labels_still_has_figures() -> None:
    figures = summary(QUESTIONS[-1:], RESULTS[-1:])
    assert (figures["questions"], figures["answerable"], figures["R@1"], figures["answered"]) == (1, 0, 0, 0)
    assert figures["ms, median"] == 80


def test_results_of_other_questions_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        summary(QUESTIONS, RESULTS[1:])
