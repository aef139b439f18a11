"""The list, one signal, and every button on it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from service.domain.answer import Status
from service.domain.gap import Fault, GapKind, GapState, Origin, Urgency
from service.domain.question import Channel
from tests.service.web.duo.conftest import Office
from tests.service.web.duo.municipality import NOW, TRAVEL, WASTE, asking


def text_of(html: str) -> str:
    """What stands on the page, in one line."""
    body = html.partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


# -- the list ------------------------------------------------------------------------------------


def test_a_member_sees_the_signals_of_the_own_duo_and_no_others(office: Office) -> None:
    office.town.signal("Wat kost een paspoort op zaterdag?")
    office.town.signal("Wanneer komt het grofvuil?", owner=WASTE)
    page = office.get("anna", "/duo").text
    assert "paspoort op zaterdag" in page
    assert "grofvuil" not in page
    assert "grofvuil" in office.get("carla", "/duo").text


def test_the_list_says_in_one_look_what_is_late_and_puts_it_first(office: Office) -> None:
    office.town.signal("Veel gevraagd", asked=40, due_at=NOW + timedelta(days=9))
    office.town.signal("Te laat al", due_at=NOW - timedelta(days=1))
    office.town.signal("Morgen pas", due_at=NOW + timedelta(days=1))
    said = text_of(office.get("anna", "/duo").text)
    assert "Er liggen 3 signalen. 1 is te laat." in said
    assert "Te laat sinds dinsdag 24 november" in said
    assert said.index("Te laat al") < said.index("Morgen pas") < said.index("Veel gevraagd")
    assert "40 keer gevraagd" in said


def test_a_proposed_signal_stands_apart_without_a_deadline(office: Office) -> None:
    office.town.signal("Eén keer gevraagd", state=GapState.PROPOSED, opened_at=None, due_at=None)
    assert "Eén keer gevraagd" not in text_of(office.get("anna", "/duo").text)
    said = text_of(office.get("anna", "/duo?toon=voorgesteld").text)
    assert "Eén keer gevraagd" in said
    assert "U hoeft nog niets te doen." in said


def test_a_closed_signal_is_found_under_done(office: Office) -> None:
    office.town.signal("Al klaar", state=GapState.SOLVED, closed_at=NOW)
    assert "Al klaar" in text_of(office.get("anna", "/duo?toon=afgerond").text)


def test_a_coordinator_sees_everything_and_can_choose_a_duo(office: Office) -> None:
    office.town.signal("Paspoortvraag")
    office.town.signal("Grofvuilvraag", owner=WASTE)
    every = text_of(office.get("coordinator", "/duo").text)
    assert "Paspoortvraag" in every
    assert "Grofvuilvraag" in every
    assert "duo Afval" in every
    one = text_of(office.get("coordinator", "/duo?duo=duo-afval").text)
    assert "Paspoortvraag" not in one
    assert "Grofvuilvraag" in one


def test_a_head_sees_the_duos_of_the_own_department(office: Office) -> None:
    office.town.signal("Paspoortvraag")
    office.town.signal("Grofvuilvraag", owner=WASTE)
    said = text_of(office.get("head", "/duo").text)
    assert "Paspoortvraag" in said
    assert "Grofvuilvraag" not in said


def test_choosing_another_duo_by_hand_opens_no_door(office: Office) -> None:
    office.town.signal("Grofvuilvraag", owner=WASTE)
    assert "Grofvuilvraag" not in office.get("anna", "/duo?duo=duo-afval").text


def test_a_long_list_comes_in_pages(office: Office) -> None:
    for number in range(53):
        office.town.signal(f"Vraag nummer {number}", asked=100 - number)
    first, second = office.get("anna", "/duo").text, office.get("anna", "/duo?vanaf=50").text
    assert "1 tot en met 50 van 53" in text_of(first)
    assert "Vraag nummer 51" not in first
    assert "Vraag nummer 51" in second


@pytest.mark.parametrize("odd", ["?toon=onzin", "?vanaf=-4", "?vanaf=9999", "?gedaan=<script>"])
def test_an_odd_address_still_gives_the_list(office: Office, odd: str) -> None:
    answer = office.get("anna", f"/duo{odd}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


# -- one signal ----------------------------------------------------------------------------------


def test_the_page_shows_how_it_was_asked_and_why_it_fell_short(office: Office) -> None:
    gap = office.town.signal(
        "Moet mijn kind mee?",
        [
            asking("Moet mijn kind mee?", channel=Channel.WEBSITE),
            asking("moet mijn  kind mee?", asked_at=NOW - timedelta(days=1)),
            asking(
                "kind mee balie",
                origin=Origin.REJECTED,
                status=Status.ANSWERED,
                fault=Fault.INCOMPLETE,
                remark="Niets over kinderen.",
                asked_at=NOW - timedelta(days=3),
            ),
        ],
    )
    said = text_of(office.get("anna", f"/duo/signalen/{gap.number}").text)
    assert "“Moet mijn kind mee?” 2 keer · via website, zijbalk" in said
    assert "Wij vonden wel iets, maar niet zeker genoeg om te antwoorden." in said
    assert "Het antwoord is niet volledig." in said
    assert "Niets over kinderen." in said


def test_the_page_shows_the_nearest_texts_with_what_fits_marked(office: Office) -> None:
    gap = office.town.signal("Wat kost een paspoort?")
    page = office.get("anna", f"/duo/signalen/{gap.number}").text
    assert "<mark>" in page
    assert 'value="vac:paspoort"' in page
    assert "Dit liet de pagina toen zien" in page


def test_every_kind_and_state_has_a_page(office: Office) -> None:
    for kind in GapKind:
        for state in set(GapState) - {GapState.MERGED}:
            closed = NOW if state in (GapState.SOLVED, GapState.DISMISSED) else None
            gap = office.town.signal("Een vraag", kind=kind, state=state, closed_at=closed, reason="Reden")
            assert office.get("anna", f"/duo/signalen/{gap.number}").status_code == 200


def test_a_signal_of_another_duo_does_not_exist(office: Office) -> None:
    gap = office.town.signal("Grofvuilvraag", owner=WASTE)
    path = f"/duo/signalen/{gap.number}"
    for answer in (
        office.get("anna", path),
        office.get("anna", f"{path}/koppelen"),
        office.post("anna", f"{path}/afwijzen", reden="weg", versie="1"),
        office.post("anna", f"{path}/concept", verbetert=""),
        office.get("anna", "/duo/signalen/999"),
    ):
        assert answer.status_code == 404
        assert "Grofvuilvraag" not in answer.text
    assert office.town.desk.signals.gaps.get(gap.id) == gap


@pytest.mark.parametrize("name", ["agent", "editor"])
def test_a_wrong_role_is_refused(office: Office, name: str) -> None:
    gap = office.town.signal("Paspoortvraag")
    assert office.get(name, f"/duo/signalen/{gap.number}").status_code == 403
    assert office.post(name, f"/duo/signalen/{gap.number}/haast", haast="high").status_code == 403


def test_who_is_not_signed_in_goes_to_the_sign_in_page(office: Office) -> None:
    answer = office.get("", "/duo")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/aanmelden")


# -- its buttons ---------------------------------------------------------------------------------


def press(office: Office, number: int, action: str, **fields: str) -> str:
    """Where a button brings one; the signal is as the page showed it."""
    gap = office.town.desk.signals.gaps.find(number)
    assert gap is not None
    answer = office.post("anna", f"/duo/signalen/{number}/{action}", versie=str(gap.version), **fields)
    assert answer.status_code == 303, text_of(answer.text)
    return answer.headers["location"]


def test_a_note_for_the_other_half_stands_in_the_history(office: Office) -> None:
    gap = office.town.signal("Paspoortvraag")
    to = press(office, gap.number, "notitie", notitie="Bert, klopt het bedrag nog?")
    said = text_of(office.get("bert", to).text)
    assert "Uw opmerking staat bij het signaal." in said
    assert "Opmerking Anna Bakker, vandaag 10.30 Bert, klopt het bedrag nog?" in said


def test_handing_over_moves_it_to_the_other_list(office: Office) -> None:
    gap = office.town.signal("Grofvuilvraag")
    to = press(office, gap.number, "overdragen", aan="duo:duo-afval", reden="Dit gaat over afval.")
    assert to == "/duo?gedaan=overdragen"
    assert "Het signaal is doorgegeven." in office.get("anna", to).text
    assert "Dit gaat over afval." in office.get("carla", f"/duo/signalen/{gap.number}").text


def test_urgency_and_wording_can_change(office: Office) -> None:
    gap = office.town.signal("pasp kwijt wat nu")
    press(office, gap.number, "haast", haast="high")
    press(office, gap.number, "titel", vraag="Wat doe ik als ik mijn paspoort kwijt ben?")
    now = office.town.desk.signals.gaps.get(gap.id)
    assert now is not None
    assert now.urgency is Urgency.HIGH
    assert now.question == "Wat doe ik als ik mijn paspoort kwijt ben?"


def test_dismissing_asks_for_a_reason_and_shows_it(office: Office) -> None:
    gap = office.town.signal("Paspoortvraag")
    path = f"/duo/signalen/{gap.number}"
    missing = office.post("anna", f"{path}/afwijzen", versie="1", reden="  ")
    assert missing.status_code == 400
    assert "Schrijf op waarom u het signaal afwijst." in missing.text
    press(office, gap.number, "afwijzen", reden="Hierover gaat het Rijk.")
    said = text_of(office.get("anna", path).text)
    assert "Afgewezen" in said
    assert "Hierover gaat het Rijk." in said
    press(office, gap.number, "heropenen", reden="Toch van ons.")
    assert "Toch van ons." in office.get("anna", path).text


def test_a_likely_other_signal_is_offered_to_merge_with(office: Office) -> None:
    gap = office.town.signal("Wat kost een paspoort voor een kind?")
    other = office.town.signal("Wat kost een paspoort voor een kind van 9?")
    page = office.get("anna", f"/duo/signalen/{gap.number}").text
    assert f'name="met" value="{other.number}"' in page
    assert press(office, gap.number, "samenvoegen", met=str(other.number)).startswith(
        f"/duo/signalen/{other.number}"
    )
    gone = text_of(office.get("anna", f"/duo/signalen/{gap.number}").text)
    assert "Dit signaal is samengevoegd met een ander signaal." in gone


@pytest.mark.parametrize("number", ["", "12345", "abc", "0"])
def test_merging_with_nothing_says_so(office: Office, number: str) -> None:
    gap = office.town.signal("Paspoortvraag")
    answer = office.post("anna", f"/duo/signalen/{gap.number}/samenvoegen", versie="1", nummer=number)
    assert answer.status_code == 400
    assert "Kies een signaal dat er is" in answer.text


def test_merging_into_another_duos_signal_is_as_if_it_did_not_exist(office: Office) -> None:
    gap, other = office.town.signal("Paspoortvraag"), office.town.signal("Grofvuilvraag", owner=WASTE)
    answer = office.post(
        "anna", f"/duo/signalen/{gap.number}/samenvoegen", versie="1", nummer=str(other.number)
    )
    assert answer.status_code == 400
    assert "Grofvuilvraag" not in answer.text


def test_a_question_that_does_not_belong_becomes_its_own_signal(office: Office) -> None:
    gap = office.town.signal("Paspoortvraag", [asking("Wat kost het?"), asking("Waar is de balie?")])
    page = office.get("anna", f"/duo/signalen/{gap.number}").text
    ids = re.findall(r'name="(vraag-\d+)" value="([^"]+)"> <label[^>]*>Waar is de balie', page)
    name, value = ids[0]
    to = press(office, gap.number, "losmaken", **{name: value})
    said = text_of(office.get("anna", to).text)
    assert "Dit is het nieuwe signaal." in said
    assert "Waar is de balie?" in said
    assert [each.text for each in office.town.desk.signals.gaps.askings(gap.id)] == ["Wat kost het?"]


def test_who_comes_second_is_told_and_keeps_the_typed_words(office: Office) -> None:
    gap = office.town.signal("Paspoortvraag")
    press(office, gap.number, "titel", vraag="Wat kost een paspoort?")
    late = office.post("bert", f"/duo/signalen/{gap.number}/afwijzen", versie="1", reden="Mijn lange reden")
    assert late.status_code == 409
    said = text_of(late.text)
    assert "Iemand anders was u voor" in said
    assert "Mijn lange reden" in said
    assert "Wat kost een paspoort?" in said
    now = office.town.desk.signals.gaps.get(gap.id)
    assert now is not None
    assert now.state is GapState.OPEN


def test_an_unknown_button_is_not_found(office: Office) -> None:
    gap = office.town.signal("Paspoortvraag")
    assert office.post("anna", f"/duo/signalen/{gap.number}/onzin", versie="1").status_code == 404


def test_an_action_on_a_closed_signal_is_refused_in_place(office: Office) -> None:
    gap = office.town.signal("Paspoortvraag", state=GapState.SOLVED, closed_at=NOW)
    answer = office.post("anna", f"/duo/signalen/{gap.number}/afwijzen", versie="1", reden="weg")
    assert answer.status_code == 400


def test_the_owner_in_words(office: Office) -> None:
    gap = office.town.signal("Paspoortvraag", owner=TRAVEL)
    assert "duo Reisdocumenten" in text_of(office.get("anna", f"/duo/signalen/{gap.number}").text)
