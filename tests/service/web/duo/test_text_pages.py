"""A text from the first word to its proof, as two people of a duo do it; and what goes wrong on the way."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace

import pytest

from embeddings.document import Audience, SectionKind, Visibility
from service.domain.draft import Draft, DraftState
from service.domain.gap import Gap, GapState
from service.duos.draft_texts import key_of
from tests.service.web.duo.conftest import Office
from tests.service.web.duo.municipality import PASSPORT_PRODUCT, TEXTS, WASTE, asking
from tests.service.web.duo.test_signal_pages import text_of

CHILD = "Moet mijn kind mee naar de balie voor een paspoort?"
GOOD = {
    "titel": "Moet een kind zelf mee voor een paspoort?",
    "kop-1": "Aan de balie",
    "deel-1": "Ja. Uw kind gaat altijd mee naar de balie voor een paspoort.",
    "soort-1": "other",
    "notitie": "Ook baby's gaan mee.",
    "product": PASSPORT_PRODUCT,
    "doelgroep": "resident",
    "feit": "altijd mee",
    "controle-1": "Gaat uw kind altijd mee naar de balie?",
    "controle-2": "Kind mee balie paspoort?",
    "vragen": "Mag mijn baby thuisblijven voor een paspoort?",
}


def a_gap(office: Office) -> Gap:
    return office.town.signal(CHILD, [asking(CHILD)])


def begun(office: Office, gap: Gap, mends: str = "", by: str = "anna") -> str:
    """The address of a new text for a signal."""
    answer = office.post(by, f"/duo/signalen/{gap.number}/concept", verbetert=mends)
    assert answer.status_code == 303
    return answer.headers["location"]


def saved(office: Office, address: str, by: str = "anna", does: str = "bewaren", **fields: str) -> str:
    """Where one comes after saving on top of what is there now."""
    answer = office.post(by, address, versie=str(draft_at(office, address).version), doe=does, **fields)
    assert answer.status_code == 303, text_of(answer.text)
    return answer.headers["location"]


def draft_at(office: Office, address: str) -> Draft:
    draft = office.town.desk.drafts.find(uuid.UUID(address.rpartition("/")[2]))
    assert draft is not None
    return draft


def submitted(office: Office) -> tuple[Gap, str]:
    """A good text of Anna's, with Bert for review."""
    gap = a_gap(office)
    address = begun(office, gap)
    saved(office, address, does="indienen", **GOOD)
    return gap, address


# -- writing -------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_as_a_text(office: Office) -> None:
    address = begun(office, a_gap(office))
    saved(office, address, **GOOD)
    draft = draft_at(office, address)
    assert draft.document.title == GOOD["titel"]
    first, last = draft.document.sections
    assert (first.heading, first.text) == (GOOD["kop-1"], GOOD["deel-1"])
    assert (last.kind, last.visibility) == (SectionKind.NOTE, Visibility.INTERNAL)
    assert draft.document.audience is Audience.RESIDENT
    assert draft.document.products == (PASSPORT_PRODUCT,)
    assert draft.checks == (GOOD["controle-1"], GOOD["controle-2"])
    assert draft.wordings == (GOOD["vragen"],)
    page = office.get("anna", address).text
    assert all(value in page for value in ("Ja. Uw kind gaat altijd mee", "altijd mee", "thuisblijven"))


def test_lists_and_tables_are_typed_plainly_and_kept_by_the_convention(office: Office) -> None:
    address = begun(office, a_gap(office))
    typed = "Neem mee:\r\n- uw kind\r\n* een pasfoto\r\n\r\nLeeftijd | Prijs\r\n| tot 18 | € 63 |"
    saved(office, address, **(GOOD | {"deel-1": typed}))
    kept = draft_at(office, address).document.sections[0].text
    assert kept == "Neem mee:\n• uw kind\n• een pasfoto\n\nLeeftijd\tPrijs\ntot 18\t€ 63"
    assert "Leeftijd | Prijs" in office.get("anna", address).text


def test_sections_come_and_go_without_a_script(office: Office) -> None:
    address = begun(office, a_gap(office))
    to = saved(office, address, does="erbij", **GOOD)
    assert to.endswith("?delen=2#deel-2")
    assert 'name="deel-2"' in office.get("anna", to.partition("#")[0]).text
    two = GOOD | {"kop-2": "Later", "deel-2": "Ophalen kan zonder kind.", "intern-2": "ja"}
    saved(office, address, **two)
    public, internal, _ = draft_at(office, address).document.sections
    assert (public.visibility, internal.visibility) == (Visibility.PUBLIC, Visibility.INTERNAL)
    saved(office, address, does="weg-1", **two)
    assert next(part.heading for part in draft_at(office, address).document.sections) == "Later"


def test_mending_starts_with_the_published_text_and_saving_changes_nothing_else(office: Office) -> None:
    address = begun(office, a_gap(office), "vac:paspoort")
    before = draft_at(office, address)
    page = office.get("anna", address).text
    assert "Paspoort | € 83,87" in page
    fields = dict(re.findall(r'<input id="([^"]+)" name="[^"]+" value="([^"]*)"', page))
    fields |= {
        name: value.strip("\n").replace("&#39;", "'")
        for name, value in re.findall(r'<textarea id="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    }
    fields |= dict(re.findall(r'<input type="hidden" name="(soort-\d+)" value="([^"]*)"', page))
    saved(office, address, **fields, product=PASSPORT_PRODUCT, doelgroep="everyone")
    after = draft_at(office, address).document
    assert after.title == before.document.title
    assert [(part.heading, part.text) for part in after.sections] == [
        (part.heading, part.text) for part in TEXTS[0].sections
    ]


def test_the_difference_with_the_published_text_is_said_in_words_too(office: Office) -> None:
    address = begun(office, a_gap(office), "vac:paspoort")
    saved(office, address, **(GOOD | {"deel-1": "Een paspoort kost € 90,00. U betaalt met pin aan de balie.",
                                      "kop-1": "Kosten"}))  # fmt: skip
    page = office.get("anna", address).text
    assert "<del>" in page
    assert "<ins>" in page
    assert "[weg: " in text_of(page)
    assert "[erbij: " in text_of(page)


def test_beginning_again_goes_on_with_the_same_text(office: Office) -> None:
    gap = a_gap(office)
    assert begun(office, gap) == begun(office, gap, by="bert")
    assert begun(office, gap, "vac:paspoort") != begun(office, gap)


def test_a_text_that_is_not_there_cannot_be_mended(office: Office) -> None:
    gap = a_gap(office)
    assert begun(office, gap, "vac:bestaat-niet") == f"/duo/signalen/{gap.number}"


def test_personal_data_is_refused_in_place_with_what_was_typed(office: Office) -> None:
    address = begun(office, a_gap(office))
    answer = office.post("anna", address, versie="1", **(GOOD | {"vragen": "Mijn bsn is 111222333"}))
    assert answer.status_code == 400
    assert "burgerservicenummer" in answer.text
    assert "Ja. Uw kind gaat altijd mee" in answer.text
    assert draft_at(office, address).version == 1


def test_what_is_not_ready_stays_with_its_writer_and_says_why(office: Office) -> None:
    address = begun(office, a_gap(office))
    answer = office.post("anna", address, versie="1", doe="indienen", **(GOOD | {"feit": "gratis"}))
    assert answer.status_code == 400
    assert "“gratis” staat niet in de tekst." in text_of(answer.text)
    assert 'href="#feit"' in answer.text
    draft = draft_at(office, address)
    assert (draft.state, draft.fact) == (DraftState.WRITING, "gratis")


def test_a_product_of_somebody_else_is_not_taken_over(office: Office) -> None:
    address = begun(office, a_gap(office))
    saved(office, address, **(GOOD | {"product": "http://elders.example/product"}))
    assert draft_at(office, address).document.products == (PASSPORT_PRODUCT,)


def test_a_text_of_another_duo_does_not_exist(office: Office) -> None:
    gap = office.town.signal("Grofvuil?", owner=WASTE)
    address = begun(office, gap, by="carla")
    for answer in (
        office.get("anna", address),
        office.get("anna", f"{address}/versies"),
        office.post("anna", address, versie="1", **GOOD),
        office.post("anna", f"{address}/voorbeeld", **GOOD),
        office.post("anna", f"{address}/goedkeuren"),
        office.post("anna", f"{address}/terug", opmerking="x"),
        office.post("anna", f"{address}/weggooien"),
    ):
        assert answer.status_code == 404
    assert office.get("anna", "/duo/teksten/00000000-0000-0000-0000-000000000000").status_code == 404


def test_a_text_can_be_thrown_away(office: Office) -> None:
    gap = a_gap(office)
    address = begun(office, gap)
    answer = office.post("anna", f"{address}/weggooien")
    assert answer.headers["location"] == f"/duo/signalen/{gap.number}?gedaan=weggegooid"
    assert draft_at(office, address).state is DraftState.DROPPED


# -- two at once ---------------------------------------------------------------------------------


def test_the_second_of_two_sees_both_texts_and_loses_nothing(office: Office) -> None:
    address = begun(office, a_gap(office))
    saved(office, address, by="bert", **(GOOD | {"deel-1": "Tekst van Bert: altijd mee."}))
    late = office.post("anna", address, versie="1", **(GOOD | {"deel-1": "Tekst van Anna: altijd mee."}))
    assert late.status_code == 409
    said = text_of(late.text)
    assert "Bert Smit heeft deze tekst net ook bewaard" in said
    assert "[van de ander: Bert ]" in said.replace("[van de ander: Bert: ]", "[van de ander: Bert ]")
    assert "[van u: Anna" in said
    beside = said[said.index("Doorgestreept is van de ander") : said.index("Deel 1 van het antwoord")]
    assert "Wat erbij komt" not in beside  # one legend is enough
    assert "Tekst van Anna: altijd mee." in late.text
    assert draft_at(office, address).document.sections[0].text == "Tekst van Bert: altijd mee."
    seen = re.search(r'name="versie" value="(\d+)"', late.text)
    assert seen is not None
    merged = GOOD | {"deel-1": "Tekst van Bert en Anna: altijd mee."}
    assert office.post("anna", address, versie=seen[1], **merged).status_code == 303
    assert draft_at(office, address).document.sections[0].text == merged["deel-1"]
    versions = text_of(office.get("anna", f"{address}/versies").text)
    assert "apart bewaard" in versions
    aside = office.get("anna", f"{address}/versies?versie=3").text
    assert "Anna" in text_of(aside)


# -- looking as if -------------------------------------------------------------------------------


def test_the_preview_answers_with_what_is_typed_and_keeps_nothing(office: Office) -> None:
    address = begun(office, a_gap(office))
    before = draft_at(office, address)
    answer = office.post("anna", f"{address}/voorbeeld", **GOOD)
    assert answer.status_code == 200
    said = " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
    assert f"“{CHILD}”" in said
    assert "In de zijbalk" in said
    assert "Op de website" in said
    assert "Uw tekst komt als eerste." in said
    assert draft_at(office, address) == before
    assert "<html" not in answer.text


def test_without_a_script_the_preview_comes_with_the_page(office: Office) -> None:
    address = begun(office, a_gap(office))
    to = saved(office, address, does="bekijken", **GOOD)
    assert "Uw tekst komt als eerste." in text_of(office.get("anna", to.partition("#")[0]).text)


def test_an_empty_text_has_no_preview(office: Office) -> None:
    address = begun(office, a_gap(office))
    assert "Schrijf eerst een titel en een tekst." in office.post("anna", f"{address}/voorbeeld").text


# -- review and proof ----------------------------------------------------------------------------


def test_from_a_question_to_a_proven_answer(office: Office) -> None:
    gap, address = submitted(office)
    mine = text_of(office.get("anna", address).text)
    assert "Dit is uw eigen tekst." in mine
    assert "Keur goed" not in mine
    assert "1 tekst wacht op uw controle." in text_of(office.get("bert", "/duo").text)
    assert "Keur goed en plaats" in office.get("bert", address).text
    done = office.post("bert", f"{address}/goedkeuren", versie=str(draft_at(office, address).version))
    assert done.status_code == 303, text_of(done.text)
    said = text_of(office.get("bert", done.headers["location"]).text)
    assert "De tekst is geplaatst." in said
    assert "Opgelost: alle vragen krijgen nu het goede antwoord." in said
    now = office.town.desk.signals.gaps.get(gap.id)
    assert now is not None
    assert now.state is GapState.SOLVED
    assert "Opgelost" in text_of(office.get("anna", f"/duo/signalen/{gap.number}").text)


def test_nobody_approves_their_own_text(office: Office) -> None:
    _, address = submitted(office)
    refused = office.post("anna", f"{address}/goedkeuren", versie="2")
    assert refused.status_code == 403
    assert "Dit is uw eigen tekst." in refused.text
    assert draft_at(office, address).state is DraftState.SUBMITTED


def test_a_text_that_does_not_prove_itself_shows_what_fails(office: Office) -> None:
    gap = a_gap(office)
    address = begun(office, gap)
    saved(office, address, does="indienen", **(GOOD | {"controle-2": "Hoe laat komt de vuilniswagen?"}))
    office.post("bert", f"{address}/goedkeuren", versie=str(draft_at(office, address).version))
    said = text_of(office.get("bert", address).text)
    assert "Nog niet opgelost." in said
    assert "Hoe laat komt de vuilniswagen?" in said
    assert "nee nee nee" in said
    now = office.town.desk.signals.gaps.get(gap.id)
    assert now is not None
    assert now.state is GapState.OPEN


def test_giving_back_takes_a_remark_that_the_writer_reads(office: Office) -> None:
    _, address = submitted(office)
    empty = office.post("bert", f"{address}/terug", opmerking=" ")
    assert empty.status_code == 400
    back = office.post("bert", f"{address}/terug", opmerking="Noem ook baby's.")
    assert back.status_code == 303
    page = office.get("anna", address).text
    assert "Bert Smit gaf de tekst terug met deze opmerking:" in page
    assert "Noem ook baby&#39;s." in page
    assert 'name="deel-1"' in page


def test_the_writer_takes_a_text_back_without_a_remark(office: Office) -> None:
    _, address = submitted(office)
    assert "Haal terug om te verbeteren" in office.get("anna", address).text
    assert office.post("anna", f"{address}/terug").status_code == 303
    assert draft_at(office, address).state is DraftState.RETURNED


def test_what_changed_since_the_reviewer_looked_is_not_approved_unseen(office: Office) -> None:
    _, address = submitted(office)
    looked_at = draft_at(office, address).version
    office.post("anna", f"{address}/terug")
    saved(office, address, does="indienen", **(GOOD | {"deel-1": "Nee hoor, altijd mee is onzin."}))
    late = office.post("bert", f"{address}/goedkeuren", versie=str(looked_at))
    assert late.status_code == 409
    assert "deze tekst is net veranderd" in late.text
    assert draft_at(office, address).state is DraftState.SUBMITTED


def test_a_published_text_that_changed_meanwhile_is_seen_first(office: Office) -> None:
    gap = a_gap(office)
    address = begun(office, gap, "vac:paspoort")
    saved(office, address, does="indienen", **GOOD)
    changed = replace(TEXTS[0], title="Wat kost een paspoort nu?")
    office.town.library.apply(changed.collection, changed.source, [changed])
    path, version = f"{address}/goedkeuren", str(draft_at(office, address).version)
    first = office.post("bert", path, versie=version)
    assert first.status_code == 409
    assert "is veranderd nadat deze verbetering is begonnen" in first.text
    assert 'name="gezien"' in first.text
    assert office.post("bert", path, versie=version, gezien="ja").status_code == 303


def test_a_coordinator_lifts_the_four_eyes_with_a_reason(office: Office) -> None:
    _, address = submitted(office)
    id = address.rpartition("/")[2]
    assert "Zonder tweede paar ogen" not in office.get("bert", address).text
    assert "Zonder tweede paar ogen" in office.get("coordinator", address).text
    assert office.post("anna", "/duo/vier-ogen", tekst=id, reden="haast").status_code == 403
    assert office.post("coordinator", "/duo/vier-ogen", tekst=id, reden=" ").status_code == 400
    assert office.post("coordinator", "/duo/vier-ogen", tekst=id, reden="Dijk breekt door").status_code == 303
    assert "mag een tekst zonder tweede paar ogen worden geplaatst" in office.get("anna", "/duo").text
    version = str(draft_at(office, address).version)
    assert office.post("anna", f"{address}/goedkeuren", versie=version).status_code == 303


# -- linking -------------------------------------------------------------------------------------

LINK = {
    "tekst": "vac:paspoort",
    "vraag": "Hoeveel moet ik betalen voor mijn reisdocument?",
    "feit": "€ 83,87",
    "controle-1": "Wat kost een paspoort aan de balie?",
    "controle-2": "Kosten paspoort met pin?",
}


def test_a_question_is_linked_to_a_text_that_is_found(office: Office) -> None:
    gap = office.town.signal("Hoeveel moet ik betalen voor mijn reisdocument?")
    path = f"/duo/signalen/{gap.number}/koppelen"
    found = text_of(office.get("anna", f"{path}?zoek=kosten paspoort").text)
    assert "Wat kost een paspoort?" in found
    form = office.get("anna", f"{path}?tekst=vac:paspoort").text
    assert gap.question in form
    incomplete = office.post("anna", path, **(LINK | {"feit": "€ 1,00"}))
    assert incomplete.status_code == 400
    assert "“€ 1,00” staat niet in de tekst." in text_of(incomplete.text)
    assert LINK["controle-1"] in incomplete.text
    assert office.post("anna", path, **LINK).headers["location"].endswith("?gedaan=koppelen")
    (draft,) = office.town.desk.drafts.of_gap(gap.id)
    review = text_of(office.get("bert", f"/duo/teksten/{draft.id}").text)
    assert "Wie dit vraagt, krijgt straks de tekst hieronder:" in review
    assert LINK["vraag"] in review
    approved = office.post("bert", f"/duo/teksten/{draft.id}/goedkeuren", versie=str(draft.version))
    assert approved.status_code == 303
    assert "Opnieuw gevraagd" in text_of(office.get("bert", f"/duo/teksten/{draft.id}").text)


def test_a_link_that_is_given_back_can_be_mended(office: Office) -> None:
    gap = office.town.signal("Hoeveel moet ik betalen voor mijn reisdocument?")
    office.post("anna", f"/duo/signalen/{gap.number}/koppelen", **LINK)
    (draft,) = office.town.desk.drafts.of_gap(gap.id)
    address = f"/duo/teksten/{draft.id}"
    office.post("bert", f"{address}/terug", opmerking="Andere vraag graag.")
    page = office.get("anna", address).text
    assert 'name="deel-1"' not in page
    assert 'name="vragen"' in page
    saved(office, address, does="indienen", **{name: LINK[name] for name in LINK if name[0] in "fc"},
          vragen="Wat betaal ik voor een reisdocument?")  # fmt: skip
    mended = draft_at(office, address)
    assert mended.wordings == ("Wat betaal ik voor een reisdocument?",)
    assert mended.document.title == "Wat kost een paspoort?"


# -- emergencies and export ----------------------------------------------------------------------


def test_an_editor_stops_a_text_everywhere_and_lets_it_go_again(office: Office) -> None:
    key = key_of(office.town.settings.collection, "vac:paspoort")
    found = text_of(office.get("editor", "/duo/noodstop?zoek=paspoort").text)
    assert "Wat kost een paspoort?" in found
    assert "Haal deze tekst overal weg" in office.get("editor", "/duo/noodstop?tekst=vac:paspoort").text
    assert office.post("editor", "/duo/noodstop", tekst="vac:paspoort", reden="").status_code == 400
    stop = office.post("editor", "/duo/noodstop", tekst="vac:paspoort", reden="Verkeerd bedrag")
    assert stop.status_code == 303
    assert office.town.library.document(key) is None
    listed = text_of(office.get("coordinator", "/duo/noodstop").text)
    assert "Verkeerd bedrag" in listed
    assert "Weggehaald door Gerda Pol" in listed
    again = office.post("editor", "/duo/noodstop", tekst="vac:paspoort", reden="nog eens")
    assert again.status_code == 404
    assert office.post("coordinator", "/duo/noodstop/terug", tekst="vac:paspoort").status_code == 303
    assert office.town.library.document(key) is not None


@pytest.mark.parametrize("name", ["anna", "head", "admin", "agent"])
def test_only_editors_and_coordinators_stop_a_text(office: Office, name: str) -> None:
    assert office.post(name, "/duo/noodstop", tekst="vac:paspoort", reden="x").status_code == 403


def test_the_texts_of_duos_are_downloaded_as_vacs(office: Office) -> None:
    _, address = submitted(office)
    office.post("bert", f"{address}/goedkeuren", versie=str(draft_at(office, address).version))
    answer = office.get("editor", "/duo/export")
    assert answer.headers["content-disposition"] == 'attachment; filename="teksten-2026-11-25.json"'
    (one,) = answer.json()["results"]
    assert one["vac"]["vraag"] == GOOD["titel"]
    assert "altijd mee" in one["vac"]["antwoord"]
    assert "Ook baby" not in one["vac"]["antwoord"]
