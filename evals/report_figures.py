"""The figures of a set, and between what and what each may be expected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.answers.summary import ANSWERED, is_right, judged, summary
from evals.metrics.bootstrap import bootstrap
from evals.metrics.calibration_error import calibration_error, error_by_chance, error_interval
from evals.metrics.clopper_pearson import around
from evals.metrics.interval import Interval, middle
from evals.metrics.macro_f1 import macro_f1
from evals.report_chapter import Pair, labelled, text_asked_about

SAYS_THERE_IS_NONE = ("unanswered_no_source", "refused_")
DRAWN = (
    "R@1", "R@3", "R@5", "MRR", "answered", "coverage at 5 % wrong",
    "AUROC answerable", "macro F1 answerable", "Brier",
)  # fmt: skip


def figures(questions: Sequence[LabelledQuestion], results: Sequence[Result]) -> dict[str, float]:
    """The summary, and whether it knew what has an answer, whether its probabilities come true, its time."""
    told = judged(questions, results)
    times = times_of(results)
    return {
        **_drawn_again(list(zip(questions, results, strict=True))),
        "ECE": calibration_error(told),
        "ECE by chance": error_by_chance(told),
        "ms, p95": float(np.quantile(times, 0.95)) if times else 0.0,
    }


def intervals(questions: Sequence[LabelledQuestion], results: Sequence[Result]) -> dict[str, Interval]:
    """For each figure for which it can be said; questions about one text are drawn together."""
    pairs = labelled(questions, results)
    groups = [text_asked_about(question) for question, _ in pairs]
    drawn = bootstrap(pairs, _drawn_again, groups)
    answers = [is_right(*pair) for pair in pairs if pair[1].outcome in ANSWERED]
    found = {name: middle([each[name] for each in drawn]) for name in DRAWN if drawn}
    if answers:
        # exact: draws of the same few answers would never hold a wrong one that was not there
        found["answered wrong"] = around(answers.count(False), len(answers))
    return found | {"ECE": error_interval(judged(questions, results), groups)}


def times_of(results: Sequence[Result]) -> list[float]:
    """Milliseconds of each question that could be asked."""
    return [result.ms for result in results if result.ms > 0]


def _drawn_again(pairs: Sequence[Pair]) -> dict[str, float]:
    questions, results = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    known = labelled(questions, results)
    told = [not result.outcome.startswith(SAYS_THERE_IS_NONE) for _, result in known]
    return {
        **summary(questions, results),
        "macro F1 answerable": macro_f1([question.answerable for question, _ in known], told),
    }
