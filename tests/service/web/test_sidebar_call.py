"""This call: earlier questions, for whom the answer is, a question in the address; no list for visitors."""

from __future__ import annotations

import re
import uuid

import pytest

from embeddings.document import Audience
from service.domain.person import Role
from service.domain.question import AGENT
from service.web.sidebar_call import chosen_audience, for_audience
from tests.service.web.conftest import Site

FIRST, SECOND = "Wat kost een paspoort?", "En wat kost een kaart?"
OVER = "U bent niet meer aangemeld. U ziet nu alleen openbare teksten."


def conversation_in(page: str) -> str:
    found = re.search(r'name="gesprek" id="gesprek" value="([^"]*)"', page)
    assert found
    return found[1]


def ask(site: Site, text: str, conversation: str = "", **fields: str) -> str:
    data = {"vraag": text, "gesprek": conversation} | fields
    return site.client.post("/zijbalk/vragen", data=data).text


def test_earlier_questions_lead_to_their_answers(site: Site) -> None:
    site.sign_in(Role.AGENT)
    first = ask(site, FIRST)
    second = ask(site, SECOND, conversation_in(first))
    (address,) = re.findall(r'href="(/zijbalk/vragen/[^"]+)" data-eerder', second)
    again = site.client.get(address).text
    assert conversation_in(again) == conversation_in(first)
    assert f'data-vraag="{FIRST}"' in again
    assert SECOND in again


def test_the_same_question_twice_is_one_button_and_never_the_one_that_is_shown(site: Site) -> None:
    site.sign_in(Role.AGENT)
    page = ask(site, FIRST)
    for text in (SECOND, FIRST, SECOND, *(f"Vraag {number}?" for number in range(7))):
        page = ask(site, text, conversation_in(page))
    shown = re.findall(r'data-eerder dir="auto">([^<]+)<', page)
    assert shown == [f"Vraag {number}?" for number in (5, 4, 3, 2, 1)]


def test_a_visitor_has_no_list_and_no_way_to_an_answer(site: Site) -> None:
    page = ask(site, SECOND, conversation_in(ask(site, FIRST)))
    assert "data-eerder" not in page
    assert 'data-adres="/zijbalk/vragen' not in page
    answer = site.client.get(f"/zijbalk/vragen/{uuid.uuid4()}")
    assert answer.headers["Location"].startswith("/aanmelden?verder=%2Fzijbalk%2Fvragen%2F")


def test_an_answer_that_is_gone_is_said(site: Site) -> None:
    site.sign_in(Role.AGENT)
    answer = site.client.get(f"/zijbalk/vragen/{uuid.uuid4()}")
    assert answer.status_code == 404
    assert "niet meer bewaard" in answer.text


def test_a_question_in_the_address_is_searched_and_not_asked(site: Site) -> None:
    page = site.client.get("/zijbalk", params={"vraag": FIRST, "voor": "ondernemer"}).text
    assert f">{FIRST}</textarea>" in page
    assert 'data-kaart="1"' in page
    assert '<option value="ondernemer" selected>' in page
    assert site.answering.asked == []


@pytest.mark.parametrize("odd", ["x" * 2000, "\u200b", "<script>alert(1)</script>", '"><img src=x>'])
def test_an_odd_question_in_the_address_breaks_nothing(site: Site, odd: str) -> None:
    answer = site.client.get("/zijbalk", params={"vraag": odd, "voor": odd})
    assert answer.status_code == 200
    assert odd not in answer.text or odd.startswith("\u200b")


def test_the_choice_of_the_form_becomes_the_audience() -> None:
    assert for_audience(AGENT, chosen_audience({"voor": "ondernemer"})).audience is Audience.BUSINESS
    assert for_audience(AGENT, chosen_audience({"voor": "inwoner"})).audience is Audience.RESIDENT
    assert for_audience(AGENT, chosen_audience({"voor": "iets"})) == AGENT


def test_the_choice_stays_chosen_with_the_answer(site: Site) -> None:
    assert '<option value="inwoner" selected>' in ask(site, FIRST, voor="inwoner")


def test_who_was_signed_in_is_told_that_this_is_over(site: Site) -> None:
    assert OVER in ask(site, FIRST, medewerker="ja")
    assert OVER not in ask(site, FIRST)
    typing = site.client.post("/zijbalk/kandidaten", data={"vraag": FIRST, "medewerker": "ja"}).text
    assert OVER in typing
