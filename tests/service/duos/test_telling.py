"""A visitor who left an address gets the words of the text, and no word that is for staff."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.document import Document, Section, SectionKind, Visibility
from service.duos.telling import AnswerOf, quote_with
from service.duos.wording_drafts import ASK_BY_PHONE
from tests.factories import document
from tests.service.duos.writing_room import ANNA, BERT, TEXT, Room, open_room

CONTACT = "https://www.merelveen.example/contact"
SECRET = Section("Voor het KCC", "Geef korting tot 5 jaar.", SectionKind.NOTE, Visibility.INTERNAL)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return open_room(tmp_path)


def sections(*parts: Section) -> Document:
    return document("t", sections=parts)


def test_the_answer_to_a_solved_signal_is_the_section_with_its_fact(room: Room) -> None:
    published = room.drafts.approve(room.submitted(room.gap()), BERT)
    answer = AnswerOf(room.library, room.drafts.kept, CONTACT)(published.gap)
    assert (answer.quote, answer.url) == (TEXT, CONTACT)


def test_the_page_of_the_text_is_named_where_it_has_one(room: Room) -> None:
    gap = room.gap("Wat kost een paspoort?")
    checks = ("Een paspoort kost?", "Hoeveel euro kost een paspoort?")
    link = room.drafts.link(gap, "vac:paspoort", "Reisboekje?", ANNA, "€ 86,20", checks)
    answer = AnswerOf(room.library, room.drafts.kept, CONTACT)(room.drafts.approve(link, BERT).gap)
    assert answer.url == "https://www.merelveen.example/paspoort"
    assert answer.quote.startswith("Een paspoort kost € 86,20.")


def test_a_text_that_was_withdrawn_since_is_not_quoted(room: Room) -> None:
    published = room.drafts.approve(room.submitted(room.gap()), BERT)
    room.library.apply("merelveen", "redactie", withdraw=[published.draft.document.id])
    answer = AnswerOf(room.library, room.drafts.kept, CONTACT)(published.gap)
    assert (answer.quote, answer.url) == (ASK_BY_PHONE, CONTACT)


def test_what_is_for_staff_is_never_mailed() -> None:
    assert quote_with(sections(SECRET, Section("", "Openbaar, 5 jaar.")), "5 jaar") == "Openbaar, 5 jaar."
    assert quote_with(sections(SECRET), "5 jaar") == ""
    assert quote_with(document("t", "Geheim.", visibility=Visibility.INTERNAL), "") == ""


def test_of_a_long_section_only_the_paragraph_with_the_fact_is_sent() -> None:
    long = f"{'Woord ' * 100}\n\nHet kost € 5.\n\n{'Nog meer ' * 50}"
    assert quote_with(sections(Section("", long)), "€ 5") == "Het kost € 5."
    assert quote_with(sections(Section("", long)), "") == ("Woord " * 100).strip()
