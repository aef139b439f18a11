"""A turn as a visitor reads it: what is shown for each outcome, and what never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.domain.answer import Answer, Certainty, Sentence, Source, Status
from service.domain.question import Channel, Question
from service.storage.questions import Turn
from service.web.widget.turns import LONGEST_ANNOUNCEMENT, TurnView, callables, day_of, dialled, turn_view
from service.web.wording_widget import DUTCH, WORDS
from service.web.wording_widget_en import ENGLISH
from tests.service.web.fakes import ENGLISH_PASSPORT, IDENTITY_CARD, MODIFIED, passport

SENTENCE = "Een paspoort kost € 83,87."
CANDIDATES = (passport(), IDENTITY_CARD, ENGLISH_PASSPORT)


def source(**changes: object) -> Source:
    values: dict[str, object] = {
        "number": 1,
        "document": "vac:paspoort",
        "title": "Wat kost een paspoort?",
        "heading": "Kosten en betalen",
        "text": passport().text,
        "url": "https://www.merelveen.example/paspoort",
        "modified_at": MODIFIED,
        "owner": "Burgerzaken, duo Reisdocumenten",
    }
    return Source(**(values | changes))  # type: ignore[arg-type]


def answered(**changes: object) -> Answer:
    values: dict[str, object] = {
        "status": Status.ANSWERED,
        "certainty": Certainty.HIGH,
        "probability": 0.93,
        "sentences": (Sentence(SENTENCE, (1,)),),
        "sources": (source(),),
        "candidates": CANDIDATES,
    }
    return Answer(**(values | changes))  # type: ignore[arg-type]


def seen(answer: Answer, language: str = "nl", **question: object) -> TurnView:
    asked = Question("Wat kost dat?", Channel.WEBSITE, "merelveen", **question)  # type: ignore[arg-type]
    return turn_view(Turn(asked, answer, False), WORDS[language])


def test_an_answer_is_a_quote_with_the_text_it_stands_in() -> None:
    view = seen(answered())
    assert view.heading == "Dit staat in onze teksten"
    assert view.quotes[0].sentences[0].cells == (SENTENCE,)
    assert (view.sources[0].number, view.sources[0].updated) == (1, "3 juli 2026")
    assert [run.text for run in view.sources[0].blocks[0].rows[0][0] if run.marked] == [SENTENCE]
    assert view.can_be_judged
    assert not view.texts
    assert not view.needs_person


def test_how_sure_we_are_and_who_keeps_the_text_is_not_shown() -> None:
    view = str(seen(answered()))
    assert "0.93" not in view
    assert "Reisdocumenten" not in view
    assert "hoog" not in view


def test_a_part_that_stays_open_is_named() -> None:
    view = seen(answered(status=Status.ANSWERED_PARTLY, open=("En naar Turkije?",)))
    assert view.open == ("En naar Turkije?",)
    assert view.can_be_found
    assert view.needs_person


def test_an_answer_in_another_language_says_so() -> None:
    english = answered(sources=(source(document=ENGLISH_PASSPORT.document),))
    dutch = seen(english)
    assert (dutch.language, dutch.sources[0].language) == ("en", "en")
    assert dutch.note == "Deze tekst is in het Engels."
    assert (seen(english, "en").language, seen(english, "en").note) == ("", "")
    assert seen(answered(), "en").note == "This text is in Dutch."


def test_a_language_without_a_name_is_said_to_be_another() -> None:
    frisian = answered(candidates=(passport(language="fy"),))
    assert (seen(frisian).language, seen(frisian).note) == ("fy", DUTCH.in_other_language)


def test_when_unsure_the_nearest_texts_are_offered_and_nothing_is_answered() -> None:
    view = seen(Answer(Status.LOW_CONFIDENCE, candidates=(*CANDIDATES, passport(document="vac:4"))))
    assert view.heading == "Dit weet ik niet zeker"
    assert [text.title for text in view.texts] == [one.title for one in CANDIDATES]
    assert not view.quotes
    assert view.needs_person
    assert view.can_be_found
    assert not view.can_be_judged


def test_which_one_is_meant_is_a_choice_of_texts_each_title_once() -> None:
    doubled = (*CANDIDATES, passport(document="pdc:paspoort", text="Iets anders."))
    view = seen(Answer(Status.CLARIFY_PRODUCT, candidates=doubled))
    assert view.which
    assert [text.title for text in view.texts] == [one.title for one in CANDIDATES]
    assert "83,87" in str(view.texts[0].blocks)
    assert not view.needs_person


def test_of_many_that_may_be_meant_four_are_a_choice() -> None:
    many = tuple(passport(document=f"vac:{number}", title=f"Tekst {number}") for number in range(6))
    view = seen(Answer(Status.CLARIFY_PRODUCT, candidates=many))
    assert [text.title for text in view.texts] == ["Tekst 0", "Tekst 1", "Tekst 2", "Tekst 3"]
    assert view.announcement.endswith("4 teksten om te lezen.")


@pytest.mark.parametrize("status", [Status.OTHER_AUTHORITY, Status.OUT_OF_SCOPE, Status.ABUSE])
def test_what_we_do_not_answer_leads_to_no_text(status: Status) -> None:
    view = seen(Answer(status, candidates=CANDIDATES))
    assert not view.texts
    assert not view.which
    assert not view.lines
    assert view.needs_person
    assert not view.can_be_found


def test_an_authority_is_named_in_the_language_of_the_page() -> None:
    police = Answer(Status.OTHER_AUTHORITY, hint="authority.politie")
    assert "politie" in seen(police).advice
    assert "police" in seen(police, "en").advice
    assert [line.address for line in seen(police).lines] == ["tel:112", "tel:09008844"]


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("hint", ["", *(hint for hint in DUTCH.hints if hint.startswith("crisis."))])
def test_in_a_crisis_there_is_a_number_to_call_and_ours_is_not_in_the_way(hint: str, language: str) -> None:
    view = seen(Answer(Status.CRISIS, hint=hint, candidates=CANDIDATES), language)
    assert view.urgent
    assert "tel:112" in [line.address for line in view.lines]
    assert not view.needs_person
    assert [text.title for text in view.texts] == [
        passport().title,
        IDENTITY_CARD.title,
    ]  # none that is far off


def test_a_hint_with_a_heading_of_its_own_takes_the_place_of_the_outcome_s() -> None:
    greeting = Answer(Status.OUT_OF_SCOPE, hint="scope.smalltalk")
    assert seen(greeting).heading == "Waarmee kan ik u helpen?"
    assert seen(replace(greeting, hint="")).heading == DUTCH.outcomes[Status.OUT_OF_SCOPE].heading


def test_what_was_taken_out_is_named_in_the_language_of_the_page() -> None:
    assert seen(answered(), removed=("e-mailadres", "naam")).removed == "e-mailadres, naam"
    assert seen(answered(), "en", removed=("e-mailadres",)).removed == "e-mail address"


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("status", Status)
def test_what_is_announced_is_one_short_sentence_or_two(status: Status, language: str) -> None:
    cited = status.group == "answered"
    answer = (
        answered(
            status=status,
            sources=(source(title="Lang " * 60),),
            open=("En verder?",) if status is Status.ANSWERED_PARTLY else (),
        )
        if cited
        else Answer(status, candidates=CANDIDATES)
    )
    view = seen(answer, language)
    assert view.announcement.startswith(view.heading)
    assert len(view.announcement) <= LONGEST_ANNOUNCEMENT


def test_only_web_addresses_are_linked() -> None:
    assert seen(answered(sources=(source(url="javascript:alert(1)"),))).sources[0].url == ""


def test_a_number_is_dialled_as_it_is_written() -> None:
    assert dialled("14 0999") == "tel:140999"
    assert dialled("+31 (0)20-123") == "tel:+31020123"
    assert dialled('112" onclick="x') == "tel:112"


def test_days_are_said_in_the_language_of_the_page() -> None:
    assert day_of(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), ENGLISH) == "2 March 2026"
    assert day_of(None, ENGLISH) == ""


def test_numbers_in_a_line_of_the_municipality_can_be_dialled() -> None:
    line = "Bel 0999-123456, dag en nacht (24 uur). Gevaar? Bel 112. Sinds 2026."
    assert [said for said, address in callables(line) if address] == ["0999-123456", "112"]
    assert "".join(said for said, _ in callables(line)) == line
    assert callables("14 0999")[1] == ("14 0999", "tel:140999")
