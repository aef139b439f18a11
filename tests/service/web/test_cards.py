"""Answers and candidates as the page shows them."""

from __future__ import annotations

import pytest

from service.domain.answer import Answer, Certainty, Sentence, Source, Status
from service.domain.question import Channel, Question
from service.storage.questions import Turn
from service.web.cards import answer_view, cards_of, web_address
from service.web.quotes import quotes_of
from tests.service.web.fakes import CARD, MODIFIED, passport


def source(number: int, text: str = CARD) -> Source:
    return Source(number, "vac:1", "Paspoort", "Kosten", text, "https://x.example", MODIFIED, "Burgerzaken")


def answered(*sentences: Sentence, sources: tuple[Source, ...]) -> Answer:
    return Answer(Status.ANSWERED, Certainty.HIGH, 0.9, sentences, sources)


def test_no_more_than_three_cards() -> None:
    assert [card.number for card in cards_of([passport()] * 5)] == [1, 2, 3]


def test_a_certainty_is_a_word_and_a_shape() -> None:
    cards = cards_of([passport(certainty=one) for one in Certainty])
    assert [(card.certainty, card.dots) for card in cards] == [("hoog", 3), ("middel", 2), ("laag", 1)]


def test_a_date_is_said_in_words() -> None:
    assert cards_of([passport()])[0].updated == "3 juli 2026"
    assert cards_of([passport(modified_at=None)])[0].updated == ""


def test_a_heading_that_repeats_the_title_is_left_out() -> None:
    assert cards_of([passport(title="A", heading="A")])[0].heading == ""


def test_a_short_text_has_nothing_more_to_open() -> None:
    assert cards_of([passport(text=CARD, marked=())])[0].whole == ()
    assert cards_of([passport()])[0].whole != ()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.example",
        "http:",
        "/pad",
        "",
        "http://[x",
        "mailto:a@b",
    ],
)
def test_only_a_web_page_becomes_a_link(url: str) -> None:
    assert web_address(url) == ""


def test_a_web_page_stays_a_link() -> None:
    assert web_address("https://www.merelveen.example/a?b=c") == "https://www.merelveen.example/a?b=c"


def test_a_number_stands_behind_the_last_of_the_sentences_from_one_source() -> None:
    sentences = (Sentence("Een.", (1,)), Sentence("Twee.", (1,)), Sentence("Drie.", (2,)))
    quote = quotes_of(answered(*sentences, sources=(source(1), source(2))))[0]
    assert [one.sources for one in quote.sentences] == [(), (1,), (2,)]


def test_list_items_and_table_rows_keep_their_form() -> None:
    text = "Neem mee:\n• een pasfoto\n\nWat\tPrijs\nPaspoort\t€ 83,87"
    sentences = (
        Sentence("Neem mee:", (1,)),
        Sentence("een pasfoto", (1,)),
        Sentence("Paspoort\t€ 83,87", (1,)),
    )
    quotes = quotes_of(answered(*sentences, sources=(source(1, text),)))
    assert [quote.kind for quote in quotes] == ["text", "list", "table"]
    assert quotes[2].header == ("Wat", "Prijs")
    assert quotes[2].sentences[0].cells == ("Paspoort", "€ 83,87")


def test_a_cry_for_help_is_not_followed_by_a_text_that_barely_fits() -> None:
    candidates = tuple(passport(certainty=one) for one in (Certainty.MEDIUM, Certainty.LOW))
    question = Question("Help", Channel.SIDEBAR, "m")
    view = answer_view(Turn(question, Answer(Status.CRISIS, candidates=candidates), False))
    assert [card.certainty for card in view.cards] == ["middel"]
    assert not view.needs_person


def test_a_quoted_header_is_shown_once() -> None:
    text = "Wat\tPrijs\nPaspoort\t€ 83,87"
    sentences = (Sentence("Wat\tPrijs", (1,)), Sentence("Paspoort\t€ 83,87", (1,)))
    quote = quotes_of(answered(*sentences, sources=(source(1, text),)))
    assert len(quote) == 1
    assert quote[0].header == ("Wat", "Prijs")
    assert [one.cells for one in quote[0].sentences] == [("Paspoort", "€ 83,87")]


def test_a_header_that_was_quoted_alone_is_a_row() -> None:
    quote = quotes_of(answered(Sentence("Wat\tPrijs", (1,)), sources=(source(1, "Wat\tPrijs\nPas\t€ 5"),)))
    assert (quote[0].header, quote[0].sentences[0].cells) == ((), ("Wat", "Prijs"))


def test_a_row_that_stands_in_two_tables_gets_the_header_that_was_quoted() -> None:
    text = "Binnen\tPrijs\n1 dag\t€ 5\n\nBuiten\tPrijs\n1 dag\t€ 5"
    sentences = (Sentence("Buiten\tPrijs", (1,)), Sentence("1 dag\t€ 5", (1,)))
    quote = quotes_of(answered(*sentences, sources=(source(1, text),)))
    assert [one.header for one in quote] == [("Buiten", "Prijs")]


def test_the_same_table_out_of_two_passages_is_one_table() -> None:
    first, second = source(1, "Wat\tPrijs\nPas\t€ 5"), source(2, "Wat\tPrijs\nKaart\t€ 4")
    rows = (("Wat\tPrijs", 1), ("Pas\t€ 5", 1), ("Wat\tPrijs", 2), ("Kaart\t€ 4", 2))
    quote = quotes_of(
        answered(*(Sentence(text, (number,)) for text, number in rows), sources=(first, second))
    )
    assert len(quote) == 1
    assert [(one.cells[0], one.sources) for one in quote[0].sentences] == [("Pas", (1,)), ("Kaart", (2,))]


@pytest.mark.parametrize("status", [status for status in Status if status.group != "answered"])
def test_each_outcome_has_one_short_announcement(status: Status) -> None:
    question = Question("Wat?", Channel.SIDEBAR, "m")
    view = answer_view(Turn(question, Answer(status, candidates=(passport(title="x" * 300),)), False))
    assert 0 < len(view.announcement) <= 150


def test_the_announcement_of_an_answer_is_short_whatever_the_title() -> None:
    long = Source(1, "vac:1", "x" * 300, "", "Een.", "", None, "")
    answer = answered(Sentence("Een.", (1,)), sources=(long,))
    view = answer_view(Turn(Question("Wat?", Channel.SIDEBAR, "m"), answer, False))
    assert 0 < len(view.announcement) <= 150
