from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from evals.duo_data import COLLECTION, Size
from service.domain.gap import Gap, GapKind, GapState
from service.domain.productduo import Department, Member, Owner, Productduo
from service.duos import monthly, wording_monthly
from service.duos.figures import (
    Counted,
    ProductLine,
    by_department,
    by_member,
    covers,
    days_by_owner,
    rising,
    scope_of_departments,
    together,
)
from service.duos.monthly import month_before, percent, put_reports, report_of, sentences
from service.duos.ownership import Ownership
from service.duos.periods import Kind, own_period, period_of
from service.duos.steering import View
from service.notify.letters import House, mail_of
from service.notify.notices import Channels, Notices
from service.storage.figures import Heard, Took
from service.storage.measures import Measure
from service.storage.outbox import Kind as Road
from service.storage.outbox import Outbox
from tests.steering_data import NOW, Steered, steered_site

ANNA, BRAM, HEAD = Member("anna", "Anna"), Member("bram", "Bram"), Member("head", "Hanna", "h@x.example")
ORGANISATION = Ownership(
    (Department("bz", "Burgerzaken", "", "head"), Department("bel", "Belastingen")),
    (ANNA, BRAM, HEAD),
    (
        Productduo("d1", "Reisdocumenten", "Burgerzaken", "anna", "Bram"),
        Productduo("d2", "Ozb", "Belastingen", "anna"),
    ),
)


def counted(duo: str, department: str, *days: int, **numbers: int) -> Counted:
    return Counted(Owner(duo, department), {Measure(name): n for name, n in numbers.items()}, days)


COUNTED = (
    counted("d1", "Burgerzaken", 2, 4, open=3, late=1),
    counted("d2", "Belastingen", 9, open=2),
    counted("gone", "Burgerzaken", open=1),  # a duo that was dissolved
    counted("", "", open=5),
)


def test_departments_add_up_and_what_nobody_owns_comes_last() -> None:
    lines = by_department(COUNTED, ORGANISATION, ["Burgerzaken", "Belastingen", "Wonen"])
    found = [(line.name, line.figures[Measure.OPEN]) for line in lines]
    assert found == [("Burgerzaken", 4), ("Belastingen", 2), ("Wonen", 0), ("", 5)]
    assert together(COUNTED)[Measure.OPEN] == 11
    assert together(COUNTED).days == 4


def test_a_department_has_its_duos_and_those_that_were_dissolved() -> None:
    scope = scope_of_departments(["Burgerzaken"], ORGANISATION)
    assert [each.owner.duo for each in COUNTED if covers(scope, each.owner)] == ["d1", "gone"]


def test_both_halves_of_a_duo_answer_for_it() -> None:
    lines = by_member(COUNTED, ORGANISATION.duos, ORGANISATION, {"bram": (2, 1)})
    assert [(line.name, line.figures[Measure.OPEN], line.wrote) for line in lines] == [
        ("Anna", 5, 0), ("Bram", 3, 2),
    ]  # fmt: skip


def test_days_are_working_days() -> None:
    friday, monday = datetime(2026, 11, 6, 9, tzinfo=UTC), datetime(2026, 11, 9, 15, tzinfo=UTC)
    assert days_by_owner([Took(Owner("d1"), friday, monday)]) == {Owner("d1"): (1,)}
    assert days_by_owner([]) == {}


@pytest.mark.parametrize(
    ("lately", "before", "rises"), [(3, 0, True), (3, 6, True), (3, 7, False), (2, 0, False), (8, 16, True)]
)
def test_a_question_rises_when_it_is_clearly_asked_more(lately: int, before: int, rises: bool) -> None:
    gap = Gap(uuid.uuid4(), COLLECTION, 1, GapKind.MISSING, GapState.OPEN, "Vraag", Owner(), 9, NOW, NOW)
    assert bool(rising([Heard(gap, lately, before)])) is rises


@pytest.mark.parametrize(
    ("judged", "answered", "certain", "rejected", "takes"),
    [
        (20, 18, 14, 0, True),
        (19, 19, 19, 0, False),
        (40, 35, 35, 0, False),
        (20, 18, 13, 0, False),
        (20, 20, 20, 1, False),
    ],
)
def test_the_first_line_takes_over_what_is_asked_much_and_answered_well(
    judged: int, answered: int, certain: int, rejected: int, takes: bool
) -> None:
    line = ProductLine("p", "Paspoort", "", judged, judged, answered, certain, rejected)
    assert line.for_first_line is takes


def test_periods_begin_and_end_at_midnight_in_amsterdam() -> None:
    october = period_of(Kind.MONTH, date(2026, 10, 25)).span(NOW)
    assert (october.start, october.end) == (
        datetime(2026, 9, 30, 22, tzinfo=UTC), datetime(2026, 10, 31, 23, tzinfo=UTC),
    )  # fmt: skip
    week = period_of(Kind.WEEK, date(2026, 10, 25))
    assert (week.first, week.last) == (date(2026, 10, 19), date(2026, 10, 25))
    assert week.span(NOW).end - week.span(NOW).start == week.span(NOW).end - datetime(
        2026, 10, 18, 22, tzinfo=UTC
    )


def test_the_period_before_and_after_a_year_end() -> None:
    january = period_of(Kind.MONTH, date(2026, 1, 9))
    assert january.before() == period_of(Kind.MONTH, date(2025, 12, 31))
    assert period_of(Kind.QUARTER, date(2026, 1, 9)).before().first == date(2025, 10, 1)
    assert period_of(Kind.QUARTER, date(2026, 11, 9)).next().first == date(2027, 1, 1)
    own = own_period(date(2026, 11, 1), date(2026, 11, 10))
    assert (own.before().first, own.before().last) == (date(2026, 10, 22), date(2026, 10, 31))
    with pytest.raises(ValueError, match="days"):
        own_period(date(2026, 11, 2), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0 %"), (0.001, "1 %"), (0.999, "99 %"), (1, "100 %"), (0.836, "84 %")]
)
def test_only_all_is_a_hundred_percent(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.fixture
def steered(tmp_path: Path) -> Iterator[Steered]:
    site = steered_site(tmp_path, Size(150, 0, 8, 90))
    yield site
    site.engine.dispose()


def test_a_report_names_who_was_reminded_and_not_in_time(steered: Steered) -> None:
    month = month_before(NOW.date())
    reports = [
        report_of(steered.steering, department.name, month, NOW)
        for department in steered.steering.ownership().departments
    ]
    late = next(report for report in reports if report.late)
    lines = sentences(late)
    named = [line for line in lines if line.startswith(late.late[0].name)]
    assert named == [monthly._reminded(late.late[0].name, late.late[0].figures[Measure.MISSED])]
    assert wording_monthly.REMINDED in lines
    assert not [line for line in sentences(late, by_name=False) if late.late[0].name in line]
    whole = steered.steering.overview(month, View((late.department,), False), NOW)
    assert whole.now == late.now


def test_reports_are_sent_once_to_each_head(steered: Steered) -> None:
    outbox = Outbox(steered.engine, COLLECTION, lambda: NOW)
    notices = Notices("https://antwoorden.merelveen.example", Channels(mail=True))
    month = month_before(NOW.date())
    heads = sum(1 for each in steered.steering.ownership().departments if each.head)
    assert put_reports(steered.steering, steered.engine, outbox, notices, month, NOW) == heads
    assert put_reports(steered.steering, steered.engine, outbox, notices, month, NOW) == 0
    (leased, *_) = outbox.lease([Road.MAIL], "test", 60, 1)
    mail = mail_of(leased.payload, House("gemeente Merelveen", "14 0999"))
    assert "oktober 2026" in mail.subject
    assert "/sturing/maandbericht?afdeling=" in mail.text
    assert "Nieuwe signalen:" in mail.html
