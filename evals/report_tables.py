"""The rows of the report's tables: recall by style, outcomes, the curve in figures, time, and the misses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.answers.summary import ANSWERED, is_right
from evals.metrics.clopper_pearson import around
from evals.metrics.interval import Interval
from evals.metrics.ranking import rank_of_first, recall_at
from evals.metrics.selective import Judged, Point, coverage_at, risk_coverage
from evals.report_chapter import Before, Chapter, CutOffs, Pair, Title, labelled
from evals.report_figures import times_of
from evals.report_numbers import whole_percent

MISSES = 20
SEEN = 3  # the texts that an agent sees
ENGLISH = "engels"  # the style of questions that are not in Dutch
RISKS = (0.02, 0.05, 0.10, 0.20, 0.30)


@dataclass(frozen=True)
class StyleRow:
    """How often the right text was found for questions in one style."""

    style: str
    count: int
    first: float
    three: float
    five: float

    def shares(self) -> dict[str, float]:
        """By the names of the summary."""
        return {"answerable": self.count, "R@1": self.first, "R@3": self.three, "R@5": self.five}

    @property
    def first_interval(self) -> Interval:
        """The exact interval of R@1."""
        return around(round(self.first * self.count), self.count)

    @property
    def three_interval(self) -> Interval:
        """The exact interval of R@3."""
        return around(round(self.three * self.count), self.count)


@dataclass(frozen=True)
class OutcomeRow:
    """How many questions with an answer, and how many without, ended so."""

    outcome: str
    answerable: int
    unanswerable: int


@dataclass(frozen=True)
class CurveRow:
    """What a limit or a cut-off comes to; `point` is None where not one question passes it.

    `interval` is that of the share of wrong answers, where the cut-off was not chosen on these questions.
    """

    name: str
    point: Point | None
    interval: Interval | None = None


@dataclass(frozen=True)
class TimeRow:
    """Milliseconds: within `half` for half of the questions, within `most` for 19 in 20, `worst` at most."""

    name: str
    count: int
    half: float
    most: float
    worst: float


@dataclass(frozen=True)
class Miss:
    """A question that went wrong: what should have been found, and what was found instead.

    `found` are the first three texts; `rank` the place of the right one, None when it is not in the ten;
    `quoted` the sentences that were shown, or else nothing.
    """

    turns: tuple[str, ...]
    language: str
    expected: tuple[Title, ...]
    found: tuple[Title, ...]
    rank: int | None
    outcome: str
    probability: float
    quoted: str


def recall_by_style(pairs: Sequence[Pair]) -> list[StyleRow]:
    """A row for each style with answerable questions, the hardest first."""
    ranks: dict[str, list[int | None]] = {}
    for question, result in pairs:
        if question.answerable:
            rank = rank_of_first(result.ranked, question.gold)
            ranks.setdefault(_style(question), []).append(rank)
    rows = [
        StyleRow(style, len(found), *(recall_at(found, depth) for depth in (1, 3, 5)))
        for style, found in ranks.items()
    ]
    return sorted(rows, key=lambda row: (row.first, row.style))


def outcomes(pairs: Sequence[Pair]) -> list[OutcomeRow]:
    """How the questions ended, the most frequent first."""
    ends = Counter((result.outcome, bool(question.answerable)) for question, result in pairs)
    rows = [OutcomeRow(name, ends[name, True], ends[name, False]) for name in {name for name, _ in ends}]
    return sorted(rows, key=lambda row: (-row.answerable - row.unanswerable, row.outcome))


def curve_rows(told: Sequence[Judged], cut_offs: CutOffs) -> list[CurveRow]:
    """The curve in figures: for some limits on wrong answers, and at the cut-offs as shipped."""
    limits = [CurveRow(f"at most {whole_percent(risk)} wrong", coverage_at(told, risk)) for risk in RISKS]
    rows = [CurveRow(row.name, row.point if row.point and row.point.coverage else None) for row in limits]
    for channel, cut_off in cut_offs.items():
        given = [each for each in told if cut_off is not None and each.probability >= cut_off]
        wrong = sum(not each.right for each in given)
        exact = around(wrong, len(given)) if given else None
        rows.append(CurveRow(f"as shipped, {channel}", at_cut_off(told, cut_off), exact))
    return rows


def at_cut_off(told: Sequence[Judged], cut_off: float | None) -> Point | None:
    """The point of the curve at which this cut-off stands; None when nothing passes it."""
    passed = [point for point in risk_coverage(told) if cut_off is not None and point.cut_off >= cut_off]
    return passed[-1] if passed else None


def time_rows(results: Sequence[Result], before: Before | None) -> list[TimeRow]:
    """The time of a question, now and before; questions that could not be asked are left out."""
    runs = [("now", results), *([("before", before.results)] if before else [])]
    return [_time_row(name, times) for name, asked in runs if (times := times_of(asked))]


def sure_and_wrong(chapter: Chapter) -> list[Miss]:
    """At most twenty: wrong answers before wrong suggestions, and in each the surest first."""
    missed = [
        (question, result)
        for question, result in chapter.labelled()
        if not is_right(question, result) and (question.answerable or result.outcome in ANSWERED)
    ]
    missed.sort(key=lambda pair: (pair[1].outcome not in ANSWERED, -pair[1].probability))
    return [_miss(chapter, *pair) for pair in missed[:MISSES]]


def not_in_three(chapter: Chapter) -> list[Miss]:
    """At most twenty questions of which an agent would not see the right text, the surest first."""
    missed = [_miss(chapter, *pair) for pair in chapter.labelled() if pair[0].answerable]
    missed = [miss for miss in missed if miss.rank is None or miss.rank > SEEN]
    return sorted(missed, key=lambda miss: -miss.probability)[:MISSES]


def style_rows_before(chapter: Chapter) -> dict[str, StyleRow]:
    """The rows of before, by style."""
    if not chapter.before:
        return {}
    pairs = labelled(chapter.before.questions, chapter.before.results)
    return {row.style: row for row in recall_by_style(pairs)}


def _style(question: LabelledQuestion) -> str:
    return question.style or ("follow-up" if len(question.turns) > 1 else "other")


def _time_row(name: str, times: Sequence[float]) -> TimeRow:
    half, most = np.quantile(times, [0.5, 0.95])
    return TimeRow(name, len(times), float(half), float(most), max(times))


def _miss(chapter: Chapter, question: LabelledQuestion, result: Result) -> Miss:
    return Miss(
        turns=question.turns,
        language="en" if question.style == ENGLISH else "nl",
        expected=tuple(_title(chapter, id) for id in question.gold),
        found=tuple(_title(chapter, id) for id in result.ranked[:SEEN]),
        rank=rank_of_first(result.ranked, question.gold),
        outcome=result.outcome,
        probability=result.probability,
        quoted=result.answer,
    )


def _title(chapter: Chapter, id: str) -> Title:
    return chapter.titles.get(id) or Title(id)
