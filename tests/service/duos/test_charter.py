"""The service charter: deadlines by kind and urgency, who hears when, and what cannot be a charter."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from service.domain.gap import GapKind, Urgency
from service.domain.local_time import AMSTERDAM
from service.duos.charter import DEFAULT_CHARTER, Charter, CharterRefused, Step, charter_of
from service.notify.notices import When


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


OPENED = at("2026-07-01T10:00")  # a Wednesday
DEADLINE = DEFAULT_CHARTER.due(OPENED, GapKind.REJECTED, Urgency.NORMAL)


def changed(**fields: Any) -> dict[str, Any]:
    kept = copy.deepcopy(DEFAULT_CHARTER.as_json())
    for name, value in fields.items():
        kept[name] = value
    return kept


def with_cell(kind: str, urgency: str, value: object) -> dict[str, Any]:
    kept = changed()
    kept["days"][kind][urgency] = value
    return kept


def test_kind_and_urgency_decide_the_deadline() -> None:
    assert at("2026-07-08T17:00") == DEADLINE
    assert DEFAULT_CHARTER.due(OPENED, GapKind.REJECTED, Urgency.HIGH) == at("2026-07-02T17:00")
    assert DEFAULT_CHARTER.due(OPENED, GapKind.MISSING, Urgency.NORMAL) == at("2026-07-15T17:00")


def test_a_signal_opens_at_the_third_asking_unless_chosen_otherwise() -> None:
    assert DEFAULT_CHARTER.opens_at == 3
    assert charter_of(changed(opens_at=1)).opens_at == 1


def test_a_charter_comes_back_as_it_was_kept() -> None:
    mine = charter_of(changed(remind_before=0, escalation=["duo", "coordinator"]))
    assert charter_of(json.loads(json.dumps(mine.as_json()))) == mine
    assert charter_of(json.loads(json.dumps(DEFAULT_CHARTER.as_json()))) == DEFAULT_CHARTER == Charter()


def test_who_hears_of_a_deadline_and_when() -> None:
    assert [(each.at, each.when, each.to) for each in DEFAULT_CHARTER.reminders(DEADLINE)] == [
        (at("2026-07-06T09:00"), When.BEFORE, Step.DUO),
        (at("2026-07-08T09:00"), When.ON, Step.DUO),
        (at("2026-07-09T09:00"), When.AFTER, Step.DUO),
        (at("2026-07-09T09:00"), When.AFTER, Step.DEPARTMENT_HEAD),
        (at("2026-07-14T09:00"), When.AFTER, Step.COORDINATOR),
    ]


def test_reminders_come_in_order_over_the_change_of_the_clock() -> None:
    deadline = DEFAULT_CHARTER.due(at("2026-03-20T10:00"), GapKind.REJECTED, Urgency.NORMAL)
    moments = [each.at for each in DEFAULT_CHARTER.reminders(deadline)]
    assert moments == sorted(moments)
    assert {moment.astimezone(AMSTERDAM).hour for moment in moments} == {9}
    assert {moment.hour for moment in moments} == {7, 8}


def test_without_a_reminder_ahead_the_first_is_on_the_day() -> None:
    assert charter_of(changed(remind_before=0)).reminders(DEADLINE)[0].when is When.ON


def test_a_duo_alone_goes_no_step_up() -> None:
    mine = charter_of(changed(escalation=["duo"]))
    assert {each.to for each in mine.reminders(DEADLINE)} == {Step.DUO}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-07-06T08:59", []),
        ("2026-07-06T09:00", [(When.BEFORE, Step.DUO)]),
        ("2026-07-08T17:30", [(When.ON, Step.DUO)]),
        ("2026-07-09T09:00", [(When.AFTER, Step.DUO), (When.AFTER, Step.DEPARTMENT_HEAD)]),
        (
            "2026-08-01T12:00",
            [(When.AFTER, Step.DUO), (When.AFTER, Step.DEPARTMENT_HEAD), (When.AFTER, Step.COORDINATOR)],
        ),
    ],
)
def test_after_a_silence_everybody_hears_only_the_latest(now: str, expected: list[tuple[When, Step]]) -> None:
    assert [(each.when, each.to) for each in DEFAULT_CHARTER.reached(DEADLINE, at(now))] == expected


def test_a_deadline_that_was_just_made_brings_no_reminder_yet() -> None:
    assert DEFAULT_CHARTER.reached(DEADLINE, OPENED + timedelta(minutes=1)) == ()


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (None, "Dit is geen servicenorm."),
        ([], "Dit is geen servicenorm."),
        (
            with_cell("rejected", "high", 0),
            "Vul een heel getal van 1 tot en met 260 in voor het aantal werkdagen bij “Afgekeurd",
        ),
        (with_cell("missing", "low", "20"), "“Er is geen tekst”, “Weinig haast”"),
        (with_cell("missing", "low", True), "“Er is geen tekst”, “Weinig haast”"),
        (with_cell("missing", "low", 2.5), "“Er is geen tekst”, “Weinig haast”"),
        (with_cell("outdated", "low", 261), "“Verouderd”, “Weinig haast”"),
        (
            with_cell("uncertain", "high", 11),
            "Bij “Gevonden, maar niet zeker” krijgt een signaal met meer haast nu meer tijd.",
        ),
        (changed(days={}), "“Er is geen tekst”, “Gewoon”"),
        (changed(days=None), "“Er is geen tekst”, “Gewoon”"),
        (changed(remind_before=-1), "het aantal werkdagen voor de herinnering"),
        (changed(step_days=0), "het aantal werkdagen tot de volgende stap"),
        (changed(opens_at=0), "het aantal keer dat een vraag is gesteld"),
        (changed(escalation=[]), "Kies wie bericht krijgt"),
        (changed(escalation="duo"), "Kies wie bericht krijgt"),
        (changed(escalation=["duo", "burgemeester"]), "Kies wie bericht krijgt"),
        (changed(escalation=["coordinator", "duo"]), "Begin met het duo."),
        (changed(escalation=["department_head"]), "Begin met het duo."),
        (changed(escalation=["duo", "duo"]), "Begin met het duo."),
        (changed(kleur="blauw"), "Het onderdeel “kleur” hoort niet in de servicenorm."),
    ],
)
def test_what_is_no_charter_is_told_in_dutch(kept: object, said: str) -> None:
    with pytest.raises(CharterRefused) as refused:
        charter_of(kept)
    assert any(said in fault for fault in refused.value.faults)
    assert all(fault.endswith(".") for fault in refused.value.faults)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(CharterRefused) as refused:
        charter_of(changed(opens_at=0, step_days=0, remind_before="x"))
    assert len(refused.value.faults) == 3
