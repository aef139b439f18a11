"""The page of the report: figures, recall by style, risk against coverage, and the worst misses.

One file that needs nothing else, so that it can be sent to somebody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined

from evals.answers.questions import LabelledQuestion
from evals.answers.run import Result
from evals.answers.summary import ANSWERED, is_right, judged
from evals.metrics.ranking import rank_of_first, recall_at
from evals.metrics.selective import Point, coverage_at, risk_coverage

MISSES = 20
ENGLISH = "engels"  # the style of questions that are not in Dutch
PERCENT = "\N{NO-BREAK SPACE}%"
RISKS = (0.02, 0.05, 0.10, 0.20, 0.30)
# the drawing, in its own units: what is left of 320 for the axes
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 320, 260, 46, 12, 12, 44

MEANINGS = {
    "questions": "asked",
    "answerable": "questions with an answer in these texts; R@ and MRR are over these",
    "R@1": "the right text came first",
    "R@3": "the right text was among the first three: what an agent sees",
    "R@5": "the right text was among the first five",
    "MRR": "the mean of 1 / rank of the first right text",
    "answered": "questions that got an answer by itself",
    "answered wrong": "of those answers: the wrong ones",
    "facts in answer": "of the right answers with a fact to look for: those that hold it",
    "coverage at 5 % wrong": "the most that could be answered rightly if one in twenty may be wrong",
    "AUROC answerable": "how often a question with an answer scores above one without; half is guessing",
    "Brier": "how far the probability is from what happened; lower is better",
    "ms, median": "milliseconds for a question, on this machine as busy as it was",
}
_COUNTS = ("questions", "answerable", "ms, median")
_OF_ANSWERS = ("answered wrong", "facts in answer")
_FRACTIONS = ("MRR", "AUROC answerable", "Brier")


@dataclass(frozen=True)
class Title:
    """The title of a document and the language that it is in."""

    text: str
    language: str = "nl"


@dataclass(frozen=True)
class Chapter:
    """One set as the page shows it. `fitted_on`: the judge was fitted on these questions too."""

    name: str
    title: str
    questions: Sequence[LabelledQuestion]
    results: Sequence[Result]
    titles: Mapping[str, Title]
    figures: Mapping[str, float]
    fitted_on: bool
    cut_offs: Mapping[str, float]

    def labelled(self) -> list[tuple[LabelledQuestion, Result]]:
        """The questions of which is known whether there is an answer, each with its result."""
        pairs = zip(self.questions, self.results, strict=True)
        return [(question, result) for question, result in pairs if question.answerable is not None]


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


@dataclass(frozen=True)
class OutcomeRow:
    """How many questions with an answer, and how many without, ended so."""

    outcome: str
    answerable: int
    unanswerable: int


@dataclass(frozen=True)
class CurveRow:
    """What a limit or a cut-off comes to; `point` is None where not one question passes it."""

    name: str
    point: Point | None


@dataclass(frozen=True)
class Miss:
    """A question that went wrong, with what should have been found and what was found instead."""

    turns: tuple[str, ...]
    language: str
    expected: tuple[Title, ...]
    found: Title | None
    outcome: str
    probability: float
    answer: str


@dataclass(frozen=True)
class Tick:
    """A place on an axis and what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """A risk-coverage curve in the units of its picture."""

    line: str
    across: Sequence[Tick]
    up: Sequence[Tick]
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def render(chapters: Sequence[Chapter], config: Mapping[str, Any]) -> str:
    """The whole page as HTML."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"percent": percent, "whole_percent": whole_percent, "figure": figure}
    template = (resources.files("evals") / "report.html").read_text(encoding="utf-8")
    return environment.from_string(template).render(
        config=config, meanings=MEANINGS, chapters=[_shown(chapter) for chapter in chapters]
    )


def recall_by_style(chapter: Chapter) -> list[StyleRow]:
    """A row for each style with answerable questions, the hardest first."""
    ranks: dict[str, list[int | None]] = {}
    for question, result in chapter.labelled():
        if question.answerable:
            rank = rank_of_first(result.ranked, question.gold)
            ranks.setdefault(_style(question), []).append(rank)
    rows = [
        StyleRow(style, len(found), *(recall_at(found, depth) for depth in (1, 3, 5)))
        for style, found in ranks.items()
    ]
    return sorted(rows, key=lambda row: (row.first, row.style))


def outcomes(chapter: Chapter) -> list[OutcomeRow]:
    """How the questions ended, the most frequent first."""
    ends = Counter((result.outcome, bool(question.answerable)) for question, result in chapter.labelled())
    rows = [OutcomeRow(name, ends[name, True], ends[name, False]) for name in {name for name, _ in ends}]
    return sorted(rows, key=lambda row: (-row.answerable - row.unanswerable, row.outcome))


def worst_misses(chapter: Chapter) -> list[Miss]:
    """At most twenty: wrong answers before wrong suggestions, and in each the surest first."""
    missed = [
        (question, result)
        for question, result in chapter.labelled()
        if not is_right(question, result) and (question.answerable or result.outcome in ANSWERED)
    ]
    missed.sort(key=lambda pair: (pair[1].outcome not in ANSWERED, -pair[1].probability))
    return [_miss(chapter.titles, *pair) for pair in missed[:MISSES]]


def curve_rows(chapter: Chapter) -> list[CurveRow]:
    """The curve in figures: for some limits on wrong answers, and at the cut-offs as shipped."""
    told = judged(chapter.questions, chapter.results)
    limits = [CurveRow(f"at most {whole_percent(risk)} wrong", coverage_at(told, risk)) for risk in RISKS]
    rows = [CurveRow(row.name, row.point if row.point and row.point.coverage else None) for row in limits]
    points = risk_coverage(told)
    for channel, cut_off in chapter.cut_offs.items():
        passed = [point for point in points if point.cut_off >= cut_off]
        rows.append(CurveRow(f"as shipped, {channel}", passed[-1] if passed else None))
    return rows


def drawing(points: Sequence[Point]) -> Drawing:
    """The curve from its strictest cut-off on; both axes run from nothing to everything."""
    places = [f"{_across(point.coverage):.1f},{_up(point.risk):.1f}" for point in points]
    marks = [each / 4 for each in range(5)]
    return Drawing(
        line=" ".join(places),
        across=[Tick(_across(mark), whole_percent(mark)) for mark in marks],
        up=[Tick(_up(mark), whole_percent(mark)) for mark in marks],
    )


def percent(share: float) -> str:
    """0.783 as "78.3 %"."""
    return f"{share * 100:.1f}{PERCENT}"


def whole_percent(share: float) -> str:
    """0.783 as "78 %": a style has a few dozen questions, a decimal would say more than is known."""
    return f"{share * 100:.0f}{PERCENT}"


def figure(figures: Mapping[str, float], name: str) -> str:
    """A figure of the summary in the form that fits its name; a dash for a share of nothing."""
    value = figures[name]
    if name in _OF_ANSWERS and not figures["answered"]:
        return "–"
    if name in _COUNTS:
        return f"{value:.0f}"
    return f"{value:.3f}" if name in _FRACTIONS else percent(value)


def _shown(chapter: Chapter) -> dict[str, object]:
    points = risk_coverage(judged(chapter.questions, chapter.results))
    return {
        **{name: getattr(chapter, name) for name in ("name", "title", "figures", "fitted_on")},
        "styles": recall_by_style(chapter),
        "outcomes": outcomes(chapter),
        "curve": asdict(drawing(points)),
        "curve_rows": curve_rows(chapter),
        "misses": worst_misses(chapter),
    }


def _style(question: LabelledQuestion) -> str:
    return question.style or ("follow-up" if len(question.turns) > 1 else "other")


def _miss(titles: Mapping[str, Title], question: LabelledQuestion, result: Result) -> Miss:
    return Miss(
        turns=question.turns,
        language="en" if question.style == ENGLISH else "nl",
        expected=tuple(_title(titles, id) for id in question.gold),
        found=_title(titles, result.ranked[0]) if result.ranked else None,
        outcome=result.outcome,
        probability=result.probability,
        answer=result.answer,
    )


def _title(titles: Mapping[str, Title], id: str) -> Title:
    return titles.get(id) or Title(id)


def _across(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _up(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
