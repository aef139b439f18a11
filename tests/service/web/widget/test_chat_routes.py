"""The forms of the chat, one by one, in a frame and as a plain page: each outcome, each refusal, nothing kept
that should not be (guards S7, S9, S12, P4, P6, P11, T10)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from embeddings.store.database import open_engine
from service.domain.answer import Rewording, Sentence
from service.domain.gap import Fault, Origin
from service.storage.gap_tables import addresses, askings
from service.web.wording_rewording import WORDS
from service.web.wording_widget import DUTCH
from service.web.wording_widget_en import ENGLISH
from tests.pages.chat_site import POISON, SHUT
from tests.service.web.fakes import MODIFIED
from tests.service.web.widget.conftest import PAGE, PART, Opening, Visitor, seen

QUESTION = "Wat kost een paspoort?"


def rows(visitor: Visitor, table: object) -> list[object]:
    engine = open_engine(visitor.chat.desk.questions.engine.url.render_as_string(hide_password=False))
    with engine.connect() as connection:
        return list(connection.execute(table.select()))  # type: ignore[attr-defined]


def test_the_first_page_says_what_it_is_and_what_becomes_of_a_question(visitor: Visitor) -> None:
    page = visitor.open()
    said = seen(page)
    assert page.status_code == 200
    assert DUTCH.ai_line in said
    assert page.text.index(DUTCH.ai_line) < page.text.index('id="vraag"')
    for line in (DUTCH.privacy_personal, DUTCH.privacy_purpose, DUTCH.privacy_longer):
        assert line in said
    assert "30 dagen" in said
    assert 'href="https://www.merelveen.example/privacy"' in page.text
    assert 'href="tel:140999"' in page.text
    assert "Stadskantoor" in said
    assert "set-cookie" not in page.headers


def test_a_page_in_english_speaks_english(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    page = visitor.send("", taal="en")
    assert '<html lang="en">' in page.text
    assert ENGLISH.ai_line in seen(page)
    assert ENGLISH.outcomes[next(iter(ENGLISH.outcomes))].heading in seen(page)
    assert "Deze tekst" not in seen(page)
    assert ENGLISH.in_language["nl"] in seen(page)


@pytest.mark.parametrize(("days", "said"), [(0, DUTCH.privacy_not_kept), (1, "1 dag."), (7, "7 dagen.")])
def test_how_long_a_conversation_is_kept_is_what_the_setting_says(
    visiting: Opening, days: int, said: str
) -> None:
    assert said in seen(visiting(retention_days=days).open())


def test_an_answer_comes_with_its_source_and_how_it_was_made(visitor: Visitor) -> None:
    answer = visitor.ask(QUESTION)
    assert answer.status_code == 200
    assert "Een paspoort kost € 83,87." in seen(answer)
    assert 'data-ai-generated="false"' in answer.text
    assert DUTCH.quoted in seen(answer)
    assert re.search(r"<strong>Bron 1:</strong>", answer.text)
    assert "bijgewerkt 3 juli 2026" in seen(answer)
    assert visitor.conversation
    assert visitor.token


def test_a_part_for_the_script_ends_with_its_mark_and_holds_no_page(visitor: Visitor) -> None:
    part = visitor.ask(QUESTION, part=True)
    assert part.text.rstrip().endswith("<!-- einde -->")
    assert "<html" not in part.text
    assert f'data-gesprek="{visitor.conversation}"' in part.text


def test_a_follow_up_goes_on_with_the_conversation(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    first = visitor.conversation
    whole = visitor.ask("En voor een kind?")
    assert visitor.conversation == first
    assert visitor.chat.answering.asked[-1].earlier == (QUESTION,)
    assert whole.text.count('class="turn"') == 2
    assert whole.text.index('id="laatste"') > whole.text.index('class="turn"')


def test_with_a_wrong_token_it_is_a_new_conversation_and_says_so(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    first, visitor.token = visitor.conversation, "x" * 43
    answer = visitor.ask("En voor een kind?")
    assert DUTCH.gone in seen(answer)
    assert visitor.conversation != first
    assert visitor.chat.answering.asked[-1].earlier == ()


def test_without_a_token_nothing_of_a_conversation_is_read(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.token = ""
    for path in ("", "/gesprek/bewaren", "/gesprek/wissen", f"/vragen/{visitor.question}/beoordeling"):
        refused = visitor.send(path, oordeel="helpt")
        assert refused.status_code == 404
        assert QUESTION not in refused.text
        assert DUTCH.troubles["gone"].heading in seen(refused)


def test_a_conversation_in_an_address_is_not_looked_at(visiting: Opening) -> None:
    visitor = visiting()
    visitor.ask(QUESTION)
    page = visitor.open(f"/vraag?gesprek={visitor.conversation}&sleutel={visitor.token}")
    assert QUESTION not in page.text
    assert visitor.token not in page.text


def test_a_full_conversation_gives_way_to_a_new_one(visiting: Opening) -> None:
    visitor = visiting()
    for _ in range(30):
        visitor.ask(QUESTION, part=True)
    first = visitor.conversation
    answer = visitor.ask(QUESTION, part=True)
    assert DUTCH.full in seen(answer)
    assert visitor.conversation != first


def test_where_nothing_is_kept_the_answer_is_all_there_is(visiting: Opening) -> None:
    visitor = visiting(retention_days=0)
    answer = visitor.ask(QUESTION)
    assert "Een paspoort kost" in seen(answer)
    assert visitor.conversation == ""
    assert 'id="menu" hidden' in answer.text
    assert DUTCH.helps_question not in seen(answer)


def test_personal_data_is_taken_out_and_shown_as_taken_out(visitor: Visitor) -> None:
    answer = visitor.ask(f"{QUESTION} Mail jan@voorbeeld.nl")
    assert "jan@voorbeeld.nl" not in answer.text
    assert "[e-mailadres]" in answer.text
    assert "Wij hebben dit uit uw vraag gehaald: e-mailadres." in seen(answer)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("iets onbekend", "Ik vind dit niet in onze teksten"),
        ("twijfel", "Dit weet ik niet zeker"),
        ("kaart of pas", "Wat bedoelt u?"),
        ("deels", "Dit is een deel van het antwoord"),
        ("mijn zaak", "Dit gaat over uw eigen zaak"),
        ("uitkering van het rijk", "Hier gaat de gemeente niet over"),
        ("het weer", "Dit is geen vraag voor de gemeente"),
        ("hallo", "Waarmee kan ik u helpen?"),
        ("scheldwoord", "Op deze tekst geef ik geen antwoord"),
        ("ik wil dood", "Praat nu met iemand"),
        ("storing", "Zoeken lukt nu niet"),
    ],
)
def test_every_outcome_has_its_own_words_and_a_way_to_a_person(
    visitor: Visitor, question: str, heading: str
) -> None:
    answer = visitor.ask(question)
    assert answer.status_code == 200
    assert f"AI-assistent {heading}" in seen(answer)
    assert "0.93" not in answer.text
    assert 'href="tel:140999"' in answer.text


def test_in_a_crisis_the_numbers_come_first(visitor: Visitor) -> None:
    answer = visitor.ask("ik wil dood").text
    numbers = [
        answer.index(f'href="tel:{number}"', answer.index('class="turn"')) for number in ("0999123456", "113")
    ]
    assert numbers == sorted(numbers)
    assert numbers[-1] < answer.index(DUTCH.hints["crisis.113"].advice)


def test_a_choice_is_a_text_that_says_what_answers_and_nothing_more_is_asked(visitor: Visitor) -> None:
    answer = visitor.ask("kaart of pas")
    titles = re.findall(r"<summary>.*?Lees: </span><span[^>]*>([^<]+)</span>", answer.text)
    assert titles == ["Wat kost een paspoort?", "Identiteitskaart aanvragen", "Applying for a passport"]
    assert "<mark>Een paspoort kost" in answer.text
    assert DUTCH.none_meant in seen(answer)
    assert DUTCH.texts_heading not in seen(answer)
    saved = visitor.send("/gesprek/bewaren", soort="html")
    assert "Identiteitskaart aanvragen" in seen(saved)
    assert DUTCH.texts_heading not in seen(saved)


def test_texts_are_offered_as_texts(visitor: Visitor) -> None:
    answer = visitor.ask("twijfel")
    assert DUTCH.texts_heading in seen(answer)
    assert "<blockquote" not in answer.text
    assert DUTCH.address in seen(answer)


def test_a_search_that_is_down_can_be_tried_again(visitor: Visitor) -> None:
    answer = visitor.ask("storing")
    assert 'name="vraag" value="storing"' in answer.text


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("", DUTCH.empty), (" \u200b ", DUTCH.empty), ("a" * 502, "Maak hem 2 tekens korter.")],
)
def test_what_is_no_question_is_said_at_the_field_and_kept_whole(
    visitor: Visitor, text: str, wrong: str
) -> None:
    refused = visitor.ask(text)
    assert refused.status_code == 400
    assert wrong in seen(refused)
    assert 'aria-invalid="true"' in refused.text
    assert (text if text.isalpha() else "") in refused.text
    assert not visitor.chat.answering.asked


def test_a_question_of_500_characters_is_asked(visitor: Visitor) -> None:
    assert visitor.ask("é" * 500).status_code == 200


def test_a_search_form_of_the_website_fills_in_the_field_and_asks_nothing(visiting: Opening) -> None:
    visitor = visiting()
    page = visitor.open("/vraag?vraag=Wat+kost+een+paspoort%3F")
    assert ">Wat kost een paspoort?</textarea>" in page.text
    assert not visitor.chat.answering.asked


# -- what the visitor says of an answer ----------------------------------------------------------------


def test_that_an_answer_helps_is_thanked_for(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    told = visitor.send(f"/vragen/{visitor.question}/beoordeling", oordeel="helpt")
    assert DUTCH.thanks in seen(told)
    assert rows(visitor, askings) == []  # no duo has to look at it


@pytest.mark.parametrize("part", [True, False])
def test_that_it_does_not_help_goes_to_who_keeps_the_text(visitor: Visitor, part: bool) -> None:
    visitor.ask(QUESTION)
    path = f"/vragen/{visitor.question}/beoordeling"
    told = visitor.send(path, part, oordeel="outdated", toelichting="Bel mij op 06-23456701")
    assert DUTCH.thanks_not in seen(told)
    assert DUTCH.address in seen(told)
    gap = visitor.chat.hall.signals.gaps.find(1)
    assert gap is not None
    asking = visitor.chat.hall.signals.gaps.askings(gap.id)[0]
    assert (asking.origin, asking.fault) == (Origin.NOT_HELPED, Fault.OUTDATED)
    assert "06-23456701" not in asking.remark


def test_what_is_wrong_has_to_be_chosen(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    refused = visitor.send(f"/vragen/{visitor.question}/beoordeling", oordeel="", toelichting="Zomaar")
    assert refused.status_code == 400
    assert DUTCH.what_missing in seen(refused)
    assert ">Zomaar</textarea>" in refused.text


def test_an_address_is_left_for_the_answer(visitor: Visitor) -> None:
    visitor.ask("iets onbekend")
    left = visitor.send(f"/vragen/{visitor.question}/adres", email=" jan@voorbeeld.nl ")
    assert DUTCH.address_left in seen(left)
    assert "jan@voorbeeld.nl" not in left.text
    assert [row.email for row in rows(visitor, addresses)] == ["jan@voorbeeld.nl"]  # type: ignore[attr-defined]


def test_what_is_no_address_is_said_beside_it(visitor: Visitor) -> None:
    visitor.ask("iets onbekend")
    refused = visitor.send(f"/vragen/{visitor.question}/adres", email="jan at voorbeeld")
    assert refused.status_code == 400
    assert DUTCH.address_bad in seen(refused)
    assert 'value="jan at voorbeeld"' in refused.text
    assert rows(visitor, addresses) == []


def test_no_answer_is_promised_by_mail_where_no_mail_is_sent(visiting: Opening) -> None:
    visitor = visiting(mail_host=None)
    assert DUTCH.address not in seen(visitor.ask("iets onbekend"))
    refused = visitor.send(f"/vragen/{visitor.question}/adres", email="jan@voorbeeld.nl")
    assert refused.status_code == 404
    assert rows(visitor, addresses) == []


# -- the conversation ------------------------------------------------------------------------------------


def test_a_conversation_is_read_back_whole(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.ask("twijfel")
    back = visitor.send("", part=True)
    assert back.text.count('class="turn"') == 2
    assert back.text.index(QUESTION) < back.text.index("twijfel")


def test_it_is_saved_to_read(visitor: Visitor) -> None:
    visitor.ask(f"{QUESTION} Mail jan@voorbeeld.nl")
    visitor.ask("twijfel")
    saved = visitor.send("/gesprek/bewaren", soort="html")
    assert saved.headers["content-disposition"] == 'attachment; filename="gesprek-met-de-gemeente.html"'
    assert "jan@voorbeeld.nl" not in saved.text
    for words in (
        "[e-mailadres]",
        "Een paspoort kost",
        "Bron 1: Wat kost een paspoort?",
        DUTCH.ai_line,
        DUTCH.quoted,
    ):
        assert words in seen(saved)
    assert 'data-ai-generated="false"' in saved.text
    assert visitor.token not in saved.text
    assert re.findall(r"<(?:script|link|style|img|form)", saved.text) == []


def test_it_is_saved_as_data(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.ask("twijfel")
    saved = visitor.send("/gesprek/bewaren", soort="json")
    assert saved.headers["content-disposition"].endswith('.json"')
    data = json.loads(saved.text)
    assert [one["vraag"] for one in data["vragen"]] == [QUESTION, "twijfel"]
    assert data["vragen"][0]["antwoord"]["aiGegenereerd"] is False
    assert data["vragen"][0]["antwoord"]["soort"] == "citaat"
    assert visitor.token not in saved.text
    assert "probability" not in saved.text


def test_it_is_erased_for_good(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    gone = visitor.send("/gesprek/wissen")
    assert DUTCH.erased in seen(gone)
    assert QUESTION not in gone.text
    assert 'id="menu" hidden' in gone.text
    assert visitor.send("").status_code == 404
    assert visitor.send("/gesprek/wissen").status_code == 404


@pytest.mark.parametrize("path", ["/vragen", "/gesprek/wissen", "/vragen/1/beoordeling", "/vragen/1/adres"])
def test_the_address_of_a_form_leads_back_to_the_plain_page(visitor: Visitor, path: str) -> None:
    back = visitor.open(visitor.base + path)
    assert back.headers["location"] == "/vraag"


# -- faults and refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [True, False])
def test_a_crash_is_calm_and_keeps_the_question(visitor: Visitor, part: bool) -> None:
    broken = visitor.ask("kapot <b>", part)
    assert broken.status_code == 500
    assert DUTCH.troubles["fault"].heading in seen(broken)
    assert "RuntimeError" not in broken.text
    assert DUTCH.retry in seen(broken)
    assert 'href="tel:140999"' in broken.text
    if not part:
        assert ">kapot &lt;b&gt;</textarea>" in broken.text


def test_a_question_that_is_none_is_said_at_the_field(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.web.answers import Refused

    def refuse(*_: object) -> None:
        raise Refused

    monkeypatch.setattr(visitor.chat.answering, "answer", refuse)
    refused = visitor.ask("[naam]")
    assert refused.status_code == 400
    assert DUTCH.refused in seen(refused)


@pytest.mark.parametrize("part", [True, False])
def test_too_many_questions_is_said_calmly(visiting: Opening, part: bool) -> None:
    visitor = visiting(limit_address="1/hour")
    visitor.ask(QUESTION)
    refused = visitor.send("/vragen", part, vraag="En voor een kind?")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert DUTCH.troubles["busy"].heading in seen(refused)
    assert part or ">En voor een kind?</textarea>" in refused.text


@pytest.mark.parametrize("base", ["/chat", "/vraag"])
def test_while_it_is_off_there_is_a_way_to_a_person(visiting: Opening, base: str) -> None:
    visitor = visiting(base)
    visitor.ask(QUESTION)
    visitor.chat.choose("switches", {"widget": False})
    for refused in (
        visitor.open(),
        visitor.send("/vragen", vraag=QUESTION),
        visitor.send("/vragen", True, vraag="x"),
    ):
        assert refused.status_code == 503
        assert "tel:140999" in refused.text
        assert "retry-after" in refused.headers
    assert visitor.send("/gesprek/bewaren", soort="json").status_code == 200
    assert DUTCH.erased in seen(visitor.send("/gesprek/wissen", part=True))


def test_a_website_whose_chat_is_off_shows_the_way_to_a_person(visiting: Opening) -> None:
    refused = visiting("/chat").open(f"/chat?site={SHUT}")
    assert refused.status_code == 503
    assert "tel:140999" in refused.text


def test_a_website_that_nobody_knows_has_no_chat(visiting: Opening) -> None:
    refused = visiting("/chat").open("/chat?site=onbekend")
    assert refused.status_code == 404
    assert "frame-ancestors 'none'" in refused.headers["content-security-policy"]
    assert 'id="vraag"' not in refused.text
    assert "tel:140999" in refused.text


def test_what_is_no_form_is_refused(visiting: Opening) -> None:
    visitor = visiting()
    refused = visitor.site.post(f"{visitor.base}/vragen", json={"vraag": QUESTION}, headers=PAGE)
    assert refused.status_code == 400
    assert not visitor.chat.answering.asked


# -- headers and staff ---


def test_only_the_website_itself_may_show_it_and_no_cookie_is_set(visiting: Opening) -> None:
    visitor = visiting("/chat")
    pages = [visitor.open(), visitor.ask(QUESTION), visitor.send(""), visitor.ask("kapot"), visitor.ask("")]
    for page in pages:
        policy = page.headers["content-security-policy"]
        assert "frame-ancestors http://localhost:1 https://www.merelveen.example" in policy
        assert "x-frame-options" not in page.headers
        assert "set-cookie" not in page.headers
        assert page.headers["cache-control"] == "no-store"


def test_the_plain_page_is_shown_in_no_frame(visiting: Opening) -> None:
    page = visiting("/vraag").open()
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_who_is_signed_in_is_a_visitor_here(visitor: Visitor) -> None:
    from service.domain.person import Role
    from tests.service.web.conftest import add_person

    person = add_person(visitor.chat.people, Role.ADMIN)
    visitor.site.cookies.set("antwoordduo", visitor.chat.people.sessions.open(person.id))
    answer = visitor.ask("twijfel")
    assert "Spoed bij een paspoort" not in answer.text
    assert "Alleen KCC" not in answer.text


def test_what_staff_were_shown_is_not_read_back(visitor: Visitor) -> None:
    from service.domain.question import AGENT, Channel

    visitor.ask(QUESTION)
    desk = visitor.chat.desk
    from service.web.widget.visiting import id_of

    desk.ask("spoed twijfel", Channel.SIDEBAR, "nl", AGENT, id_of(visitor.conversation))
    assert "spoed" not in visitor.send("").text


@pytest.mark.parametrize("question", ["gif", "gevaarlijke kandidaat", "gevaarlijke keuze", POISON])
def test_no_field_is_ever_code(visitor: Visitor, question: str) -> None:
    answer = visitor.ask(question).text
    saved = visitor.send("/gesprek/bewaren", soort="html").text
    for text in (answer, saved):
        assert "<img" not in text
        assert "<script>" not in text
        assert 'href="javascript' not in text


def test_personal_data_goes_in_by_every_field_and_is_found_nowhere(visitor: Visitor, tmp_path: Path) -> None:
    mail, phone = "kanarie.vogel@voorbeeld.nl", "06-23456701"
    text = f"{QUESTION} Mail {mail} of bel {phone}"
    answer = visitor.ask(text)
    path = f"/vragen/{visitor.question}"
    replies = [
        answer,
        visitor.send(f"{path}/beoordeling", oordeel="wrong", toelichting=text),
        visitor.send(""),
        visitor.send("/gesprek/bewaren", soort="html"),
        visitor.send("/gesprek/bewaren", soort="json"),
    ]
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for canary in (mail, phone):
        assert [reply.status_code for reply in replies if canary in reply.text] == []
        assert canary.encode() not in kept


def test_what_a_model_made_is_saved_as_made_by_a_model(visiting: Opening) -> None:
    visitor = visiting()
    made = Rewording("taalmodel-9", "1", MODIFIED, "nl", (Sentence("Een pas kost € 83,87.", (1,)),))
    visitor.chat.answering.made = made
    visitor.ask(QUESTION)
    saved = visitor.send("/gesprek/bewaren", soort="html")
    assert 'data-ai-generated="true"' in saved.text
    assert "Een pas kost € 83,87." in seen(saved)
    assert "Gemaakt met taalmodel-9 op 3 juli 2026." in seen(saved)
    data = json.loads(visitor.send("/gesprek/bewaren", soort="json").text)
    assert data["vragen"][0]["antwoord"]["aiGegenereerd"] is True


def test_what_a_model_made_is_read_back_as_it_was_shown(visitor: Visitor) -> None:
    made = Rewording("taalmodel-9", "1", MODIFIED, "nl", (Sentence("Een pas kost € 83,87.", (1,)),))
    visitor.chat.answering.made = made
    visitor.ask(QUESTION)
    page = visitor.send("")
    said = seen(page)
    assert f"{WORDS['nl'].label} Een pas kost € 83,87." in said
    assert "Gemaakt met taalmodel-9 op 3 juli 2026." in said
    assert f'href="#bron-{visitor.question}-1"' in page.text
    assert page.text.index('data-ai-generated="true"') < page.text.index('data-ai-generated="false"')
    assert said.index(WORDS["nl"].literal) < said.index("Een paspoort kost") < said.index(DUTCH.quoted)


# -- at the door ---


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [({"Sec-Fetch-Site": "cross-site"}, {"vraag": QUESTION}, 403), ({}, {"vraag": "a" * 20_000}, 413)],
)
@pytest.mark.parametrize("part", [False, True])
def test_what_is_sent_away_at_the_door_gets_the_calm_page(
    visitor: Visitor, headers: dict[str, str], body: dict[str, str], status: int, part: bool
) -> None:
    sent = visitor.site.post(f"{visitor.base}/vragen", data=body, headers=(PART if part else PAGE) | headers)
    assert sent.status_code == status
    assert DUTCH.troubles["refused"].heading in seen(sent)
    assert 'href="tel:140999"' in sent.text
    assert "frame-ancestors 'none'" in sent.headers["Content-Security-Policy"]
    assert QUESTION not in sent.text
    assert visitor.chat.answering.asked == []


def test_an_address_that_is_not_there_gets_the_calm_page_too(visitor: Visitor) -> None:
    assert DUTCH.troubles["gone"].heading in seen(visitor.open(f"{visitor.base}/bestaat-niet"))
    away = visitor.site.get("/bestaat-niet", headers=PAGE)
    assert away.status_code == 404
    assert DUTCH.troubles["gone"].heading not in seen(away)
