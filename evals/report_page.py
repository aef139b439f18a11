"""The page of the report: figures, curves, recall by style, time, and the worst misses.

One file that needs nothing else, so that it can be sent to somebody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from evals.metrics.band import Band, band, risk_at
from evals.metrics.interval import Interval
from evals.metrics.reliability import Bin, reliability
from evals.metrics.selective import Judged, risk_coverage
from evals.pairs.chapter import PairsChapter
from evals.report_before import changes
from evals.report_chapter import Chapter, labelled, text_asked_about
from evals.report_drawings import (
    draw_curve,
    draw_reliability,
    draw_styles,
    draw_times,
    shares_within,
    time_edges,
)
from evals.report_figures import times_of
from evals.report_numbers import figure, interval, percent, whole_percent, whole_range
from evals.report_promises import promises
from evals.report_tables import (
    at_cut_off,
    curve_rows,
    not_in_three,
    outcomes,
    recall_by_style,
    style_rows_before,
    sure_and_wrong,
    time_rows,
)

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
    "macro F1 answerable": "how well it tells questions with an answer from those without; 1 is always",
    "Brier": "how far the probability is from what happened; lower is better",
    "ECE": "how far the probabilities of a tenth of the questions are from what came true; lower is better",
    "ECE by chance": "what ECE would be if every probability were true, with so many questions",
    "ms, median": "milliseconds for a question, on this machine as busy as it was",
    "ms, p95": "the same for the slowest question but one in twenty",
}
TENTH = 5  # a band has a place for each fiftieth


@dataclass(frozen=True)
class BandRow:
    """The band at one coverage, with the risk of before, None where that does not come so far."""

    coverage: float
    risk: float
    interval: Interval
    before: float | None


@dataclass(frozen=True)
class TimeBar:
    """The share of the questions that took so long, now and before."""

    name: str
    now: float
    before: float


def render(chapters: Sequence[Chapter], config: Mapping[str, Any], pairs: PairsChapter | None = None) -> str:
    """The whole page as HTML. `pairs`: what a language model made of quotes, where that was measured."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_template),
    )
    environment.filters |= {
        "percent": percent, "whole_percent": whole_percent, "whole_range": whole_range, "figure": figure,
        "interval": interval,
    }  # fmt: skip
    return environment.get_template("report.html").render(
        config=config,
        meanings=MEANINGS,
        nbsp="\N{NO-BREAK SPACE}",
        promises=promises(config["calibration"]),
        chapters=[_shown(chapter) for chapter in chapters],
        pairs=pairs,
    )


def _template(name: str) -> str:
    return (resources.files("evals") / name).read_text(encoding="utf-8")


def _shown(chapter: Chapter) -> dict[str, object]:
    whole = ("name", "title", "figures", "intervals", "fitted_on", "before")
    return {
        **{name: getattr(chapter, name) for name in whole},
        **_certainty(chapter),
        **_styles(chapter),
        **_times(chapter),
        "changes": changes(chapter.before) if chapter.before else [],
        "sure_and_wrong": sure_and_wrong(chapter),
        "not_in_three": not_in_three(chapter),
    }


def _certainty(chapter: Chapter) -> dict[str, object]:
    """The risk–coverage curve and the reliability diagram, each with its figures."""
    told, before = chapter.judged(), chapter.before.judged() if chapter.before else []
    around = band(told, [text_asked_about(question) for question, _ in chapter.labelled()])
    channels = {channel: at_cut_off(told, cut_off) for channel, cut_off in chapter.cut_offs.items()}
    bins, bins_before = reliability(told), reliability(before)
    rows_before = curve_rows(before, chapter.before.cut_offs) if chapter.before else []
    return {
        "curve": draw_curve(risk_coverage(told), around, risk_coverage(before), channels),
        "curve_rows": curve_rows(told, chapter.cut_offs),
        "curve_rows_before": {row.name: row for row in rows_before},
        "band": _band_rows(around, before),
        "reliability": _drawn(bins, bins_before, told),
        "bins": bins,
        "bins_before": bins_before,
    }


def _styles(chapter: Chapter) -> dict[str, object]:
    """Recall by style, and how the questions ended."""
    rows, before = recall_by_style(chapter.labelled()), style_rows_before(chapter)
    then = labelled(chapter.before.questions, chapter.before.results) if chapter.before else []
    return {
        "styles": rows,
        "styles_before": before,
        "styles_drawn": draw_styles(rows, before),
        "outcomes": outcomes(chapter.labelled()),
        "outcomes_before": {row.outcome: row for row in outcomes(then)},
    }


def _times(chapter: Chapter) -> dict[str, object]:
    now, before = times_of(chapter.results), times_of(chapter.before.results if chapter.before else [])
    rows = time_rows(chapter.results, chapter.before)
    edges = time_edges([*now, *before])
    named = {
        f"{name} {ms:.0f} ms": ms for row in rows[:1] for name, ms in (("p50", row.half), ("p95", row.most))
    }
    shares = zip(edges, edges[1:], shares_within(now, edges), shares_within(before, edges), strict=False)
    bars = [TimeBar(f"{start:g}–{end:g}", *both) for start, end, *both in shares]
    drawn = draw_times(now, before, named)
    return {"time_rows": rows, "times": drawn, "time_bars": _open_ended(bars) if drawn.more else bars}


def _open_ended(bars: Sequence[TimeBar]) -> list[TimeBar]:
    last = bars[-1]
    return [*bars[:-1], TimeBar(f"{last.name.split('–')[0]} and more", last.now, last.before)]


def _band_rows(around: Sequence[Band], before: Sequence[Judged]) -> list[BandRow]:
    """One for each tenth of the coverage, and the last place that there is."""
    curve = risk_coverage(before)
    kept = [
        each for place, each in enumerate(around, start=1) if place in (1, len(around)) or not place % TENTH
    ]
    return [BandRow(one.coverage, one.risk, one.interval, risk_at(curve, one.coverage)) for one in kept]


def _drawn(bins: Sequence[Bin], before: Sequence[Bin], told: Sequence[Judged]) -> object:
    return draw_reliability(bins, before, [(each.probability, each.right) for each in told])
