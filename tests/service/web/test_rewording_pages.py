"""A reworded answer in the sidebar, the chat and the API: asked for after the quote, kept, and labelled."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Address, Endpoint, Limits, warm_up
from service.composers.llm.rewording import Rewording
from service.domain.person import Role
from service.loop import utc_now
from service.storage.database import open_database
from service.storage.model_tables import generated
from service.storage.model_tokens import ModelTokens
from service.storage.rewordings import Rewordings
from service.web.desk import Desk
from service.web.reworder import Reworder
from service.web.switches import Switches
from tests.service.composers.llm.scripted import FAULTS, Model, running
from tests.service.web import conftest
from tests.service.web.conftest import STAFF_TOKEN, Site, settings_in
from tests.service.web.fakes import FakeAnswering

GOOD = "Een paspoort kost € 83,87 als u 18 jaar of ouder bent."
PAYING = "U betaalt met pin."
LIE = "Spoed kost € 12 extra."
ON = {
    "composer": "llm", "model_url": "http://127.0.0.1:9/v1", "model_name": "proefmodel",
    "model_processor": "Rekencentrum Merelveen", "model_region": "Nederland", "model_no_training": True,
}  # fmt: skip
STAFF = {"Authorization": f"Bearer {STAFF_TOKEN}"}


@dataclass
class Reworded:
    """A site with a scripted model behind it."""

    site: Site
    model: Model

    def ask(self, **headers: str) -> tuple[dict[str, object], str]:
        """A question by the API: what came back, and the token of its conversation."""
        asked = {"vraag": "Wat kost een paspoort?"}
        reply = self.site.client.post("/v1/vragen", json=asked, headers=headers)
        return reply.json(), reply.headers.get("Gesprek-Token", "")

    def reword(self, question: object, token: str) -> Any:
        return self.site.client.post(
            f"/v1/vragen/{question}/herschrijvingen", json={}, headers={"Gesprek-Token": token}
        )


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    warm_up()


@pytest.fixture
def reworded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reworded]:
    with running(lambda call: call.say(GOOD, PAYING, LIE)) as model:
        settings = settings_in(tmp_path, **ON)
        engine = open_database(settings.database_url)
        endpoint = Endpoint(Address(model.url, "proefmodel"), Limits(connect_seconds=2.0, total_seconds=8.0))
        rewording = Rewording(
            Calls(endpoint, ModelTokens(engine, settings.collection, 100_000, utc_now)),
        )
        plain_desk = conftest.desk_in

        def desk_in(*given: object) -> Desk:
            reworder = Reworder(rewording, Rewordings(engine, settings.collection), utc_now)
            return replace(plain_desk(*given), reworder=reworder)  # type: ignore[arg-type]

        monkeypatch.setattr(conftest, "desk_in", desk_in)
        for site in conftest.running_site(settings, FakeAnswering()):
            yield Reworded(site, model)


def in_sidebar(site: Site) -> tuple[str, str]:
    """What staff see after asking, and where its rewording is asked for."""
    html = site.client.post("/zijbalk/vragen", data={"vraag": "Wat kost een paspoort?"}).text
    slot = re.search(r'data-herschrijf="([^"]+)"', html)
    return html, slot[1] if slot else ""


def test_staff_see_the_quote_first_and_then_the_checked_sentences(reworded: Reworded) -> None:
    reworded.site.sign_in(Role.AGENT)
    html, address = in_sidebar(reworded.site)
    assert "Een paspoort kost" in html
    assert reworded.model.calls == []
    answer = reworded.site.client.post(address)
    assert answer.status_code == 200
    assert answer.headers["AI-Generated"] == "true"
    assert 'data-ai-generated="true"' in answer.text
    for shown in ("Samengevat met AI", "proefmodel", "Bekijk de letterlijke tekst", 'href="#bron-1"'):
        assert shown in answer.text
    assert "heeft een ander bedrag" in answer.text  # what was left out, and why, for staff
    assert "12 extra" in answer.text


def test_it_is_made_once_however_often_it_is_asked_for(reworded: Reworded) -> None:
    reworded.site.sign_in(Role.AGENT)
    _, address = in_sidebar(reworded.site)
    first = reworded.site.client.post(address).text
    assert reworded.site.client.post(address).text == first
    assert len(reworded.model.calls) == 1


def test_only_staff_reword_in_the_sidebar(reworded: Reworded) -> None:
    _, address = in_sidebar(reworded.site)
    assert address == ""
    body, _ = reworded.ask()
    assert reworded.site.client.post(f"/zijbalk/vragen/{body['id']}/herschreven").status_code == 401


def test_a_visitor_needs_the_token_and_never_sees_what_was_left_out(reworded: Reworded) -> None:
    body, token = reworded.ask()
    path = f"/vraag/vragen/{body['id']}/herschreven"
    assert reworded.site.client.post(path, data={"sleutel": "wrong"}).status_code == 404
    assert reworded.model.calls == []
    answer = reworded.site.client.post(path, data={"sleutel": token, "taal": "nl"})
    assert answer.status_code == 200
    assert f'href="#bron-{body["id"]}-1"' in answer.text
    assert "Niet gebruikt" not in answer.text
    assert "12 extra" not in answer.text


def test_the_api_says_how_it_was_made_and_reads_back_what_was_shown(reworded: Reworded) -> None:
    body, token = reworded.ask()
    answer = reworded.reword(body["id"], token)
    assert answer.status_code == 200
    assert answer.headers["AI-Generated"] == "true"
    made = answer.json()["antwoord"]
    assert (made["soort"], made["aiGegenereerd"], made["model"]) == ("samenvatting", True, "proefmodel")
    assert [one["tekst"] for one in made["zinnen"]] == [GOOD, PAYING]
    assert made["letterlijk"][0]["tekst"] == "Een paspoort kost € 83,87."
    back = reworded.site.client.get(f"/v1/vragen/{body['id']}", headers={"Gesprek-Token": token}).json()
    assert back["antwoord"] == made


@pytest.mark.parametrize(
    "fault", ["broken", "no json", "not utf-8", "other language", "foreign source", "empty"]
)
def test_whatever_the_model_does_there_is_a_usable_answer(reworded: Reworded, fault: str) -> None:
    reworded.model.answer = FAULTS[fault]
    body, token = reworded.ask()
    answer = reworded.reword(body["id"], token)
    assert answer.status_code == 200
    assert answer.headers["AI-Generated"] == "false"
    assert answer.json()["antwoord"] == body["antwoord"]
    page = reworded.site.client.post(f"/vraag/vragen/{body['id']}/herschreven", data={"sleutel": token})
    assert page.status_code == 200
    assert "Dit staat letterlijk in onze tekst." in page.text
    assert reworded.site.client.get("/healthz/ready").json() == {"status": "ready", "reasons": []}


def test_a_text_that_was_made_here_is_recognised_as_long_as_it_is_kept(reworded: Reworded) -> None:
    body, token = reworded.ask()
    ask = reworded.site.client.post
    assert ask("/v1/tekstcontroles", json={"tekst": GOOD}).json()["aiGegenereerd"] is False
    reworded.reword(body["id"], token)
    for written in (GOOD, f"{GOOD} {PAYING}", f"  {GOOD.upper()}  ", f"Beste mevrouw. {GOOD}"):
        found = ask("/v1/tekstcontroles", json={"tekst": written}).json()
        assert (found["aiGegenereerd"], found["model"]) == (True, "proefmodel")
    for other in (LIE, "Een paspoort kost € 83,87.", PAYING):
        assert ask("/v1/tekstcontroles", json={"tekst": other}).json()["aiGegenereerd"] is False
    engine = open_database(reworded.site.settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM service_questions"))
        assert connection.execute(select(generated)).all() == []


def test_an_answer_of_before_is_read_as_it_was(reworded: Reworded) -> None:
    body, token = reworded.ask()
    engine = open_database(reworded.site.settings.database_url)
    with engine.begin() as connection:
        kept = json.loads(connection.execute(text("SELECT answer FROM service_questions")).scalar_one())
        assert kept.pop("rewording") is None
        connection.execute(text("UPDATE service_questions SET answer = :kept"), {"kept": json.dumps(kept)})
    back = reworded.site.client.get(f"/v1/vragen/{body['id']}", headers={"Gesprek-Token": token})
    assert back.json()["antwoord"] == body["antwoord"]


def test_without_a_model_nothing_is_offered_and_nothing_is_asked_for(site: Site) -> None:
    site.sign_in(Role.AGENT)
    html, address = in_sidebar(site)
    assert address == ""
    assert "herschrijven.js" not in html
    assert site.client.post(f"/zijbalk/vragen/{uuid.uuid4()}/herschreven").status_code == 404


def test_a_switch_takes_the_offer_away(reworded: Reworded) -> None:
    reworded.site.sign_in(Role.AGENT)
    app = reworded.site.client.app
    app.state.switches = lambda: Switches(model=False)  # type: ignore[attr-defined]
    assert in_sidebar(reworded.site)[1] == ""


# a process of its own: here something else may have loaded the client
OFF = """
import socket, sys, tempfile
opened = []
class Counted(socket.socket):
    def connect(self, address):
        opened.append(address)
        return super().connect(address)
    def connect_ex(self, address):
        opened.append(address)
        return super().connect_ex(address)
socket.socket = Counted
from pathlib import Path
from fastapi.testclient import TestClient
from tests.service.web.conftest import ROOT, desk_in, people_in, settings_in
from tests.service.web.fakes import FakeAnswering
from service.web.site import build_site
settings = settings_in(Path(tempfile.mkdtemp()))
from service.app import language_model_of
assert language_model_of(settings, None) is None
app = build_site(settings, lambda: desk_in(settings, FakeAnswering()), people_in(settings))
with TestClient(app, base_url=ROOT) as client:
    while client.get("/healthz/ready").status_code != 200:
        pass
    asked = client.post("/v1/vragen", json={"vraag": "Wat kost een paspoort?"})
    body, token = asked.json(), asked.headers["Gesprek-Token"]
    again = client.post(f"/v1/vragen/{body['id']}/herschrijvingen", json={}, headers={"Gesprek-Token": token})
    assert again.status_code == 404, again.status_code
assert opened == [], opened
assert "openai" not in sys.modules
print("quiet")
"""


def test_with_the_model_off_no_connection_is_opened_and_no_client_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OFF],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.strip().endswith("quiet"), done.stderr[-2000:]
