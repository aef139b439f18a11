"""Figures as people ask for them, made of counts per owner: of a department, a duo, a member, a product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from service.domain.local_time import AMSTERDAM
from service.domain.productduo import Owner, Productduo
from service.duos.deadlines import DEFAULT_CALENDAR, WorkCalendar
from service.duos.ownership import Ownership
from service.storage.daily_counts import ProductCount
from service.storage.figures import WEEKS_BEFORE, Heard, Scope, Took
from service.storage.measures import Measure

# a question that rises: often enough to be no chance, and clearly more than it was
RISING_LEAST = 3
RISING_TIMES = 2.0

# a product whose questions the first line could take over
TAKE_OVER_QUESTIONS = 20
TAKE_OVER_ANSWERED = 0.90
TAKE_OVER_CERTAIN = 0.75
TAKE_OVER_REJECTED = 0.02

Counts = Mapping[Measure, int]


@dataclass(frozen=True)
class Figures:
    """The figures of some signals over a period. `days`: median of working days to solve, if any was."""

    counts: Counts
    days: float | None = None

    def __getitem__(self, measure: Measure) -> int:
        return self.counts.get(measure, 0)

    @property
    def kept_share(self) -> float | None:
        """The share of the deadlines in the period that was kept; None when there was none."""
        due = self[Measure.DUE]
        return self[Measure.KEPT] / due if due else None


@dataclass(frozen=True)
class Counted:
    """What was counted of one owner in a period."""

    owner: Owner
    counts: Counts
    days: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """The figures of one department, duo or member. `id` finds its rows; both empty is the coordinator."""

    id: str
    name: str
    figures: Figures
    department: str = ""
    left: bool = False
    wrote: int = 0
    approved: int = 0


@dataclass(frozen=True)
class ProductLine:
    """How the questions about a product went. `rejected` answers and `open` signals stand beside it."""

    product: str
    name: str
    duo: str
    questions: int
    judged: int
    answered: int
    certain: int
    rejected: int = 0
    open: int = 0

    @property
    def share(self) -> float | None:
        """The share that was answered without a duo; None when nothing could be."""
        return self.answered / self.judged if self.judged else None

    @property
    def for_first_line(self) -> bool:
        """Whether the first line could take these over: many, answered, certain, hardly rejected."""
        return (
            self.judged >= TAKE_OVER_QUESTIONS
            and self.answered >= TAKE_OVER_ANSWERED * self.judged
            and self.certain >= TAKE_OVER_CERTAIN * self.answered
            and self.rejected <= TAKE_OVER_REJECTED * self.judged
        )


# -- who ------------------------------------------------------------------------------------------


def department_of(owner: Owner, ownership: Ownership) -> str:
    """The department that answers for an owner: that of its duo as it is now, else the one it was given."""
    duo = ownership.duo(owner.duo) if owner.duo else None
    return duo.department if duo else owner.department


def scope_of_departments(names: Iterable[str], ownership: Ownership) -> Scope:
    """The signals of departments, and of the duos below them."""
    wanted = frozenset(names)
    duos = frozenset(duo.id for duo in ownership.duos if duo.department in wanted)
    return Scope(duos, wanted, known_duos(ownership))


def scope_of_duos(duos: Iterable[Productduo], ownership: Ownership) -> Scope:
    """The signals of these duos alone."""
    return Scope(frozenset(duo.id for duo in duos), frozenset(), known_duos(ownership))


def known_duos(ownership: Ownership) -> frozenset[str]:
    return frozenset(duo.id for duo in ownership.duos)


def covers(scope: Scope, owner: Owner) -> bool:
    """Whether an owner's signals are in a scope: the same as its rows are chosen by."""
    if scope.duos is None:
        return True
    return owner.duo in scope.duos or (owner.department in scope.departments and owner.duo not in scope.known)


# -- adding up --------------------------------------------------------------------------------------


def together(counted: Iterable[Counted]) -> Figures:
    """The figures of several owners as one."""
    totals: dict[Measure, int] = {}
    days: list[int] = []
    for each in counted:
        days += each.days
        for measure, number in each.counts.items():
            totals[measure] = totals.get(measure, 0) + number
    return Figures(totals, median(days) if days else None)


def by_department(counted: Sequence[Counted], ownership: Ownership, names: Iterable[str]) -> list[Line]:
    """A line for each of these departments and for every other that has signals; the latest last of all the
    coordinator, on whose list stands what nobody owns."""
    grouped = _grouped(counted, lambda each: department_of(each.owner, ownership))
    wanted = [*names, *(name for name in grouped if name)]
    lines = [Line(name, name, together(grouped.get(name, ()))) for name in dict.fromkeys(wanted)]
    lines.sort(key=_most_pressing)
    return lines + ([Line("", "", together(grouped[""]))] if grouped.get("") else [])


def by_duo(counted: Sequence[Counted], duos: Iterable[Productduo]) -> list[Line]:
    """A line for each of these duos, the most pressing first."""
    grouped = _grouped(counted, lambda each: each.owner.duo)
    lines = [Line(duo.id, duo.name, together(grouped.get(duo.id, ())), duo.department) for duo in duos]
    return sorted(lines, key=_most_pressing)


def by_member(
    counted: Sequence[Counted],
    duos: Sequence[Productduo],
    ownership: Ownership,
    texts: Mapping[str, tuple[int, int]],
) -> list[Line]:
    """A line for each member of these duos. Both halves answer for what their duo does."""
    grouped = _grouped(counted, lambda each: each.owner.duo)
    own: dict[str, list[Productduo]] = {}
    for duo in duos:
        for half in duo.members:
            own.setdefault(half.casefold(), []).append(duo)
    lines = []
    for id, theirs in own.items():
        member = ownership.member(id)
        figures = together(each for duo in theirs for each in grouped.get(duo.id, ()))
        wrote, approved = texts.get(id, (0, 0))
        name = member.name if member else id
        left = member is not None and member.left
        departments = ", ".join(dict.fromkeys(duo.department for duo in theirs))
        lines.append(Line(member.id if member else id, name, figures, departments, left, wrote, approved))
    return sorted(lines, key=_most_pressing)


def _most_pressing(line: Line) -> tuple[int, int, str]:
    return -line.figures[Measure.LATE], -line.figures[Measure.OPEN], line.name.casefold()


def _grouped(counted: Iterable[Counted], key: Callable[[Counted], str]) -> dict[str, list[Counted]]:
    grouped: dict[str, list[Counted]] = {}
    for each in counted:
        grouped.setdefault(key(each), []).append(each)
    return grouped


# -- days, questions, products ------------------------------------------------------------------------


def days_by_owner(
    took: Sequence[Took], calendar: WorkCalendar = DEFAULT_CALENDAR
) -> dict[Owner, tuple[int, ...]]:
    """The working days that each owner took for what it solved."""
    if not took:
        return {}
    number = _working_days(min(map(_opened, took)), max(map(_solved, took)), calendar)
    found: dict[Owner, list[int]] = {}
    for each in took:
        found.setdefault(each.owner, []).append(number[_solved(each)] - number[_opened(each)])
    return {owner: tuple(days) for owner, days in found.items()}


def rising(heard: Iterable[Heard]) -> list[Heard]:
    """The signals that are asked clearly more than before, the steepest first."""
    found = [each for each in heard if _rises(each)]
    return sorted(found, key=lambda each: (each.before / WEEKS_BEFORE - each.lately, each.gap.number))


def product_lines(
    counts: Iterable[ProductCount],
    beside: Mapping[str, tuple[int, int]],
    names: Callable[[str], str],
    ownership: Ownership,
    scope: Scope,
) -> list[ProductLine]:
    """A line for each product of the duos in scope that was asked about, most asked first."""
    lines = []
    for count in counts:
        duo = ownership.duo_of((count.product,))
        if count.product and covers(scope, Owner(duo.id, duo.department) if duo else Owner()):
            rejected, still = beside.get(count.product, (0, 0))
            lines.append(
                ProductLine(
                    count.product,
                    names(count.product),
                    duo.name if duo else "",
                    count.questions,
                    count.judged,
                    count.answered,
                    count.certain,
                    rejected,
                    still,
                )
            )
    return lines


def _rises(each: Heard) -> bool:
    usual = each.before / WEEKS_BEFORE
    return each.lately >= RISING_LEAST and each.lately >= RISING_TIMES * usual


def _working_days(first: date, last: date, calendar: WorkCalendar) -> dict[date, int]:
    """A number for each day, such that a difference is the working days after the one up to the other."""
    numbers, passed = {}, 0
    for day in _days(first, last):
        passed += calendar.is_working_day(day)
        numbers[day] = passed
    return numbers


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _opened(took: Took) -> date:
    return took.opened_at.astimezone(AMSTERDAM).date()


def _solved(took: Took) -> date:
    return took.solved_at.astimezone(AMSTERDAM).date()
