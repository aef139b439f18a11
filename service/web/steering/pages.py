"""The routes of the figures: overview, products, the signals behind a number, report, knowledge afternoon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Protocol, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from service.domain.person import Person
from service.duos.figures import ProductLine
from service.duos.monthly import month_before, report_of, sentences
from service.duos.ownership import Ownership
from service.duos.periods import Kind, own_period
from service.duos.steering import Overview, Steering, name_in_address, scope_of
from service.storage.measures import Measure
from service.web import wording_steering as wording
from service.web.access_log import route_of
from service.web.dates import in_words, local_date
from service.web.duo.moments import time_in_words
from service.web.office import office_page
from service.web.problems import Problem, request_id_of
from service.web.reception import desk_of
from service.web.steering import addresses, tables, views
from service.web.steering import asked as reading
from service.web.steering.asked import Asked, asked_of, period_in_words, scope_asked
from service.web.steering.sheets import Table, csv_of
from service.web.visitors import people_of, require

PAGE = 50
MOST_IN_CSV = 10_000
SHOWN_TEXTS, SHOWN_ASKED, SHOWN_OPEN = 100, 25, 25

signed_in = require()
Looker = Annotated[Person, Depends(signed_in)]
router = APIRouter(include_in_schema=False)


class Steered(Protocol):
    """What the desk has for these pages."""

    @property
    def steering(self) -> Steering: ...
    @property
    def now(self) -> Callable[[], datetime]: ...


class _Look:
    """One request: what is asked, by whom, of which organisation, at which moment."""

    def __init__(self, request: Request, person: Person) -> None:
        desk = cast(Steered, desk_of(request))
        self.steering = desk.steering
        self.now = desk.now()
        self.ownership: Ownership = self.steering.ownership()
        self.values: Mapping[str, str] = request.query_params
        self.person = person
        self.asked: Asked = asked_of(self.values, person, self.ownership, self.now)


@router.get("/sturing")
def overview(request: Request, person: Looker) -> HTMLResponse:
    """The figures of a period."""
    look = _Look(request, person)
    asked = look.asked
    found = look.steering.overview(asked.period, asked.view, look.now)
    rising = look.steering.rising(asked.view, look.now)[: views.SHORT]
    one = len(found.departments) <= 1
    lines = found.duos if one else found.departments
    whose = tables.duo_fields(lines) if one else tables.department_fields(lines)
    return _page(
        request,
        look,
        "overview",
        keys=views.key_figures(found, asked),
        fresh=wording.FRESH.format(moment=time_in_words(look.now)),
        trend=views.trend_chart(found.trend, asked),
        trend_table=tables.trend_table(found.trend, asked),
        open_chart=views.open_chart(lines, whose, asked),
        departments=None if one else tables.shortened(tables.department_table(found.departments, asked)),
        duos=tables.shortened(tables.duo_table(found.duos, asked)),
        members=tables.shortened(tables.member_table(found.members, asked)) if asked.view.members else None,
        rising=tables.rising_table(rising, look.ownership, asked),
        rising_hint=tables.rising_hint(),
    )


@router.get("/sturing/producten")
def products(request: Request, person: Looker) -> HTMLResponse:
    """How the questions about each product went, and which the first line could take over."""
    look = _Look(request, person)
    lines = look.steering.products(look.asked.period, look.asked.view, look.now)
    return _page(
        request,
        look,
        "products",
        chart=views.share_chart(lines),
        first_line=tables.first_line_table(lines, look.asked),
        first_line_hint=tables.first_line_hint(),
        table=tables.product_table(lines, look.asked),
    )


@router.get("/sturing/signalen")
def rows(request: Request, person: Looker) -> HTMLResponse:
    """The signals behind a number."""
    look = _Look(request, person)
    page = _page_number(look.values)
    table, total = _rows(look, PAGE, (page - 1) * PAGE)
    last = min(page * PAGE, total)
    if page > 1 and last <= (page - 1) * PAGE:
        raise Problem(404)
    shown = wording.ROWS_RANGE.format(first=(page - 1) * PAGE + 1, last=last, count=total)
    return _page(
        request,
        look,
        "signals",
        explained=wording.EXPLANATIONS[_measure(look.values)],
        table=table,
        count=wording.ROWS_COUNT.get(total, wording.ROWS_COUNT_MORE.format(count=total)),
        range=shown if total > PAGE else "",
        before=_other_page(look.values, page - 1) if page > 1 else "",
        after=_other_page(look.values, page + 1) if last < total else "",
    )


@router.get("/sturing/maandbericht")
def monthly(request: Request, person: Looker) -> HTMLResponse:
    """The monthly report of a department, as its head gets it by mail."""
    look = _Look(request, person)
    usual = month_before(local_date(look.now))
    given = look.values.get("maand", "")
    month = reading.month_of(given, look.now) if given else usual
    department = look.asked.department or next(iter(look.asked.departments), "")
    if not department:
        raise Problem(404, wording.UNKNOWN)
    asked = asked_of({"afdeling": department}, person, look.ownership, look.now)
    shown = Asked(month or usual, asked.view, department, asked.departments)
    report = report_of(look.steering, department, shown.period, look.now)
    late = addresses.rows_address(Measure.MISSED, shown.period, {"afdeling": department})
    return _page(
        request,
        look,
        "monthly",
        department=department,
        month=f"{shown.period.first:%Y-%m}",
        month_words=period_in_words(shown.period),
        wrong="" if month else wording.MONTH_WRONG,
        sentences=sentences(report, by_name=asked.view.members),
        late=late if report.now[Measure.MISSED] else "",
        duos=tables.duo_table(report.duos, shown),
    )


@router.get("/sturing/kennismiddag")
def afternoon(request: Request, person: Looker) -> HTMLResponse:
    """What to talk through: changed texts, what is asked most, what is open."""
    look = _Look(request, person)
    since, right = reading.since_of(look.values.get("sinds", ""), look.now)
    texts, asked, standing = _afternoon(look)
    return _page(
        request,
        look,
        "afternoon",
        since=str(since),
        since_words=wording.SINCE_WORDS.format(day=in_words(since)),
        wrong="" if right else wording.SINCE_WRONG,
        tables=(texts, asked, standing),
    )


@router.get("/sturing/csv/{name}")
def sheet(request: Request, person: Looker, name: str) -> Response:
    """A table as a file for a spreadsheet."""
    make = _SHEETS.get(name)
    if make is None:
        raise Problem(404)
    look = _Look(request, person)
    content = csv_of(make(look))
    # what leaves the house stands in the audit, without what was in it (guard S28)
    people_of(request).audit.note(
        str(person.id), "export", f"{route_of(request.scope)} {name}", "ok", request_id_of(request.scope)
    )
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{local_date(look.now)}.csv"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


# -- what they share --------------------------------------------------------------------------------


def _page(request: Request, look: _Look, name: str, **values: Any) -> HTMLResponse:
    """A page of figures with its form and the way to the other periods."""
    period = look.asked.period
    after = period.next()
    path = request.url.path
    return office_page(
        request,
        look.person,
        f"steering/{name}.html",
        say=wording,
        asked=look.asked,
        path=path,
        kinds=[(reading.kind_word(kind), wording.PERIODS[kind]) for kind in Kind],
        kind=reading.kind_word(period.kind),
        first=str(period.first),
        last=str(period.last),
        period=period_in_words(period),
        runs=period.runs_at(look.now),
        previous=f"{path}?{look.asked.query(period.before())}",
        next="" if after.first > local_date(look.now) else f"{path}?{look.asked.query(after)}",
        whose=reading.whose(look.asked),
        query=look.asked.query(),
        nothing_to_see=look.asked.view.departments == (),
        **values,
    )


def _measure(values: Mapping[str, str]) -> Measure:
    measure = addresses.MEASURES.get(values.get("wat", ""))
    if measure is None:
        raise Problem(404, wording.UNKNOWN)
    return measure


def _rows(look: _Look, limit: int, offset: int = 0) -> tuple[Table, int]:
    measure = _measure(look.values)
    scope, name = scope_asked(look.values, look.asked, look.person, look.ownership)
    product = look.values.get("product", "")
    if product:
        known = look.steering.product_names().get(product) or name_in_address(product)
        name = wording.WHOSE_PRODUCT.format(whose=name, name=known)
    span = look.asked.period.span(look.now)
    found, total = look.steering.rows.listed(measure, span, scope, product, limit, offset)
    caption = wording.ROWS_TITLE.format(measure=wording.MEASURES[measure], whose=name)
    csv = f"/sturing/csv/signalen?{_without_page(look.values)}"
    return tables.signal_table(found, look.ownership, caption, csv), total


def _afternoon(look: _Look) -> tuple[Table, Table, Table]:
    since, _ = reading.since_of(look.values.get("sinds", ""), look.now)
    period = own_period(since, local_date(look.now))
    query = urlencode(
        {"sinds": since} | ({"afdeling": look.asked.department} if look.asked.department else {})
    )
    span = period.span(look.now)
    view, ownership = look.asked.view, look.ownership
    texts = look.steering.texts_since(span.start, view)[:SHOWN_TEXTS]
    asked = look.steering.most_asked(period, view, look.now, SHOWN_ASKED)
    scope = scope_of(view, ownership)
    standing, _ = look.steering.rows.listed(Measure.OPEN, span, scope, "", SHOWN_OPEN)
    return (
        tables.text_table(texts, f"/sturing/csv/teksten?{query}"),
        tables.most_asked_table(asked, ownership, f"/sturing/csv/meest-gevraagd?{query}"),
        tables.open_table(standing, ownership, f"/sturing/csv/open?{query}"),
    )


def _found(look: _Look) -> Overview:
    return look.steering.overview(look.asked.period, look.asked.view, look.now)


def _members(look: _Look) -> Table:
    if not look.asked.view.members:
        raise Problem(404, wording.UNKNOWN)
    return tables.member_table(_found(look).members, look.asked)


def _products(look: _Look) -> list[ProductLine]:
    return look.steering.products(look.asked.period, look.asked.view, look.now)


def _rising(look: _Look) -> Table:
    return tables.rising_table(look.steering.rising(look.asked.view, look.now), look.ownership, look.asked)


_SHEETS: dict[str, Callable[[_Look], Table]] = {
    "verloop": lambda look: tables.trend_table(_found(look).trend, look.asked),
    "afdelingen": lambda look: tables.department_table(_found(look).departments, look.asked),
    "duos": lambda look: tables.duo_table(_found(look).duos, look.asked),
    "leden": _members,
    "stijgers": _rising,
    "producten": lambda look: tables.product_table(_products(look), look.asked),
    "eerste-lijn": lambda look: tables.first_line_table(_products(look), look.asked),
    "signalen": lambda look: _rows(look, MOST_IN_CSV)[0],
    "teksten": lambda look: _afternoon(look)[0],
    "meest-gevraagd": lambda look: _afternoon(look)[1],
    "open": lambda look: _afternoon(look)[2],
}


def _page_number(values: Mapping[str, str]) -> int:
    """Which page of rows; the first for anything else."""
    given = values.get("bladzijde", "1")
    return int(given) if given.isascii() and given.isdecimal() and 0 < len(given) < 6 and int(given) else 1


def _other_page(values: Mapping[str, str], number: int) -> str:
    return f"/sturing/signalen?{_without_page(values)}&bladzijde={number}"


def _without_page(values: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in values.items() if name != "bladzijde"})
