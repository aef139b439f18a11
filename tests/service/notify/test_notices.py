"""What there is to tell, to whom, by which road, and once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine

from service.domain.productduo import Owner
from service.notify.notices import Channels, Event, Notices, Receiver, When
from service.storage.outbox import Kind, Outbox
from tests.service.notify.scene import ANNA, BRAM, MAIL_ONLY, SITE, WANTED, gap, put

EVERYTHING = Notices(SITE, Channels(mail=True, webhook=True, open_klant=True, questions=True))
VISITOR = Receiver("asking-1", "", "bezoeker@thuis.example")
GAP = gap()


def test_each_member_gets_a_mail_of_their_own() -> None:
    notices = MAIL_ONLY.opened(GAP, [ANNA, BRAM])
    assert [each.payload["to"]["address"] for each in notices] == [ANNA.address, BRAM.address]
    assert {each.about for each in notices} == {str(GAP.id)}


def test_who_has_no_address_gets_no_mail() -> None:
    assert MAIL_ONLY.opened(GAP, [replace(ANNA, address=""), BRAM]) == MAIL_ONLY.opened(GAP, [BRAM])


def test_the_roads_are_those_that_were_chosen() -> None:
    assert Notices(SITE, Channels()).opened(GAP, [ANNA]) == ()
    kinds = [each.kind for each in EVERYTHING.opened(GAP, [ANNA, BRAM])]
    assert kinds == [Kind.MAIL, Kind.MAIL, Kind.WEBHOOK, Kind.OPEN_KLANT]


def test_only_work_becomes_a_task() -> None:
    news = (
        *EVERYTHING.reminder(GAP, When.ON, [ANNA]),
        *EVERYTHING.overdue(GAP, [ANNA]),
        *EVERYTHING.solved(GAP, [ANNA]),
        *EVERYTHING.dismissed(GAP, [ANNA]),
        *EVERYTHING.approval(GAP, "t:1", [ANNA]),
        *EVERYTHING.returned(GAP, "t:1", [ANNA]),
    )
    assert {each.kind for each in news} == {Kind.MAIL, Kind.WEBHOOK}
    assert Kind.OPEN_KLANT in {each.kind for each in EVERYTHING.callback(WANTED, [ANNA])}


def test_systems_get_no_names_addresses_or_questions() -> None:
    for notice in EVERYTHING.opened(GAP, [ANNA]):
        if notice.kind is not Kind.MAIL:
            assert "Anna" not in str(notice.payload)
            assert "@" not in str(notice.payload)
            assert GAP.question not in str(notice.payload)


def test_what_a_visitor_left_goes_by_mail_only_and_is_sensitive() -> None:
    for notices in (EVERYTHING.answer(GAP, VISITOR, "Ja.", ""), EVERYTHING.declined(GAP, VISITOR, "Nee.")):
        [notice] = notices
        assert notice.kind is Kind.MAIL
        assert notice.sensitive
        assert VISITOR.address not in notice.key


def test_no_key_holds_an_address_or_a_name() -> None:
    notices = (*EVERYTHING.opened(GAP, [ANNA]), *EVERYTHING.report("BZ", date(2026, 6, 1), [], "/", [ANNA]))
    for notice in notices:
        assert "@" not in notice.key
        assert "Anna" not in notice.key


def test_a_second_time_is_the_same_notice_and_a_new_occasion_is_not(engine: Engine, outbox: Outbox) -> None:
    reopened = replace(GAP, reopened=1)
    later = replace(GAP, due_at=GAP.due_at + timedelta(days=7) if GAP.due_at else None)
    once = (
        *MAIL_ONLY.opened(GAP, [ANNA]),
        *MAIL_ONLY.reminder(GAP, When.BEFORE, [ANNA]),
        *MAIL_ONLY.reminder(GAP, When.ON, [ANNA]),
        *MAIL_ONLY.reminder(later, When.BEFORE, [ANNA]),
        *MAIL_ONLY.opened(reopened, [ANNA]),
        *MAIL_ONLY.opened(gap(), [ANNA]),
        *MAIL_ONLY.approval(GAP, "tekst:1", [ANNA]),
        *MAIL_ONLY.approval(GAP, "tekst:2", [ANNA]),
        *MAIL_ONLY.report("Burgerzaken", date(2026, 6, 1), [], "/", [ANNA]),
        *MAIL_ONLY.report("Burgerzaken", date(2026, 7, 1), [], "/", [ANNA]),
        *MAIL_ONLY.report("Sociaal", date(2026, 7, 1), [], "/", [ANNA]),
        *MAIL_ONLY.answer(GAP, VISITOR, "Ja.", ""),
    )
    assert put(engine, outbox, *once) == [True] * len(once)
    assert put(engine, outbox, *once) == [False] * len(once)


def test_a_key_says_what_happened_to_which_signal_and_to_whom() -> None:
    assert MAIL_ONLY.opened(GAP, [ANNA])[0].key == f"{Event.OPENED}:{GAP.id}:0:mail:m-anna"


def test_who_gets_a_signal_handed_over_gets_a_task_too(engine: Engine, outbox: Outbox) -> None:
    tasks = Notices(SITE, Channels(open_klant=True))
    handed = replace(GAP, owner=Owner(duo="duo-rijbewijs"))
    assert put(engine, outbox, *tasks.opened(GAP, []), *tasks.opened(handed, [])) == [True, True]
    assert put(engine, outbox, *tasks.opened(GAP, [])) == [False]
