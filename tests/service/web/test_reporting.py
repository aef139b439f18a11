"""An agent or a visitor brings a question to a duo, and hears how it ended: sidebar and API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.domain.gap import Fault, GapKind, GapState, Origin
from service.domain.person import Role
from service.duos.signals import Signals
from service.people.people import People
from service.storage.approvals import Approvals
from service.storage.database import open_database
from service.web.site import build_site
from tests.service.duos.houses import BERT, TownHall
from tests.service.web.conftest import STAFF_TOKEN, Site, add_person, desk_in, people_in, settings_in
from tests.service.web.fakes import FakeAnswering

QUESTION = "Ik twijfel: hoe lang is een paspoort geldig?"
STAFF = {"Authorization": f"Bearer {STAFF_TOKEN}"}


@dataclass
class _Loop:
    signals: Signals
    drafts: Any = None
    steering: Any = None
    choices: Any = None
    post: Any = None


@dataclass
class Counter:
    """A site with signals behind it."""

    client: TestClient
    hall: TownHall
    people: People

    def sign_in(self, *roles: Role) -> None:
        person = add_person(self.people, *roles)
        self.client.cookies.set("antwoordduo", self.people.sessions.open(person.id))

    def ask_in_sidebar(self, text: str = QUESTION) -> str:
        """The id of a question that was asked there."""
        shown = self.client.post("/zijbalk/vragen", data={"vraag": text}).text
        found = re.search(r'action="/zijbalk/vragen/([^/]+)/signaal"', shown)
        return found[1] if found else ""

    def ask(self, **headers: str) -> tuple[str, dict[str, str]]:
        """The id of a question that was asked by the API, and what opens it."""
        answer = self.client.post("/v1/vragen", json={"vraag": QUESTION}, headers=headers)
        return answer.json()["id"], {"Gesprek-Token": answer.headers["Gesprek-Token"]}

    def gap(self, number: int = 1) -> Any:
        return self.hall.signals.gaps.find(number)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    settings = settings_in(tmp_path, mail_host="127.0.0.1")
    people = people_in(settings)
    desk = desk_in(settings, FakeAnswering())
    hall = TownHall(open_database(settings.database_url))
    looped = replace(desk, loop=_Loop(hall.signals))
    app = build_site(settings, lambda: looped, people)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        while client.get("/healthz/ready").status_code != 200:
            pass
        yield Counter(client, hall, people)


def test_an_agent_asks_the_duo_and_reads_where_it_is(counter: Counter) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar()
    page = counter.client.post(f"/zijbalk/vragen/{id}/signaal", data={"soort": "duo", "toelichting": "spoed"})
    assert page.status_code == 200
    assert "Uw vraag staat bij het duo Reisdocumenten, als signaal 1." in page.text
    assert QUESTION in page.text
    assert (counter.gap().state, counter.gap().owner.duo) == (GapState.OPEN, "reis")


@pytest.mark.parametrize("fault", list(Fault))
def test_an_agent_says_what_is_wrong(counter: Counter, fault: Fault) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar()
    assert (
        counter.client.post(f"/zijbalk/vragen/{id}/signaal", data={"soort": fault.value}).status_code == 200
    )
    (asking,) = counter.hall.signals.gaps.askings(counter.gap().id)
    assert (asking.origin, asking.fault) == (Origin.REJECTED, fault)


def test_a_choice_that_is_missing_is_asked_for_and_nothing_is_lost(counter: Counter) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar()
    page = counter.client.post(f"/zijbalk/vragen/{id}/signaal", data={"soort": "iets"})
    assert page.status_code == 400
    assert "Kies wat er aan de hand is" in page.text
    assert QUESTION in page.text
    assert counter.gap() is None


def test_a_visitor_sees_no_such_form_and_may_not_use_it(counter: Counter) -> None:
    assert counter.ask_in_sidebar() == ""
    id, _ = counter.ask()
    refused = counter.client.post(f"/zijbalk/vragen/{id}/signaal", data={"soort": "duo"})
    assert refused.status_code == 401
    assert counter.gap() is None


def test_how_it_ended_stands_on_the_page_until_it_is_read(counter: Counter) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar()
    counter.client.post(f"/zijbalk/vragen/{id}/signaal", data={"soort": "duo"})
    assert "Antwoord op wat u vroeg" not in counter.client.get("/zijbalk").text
    counter.hall.signals.dismiss(counter.gap(), "Dit regelt <het Rijk>.", BERT)
    page = counter.client.get("/zijbalk").text
    assert "Dit regelt &lt;het Rijk&gt;." in page
    found = re.search(r'action="(/zijbalk/berichten/[^"]+)"', page)
    assert found
    assert "Antwoord op wat u vroeg" not in counter.client.post(found[1]).text


def test_somebody_elses_news_cannot_be_put_away(counter: Counter) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar()
    counter.client.post(f"/zijbalk/vragen/{id}/signaal", data={"soort": "duo"})
    counter.hall.signals.dismiss(counter.gap(), "nee", BERT)
    found = re.search(r'action="(/zijbalk/berichten/[^"]+)"', counter.client.get("/zijbalk").text)
    assert found
    mine = counter.client.cookies.get("antwoordduo")
    counter.sign_in(Role.DUO_MEMBER)
    counter.client.post(found[1])
    counter.client.cookies.set("antwoordduo", mine or "")
    assert "Antwoord op wat u vroeg" in counter.client.get("/zijbalk").text


def test_a_visitor_says_that_it_does_not_help(counter: Counter) -> None:
    id, token = counter.ask()
    body = {"fout": "onduidelijk", "toelichting": "Ik bel wel, 06-12345678"}
    answer = counter.client.post(f"/v1/vragen/{id}/beoordelingen", json=body, headers=token)
    assert answer.status_code == 201
    assert answer.json() == {"signaal": str(counter.gap().id)}
    (asking,) = counter.hall.signals.gaps.askings(counter.gap().id)
    assert (asking.origin, asking.fault, counter.gap().kind) == (
        Origin.NOT_HELPED,
        Fault.UNCLEAR,
        GapKind.REJECTED,
    )
    assert "12345678" not in asking.remark


def test_the_question_then_names_its_signal(counter: Counter) -> None:
    id, token = counter.ask()
    assert counter.client.get(f"/v1/vragen/{id}", headers=token).json()["signaal"] is None
    counter.client.post(f"/v1/vragen/{id}/beoordelingen", json={"fout": "onjuist"}, headers=token)
    assert counter.client.get(f"/v1/vragen/{id}", headers=token).json()["signaal"] == str(counter.gap().id)


@pytest.mark.parametrize("path", ["beoordelingen", "antwoordadressen"])
def test_only_who_holds_the_conversation_may(counter: Counter, path: str) -> None:
    id, _ = counter.ask()
    body = {"fout": "onjuist"} if path == "beoordelingen" else {"email": "naam@voorbeeld.example"}
    there = f"/v1/vragen/{id}/{path}"
    assert counter.client.post(there, json=body).status_code == 401
    assert counter.client.post(there, json=body, headers={"Gesprek-Token": "x"}).status_code == 404
    assert counter.gap() is None


def test_an_address_opens_it_and_has_to_be_one(counter: Counter) -> None:
    id, token = counter.ask()
    there = f"/v1/vragen/{id}/antwoordadressen"
    for bad in ("geen adres", "a@b@c", "naam@voorbeeld.example\nBcc: x@y.example"):
        refused = counter.client.post(there, json={"email": bad}, headers=token)
        assert refused.status_code == 400
        assert refused.json()["title"]
    assert (
        counter.client.post(there, json={"email": "naam@voorbeeld.example"}, headers=token).status_code == 201
    )
    assert counter.gap().state is GapState.OPEN


def test_staff_ask_the_duo_and_follow_it(counter: Counter) -> None:
    id, token = counter.ask()
    there = f"/v1/vragen/{id}/signalen"
    assert counter.client.post(there, json={}, headers=token).status_code == 401
    assert counter.client.post(there, json={"toelichting": "klant belt"}, headers=STAFF).status_code == 201
    assert counter.client.get("/v1/signalen/1").status_code == 401
    shown = counter.client.get("/v1/signalen/1", headers=STAFF).json()
    assert (shown["nummer"], shown["stand"], shown["eigenaar"]) == (1, "open", "Reisdocumenten")
    assert shown["uiterlijk"]
    assert counter.client.get("/v1/signalen/2", headers=STAFF).status_code == 404
    assert counter.client.get("/v1/signalen/0", headers=STAFF).status_code == 400


def test_a_question_that_is_not_kept_cannot_be_brought(counter: Counter) -> None:
    unknown = "/v1/vragen/00000000-0000-0000-0000-000000000000/beoordelingen"
    assert counter.client.post(unknown, json={"fout": "onjuist"}, headers=STAFF).status_code == 404


def test_no_answer_by_mail_is_promised_where_no_mail_can_go(site: Site) -> None:
    asked = site.client.post("/v1/vragen", json={"vraag": QUESTION})
    there = f"/v1/vragen/{asked.json()['id']}/antwoordadressen"
    token = {"Gesprek-Token": asked.headers["Gesprek-Token"]}
    refused = site.client.post(there, json={"email": "naam@voorbeeld.example"}, headers=token)
    assert (refused.status_code, refused.json()["title"]) == (409, "Wij kunnen hier nog geen mail sturen")


def test_an_agent_says_that_it_is_right_and_it_counts_for_the_text(counter: Counter) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar("Wat kost een paspoort?")
    for _ in range(2):
        page = counter.client.post(f"/zijbalk/vragen/{id}/klopt", data={"x": ""})
        assert "U zei dat dit klopt" in page.text
        assert "Een paspoort kost" in page.text
    kept = Approvals(counter.hall.signals.gaps.engine, "merelveen")
    assert kept.count("vac:paspoort") == 1
    assert counter.gap() is None


def test_no_answer_cannot_be_right(counter: Counter) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar()
    assert counter.client.post(f"/zijbalk/vragen/{id}/klopt", data={"x": ""}).status_code == 404


@pytest.mark.parametrize("what", ["klopt", "bewerkt"])
def test_a_visitor_may_not_say_so(counter: Counter, what: str) -> None:
    id, _ = counter.ask()
    assert counter.client.post(f"/zijbalk/vragen/{id}/{what}", data={"x": ""}).status_code == 401


def test_changed_words_go_to_the_duo_without_personal_data(counter: Counter) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar("Wat kost een paspoort?")
    words = "Een paspoort kost € 83,87. Bel mij op 06-12345678."
    page = counter.client.post(f"/zijbalk/vragen/{id}/bewerkt", data={"bewerkt": words})
    assert "als signaal 1." in page.text
    (asking,) = counter.hall.signals.gaps.askings(counter.gap().id)
    assert asking.remark.startswith("Zo is het antwoord verstuurd: Een paspoort kost € 83,87.")
    assert "12345678" not in asking.remark
    assert asking.origin is Origin.AGENT


def test_words_that_did_not_change_go_nowhere(counter: Counter) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar("Wat kost een paspoort?")
    shown = counter.client.get(f"/zijbalk/vragen/{id}").text
    copied = unescape(re.search(r'<textarea id="bewerkt"[^>]*>(.*?)</textarea>', shown, re.DOTALL)[1])  # type: ignore[index]
    for words in (copied, copied.replace("\n", "\r\n"), "  "):
        page = counter.client.post(f"/zijbalk/vragen/{id}/bewerkt", data={"bewerkt": words})
        assert page.status_code == 400
        assert "nog niets veranderd" in page.text
    assert counter.gap() is None


def test_the_script_gets_only_what_became_of_it(counter: Counter) -> None:
    counter.sign_in(Role.AGENT)
    id = counter.ask_in_sidebar("Wat kost een paspoort?")
    said = counter.client.post(
        f"/zijbalk/vragen/{id}/klopt", data={"x": ""}, headers={"X-Fragment": "bericht"}
    ).text
    thanks = "Dank u. U zei dat dit klopt."
    assert said.strip() == f'<p class="note" data-melding="{thanks}">{thanks}</p>\n<!--einde-->'


def test_a_bookmark_of_what_was_sent_gives_the_empty_page(counter: Counter) -> None:
    answer = counter.client.get("/zijbalk/vragen/1/signaal", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/zijbalk")
