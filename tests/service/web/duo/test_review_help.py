"""What the pages of a text and of a signal say so that one can decide: checks tried too, whose it is, what
came back, what was replaced."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from service.domain.draft import DraftState
from service.domain.gap import GapState
from service.domain.productduo import Owner
from tests.service.web.duo.conftest import Office
from tests.service.web.duo.municipality import PASSPORT_PRODUCT, TRAVEL, asking
from tests.service.web.duo.test_signal_pages import press
from tests.service.web.duo.test_text_pages import (
    CHILD,
    GOOD,
    a_gap,
    begun,
    draft_at,
    saved,
    submitted,
)


def words_of(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def placed(office: Office) -> tuple[int, str]:
    """A text of Anna's that Bert approved: the number of its signal, and its address."""
    gap, address = submitted(office)
    done = office.post("bert", f"{address}/goedkeuren", versie=str(draft_at(office, address).version))
    assert done.status_code == 303
    return gap.number, address


# -- the preview ---------------------------------------------------------------------------------


def test_the_check_questions_are_tried_too_and_marked_as_such(office: Office) -> None:
    address = begun(office, a_gap(office))
    said = words_of(office.post("anna", f"{address}/voorbeeld", **GOOD).text)
    assert f"“{CHILD}”" in said
    assert f"“{CHILD}” (controlevraag)" not in said
    for name in ("controle-1", "controle-2"):
        assert f"“{GOOD[name]}” (controlevraag)" in said
    assert "van de 3 vragen." in said


def test_a_check_question_that_fails_is_not_counted_as_good(office: Office) -> None:
    address = begun(office, a_gap(office))
    fields = GOOD | {"controle-2": "Hoe laat komt de vuilniswagen?"}
    all_good = words_of(office.post("anna", f"{address}/voorbeeld", **GOOD).text)
    one_less = words_of(office.post("anna", f"{address}/voorbeeld", **fields).text)
    counts = [int(re.findall(r"Goed: (\d) van de 3 vragen", said)[0]) for said in (all_good, one_less)]
    assert counts[0] - counts[1] == 1


@pytest.mark.parametrize(
    ("fact", "says"), [("altijd mee", "De vraag gaat goed."), ("nooit", "De vraag gaat nog niet goed.")]
)
def test_of_one_question_it_is_said_in_the_singular(office: Office, fact: str, says: str) -> None:
    address = begun(office, office.town.signal("Gaat mijn kind mee naar de balie?"))
    fields = GOOD | {"controle-1": "", "controle-2": "", "feit": fact}
    said = words_of(office.post("anna", f"{address}/voorbeeld", **fields).text)
    assert says in said
    assert "van de 1" not in said


# -- review --------------------------------------------------------------------------------------


def test_who_approves_reads_beside_the_button_who_wrote_it_and_whose_signal_it_is(office: Office) -> None:
    _, address = submitted(office)
    page = office.get("bert", address).text
    beside = words_of(page[page.index("Klopt deze tekst?") : page.index("Keur goed en plaats")])
    assert "Geschreven door Anna Bakker, vandaag 10.30" in beside
    assert "Het signaal is van duo Reisdocumenten" in beside
    assert "Product van het signaal paspoort" in beside
    assert "Product van de tekst" not in beside


def test_another_product_than_that_of_the_signal_stands_out(office: Office) -> None:
    address = begun(office, a_gap(office))
    saved(office, address, does="indienen", **(GOOD | {"product": ""}))
    assert "Product van de tekst Geen product" in words_of(office.get("bert", address).text)


def test_a_new_text_has_the_product_of_the_text_that_came_closest(office: Office) -> None:
    gap = office.town.signal(CHILD, [asking(CHILD)], product="")
    assert draft_at(office, begun(office, gap)).document.products == (PASSPORT_PRODUCT,)


def test_a_new_text_has_the_only_product_of_its_duo_when_no_text_came_close(office: Office) -> None:
    gap = office.town.signal(CHILD, [asking(CHILD)], product="", document="")
    address = begun(office, gap)
    assert draft_at(office, address).document.products == (PASSPORT_PRODUCT,)
    saved(office, address, **(GOOD | {"product": ""}))
    assert draft_at(office, address).document.products == ()


def test_a_new_text_for_a_department_has_no_product(office: Office) -> None:
    gap = office.town.signal(CHILD, owner=Owner("", TRAVEL.department), product="", document="")
    assert draft_at(office, begun(office, gap, by="head")).document.products == ()


def test_every_page_says_who_lifted_the_four_eyes_why_and_until_when(office: Office) -> None:
    _, address = submitted(office)
    id = address.rpartition("/")[2]
    assert office.post("coordinator", "/duo/vier-ogen", tekst=id, reden="De <dijk> breekt").status_code == 303
    for path in ("/duo", address):
        page = office.get("bert", path).text
        assert "<dijk>" not in page
        said = words_of(page)
        assert "Tot 11.30 mag" in said
        assert "Els Kok stond dit toe, met deze reden: De <dijk> breekt" in said


# -- what came back, what was replaced -------------------------------------------------------------


def test_a_text_that_came_back_is_on_top_for_its_writer_alone(office: Office) -> None:
    office.town.signal("Veel gevraagd", asked=40)
    gap, address = submitted(office)
    office.post("bert", f"{address}/terug", opmerking="Noem ook baby's.")
    mine = words_of(office.get("anna", "/duo").text)
    assert "1 tekst kreeg u terug." in mine
    assert mine.index("Teruggekregen (1)") < mine.index(gap.question) < mine.index("Veel gevraagd")
    assert "Teruggekregen" not in words_of(office.get("bert", "/duo").text)
    saved(office, address, does="indienen", **GOOD)
    assert "Teruggekregen" not in words_of(office.get("anna", "/duo").text)


def test_history_names_a_text_by_its_title(office: Office) -> None:
    number, _ = placed(office)
    page = office.get("anna", f"/duo/signalen/{number}").text
    past = words_of(page[page.index('id="geschiedenis"') :])
    assert "redactie:" not in past
    assert re.search(rf"Tekst geplaatst Bert Smit, vandaag [\d.]+ {re.escape(GOOD['titel'])}", past)


def test_a_text_that_was_replaced_is_not_called_placed_any_more(office: Office) -> None:
    number, old = placed(office)
    press(office, number, "heropenen", reden="Het bedrag klopt niet.")
    published = f"redactie:{draft_at(office, old).document.id}"
    office.town.at += timedelta(hours=1)
    gap = office.town.desk.signals.gaps.find(number)
    assert gap is not None
    new = begun(office, gap, published)
    saved(office, new, does="indienen", **(GOOD | {"titel": "Gaat een kind mee voor een paspoort?"}))
    assert "Vervangen" not in words_of(office.get("anna", old).text)
    office.post("bert", f"{new}/goedkeuren", versie=str(draft_at(office, new).version))
    assert draft_at(office, new).state is DraftState.PUBLISHED
    line = "Vervangen door “Gaat een kind mee voor een paspoort?”"
    assert line in words_of(office.get("anna", f"/duo/signalen/{number}").text)
    assert line in words_of(office.get("anna", old).text)
    assert "Vervangen" not in words_of(office.get("anna", new).text)


# -- merging and splitting -------------------------------------------------------------------------


def test_after_merging_and_splitting_the_page_says_how_to_undo_it(office: Office) -> None:
    one = office.town.signal("Wat kost een paspoort?", [asking("Wat kost een paspoort?")])
    other = office.town.signal("Wat kost een pas?", [asking("Wat kost een pas?")])
    merged = office.get("anna", press(office, one.number, "samenvoegen", nummer=str(other.number))).text
    assert "Kies hieronder “Haal vragen uit dit signaal”." in words_of(merged)
    found = re.search(r'name="(vraag-\d+)" value="([^"]+)"> <label[^>]*>Wat kost een paspoort', merged)
    assert found is not None
    split = press(office, other.number, "losmaken", **{found[1]: found[2]})
    assert "Voeg het weer samen." in words_of(office.get("anna", split).text)
    number = int(re.findall(r"signalen/(\d+)", split)[0])
    press(office, number, "samenvoegen", nummer=str(other.number))
    back = office.town.desk.signals.gaps.find(other.number)
    assert back is not None
    assert (back.asked, back.state) == (2, GapState.OPEN)
