"""The figures of a run: pairwise F1 of joining, and how often the right duo is named first or among three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.gaps.run import GapQuestion, GapResult
from evals.metrics.pairwise import Pairwise, pairwise


@dataclass(frozen=True)
class GapFigures:
    """`joining`: over the questions with a group. `first`, `among_three`: shares of the `routed` questions
    whose text has a known owner."""

    joining: Pairwise
    grouped: int
    first: float
    among_three: float
    routed: int


def figures(
    questions: Sequence[GapQuestion],
    results: Sequence[GapResult],
    owners: Mapping[str, frozenset[str]],
) -> GapFigures:
    """`owners`: the duos of each question's right texts, by the question's id."""
    pairs = list(zip(questions, results, strict=True))
    grouped = [(question.group, result.signal) for question, result in pairs if question.group]
    joining = pairwise([group for group, _ in grouped], [signal for _, signal in grouped])
    routed = [(owners[question.id], result) for question, result in pairs if owners.get(question.id)]
    first = [bool(result.candidates) and result.candidates[0] in right for right, result in routed]
    three = [not right.isdisjoint(result.candidates[:3]) for right, result in routed]
    return GapFigures(joining, len(grouped), _share(first), _share(three), len(routed))


def _share(said: Sequence[bool]) -> float:
    return sum(said) / len(said) if said else 0.0
