"""What people read in a mail: short, in Dutch, without personal data in a subject, and without tricks."""

from __future__ import annotations

import string
from dataclasses import asdict
from datetime import UTC, date, datetime

import pytest

from service.notify import wording
from service.notify.letters import Mail, mail_of, words_of
from service.notify.notices import Channels, Event, Notices, Receiver, When
from service.storage.outbox import Notice
from tests.service.notify.scene import ANNA, HOUSE, MAIL_ONLY, SITE, WANTED, gap

VISITOR = Receiver("asking-1", "", "bezoeker@thuis.example")
GAP = gap()
ALL = {
    Event.OPENED: MAIL_ONLY.opened(GAP, [ANNA]),
    Event.REMINDER_BEFORE: MAIL_ONLY.reminder(GAP, When.BEFORE, [ANNA]),
    Event.REMINDER_ON: MAIL_ONLY.reminder(GAP, When.ON, [ANNA]),
    Event.REMINDER_AFTER: MAIL_ONLY.reminder(GAP, When.AFTER, [ANNA]),
    Event.OVERDUE: MAIL_ONLY.overdue(GAP, [ANNA], duo="Paspoort en ID-kaart"),
    Event.APPROVAL: MAIL_ONLY.approval(GAP, "tekst-1:2", [ANNA]),
    Event.RETURNED: MAIL_ONLY.returned(GAP, "tekst-1:2", [ANNA]),
    Event.SOLVED: MAIL_ONLY.solved(GAP, [ANNA]),
    Event.DISMISSED: MAIL_ONLY.dismissed(GAP, [ANNA]),
    Event.CALLBACK: MAIL_ONLY.callback(WANTED, [ANNA]),
    Event.CALLBACK_LATE: MAIL_ONLY.callback_late(WANTED, [ANNA]),
    Event.CALLBACK_EXPIRED: MAIL_ONLY.callback_expired(WANTED, [ANNA]),
    Event.ANSWER: MAIL_ONLY.answer(GAP, VISITOR, "Dat kost € 83,87.", "https://www.merelveen.example/p"),
    Event.DECLINED: MAIL_ONLY.declined(GAP, VISITOR, "Dit regelt het Rijk."),
    Event.REPORT: MAIL_ONLY.report(
        "Burgerzaken", date(2026, 6, 1), ["Er zijn 3 signalen open."], "/sturing?maand=2026-06", [ANNA]
    ),
}  # fmt: skip


def first(event: Event) -> Notice:
    return ALL[event][0]


def mail(notice: Notice) -> Mail:
    return mail_of(notice.payload, HOUSE)


@pytest.mark.parametrize("event", list(Event))
def test_every_event_has_a_mail_that_is_whole(event: Event) -> None:
    written = mail(first(event))
    assert first(event).payload["event"] == event
    for text in (written.subject, written.text, written.html):
        assert "{" not in text
        assert "None" not in text
        assert "  " not in text.replace("\n", "").strip()
    assert "\n\n\n" not in written.text
    assert "Gemeente Merelveen" in written.text
    assert wording.AUTOMATIC in written.text
    assert wording.AUTOMATIC in written.html


@pytest.mark.parametrize("event", list(Event))
def test_a_subject_names_no_person_and_no_question(event: Event) -> None:
    subject = mail(first(event)).subject
    assert 0 < len(subject) <= 150
    for word in ("Anna", "bezoeker", "@", "zoon", "kost"):
        assert word not in subject


@pytest.mark.parametrize("event", list(Event))
def test_the_sentences_are_short(event: Event) -> None:
    letter = wording.LETTERS[event]
    for paragraph in letter.paragraphs:
        for sentence in paragraph.replace("17.00", "17:00").split(". "):
            assert len(sentence.split()) <= 14, sentence


def test_the_sentences_ask_for_no_fact_that_is_never_there() -> None:
    known = set(words_of(dict(first(Event.OPENED).payload["facts"]))) | {"department"}
    for letter in wording.LETTERS.values():
        for sentence in (letter.subject, *letter.paragraphs, letter.action):
            assert {name for _, name, _, _ in string.Formatter().parse(sentence) if name} <= known


def test_a_signal_says_title_number_of_askings_and_deadline_but_not_the_question() -> None:
    text = mail(first(Event.OPENED)).text
    assert "Het gaat over: Paspoort aanvragen." in text
    assert "4 keer" in text
    assert "woensdag 15 juli" in text
    assert f"{SITE}/duo/signalen/12" in text
    assert "zoon" not in str(first(Event.OPENED).payload)


def test_the_question_goes_along_only_when_the_municipality_chose_so() -> None:
    [notice] = Notices(SITE, Channels(mail=True, questions=True)).opened(GAP, [ANNA])
    assert "De vraag: “Wat kost een paspoort voor mijn zoon?”" in mail(notice).text


def test_a_signal_without_a_title_is_still_a_mail() -> None:
    [notice] = MAIL_ONLY.opened(gap(title="", asked=1, due_at=None), [ANNA])
    written = mail(notice)
    assert written.subject == "Nieuw signaal 12: onderwerp nog niet bekend"
    assert "Het gaat over" not in written.text
    assert "1 keer" in written.text
    assert "klaar" not in written.text


def test_the_deadline_is_the_day_in_amsterdam() -> None:
    late = gap(due_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert "vrijdag 1 januari" in mail(MAIL_ONLY.opened(late, [ANNA])[0]).text


def test_a_visitor_reads_the_answer_and_that_the_address_goes() -> None:
    text = mail(first(Event.ANSWER)).text
    assert "Dat kost € 83,87." in text
    assert "https://www.merelveen.example/p" in text
    assert "Bel 14 0999." in text
    assert wording.ADDRESS_GONE in text
    assert "/duo/" not in text


NASTY = [
    "Paspoort\r\nBcc: iedereen@elders.example",
    "Paspoort\nSubject: anders",
    "<script>alert(1)</script>",
    "Pas\u202epoort\u200b\x00",
    "{number.__class__} {asked!r} %s",
    '"><a href="https://kwaad.example">klik</a>',
]


@pytest.mark.parametrize("nasty", NASTY)
def test_a_title_cannot_do_anything(nasty: str) -> None:
    [notice] = MAIL_ONLY.opened(gap(title=nasty, question=nasty), [Receiver("m", nasty, "a@b.example")])
    written = mail(notice)
    assert "\n" not in written.subject
    assert "\r" not in written.subject
    assert "<script" not in written.html
    assert 'kwaad.example"' not in written.html
    for sign in "\u202e\u200b\x00":
        assert all(sign not in text for text in asdict(written).values())


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "", "bestand.html"])
def test_a_link_that_is_no_web_address_is_left_out(link: str) -> None:
    notice = MAIL_ONLY.answer(GAP, VISITOR, "Dat kan.", link)[0]
    written = mail(notice)
    assert "href" not in written.html
    assert "Lees de hele tekst" not in written.text


def test_a_long_answer_keeps_its_lines() -> None:
    notice = MAIL_ONLY.answer(GAP, VISITOR, "Eerst dit.\r\nDan dat & meer.", "")[0]
    assert "Eerst dit.\nDan dat & meer." in mail(notice).text
    assert "Eerst dit.<br>Dan dat &amp; meer." in mail(notice).html
