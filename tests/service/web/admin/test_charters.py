"""The service charter as people fill it in."""

from __future__ import annotations

import html

import pytest

from service.domain.gap import GapKind, Urgency
from service.duos.charter import DEFAULT_CHARTER, Step, charter_of
from service.web.admin.charters import cell, filled_of
from tests.service.web.admin.conftest import AdminOffice

PAGE = "/beheer/servicenormen"
GOOD = filled_of(DEFAULT_CHARTER.as_json()) | {"versie": "0"}
HASTY = cell(GapKind.MISSING, Urgency.HIGH)


def test_a_form_goes_there_and_back(office: AdminOffice) -> None:
    changed = GOOD | {HASTY: "2", "opens_at": "5", "remind_before": "0"}
    changed.pop("step-coordinator")
    assert office.post("coordinator", PAGE, **changed).status_code == 303
    charter = charter_of(office.town.desk.choices.get("charter").value)
    assert charter.days[GapKind.MISSING][Urgency.HIGH] == 2
    assert (charter.opens_at, charter.remind_before) == (5, 0)
    assert charter.escalation == (Step.DUO, Step.DEPARTMENT_HEAD)
    assert office.audit[0] == ("charter.changed", "charter")
    page = office.get("coordinator", PAGE).text
    assert (
        f'id="{HASTY}" name="{HASTY}" type="number" inputmode="numeric" min="1" max="260" value="2"' in page
    )


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        (HASTY, "0", "heel getal van 1 tot en met 260"),
        (HASTY, "snel", "heel getal"),
        (HASTY, "250", "meer haast"),
        ("opens_at", "", "hoe"),
        ("step_days", "-1", "heel getal"),
    ],
)
def test_what_cannot_be_promised_is_refused_with_all_that_was_typed(
    office: AdminOffice, field: str, value: str, says: str
) -> None:
    refused = office.post("coordinator", PAGE, **(GOOD | {field: value, "remind_before": "7"}))
    page = html.unescape(refused.text)
    assert refused.status_code == 400
    assert says in page
    assert 'max="260" value="7"' in page
    assert office.town.desk.choices.get("charter").version == 0


def test_a_fault_stands_at_its_field(office: AdminOffice) -> None:
    page = office.post("coordinator", PAGE, **(GOOD | {"opens_at": "0"})).text
    assert 'aria-describedby="opens_at-uitleg opens_at-fout" aria-invalid="true"' in page


def test_the_second_who_saves_sees_both(office: AdminOffice) -> None:
    office.post("coordinator", PAGE, **(GOOD | {"opens_at": "4"}))
    late = office.post("admin", PAGE, **(GOOD | {"opens_at": "6"}))
    page = html.unescape(late.text)
    assert late.status_code == 409
    assert '<td role="cell" class="written" data-column="Van Els Kok">4</td>' in page
    assert '<td role="cell" class="written" data-column="Van u">6</td>' in page
