"""The question back that a model worded: marked as such on every page and in the API, and known as ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.domain.answer import Answer, AskedBack, Status
from service.domain.person import Role
from service.domain.question import Asker
from service.storage.database import open_database
from service.storage.rewordings import Rewordings
from service.web.desk import Desk
from tests.service.web import conftest
from tests.service.web.conftest import Site, settings_in
from tests.service.web.fakes import FakeAnswering

SENTENCE = "Bedoelt u een paspoort of een identiteitskaart?"
BACK = AskedBack(SENTENCE, "proefmodel", datetime(2026, 11, 22, 9, tzinfo=UTC))
QUESTION = "kaart of pas"
MADE = "Deze vraag is gemaakt met AI, door proefmodel op 22 november 2026."


class AsksBack(FakeAnswering):
    """Asks which one is meant in a model's words."""

    def _answer(self, text: str, asker: Asker) -> Answer:
        answer = super()._answer(text, asker)
        return replace(answer, asked_back=BACK) if answer.status is Status.CLARIFY_PRODUCT else answer


class Finds:
    """A desk's rewordings, as far as texts are looked up in them."""

    def __init__(self, kept: Rewordings) -> None:
        self.kept = kept


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    settings = settings_in(tmp_path)
    plain_desk = conftest.desk_in

    def desk_in(*given: object) -> Desk:
        kept = Rewordings(open_database(settings.database_url), settings.collection)
        return replace(plain_desk(*given), reworder=Finds(kept))  # type: ignore[arg-type]

    monkeypatch.setattr(conftest, "desk_in", desk_in)
    yield from conftest.running_site(settings, AsksBack())


def test_staff_read_it_above_the_choices_with_how_it_was_made(site: Site) -> None:
    site.sign_in(Role.AGENT)
    html = site.client.post("/zijbalk/vragen", data={"vraag": QUESTION}).text
    assert html.index("Vraag de klant welke") < html.index(SENTENCE) < html.index(MADE)
    assert 'data-ai-generated="true"' in html


def test_a_visitor_reads_it_above_the_choices_with_how_it_was_made(site: Site) -> None:
    html = site.client.post("/vraag/vragen", data={"vraag": QUESTION}).text
    assert html.index(SENTENCE) < html.index(MADE) < html.index('class="texts"')
    assert 'data-ai-generated="true"' in html


def test_the_api_says_that_ai_made_it_and_keeps_it(site: Site) -> None:
    reply = site.client.post("/v1/vragen", json={"vraag": QUESTION})
    body = reply.json()
    assert reply.headers["AI-Generated"] == "true"
    assert body["uitkomst"] == "welke_bedoelt_u"
    assert body["wedervraag"] == {
        "tekst": SENTENCE, "aiGegenereerd": True, "model": "proefmodel", "gemaakt": "2026-11-22T09:00:00Z",
    }  # fmt: skip
    token = {"Gesprek-Token": reply.headers["Gesprek-Token"]}
    again = site.client.get(f"/v1/vragen/{body['id']}", headers=token)
    assert again.json()["wedervraag"] == body["wedervraag"]


def test_without_one_nothing_is_marked(site: Site) -> None:
    reply = site.client.post("/v1/vragen", json={"vraag": "Wat kost een paspoort?"})
    assert reply.json()["wedervraag"] is None
    assert "AI-Generated" not in reply.headers
    assert "asked-back" not in site.client.post("/vraag/vragen", data={"vraag": "twijfel"}).text


def test_a_text_check_knows_that_a_model_wrote_it(site: Site) -> None:
    assert site.client.post("/v1/tekstcontroles", json={"tekst": SENTENCE}).json()["aiGegenereerd"] is False
    site.client.post("/v1/vragen", json={"vraag": QUESTION})
    found = site.client.post("/v1/tekstcontroles", json={"tekst": SENTENCE.upper()}).json()
    assert (found["aiGegenereerd"], found["model"]) == (True, "proefmodel")
