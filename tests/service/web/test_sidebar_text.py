"""A whole text: what each asker may see of it, its tabs, what is like it, and who knows more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from embeddings.document import DocumentKey, Section, SectionKind, Visibility
from service.domain.question import AGENT, VISITOR
from service.web.cards import text_address
from service.web.sidebar_text import readable, tabs_of
from service.web.site import build_site
from tests.factories import document, note
from tests.pages.desk_server import PRODUCT, desk_of, laid_down
from tests.service.web.duo.conftest import Office, _wait_until_ready
from tests.service.web.duo.municipality import NOW, PASSPORT_PRODUCT

PATH = text_address("vac:paspoort-product", "Kosten en betalen")
PRODUCT_KEY = DocumentKey("merelveen", "vac", "paspoort-product")
PRODUCTS = (PASSPORT_PRODUCT,)
STRANGE = 'een/vreemd?id & "meer" <b>'


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    town = laid_down(Path(tmp_path_factory.mktemp("town")))
    own = document(STRANGE, title="Een <script>vreemde</script> tekst", products=PRODUCTS)
    secret = document(
        "geheim", title="Geheime tekst", visibility=Visibility.INTERNAL, products=(PASSPORT_PRODUCT,)
    )
    over = document(
        "oud", title="Oude tekst", valid_until=NOW - timedelta(days=400), products=(PASSPORT_PRODUCT,)
    )
    town.library.apply(town.settings.collection, "vac", [own, secret, over])
    town.library.add_wording(PRODUCT_KEY, "hoe kom ik aan een pas")
    desk = desk_of(town)
    app = build_site(town.settings, lambda: desk, town.people)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        _wait_until_ready(client)
        yield Office(town, client)


def test_staff_see_all_of_it_and_a_visitor_the_public_parts(office: Office) -> None:
    staff, visitor = office.get("agent", PATH).text, office.get("", PATH).text
    assert "Vraag of de klant spoed heeft." in staff
    assert "burgerzaken@merelveen.example" in staff
    assert "hoe kom ik aan een pas" in staff
    for secret in ("Vraag of de klant spoed heeft.", "burgerzaken@", "Bert Smit", "hoe kom ik aan een pas"):
        assert secret not in visitor
    assert "Een paspoort is een reisdocument." in visitor


def test_an_internal_text_is_not_there_for_a_visitor(office: Office) -> None:
    assert office.get("agent", text_address("vac:geheim", "")).status_code == 200
    assert office.get("", text_address("vac:geheim", "")).status_code == 404
    assert "Geheime tekst" in office.get("agent", PATH).text
    assert "Geheime tekst" not in office.get("", PATH).text


def test_a_text_that_is_over_or_unknown_is_not_there(office: Office) -> None:
    for id in ("vac:oud", "vac:onbekend", "elders:paspoort"):
        assert office.get("agent", text_address(id, "")).status_code == 404
    assert "Oude tekst" not in office.get("agent", PATH).text


def test_a_text_that_was_stopped_is_not_there_either(office: Office) -> None:
    assert office.get("agent", text_address("vac:grofvuil", "")).status_code == 200
    office.town.desk.drafts.withdraw_everywhere("vac:grofvuil", "fout", office.town.persons["editor"])
    assert office.get("agent", text_address("vac:grofvuil", "")).status_code == 404


def test_a_strange_id_is_found_and_its_title_runs_nothing(office: Office) -> None:
    answer = office.get("agent", text_address(f"vac:{STRANGE}", "<b>"))
    assert answer.status_code == 200
    assert "<script>vreemde" not in answer.text
    assert "&lt;script&gt;vreemde" in answer.text


def test_for_the_script_it_comes_without_the_page(office: Office) -> None:
    part = office.site.get(PATH, headers={"X-Fragment": "1"}).text
    assert "<html" not in part
    assert part.rstrip().endswith("<!--einde-->")


def test_the_tab_with_the_found_heading_is_open() -> None:
    tabs = tabs_of(PRODUCT, "Kosten en betalen", True)
    assert [tab.key for tab in tabs] == [
        "over", "kosten", "termijn", "aanvragen", "bezwaar", "kcc", "doorverbinden",
    ]  # fmt: skip
    assert [tab.key for tab in tabs if tab.open] == ["kosten"]
    assert [piece.found for tab in tabs if tab.open for piece in tab.pieces] == [True]


def test_without_a_found_heading_the_first_tab_is_open() -> None:
    assert [tab.key for tab in tabs_of(PRODUCT, "", False) if tab.open] == ["over"]
    assert [tab.key for tab in tabs_of(PRODUCT, "bestaat niet", False) if tab.open] == ["over"]


def test_where_one_can_come_in_stands_under_transfer() -> None:
    text = document("x", sections=(Section("Stadskantoor", "Ma 9 tot 16 uur", SectionKind.CONTACT),))
    assert [tab.key for tab in tabs_of(text, "", False)] == ["doorverbinden"]


def test_only_notes_are_nothing_for_a_visitor() -> None:
    text = document("x", sections=(note("Geheim."),))
    assert readable(text, VISITOR, NOW) is None
    assert readable(text, AGENT, NOW) == text
    later = replace(text, valid_from=NOW + timedelta(days=1))
    assert readable(later, AGENT, NOW) is None
