"""Notices that fail, and the overview of `/beheer`."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest

from embeddings.store.database import writing
from service.storage.outbox import Kind, Notice
from service.web.admin.overview import calibration_in
from tests.service.web.admin.conftest import AdminOffice
from tests.service.web.duo.municipality import NOW

PAGE = "/beheer/berichten"


@pytest.fixture
def failed(office: AdminOffice) -> str:
    """The id of a notice about signal 1 that the other side refused."""
    gap = office.town.signal("Paspoortvraag")
    with writing(office.town.engine).begin() as connection:
        office.outbox.put(connection, Notice(Kind.MAIL, f"opened:{gap.id}:0", {"to": {}}, about=str(gap.id)))
    (leased,) = office.outbox.lease([Kind.MAIL], "test", 60, 10)
    office.outbox.failed(leased, "SMTP 550 (receiver)", NOW + timedelta(days=1), refused=True)
    return str(leased.id)


def test_it_says_what_does_not_arrive_and_why(office: AdminOffice, failed: str) -> None:
    page = html.unescape(office.get("admin", PAGE).text)
    for said in (
        "Nieuw signaal",
        "E-mail",
        'href="/duo/signalen/1"',
        "1 keer geprobeerd",
        "SMTP 550",
        "weigert",
    ):
        assert said in page, said


def test_it_is_tried_again_at_once(office: AdminOffice, failed: str) -> None:
    assert office.post("admin", f"{PAGE}/{failed}/opnieuw").headers["Location"] == f"{PAGE}?gedaan=opnieuw"
    assert office.audit[0] == ("notice.tried_again", failed)
    assert len(office.outbox.lease([Kind.MAIL], "test", 60, 10)) == 1


def test_it_can_be_given_up(office: AdminOffice, failed: str) -> None:
    office.post("admin", f"{PAGE}/{failed}/weg")
    assert office.audit[0] == ("notice.given_up", failed)
    assert "Er is nog geen mail ingesteld" in office.get("admin", PAGE).text
    assert office.post("admin", f"{PAGE}/{failed}/weg").status_code == 404
    assert office.post("admin", f"{PAGE}/{failed}/opnieuw").status_code == 404


@pytest.mark.parametrize("id", ["niets", "e58b1977-5923-460f-8dd5-cedee02036e7"])
def test_a_notice_that_is_not_there(office: AdminOffice, id: str) -> None:
    before = office.audit
    assert office.post("admin", f"{PAGE}/{id}/opnieuw").status_code == 404
    assert office.audit == before


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("admin", ["gemeente", "eigenaren", "servicenormen", "mensen", "berichten"]),
        ("coordinator", ["gemeente", "eigenaren", "servicenormen"]),
        ("head", ["eigenaren"]),
    ],
)
def test_the_overview_leads_to_what_one_may_see(office: AdminOffice, name: str, places: list[str]) -> None:
    page = office.get(name, "/beheer").text
    parts = ("gemeente", "eigenaren", "servicenormen", "mensen", "berichten")
    assert [part for part in parts if f'<h2><a href="/beheer/{part}">' in page] == places


def test_the_overview_says_what_was_measured(office: AdminOffice) -> None:
    assert "Gemeten op" in office.get("admin", "/beheer").text


def test_a_promise_is_said_as_it_is() -> None:
    promises = {"website": {"risk": 0.02, "cut_off": None}, "sidebar": {"risk": 0.1, "cut_off": 0.8}}
    said = calibration_in({"date": "2026-11-21", "fits": {"reader": {"promises": promises}}})
    assert said.measured == "Gemeten op 21 november 2026."
    (website, first), (sidebar, second) = said.promises
    assert (website, sidebar) == ("Website", "Zijbalk")
    assert "nog niet bewezen" in first
    assert "2 %" in first
    assert second == "Ten hoogste 10 % van de antwoorden is fout."
    assert calibration_in({"date": "2026-11-21"}).promises == ()


def test_a_person_confirms_the_calibration_on_record(office: AdminOffice) -> None:
    assert office.post("coordinator", "/beheer/meting").status_code == 303
    assert office.audit[0][0] == "calibration.confirmed"
    assert office.town.desk.choices.get("calibration").chosen_by == "Els Kok"
