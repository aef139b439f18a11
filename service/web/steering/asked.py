"""What somebody asks to see: a period and departments, as far as they may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from service.domain.person import Person, Role
from service.domain.productduo import Productduo
from service.duos.figures import scope_of_departments, scope_of_duos
from service.duos.ownership import Ownership
from service.duos.periods import Kind, Period, own_period, period_of
from service.duos.steering import View, duos_in, scope_of
from service.storage.figures import Scope
from service.web import wording_steering as wording
from service.web.dates import in_words, local_date
from service.web.problems import Problem
from service.web.wording import MONTHS

EVERYWHERE = (Role.COORDINATOR, Role.ADMIN)
NOBODYS = "-"  # in an address: what stands on the coordinator's list
EARLIEST = date(2020, 1, 1)

_WORDS = {Kind.WEEK: "week", Kind.MONTH: "maand", Kind.QUARTER: "kwartaal", Kind.OWN: "eigen"}
_KINDS = {word: kind for kind, word in _WORDS.items()}


@dataclass(frozen=True)
class Asked:
    """What is asked for. `department` is the one that was chosen, "" for all that one may see."""

    period: Period
    view: View
    department: str
    departments: tuple[str, ...]
    wrong: str = ""

    def query(self, period: Period | None = None, department: str | None = None) -> str:
        """The same again, or with another period or department."""
        values = period_values(period or self.period)
        chosen = self.department if department is None else department
        return urlencode(values | ({"afdeling": chosen} if chosen else {}))


def asked_of(values: Mapping[str, str], person: Person, ownership: Ownership, now: datetime) -> Asked:
    """What the address asks for. Raises Problem 404 for a department that is not one's own."""
    period, wrong = _period(values, now)
    own = own_departments(person, ownership)
    names = tuple(each.name for each in ownership.departments) if own is None else own
    chosen = values.get("afdeling", "").strip()
    if chosen:
        known = ownership.department(chosen)
        if known is None or known.name not in names:
            raise Problem(404, wording.UNKNOWN)
        chosen = known.name
    shown = (chosen,) if chosen else own
    return Asked(period, View(shown, _sees_members(person, ownership, shown)), chosen, names, wrong)


def own_departments(person: Person, ownership: Ownership) -> tuple[str, ...] | None:
    """The departments of which somebody sees figures; None stands for all."""
    if person.has(*EVERYWHERE):
        return None
    return _headed(person, ownership)


def scope_asked(
    values: Mapping[str, str], asked: Asked, person: Person, ownership: Ownership
) -> tuple[Scope, str]:
    """Whose signals, with a name for it: of a duo, a member, the coordinator, or the departments in view.

    Raises Problem 404 for what is not in view.
    """
    within = duos_in(scope_of(asked.view, ownership), ownership)
    if duo := values.get("duo", ""):
        found = next((each for each in within if each.id == duo), None)
        if found is None:
            raise Problem(404, wording.UNKNOWN)
        return scope_of_duos((found,), ownership), wording.WHOSE_DUO.format(name=found.name)
    if member := values.get("lid", ""):
        return _of_member(member, asked, within, ownership)
    if values.get("van_niemand", "") and person.has(*EVERYWHERE):
        return scope_of_departments(("",), ownership), wording.COORDINATOR
    return scope_of(asked.view, ownership), whose(asked)


def whose(asked: Asked) -> str:
    """The departments in view, in words."""
    if asked.department:
        return wording.WHOSE_DEPARTMENT.format(name=asked.department)
    everybody = asked.view.departments is None
    return (wording.ALL_DEPARTMENTS if everybody else wording.OWN_DEPARTMENTS).lower()


def period_values(period: Period) -> dict[str, str]:
    """A period as fields of an address."""
    if period.kind is Kind.OWN:
        return {"periode": _WORDS[period.kind], "van": str(period.first), "tot": str(period.last)}
    return {"periode": _WORDS[period.kind], "dag": str(period.first)}


def kind_word(kind: Kind) -> str:
    """A kind of period as the address has it."""
    return _WORDS[kind]


def period_in_words(period: Period) -> str:
    """A period as one says it: "november 2026"."""
    if period.kind is Kind.WEEK:
        year, number, _ = period.first.isocalendar()
        return wording.WEEK.format(number=number, year=year)
    if period.kind is Kind.MONTH:
        return wording.MONTH.format(month=MONTHS[period.first.month - 1], year=period.first.year)
    if period.kind is Kind.QUARTER:
        return wording.QUARTER.format(number=(period.first.month + 2) // 3, year=period.first.year)
    return wording.OWN.format(first=in_words(period.first), last=in_words(period.last))


def day_of(value: str) -> date | None:
    """A day as a form sends it, when it is one that can be meant."""
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        return None
    return day if EARLIEST <= day <= date(2100, 1, 1) else None


def month_of(value: str, now: datetime) -> Period | None:
    """A month as a form sends it ("2026-10"), when it has begun."""
    day = day_of(f"{value.strip()}-01")
    month = period_of(Kind.MONTH, day) if day else None
    return month if month and month.first <= local_date(now) else None


def since_of(value: str, now: datetime) -> tuple[date, bool]:
    """The day since when, and whether it was one; without one the first of the month before."""
    today = local_date(now)
    usual = period_of(Kind.MONTH, today).before().first
    if not value:
        return usual, True
    day = day_of(value)
    if day is None or not today - timedelta(days=365) <= day <= today:
        return usual, False
    return day, True


def _of_member(
    member: str, asked: Asked, within: list[Productduo], ownership: Ownership
) -> tuple[Scope, str]:
    known = ownership.member(member)
    ids = {duo.id for duo in ownership.duos_of(member)}
    theirs = [duo for duo in within if duo.id in ids]
    if not asked.view.members or known is None or not theirs:
        raise Problem(404, wording.UNKNOWN)
    return scope_of_duos(theirs, ownership), known.name


def _period(values: Mapping[str, str], now: datetime) -> tuple[Period, str]:
    """The period, and what is wrong with what was filled in; then it is this month."""
    today = local_date(now)
    this_month = period_of(Kind.MONTH, today)
    kind = _KINDS.get(values.get("periode", ""), Kind.MONTH)
    if kind is not Kind.OWN:
        day = day_of(values.get("dag", "")) or today
        period = period_of(kind, day)
        return (period, "") if period.first <= today else (this_month, wording.DATES_FUTURE)
    first, last = day_of(values.get("van", "")), day_of(values.get("tot", ""))
    if first is None or last is None:
        return this_month, wording.DATES_WRONG
    try:
        period = own_period(first, last)
    except ValueError:
        return this_month, wording.DATES_WRONG
    return (period, "") if first <= today else (this_month, wording.DATES_FUTURE)


def _headed(person: Person, ownership: Ownership) -> tuple[str, ...]:
    """The departments that somebody answers for."""
    if not person.has(Role.DEPARTMENT_HEAD):
        return ()
    found = (ownership.department(name) for name in person.departments)
    return tuple(dict.fromkeys(each.name for each in found if each))


def _sees_members(person: Person, ownership: Ownership, shown: tuple[str, ...] | None) -> bool:
    """Members by name are for the coordinator, and for the head of their own department."""
    if person.has(Role.COORDINATOR):
        return True
    return shown is not None and bool(shown) and set(shown) <= set(_headed(person, ownership))
