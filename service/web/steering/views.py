"""Figures as the pages show them: key numbers and charts, each with the way to its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.duos.figures import Line, ProductLine
from service.duos.steering import Overview, Point
from service.storage.measures import Measure
from service.web import wording_steering as wording
from service.web.steering.addresses import days_words, line_name, own_fields, rows_address, share_words
from service.web.steering.asked import Asked, period_in_words
from service.web.steering.charts import Chart, beside, most_of, share, shown_bars, stacked

_KEY = (
    Measure.OPEN, Measure.LATE, Measure.NEW, Measure.SOLVED, Measure.DISMISSED, Measure.REOPENED,
    Measure.AGAIN, Measure.AGAIN_CLOSED, Measure.MISSED, Measure.PROPOSED,
)  # fmt: skip
SHORT = 10  # rising questions on the first page


@dataclass(frozen=True)
class Key:
    """A number to see at once, with that of the period before. `explained` says what it counts; `href` is
    empty when no signal stands behind it."""

    label: str
    value: str
    before: str
    explained: str
    href: str


def key_figures(overview: Overview, asked: Asked) -> tuple[Key, ...]:
    """The numbers on top."""
    before = wording.BEFORE_NAMES[asked.period.kind]
    fields = own_fields(asked)
    keys = [
        Key(
            wording.MEASURES[each],
            str(overview.now[each]),
            "" if each is Measure.PROPOSED else _said(before, str(overview.before[each])),
            wording.EXPLANATIONS[each],
            rows_address(each, asked.period, fields) if overview.now[each] else "",
        )
        for each in _KEY
    ]
    kept = Key(
        wording.KEPT_SHARE,
        share_words(overview.now.kept_share),
        _said(before, share_words(overview.before.kept_share)),
        wording.KEPT_EXPLAINED.format(kept=overview.now[Measure.KEPT], due=overview.now[Measure.DUE]),
        rows_address(Measure.KEPT, asked.period, fields) if overview.now[Measure.KEPT] else "",
    )
    days = Key(
        wording.DAYS,
        days_words(overview.now),
        _said(before, days_words(overview.before)),
        wording.DAYS_EXPLAINED,
        rows_address(Measure.SOLVED, asked.period, fields) if overview.now[Measure.SOLVED] else "",
    )
    return (*keys[:4], kept, days, *keys[4:])


def trend_chart(points: Sequence[Point], asked: Asked) -> Chart:
    """New and solved, period by period."""
    most = most_of(point.figures[each] for point in points for each in (Measure.NEW, Measure.SOLVED))
    new, solved = wording.MEASURES[Measure.NEW].lower(), wording.MEASURES[Measure.SOLVED].lower()
    bars = [
        beside(
            period_in_words(point.period),
            _pair(point.figures[Measure.NEW], new, point.figures[Measure.SOLVED], solved),
            point.figures[Measure.NEW],
            point.figures[Measure.SOLVED],
            most,
            f"/sturing?{asked.query(point.period)}",
        )
        for point in points
    ]
    last = points[-1].figures
    summary = wording.TREND_SUMMARY.format(new=last[Measure.NEW], solved=last[Measure.SOLVED])
    return Chart(wording.TREND_CHART, summary, (new, solved), tuple(bars))


def open_chart(lines: Sequence[Line], whose: Sequence[Mapping[str, str]], asked: Asked) -> Chart:
    """What is open, on time and late, for each department or duo."""
    pairs = [
        (line.figures[Measure.OPEN] - line.figures[Measure.LATE], line.figures[Measure.LATE])
        for line in lines
    ]
    most = most_of(on_time + late for on_time, late in pairs)
    late_word = wording.MEASURES[Measure.LATE].lower()
    bars = [
        stacked(
            line_name(line),
            _pair(on_time, wording.ON_TIME, late, late_word),
            on_time,
            late,
            most,
            rows_address(Measure.OPEN, asked.period, fields),
        )
        for line, fields, (on_time, late) in zip(lines, whose, pairs, strict=True)
    ]
    summary = wording.OPEN_SUMMARY.format(open=sum(map(sum, pairs)), late=sum(late for _, late in pairs))
    return Chart(wording.OPEN_CHART, summary, (wording.ON_TIME, late_word), shown_bars(bars))


def share_chart(lines: Sequence[ProductLine]) -> Chart:
    """The share that was answered without a duo, of the products that are asked about most."""
    bars = [
        share(
            line.name,
            f"{share_words(line.share)}, {line.questions} {wording.PRODUCTS_COLUMNS[2].lower()}",
            line.share,
        )
        for line in lines
        if line.share is not None
    ]
    answered = wording.PRODUCTS_COLUMNS[3].lower()
    return Chart(
        wording.SHARE_CHART, wording.SHARE_SUMMARY, (answered, wording.NOT_ANSWERED), shown_bars(bars)
    )


def _pair(first: int, first_name: str, second: int, second_name: str) -> str:
    return wording.PAIR.format(first=first, first_name=first_name, second=second, second_name=second_name)


def _said(period: str, value: str) -> str:
    return wording.BEFORE.format(period=period, value=value)
