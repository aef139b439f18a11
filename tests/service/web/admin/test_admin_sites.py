"""The websites with the chat, the switches, and a conversation that has to go, as people manage them."""

from __future__ import annotations

import html
import uuid

import pytest

from service.domain.question import VISITOR, Channel
from service.web import wording_sites as wording
from service.web.switches import NAME, Switches, switches_in
from service.web.widget.sites import PREFIX, Site, site_of
from service.web.widget.themes import BUTTON, INK, OWN
from tests.service.web.admin.conftest import AdminOffice

LIST, SWITCHES, ERASING = "/beheer/sites", "/beheer/schakelaars", "/beheer/gesprekken"
GOOD = {
    "sleutel": "merelveen", "naam": "Gemeente Merelveen", "adressen": "https://www.merelveen.nl/\n",
    "taal": "nl", "uiterlijk": "utrecht", "aan": "ja", "kleuren": "", "versie": "0",
}  # fmt: skip


def kept(office: AdminOffice, key: str = "merelveen") -> Site | None:
    return site_of(key, office.town.desk.choices.get(PREFIX + key).value)


def added(office: AdminOffice, **changes: str) -> Site:
    assert office.post("coordinator", f"{LIST}/nieuw", **(GOOD | changes)).status_code == 303
    site = kept(office)
    assert site
    return site


def test_a_website_is_added_changed_and_taken_away(office: AdminOffice) -> None:
    assert wording.SITES_NONE in office.get("coordinator", LIST).text
    site = added(office)
    assert (site.origins, site.theme, site.on) == (("https://www.merelveen.nl",), "utrecht", True)
    assert office.audit[0] == ("site.changed", "site/merelveen")
    page = html.unescape(office.get("coordinator", f"{LIST}/merelveen").text)
    assert 'data-site="merelveen" data-taal="nl"' in page
    assert "integrity=" in page
    changed = {name: value for name, value in GOOD.items() if name != "aan"} | {"versie": "1", "taal": "en"}
    assert office.post("coordinator", f"{LIST}/merelveen", **changed).status_code == 303
    now = kept(office)
    assert now is not None
    assert (now.on, now.language) == (False, "en")
    assert office.post("coordinator", f"{LIST}/merelveen/weg", versie="2").status_code == 303
    assert kept(office) is None
    assert office.audit[0] == ("site.removed", "site/merelveen")
    assert office.get("coordinator", f"{LIST}/merelveen").status_code == 404
    added(office)  # the key is free again


def test_the_chat_follows_at_once(office: AdminOffice) -> None:
    added(office)
    policy = office.site.get("/chat?site=merelveen").headers["Content-Security-Policy"]
    assert "frame-ancestors https://www.merelveen.nl;" in policy
    style = office.site.get("/chat/thema/merelveen.css").text
    assert f"{BUTTON}:#24578f;" in style


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("sleutel", "Merel veen", wording.WRONG_KEY),
        ("sleutel", "nieuw", wording.WRONG_KEY),
        ("sleutel", "standaard", wording.WRONG_KEY),
        ("naam", " ", wording.WRONG_NAME),
        ("naam", "x" * 101, wording.WRONG_NAME),
        ("adressen", "http://www.merelveen.nl", "Schrijf het als https://www.merelveen.nl"),
        ("adressen", "https://*.merelveen.nl", "Schrijf het als https://www.merelveen.nl"),
        ("adressen", "null", "Dit is geen adres van een website: null"),
        ("adressen", "\n".join(f"https://{n}.nl" for n in range(11)), "ten hoogste 10 adressen"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(
    office: AdminOffice, field: str, value: str, says: str
) -> None:
    response = office.post("coordinator", f"{LIST}/nieuw", **(GOOD | {field: value}))
    assert response.status_code == 400
    page = html.unescape(response.text)
    assert says in page
    assert f'id="{field}-fout" role="alert"' in page
    assert f"{field}-fout" in page.split(f'id="{field}"')[1]
    assert kept(office) is None


def test_colours_that_cannot_be_read_are_refused(office: AdminOffice) -> None:
    pale = {"uiterlijk": OWN, "kleuren": f"{INK}: #999;"}
    response = office.post("coordinator", f"{LIST}/nieuw", **(GOOD | pale))
    assert response.status_code == 400
    weak = "De tekst is niet goed te zien op de achtergrond: het contrast is 2,8 en moet 4,5 zijn."
    assert weak in response.text
    named = {"uiterlijk": OWN, "kleuren": f"{INK}: zwart;"}
    response = office.post("coordinator", f"{LIST}/nieuw", **(GOOD | named))
    assert INK in response.text
    assert response.status_code == 400
    assert added(office, uiterlijk=OWN, kleuren=f"{INK}: #333;").colours == {INK: "#333333"}


def test_a_key_is_given_once(office: AdminOffice) -> None:
    added(office)
    response = office.post("coordinator", f"{LIST}/nieuw", **GOOD)
    assert response.status_code == 400
    assert wording.WRONG_KEY_TAKEN in response.text


def test_who_was_second_sees_both(office: AdminOffice) -> None:
    added(office)
    first = office.post("coordinator", f"{LIST}/merelveen", **(GOOD | {"versie": "1", "naam": "Een"}))
    assert first.status_code == 303
    response = office.post("admin", f"{LIST}/merelveen", **(GOOD | {"versie": "1", "naam": "Twee"}))
    assert response.status_code == 409
    assert "Een" in response.text
    site = kept(office)
    assert site
    assert site.name == "Een"


def test_a_website_that_is_not_there_is_not_changed(office: AdminOffice) -> None:
    assert office.post("coordinator", f"{LIST}/weg", **GOOD).status_code == 404
    assert office.post("coordinator", f"{LIST}/weg/weg", versie="0").status_code == 404


@pytest.mark.parametrize("name", ["widget", "api", "model"])
def test_a_switch_is_turned_and_turned_back(office: AdminOffice, name: str) -> None:
    assert office.get("coordinator", SWITCHES).text.count(wording.SWITCH_IS[True]) == 3
    off = office.post("coordinator", SWITCHES, onderdeel=name, stand="uit", versie="0")
    assert off.status_code == 303
    assert switches_in(office.town.desk.choices.get(NAME).value) == Switches(**{name: False})
    assert office.audit[0] == (f"{name}.off", "switches")
    assert office.site.app.state.switches() == Switches(**{name: False})  # type: ignore[attr-defined]
    page = office.get("coordinator", off.headers["Location"]).text
    assert wording.SWITCHED[False].format(name=wording.SWITCHES[name][0]) in page
    assert office.post("admin", SWITCHES, onderdeel=name, stand="aan", versie="1").status_code == 303
    assert switches_in(office.town.desk.choices.get(NAME).value) == Switches()
    assert office.audit[0] == (f"{name}.on", "switches")


def test_two_who_turn_at_once_do_not_turn_each_others(office: AdminOffice) -> None:
    office.post("coordinator", SWITCHES, onderdeel="api", stand="uit", versie="0")
    second = office.post("admin", SWITCHES, onderdeel="widget", stand="uit", versie="0")
    assert second.status_code == 409
    assert wording.SWITCH_MEANWHILE in second.text
    assert switches_in(office.town.desk.choices.get(NAME).value) == Switches(api=False)
    assert office.post("admin", SWITCHES, onderdeel="alles", stand="uit", versie="1").status_code == 400


def test_a_conversation_is_erased_by_its_number(office: AdminOffice) -> None:
    desk = office.site.app.state.reception.desk()  # type: ignore[attr-defined]
    reply = desk.ask("Wat kost een paspoort?", Channel.WEBSITE, "nl", VISITOR)
    number = str(reply.turn.question.conversation)
    erased = office.post("coordinator", ERASING, gesprek=f" {number} ")
    assert erased.status_code == 303
    assert wording.ERASED in office.get("coordinator", erased.headers["Location"]).text
    assert office.audit[0] == ("conversation.erased", number)
    for gone in (number, "x", "", str(uuid.uuid4())):
        refused = office.post("coordinator", ERASING, gesprek=gone)
        assert refused.status_code == 400
        assert wording.ERASED_NOT in refused.text


@pytest.mark.parametrize("path", [LIST, f"{LIST}/nieuw", SWITCHES, ERASING])
def test_only_who_manages_gets_here(office: AdminOffice, path: str) -> None:
    assert office.get("coordinator", path).status_code == 200
    assert office.get("agent", path).status_code == 403
