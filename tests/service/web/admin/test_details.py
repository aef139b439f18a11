"""The municipality's own details: filled in on a page, shown on every screen."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from embeddings.store.database import writing
from service.domain.municipality import Municipality
from service.duos.municipality import NAME, MunicipalityNow
from service.storage.choices import Choice, Choices
from service.storage.database import open_database
from tests.service.web.admin.conftest import AdminOffice
from tests.service.web.conftest import Site
from tests.service.web.duo.municipality import NOW

GOOD = {
    "versie": "0",
    "naam": "gemeente Nieuwveen",
    "telefoon": "14 0888",
    "openingstijden": "op werkdagen van 9.00 tot 12.00 uur",
    "contact": "https://www.nieuwveen.example/contact",
    "privacy": "https://www.nieuwveen.example/privacy",
    "coordinator": "coordinator@nieuwveen.example",
    "crisis": "Bel de teamleider: toestel 1234.\nBlijf bij de klant.",
    "balie-1-naam": "Stadhuis",
    "balie-1-adres": "Markt 1",
    "balie-1-tijden": "maandag tot en met vrijdag",
    "balie-3-naam": "Wijkpunt",
}
PAGE = "/beheer/gemeente"


def test_the_page_begins_with_the_settings(office: AdminOffice) -> None:
    page = html.unescape(office.get("coordinator", PAGE).text)
    assert 'value="gemeente Merelveen"' in page
    assert "Nog nooit gewijzigd" in page
    assert "na 30 dagen verwijderd" in page


def test_what_is_saved_stands_on_every_screen_at_once(office: AdminOffice) -> None:
    saved = office.post("coordinator", PAGE, **GOOD)
    assert saved.status_code == 303
    assert office.audit[0] == ("municipality.changed", "municipality")
    sidebar = html.unescape(office.get("", "/zijbalk").text)
    for shown in ("gemeente Nieuwveen", "14 0888", "Stadhuis", "Markt 1", "Wijkpunt", GOOD["privacy"]):
        assert shown in sidebar, shown
    wrong = office.get("", "/bestaat-niet")
    assert wrong.status_code == 404
    assert "14 0888, op werkdagen van 9.00 tot 12.00 uur" in html.unescape(wrong.text)
    info = office.site.get("/v1/openapi.json").json()["info"]
    assert info["title"] == "Antwoordduo van gemeente Nieuwveen"
    assert info["contact"]["url"] == GOOD["contact"]


def test_under_a_question_without_an_answer_and_in_a_crisis(site: Site) -> None:
    own = Municipality(
        "gemeente Nieuwveen", "14 0888", "altijd", "https://x.example", crisis=("Bel toestel 1",)
    )
    site.client.app.state.municipality = lambda: own  # type: ignore[attr-defined]
    nothing = html.unescape(site.client.post("/zijbalk/vragen", data={"vraag": "iets onbekend"}).text)
    assert "De klant kan bellen: 14 0888, altijd." in nothing
    assert "Bel toestel 1" not in nothing
    crisis = html.unescape(site.client.post("/zijbalk/vragen", data={"vraag": "in gevaar"}).text)
    assert crisis.index("Bel toestel 1") < crisis.index("Blijf aan de lijn")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("naam", " ", "Vul de naam"),
        ("telefoon", "12345", "telefoonnummer"),
        ("telefoon", "bel ons", "telefoonnummer"),
        ("openingstijden", "", "wanneer de telefoon"),
        ("contact", "javascript:alert(1)", "https://"),
        ("contact", "http://merelveen.example", "https://"),
        ("privacy", "privacy", "https://"),
        ("coordinator", "geen adres", "e-mailadres"),
        ("balie-1-naam", "", "elke balie een naam"),
        ("crisis", "een\ntwee\ndrie\nvier\nvijf\nzes", "ten hoogste 5 regels"),
        ("naam", "a" * 101, "te lang"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(
    office: AdminOffice, field: str, value: str, says: str
) -> None:
    refused = office.post("coordinator", PAGE, **(GOOD | {field: value}))
    page = html.unescape(refused.text)
    assert refused.status_code == 400
    assert says in page
    assert 'role="alert"' in page
    assert 'value="gemeente Nieuwveen"' in page or field == "naam"
    assert "gemeente Merelveen" in html.unescape(office.get("", "/zijbalk").text)


@pytest.mark.parametrize("number", ["14 0999", "14 036", "010-1234567", "0800 1234", "+31 20 624 1111"])
def test_dutch_numbers_are_taken(office: AdminOffice, number: str) -> None:
    assert office.post("coordinator", PAGE, **(GOOD | {"telefoon": number})).status_code == 303


def test_the_second_who_saves_sees_both_and_loses_nothing(office: AdminOffice) -> None:
    office.post("coordinator", PAGE, **GOOD)
    late = office.post("admin", PAGE, **(GOOD | {"telefoon": "14 0777", "naam": "gemeente Laat"}))
    page = html.unescape(late.text)
    assert late.status_code == 409
    assert "Els Kok heeft dit" in page
    assert "14 0888" in page
    assert 'value="14 0777"' in page
    assert 'name="versie" value="1"' in page
    again = office.post("admin", PAGE, **(GOOD | {"telefoon": "14 0777", "versie": "1"}))
    assert again.status_code == 303
    assert "14 0777" in office.get("", "/zijbalk").text


def test_an_emptied_desk_is_gone(office: AdminOffice) -> None:
    office.post("coordinator", PAGE, **GOOD)
    empty = {"versie": "1", "balie-1-naam": "", "balie-1-adres": "", "balie-1-tijden": ""}
    office.post("coordinator", PAGE, **(GOOD | empty))
    page = office.get("", "/zijbalk").text
    assert "Stadhuis" not in page
    assert "Wijkpunt" in page


def test_what_is_typed_is_text(office: AdminOffice) -> None:
    office.post("coordinator", PAGE, **(GOOD | {"naam": "<script>alert(1)</script>"}))
    for path in ("/zijbalk", "/bestaat-niet"):
        assert "<script>alert" not in office.get("", path).text


def test_the_details_outlive_a_database_that_is_away(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'm.sqlite'}")
    choices = Choices(engine, "merelveen")
    default = Municipality("gemeente X", "14 0999", "altijd", "https://x.example")
    moments = iter((0.0, 1.0, 5.0, 10.0))
    now = MunicipalityNow(choices, default, seconds=4, clock=lambda: next(moments))
    assert now() == default
    with writing(engine).begin() as connection:
        choices.put(connection, Choice(NAME, {"telephone": "14 0888"}, "test", NOW))
    assert now().telephone == "14 0999"  # as of a few seconds ago
    assert now() == replace(default, telephone="14 0888")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE service_choices"))
    assert now().telephone == "14 0888"
