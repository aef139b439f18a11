"""The pictures of the report as places in their own units; the page turns them into SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.metrics.band import Band
from evals.metrics.interval import Interval
from evals.metrics.reliability import Bin
from evals.metrics.selective import Point
from evals.report_numbers import whole_percent
from evals.report_tables import StyleRow

CELLS = 20  # of a histogram
STRIP = 48  # how high the distribution below the reliability diagram is
ROW = 50  # how high the bars of one style are, with its name above them
BAR = 11
HEADROOM = 1.2  # above the highest bar of a histogram: the names of p50 and p95 stand there


@dataclass(frozen=True)
class Frame:
    """Where the axes stand, and where a share of one comes on each of them."""

    width: int = 320
    height: int = 260
    left: int = 46
    right: int = 308
    top: int = 12
    bottom: int = 216

    def across(self, share: float) -> float:
        return round(self.left + share * (self.right - self.left), 1)

    def up(self, share: float) -> float:
        return round(self.bottom - share * (self.bottom - self.top), 1)


@dataclass(frozen=True)
class Tick:
    """A place on an axis and what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A place in the picture and its name; `anchor` keeps the name inside the frame."""

    across: float
    up: float
    label: str
    anchor: str = "start"


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    across: float
    up: float
    width: float
    height: float


@dataclass(frozen=True)
class Whisker:
    """An interval, drawn at `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class CurveDrawing:
    """A risk–coverage curve in its band, the one of before, and the channels on it."""

    frame: Frame
    across: Sequence[Tick]
    up: Sequence[Tick]
    line: str
    band: str
    before: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class ReliabilityDrawing:
    """What came true against what was said, and below it how often each was said."""

    frame: Frame
    across: Sequence[Tick]
    up: Sequence[Tick]
    line: str
    before: str
    dots: Sequence[Mark]
    whiskers: Sequence[Whisker]
    strip_bottom: float
    right: Sequence[Box]
    wrong: Sequence[Box]


@dataclass(frozen=True)
class StyleBars:
    """The bars of one style: first, and among three; the marks say what these were before."""

    name: Mark
    bars: tuple[Box, Box]
    whiskers: tuple[Whisker, Whisker]
    before: tuple[Whisker, ...]


@dataclass(frozen=True)
class StylesDrawing:
    """The bars of all styles."""

    frame: Frame
    across: Sequence[Tick]
    styles: Sequence[StyleBars]


@dataclass(frozen=True)
class TimesDrawing:
    """How many questions took how long, with p50 and p95; `more`: the last bar holds all that is slower."""

    frame: Frame
    across: Sequence[Tick]
    up: Sequence[Tick]
    bars: Sequence[Box]
    before: str
    marks: Sequence[Mark]
    more: bool


def draw_curve(
    points: Sequence[Point],
    around: Sequence[Band],
    before: Sequence[Point],
    channels: Mapping[str, Point | None],
) -> CurveDrawing:
    """The curve from its strictest cut-off on; both axes run from nothing to everything."""
    frame = Frame()
    edge = [(each.coverage, each.interval.high) for each in around]
    edge += [(each.coverage, each.interval.low) for each in reversed(around)]
    named: dict[tuple[float, float], list[str]] = {}
    for channel, point in channels.items():
        if point:
            named.setdefault((point.coverage, point.risk), []).append(channel)
    return CurveDrawing(
        frame=frame,
        across=_quarters(frame.across),
        up=_quarters(frame.up),
        line=_line(frame, [(point.coverage, point.risk) for point in points]),
        band=_line(frame, edge),
        before=_line(frame, [(point.coverage, point.risk) for point in before]),
        marks=[_mark(frame, place, ", ".join(names)) for place, names in named.items()],
    )


def draw_reliability(
    bins: Sequence[Bin], before: Sequence[Bin], said: Sequence[tuple[float, bool]]
) -> ReliabilityDrawing:
    """The bins on their diagonal; `said` has each probability and whether it came out right."""
    frame = Frame(height=260 + STRIP + 8)
    floor = float(frame.bottom + 8 + STRIP)
    places = [(each.probability, each.right) for each in bins]
    right, wrong = ([p for p, came in said if came is wanted] for wanted in (True, False))
    rights, wrongs = (np.histogram(some, CELLS, (0, 1))[0] for some in (right, wrong))
    unit = STRIP / max(int((rights + wrongs).max()), 1)
    wide = (frame.right - frame.left) / CELLS
    edges = [frame.left + cell * wide for cell in range(CELLS)]
    return ReliabilityDrawing(
        frame=frame,
        across=_quarters(frame.across),
        up=_quarters(frame.up),
        line=_line(frame, places),
        before=_line(frame, [(each.probability, each.right) for each in before]),
        dots=[Mark(frame.across(x), frame.up(y), "") for x, y in places],
        whiskers=[_upright(frame, each.probability, each.interval) for each in bins],
        strip_bottom=floor,
        right=[_column(x, wide, floor, n * unit) for x, n in zip(edges, rights, strict=True) if n],
        wrong=[
            _column(x, wide, floor - below * unit, n * unit)
            for x, below, n in zip(edges, rights, wrongs, strict=True)
            if n
        ],
    )


def draw_styles(rows: Sequence[StyleRow], before: Mapping[str, StyleRow]) -> StylesDrawing:
    """A pair of bars for each style, in the order of the rows."""
    frame = Frame(left=8, top=0, bottom=ROW * len(rows), height=ROW * len(rows) + 26)
    return StylesDrawing(
        frame=frame,
        across=_quarters(frame.across),
        styles=[_style_bars(frame, place, row, before.get(row.style)) for place, row in enumerate(rows)],
    )


def draw_times(now: Sequence[float], before: Sequence[float], named: Mapping[str, float]) -> TimesDrawing:
    """Bars of as many milliseconds each; the slowest hundredth is in the last one, or it would be a line."""
    frame = Frame()
    edges = time_edges([*now, *before])
    shares, shares_before = shares_within(now, edges), shares_within(before, edges)
    highest = max([*shares, *shares_before, 0.01])
    room = highest * HEADROOM
    wide = (frame.right - frame.left) / len(shares)
    heights = [share / room * (frame.bottom - frame.top) for share in shares]
    marks = [(name, min(ms / edges[-1], 1.0)) for name, ms in named.items()]
    return TimesDrawing(
        frame=frame,
        across=[Tick(frame.across(ms / edges[-1]), f"{ms:g}") for ms in edges[:: max(len(edges) // 4, 1)]],
        up=[Tick(frame.up(part / HEADROOM), whole_percent(part * highest)) for part in (0, 0.5, 1)],
        bars=[_column(frame.left + n * wide, wide, frame.bottom, high) for n, high in enumerate(heights)],
        before=_steps(frame, [share / room for share in shares_before] if before else []),
        marks=[
            Mark(frame.across(at), frame.top + 12 + 16 * n, name, _anchor(at))
            for n, (name, at) in enumerate(marks)
        ],
        more=any(ms > edges[-1] for ms in (*now, *before)),
    )


def time_edges(times: Sequence[float]) -> list[float]:
    """Round numbers of milliseconds, at most twenty steps to where all but the slowest hundredth are."""
    far = float(np.quantile(times, 0.99)) if len(times) else 1.0
    rough = max(far, 0.001) / CELLS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= rough)
    return [round(step * each, 6) for each in range(math.ceil(far / step) + 1)]


def shares_within(times: Sequence[float], edges: Sequence[float]) -> list[float]:
    """The share of the times in each step, what is beyond the last edge counted in the last."""
    counts = np.histogram(np.minimum(times, edges[-1]), edges)[0] if len(times) else np.zeros(len(edges) - 1)
    return [float(count) / max(len(times), 1) for count in counts]


def _style_bars(frame: Frame, place: int, row: StyleRow, before: StyleRow | None) -> StyleBars:
    top = ROW * place + 20
    tops = (top, top + BAR + 2)
    shares, ranges = (row.first, row.three), (row.first_interval, row.three_interval)
    were = (before.first, before.three) if before else ()
    first, three = (
        Box(frame.left, y, frame.across(s) - frame.left, BAR) for y, s in zip(tops, shares, strict=True)
    )
    near, far = (
        Whisker(y + BAR / 2, frame.across(range.low), frame.across(range.high))
        for y, range in zip(tops, ranges, strict=True)
    )
    return StyleBars(
        name=Mark(frame.left, top - 5, f"{row.style.replace('_', ' ')} ({row.count})"),
        bars=(first, three),
        whiskers=(near, far),
        before=tuple(
            Whisker(frame.across(share), y - 1, y + BAR + 1) for share, y in zip(were, tops, strict=False)
        ),
    )


def _quarters(place: Callable[[float], float]) -> list[Tick]:
    return [Tick(place(each / 4), whole_percent(each / 4)) for each in range(5)]


def _line(frame: Frame, places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{frame.across(across)},{frame.up(up)}" for across, up in places)


def _mark(frame: Frame, place: tuple[float, float], label: str) -> Mark:
    return Mark(frame.across(place[0]), frame.up(place[1]), label, _anchor(place[0]))


def _anchor(across: float) -> str:
    return "end" if across > 0.5 else "start"


def _upright(frame: Frame, across: float, interval: Interval) -> Whisker:
    return Whisker(frame.across(across), frame.up(interval.low), frame.up(interval.high))


def _column(left: float, wide: float, floor: float, high: float) -> Box:
    return Box(round(left + 0.5, 1), round(floor - high, 1), round(wide - 1, 1), round(high, 1))


def _steps(frame: Frame, heights: Sequence[float]) -> str:
    """The outline of a histogram."""
    wide = 1 / max(len(heights), 1)
    corners = [(edge * wide, high) for n, high in enumerate(heights) for edge in (n, n + 1)]
    return _line(frame, corners)
