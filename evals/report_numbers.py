"""Figures as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from evals.metrics.interval import Interval

PERCENT = "\N{NO-BREAK SPACE}%"
COUNTS = ("questions", "answerable")
TIMES = ("ms, median", "ms, p95")
_OF_ANSWERS = ("answered wrong", "facts in answer")
_FRACTIONS = ("MRR", "AUROC answerable", "Brier", "macro F1 answerable", "ECE", "ECE by chance")


def percent(share: float) -> str:
    """0.783 as "78.3 %"."""
    return f"{share * 100:.1f}{PERCENT}"


def whole_percent(share: float) -> str:
    """0.783 as "78 %": a style has a few dozen questions, a decimal would say more than is known."""
    return f"{share * 100:.0f}{PERCENT}"


def whole_range(interval: Interval) -> str:
    """From .61 to .783 as "61–78 %"."""
    return f"{interval.low * 100:.0f}–{whole_percent(interval.high)}"


def figure(figures: Mapping[str, float], name: str) -> str:
    """A figure of the summary in the form that fits its name; a dash for a share of nothing."""
    if name not in figures or (name in _OF_ANSWERS and not figures["answered"]):
        return "–"
    return _formed(name, figures[name])


def interval(intervals: Mapping[str, Interval], name: str) -> str:
    """Its interval in the same form, empty where there is none."""
    if name not in intervals:
        return ""
    low, high = _formed(name, intervals[name].low), _formed(name, intervals[name].high)
    return f"{low.removesuffix(PERCENT)}–{high}"


def _formed(name: str, value: float) -> str:
    if name in COUNTS or name in TIMES:
        return f"{value:.0f}"
    return f"{value:.3f}" if name in _FRACTIONS else percent(value)
