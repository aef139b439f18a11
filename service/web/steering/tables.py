"""Figures as tables, each number with the way to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import compress

from service.domain.gap import Gap
from service.duos.figures import (
    RISING_LEAST,
    TAKE_OVER_ANSWERED,
    TAKE_OVER_QUESTIONS,
    Figures,
    Line,
    ProductLine,
)
from service.duos.monthly import number, percent
from service.duos.ownership import Ownership
from service.duos.periods import Period
from service.duos.steering import Point
from service.storage.figures import WEEKS_BEFORE, Heard
from service.storage.library_texts import ChangedText
from service.storage.measures import Measure
from service.web import wording_duo
from service.web import wording_steering as wording
from service.web.cards import web_address
from service.web.dates import in_words, local_date
from service.web.duo.lists import owner_in_words
from service.web.steering.addresses import (
    days_words,
    line_name,
    own_fields,
    rows_address,
    rows_addresses,
    share_words,
)
from service.web.steering.asked import Asked, period_in_words
from service.web.steering.sheets import Cell, Table

_COLUMNS = (
    Measure.OPEN, Measure.LATE, Measure.NEW, Measure.SOLVED, Measure.REOPENED, Measure.AGAIN, Measure.MISSED,
)  # fmt: skip
_TREND = (Measure.NEW, Measure.SOLVED, Measure.OPEN, Measure.LATE)


def trend_table(points: Sequence[Point], asked: Asked) -> Table:
    """The trend in numbers."""
    fields = own_fields(asked)
    rows = tuple(
        (
            Cell(period_in_words(point.period), f"/sturing?{asked.query(point.period)}"),
            *(_count(point.figures[each], rows_address(each, point.period, fields)) for each in _TREND),
        )
        for point in points
    )
    names = tuple(wording.MEASURES[each] for each in _TREND)
    return Table(wording.TREND, (wording.PERIOD_COLUMN, *names), rows, csv=_csv("verloop", asked))


def department_table(lines: Sequence[Line], asked: Asked) -> Table:
    """A row for each department."""
    rows = tuple(
        (
            Cell(line_name(line), f"/sturing?{asked.query(department=line.id)}" if line.id else ""),
            *_figures(line.figures, asked.period, fields),
        )
        for line, fields in zip(lines, department_fields(lines), strict=True)
    )
    return _figure_table(wording.DEPARTMENTS, (wording.DEPARTMENT_COLUMN,), rows, "afdelingen", asked)


def duo_table(lines: Sequence[Line], asked: Asked) -> Table:
    """A row for each duo."""
    rows = tuple(
        (Cell(line.name), Cell(line.department), *_figures(line.figures, asked.period, fields))
        for line, fields in zip(lines, duo_fields(lines), strict=True)
    )
    columns = (wording.DUO_COLUMN, wording.DEPARTMENT_COLUMN)
    return _figure_table(wording.DUOS, columns, rows, "duos", asked)


def member_table(lines: Sequence[Line], asked: Asked) -> Table:
    """A row for each member, with the texts that they wrote and approved."""
    rows = tuple(
        (
            Cell(wording.LEFT.format(name=line.name) if line.left else line.name),
            Cell(line.department),
            *_figures(line.figures, asked.period, own_fields(asked) | {"lid": line.id}),
            _count(line.wrote),
            _count(line.approved),
        )
        for line in lines
    )
    columns = (wording.MEMBER_COLUMN, wording.DEPARTMENT_COLUMN)
    return _figure_table(wording.MEMBERS, columns, rows, "leden", asked, (wording.WROTE, wording.APPROVED))


def rising_table(heard: Sequence[Heard], ownership: Ownership, asked: Asked) -> Table:
    """The questions that rise, the steepest first."""
    rows = tuple(
        (
            _question(each.gap),
            _count(each.lately),
            Cell(number(each.before / WEEKS_BEFORE), number=True),
            Cell(owner_in_words(each.gap.owner, ownership)),
            Cell(wording_duo.STATES[each.gap.state]),
        )
        for each in heard
    )
    return Table(wording.RISING, wording.RISING_COLUMNS, rows, wording.RISING_NONE, _csv("stijgers", asked))


def rising_hint() -> str:
    return wording.RISING_HINT.format(least=RISING_LEAST)


def product_table(lines: Sequence[ProductLine], asked: Asked) -> Table:
    """A row for each product that was asked about."""
    rows = tuple(
        (
            Cell(line.name),
            Cell(line.duo),
            _count(line.questions),
            Cell(share_words(line.share), number=True),
            Cell(share_words(line.certain / line.answered if line.answered else None), number=True),
            _count(line.rejected),
            _count(
                line.open,
                rows_address(Measure.OPEN, asked.period, own_fields(asked) | {"product": line.product}),
            ),
            Cell(wording.FIRST_LINE_YES if line.for_first_line else ""),
        )
        for line in lines
    )
    return Table(
        wording.PRODUCTS_TITLE,
        wording.PRODUCTS_COLUMNS,
        rows,
        wording.PRODUCTS_NONE,
        _csv("producten", asked),
    )


def first_line_table(lines: Iterable[ProductLine], asked: Asked) -> Table:
    """The products whose questions the first line could take over."""
    rows = tuple(
        (
            Cell(line.name),
            Cell(line.duo),
            _count(line.questions),
            Cell(share_words(line.share), number=True),
            _count(line.rejected),
        )
        for line in lines
        if line.for_first_line
    )
    return Table(
        wording.FIRST_LINE,
        wording.FIRST_LINE_COLUMNS,
        rows,
        wording.FIRST_LINE_NONE,
        _csv("eerste-lijn", asked),
    )


def first_line_hint() -> str:
    return wording.FIRST_LINE_HINT.format(questions=TAKE_OVER_QUESTIONS, answered=percent(TAKE_OVER_ANSWERED))


def signal_table(gaps: Iterable[Gap], ownership: Ownership, caption: str, csv: str) -> Table:
    """The signals behind a number."""
    rows = tuple(
        (
            Cell(str(gap.number), f"/duo/signalen/{gap.number}"),
            Cell(gap.question),
            Cell(owner_in_words(gap.owner, ownership)),
            Cell(wording_duo.STATES[gap.state]),
            _count(gap.asked),
            *(Cell(_day(moment)) for moment in (gap.opened_at, gap.due_at, gap.closed_at)),
        )
        for gap in gaps
    )
    return Table(caption, wording.ROWS_COLUMNS, rows, wording.NOTHING, csv)


def text_table(texts: Iterable[ChangedText], csv: str) -> Table:
    """The texts that changed."""
    rows = tuple(
        (Cell(text.title, web_address(text.url)), Cell(text.owner), Cell(_day(text.changed_at)))
        for text in texts
    )
    return Table(wording.TEXTS, wording.TEXTS_COLUMNS, rows, wording.TEXTS_NONE, csv)


def most_asked_table(found: Iterable[tuple[Gap, int]], ownership: Ownership, csv: str) -> Table:
    """What was asked most without a good answer."""
    rows = tuple(
        (
            _question(gap),
            _count(times),
            Cell(owner_in_words(gap.owner, ownership)),
            Cell(wording_duo.STATES[gap.state]),
        )
        for gap, times in found
    )
    return Table(wording.MOST_ASKED, wording.MOST_ASKED_COLUMNS, rows, wording.MOST_ASKED_NONE, csv)


def open_table(gaps: Iterable[Gap], ownership: Ownership, csv: str) -> Table:
    """The open signals that press most."""
    rows = tuple(
        (
            _question(gap),
            _count(gap.asked),
            Cell(owner_in_words(gap.owner, ownership)),
            Cell(_day(gap.due_at)),
        )
        for gap in gaps
    )
    return Table(wording.OPEN_NOW, wording.OPEN_NOW_COLUMNS, rows, wording.OPEN_NOW_NONE, csv)


def department_fields(lines: Iterable[Line]) -> list[dict[str, str]]:
    """Whose signals a line about a department counts."""
    return [{"afdeling": line.id} if line.id else {"van_niemand": "ja"} for line in lines]


def duo_fields(lines: Iterable[Line]) -> list[dict[str, str]]:
    """Whose signals a line about a duo counts."""
    return [{"duo": line.id} for line in lines]


def shortened(table: Table) -> Table:
    """The table for a page: what has nothing but zeros is named under it, and takes no row."""
    told = [any(_says(cell) for cell in row) for row in table.rows]
    rows = tuple(compress(table.rows, told))
    quiet = tuple(row[0] for row, says in zip(table.rows, told, strict=True) if not says)
    return replace(table, rows=rows, quiet=quiet)


def _says(cell: Cell) -> bool:
    return cell.number and cell.text not in ("0", wording.NO_VALUE)


def _figure_table(
    caption: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    csv: str,
    asked: Asked,
    more: tuple[str, ...] = (),
) -> Table:
    names = (*(wording.MEASURES[each] for each in _COLUMNS), wording.KEPT_SHARE, wording.DAYS_SHORT)
    return Table(caption, (*columns, *names, *more), rows, wording.NOTHING, _csv(csv, asked))


def _figures(figures: Figures, period: Period, fields: Mapping[str, str]) -> Iterable[Cell]:
    address = rows_addresses(period, fields)
    for each in _COLUMNS:
        yield _count(figures[each], address(each))
    kept = share_words(figures.kept_share)
    yield Cell(kept, address(Measure.KEPT) if figures[Measure.KEPT] else "", True)
    solved = address(Measure.SOLVED) if figures.days is not None else ""
    yield Cell(days_words(figures), solved, True)


def _count(count: int, href: str = "") -> Cell:
    """A number; nothing leads nowhere."""
    return Cell(str(count), href if count else "", True)


def _question(gap: Gap) -> Cell:
    return Cell(gap.question, f"/duo/signalen/{gap.number}")


def _csv(name: str, asked: Asked) -> str:
    return f"/sturing/csv/{name}?{asked.query()}"


def _day(moment: datetime | None) -> str:
    return in_words(local_date(moment)) if moment else ""
