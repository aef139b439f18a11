"""What a run is worth, in a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.metrics.ranking import mean_reciprocal_rank, rank_of_first, recall_at
from evals.metrics.selective import Judged, auroc, brier, coverage_at

ANSWERED = ("answered", "answered_partly")


def summary(questions: Sequence[LabelledQuestion], results: Sequence[Result]) -> dict[str, float]:
    """Figures by name. Ranking is over the answerable questions, the rest over all that are labelled."""
    pairs = [(q, r) for q, r in zip(questions, results, strict=True) if q.answerable is not None]
    ranks = [rank_of_first(result.ranked, question.gold) for question, result in pairs if question.answerable]
    answered = [(question, result) for question, result in pairs if result.outcome in ANSWERED]
    told = judged(questions, results)
    return {
        "questions": len(results),
        "answerable": len(ranks),
        "R@1": recall_at(ranks, 1),
        "R@3": recall_at(ranks, 3),
        "R@5": recall_at(ranks, 5),
        "MRR": mean_reciprocal_rank(ranks),
        "answered": len(answered) / max(len(pairs), 1),
        "answered wrong": sum(not is_right(*pair) for pair in answered) / max(len(answered), 1),
        "facts in answer": _facts(answered),
        "coverage at 5 % wrong": coverage_at(told, 0.05).coverage,
        "AUROC answerable": auroc(told),
        "Brier": brier(told),
        "ms, median": median(result.ms for result in results) if results else 0.0,
    }


def judged(questions: Sequence[LabelledQuestion], results: Sequence[Result]) -> list[Judged]:
    """The labelled ones as the selective metrics take them."""
    return [
        Judged(result.probability, is_right(question, result), question.answerable)
        for question, result in zip(questions, results, strict=True)
        if question.answerable is not None
    ]


def is_right(question: LabelledQuestion, result: Result) -> bool:
    """Whether there is an answer and the first document holds it."""
    return bool(question.answerable and result.ranked and result.ranked[0] in question.gold)


def _facts(answered: Sequence[tuple[LabelledQuestion, Result]]) -> float:
    """Of the right answers with literals to look for: the share that holds one of each."""
    right = [(q, r) for q, r in answered if is_right(q, r) and q.must_contain]
    held = sum(all(_folded(part) in _folded(r.answer) for part in q.must_contain) for q, r in right)
    return held / max(len(right), 1)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
