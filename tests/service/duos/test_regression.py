"""What was answered once stays answered, or its signal opens by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.document import Section
from service.domain.gap import GapState
from service.duos.regression import FAILS
from service.storage.gaps import forget_closed_before
from tests.factories import document
from tests.service.duos.houses import COLLECTION
from tests.service.duos.writing_room import (
    ANNA,
    BERT,
    CHECKS,
    FACT,
    HOW_LONG,
    Room,
    as_delivered,
    open_room,
)

PRICED = "Wat kost een paspoort?"
PRICE_CHECKS = ("Een paspoort kost?", "Hoeveel euro kost een paspoort?")
LOUDER = document(
    "luider", "Tot wanneer is een kinderpaspoort geldig?", title="Tot wanneer kinderpaspoort geldig"
)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return open_room(tmp_path)


def test_what_the_duo_wrote_is_taken_up_and_never_what_a_visitor_asked(room: Room) -> None:
    room.drafts.approve(room.submitted(room.gap(), wordings=("Kinderpas nog goed?",)), BERT)
    kept = {each.question: each for each in room.drafts.regression.questions()}
    assert set(kept) == {*CHECKS, "Kinderpas nog goed?"}
    assert [kept[check].holds for check in CHECKS] == [True, True]
    assert kept["Kinderpas nog goed?"].holds is None
    assert {each.fact for each in kept.values()} == {FACT}


def test_as_long_as_nothing_changed_nothing_is_asked(room: Room) -> None:
    room.drafts.approve(room.submitted(room.gap()), BERT)
    outcome = room.drafts.regression.check_if_changed()
    assert outcome
    assert (outcome.asked, outcome.held, outcome.share) == (2, 2, 1.0)
    assert room.drafts.regression.check_if_changed() is None


def test_a_later_text_that_comes_before_it_opens_the_signal_again(room: Room) -> None:
    gap = room.gap()
    room.drafts.approve(room.submitted(gap), BERT)
    room.library.apply(COLLECTION, "vac", [LOUDER])
    outcome = room.drafts.regression.check_if_changed()
    assert outcome
    assert CHECKS[0] in [each.question for each in outcome.failing]
    opened = room.hall.again(gap)
    assert (opened.state, opened.reopened) == (GapState.OPEN, 1)
    note = room.hall.signals.gaps.history(gap.id)[-1].note
    assert LOUDER.title in note
    assert CHECKS[0] in note
    assert HOW_LONG not in note
    assert {each.holds for each in room.drafts.regression.questions()} >= {False}


def test_what_failed_already_does_not_open_it_again_and_again(room: Room) -> None:
    gap = room.gap()
    room.drafts.approve(room.submitted(gap), BERT)
    room.library.apply(COLLECTION, "vac", [LOUDER])
    room.drafts.regression.check_all()
    room.drafts.regression.check_all()
    assert room.hall.again(gap).reopened == 1


def test_a_fact_that_the_source_takes_out_of_a_linked_text_opens_the_signal(room: Room) -> None:
    gap = room.gap(PRICED)
    link = room.drafts.link(
        gap, "vac:paspoort", "Wat is de prijs van een reisboekje?", ANNA, "€ 86,20", PRICE_CHECKS
    )
    assert room.drafts.approve(link, BERT).proof.solved
    dearer = as_delivered(sections=(Section("", "Een paspoort kost € 95,00. U haalt het op bij de balie."),))
    room.library.apply(COLLECTION, "vac", [dearer])
    room.drafts.regression.check_if_changed()
    assert room.hall.again(gap).state is GapState.OPEN
    assert "“€ 86,20” stond niet in het antwoord" in room.hall.signals.gaps.history(gap.id)[-1].note


def test_a_mended_text_has_to_answer_what_the_one_before_it_did(room: Room) -> None:
    link = room.drafts.link(room.gap(PRICED), "vac:paspoort", "Reisboekje?", ANNA, "€ 86,20", PRICE_CHECKS)
    room.drafts.approve(link, BERT)
    mending = room.submitted(
        room.gap("Wat kost een zakenpaspoort?"), mends="vac:paspoort", title="Paspoort aanvragen",
        text="Een paspoort kost € 95,00.", fact="€ 95,00", checks=("Paspoort: kost?", "Wat kost paspoort?"),
    )  # fmt: skip
    published = room.drafts.approve(mending, BERT)
    own = f"redactie:{published.draft.document.id}"
    kept = {each.question: each for each in room.drafts.regression.questions()}
    assert {each.document for each in kept.values()} == {own}
    assert kept[PRICE_CHECKS[0]].fact == ""  # both halves took it out of the text


def test_a_question_of_a_signal_whose_words_are_gone_is_asked_still(room: Room) -> None:
    gap = room.gap()
    room.drafts.approve(room.submitted(gap), BERT)
    room.hall.later(days=400)
    assert forget_closed_before(room.hall.engine, COLLECTION, room.hall.now) == 1
    room.library.apply(COLLECTION, "vac", [LOUDER])
    outcome = room.drafts.regression.check_all()
    assert CHECKS[0] in [each.question for each in outcome.failing]
    reopened = room.hall.signals.gaps.get(gap.id)
    assert reopened is not None
    assert (reopened.state, reopened.question) == (GapState.OPEN, reopened.title)


def test_few_changes_leave_the_calibration_alone(room: Room) -> None:
    room.drafts.approve(room.submitted(room.gap()), BERT)
    many = [document(f"t{number}", f"Tekst over onderwerp {number}.") for number in range(100)]
    room.library.apply(COLLECTION, "vac", many)
    room.drafts.regression.check_all()
    room.drafts.regression.confirm_calibration()
    room.library.apply(COLLECTION, "vac", [LOUDER])
    room.drafts.regression.check_all()
    assert room.drafts.regression.calibration_reasons() == ()


def test_after_many_changes_the_regression_set_decides(room: Room) -> None:
    room.drafts.approve(room.submitted(room.gap()), BERT)
    room.drafts.regression.check_all()
    assert room.drafts.regression.calibration_reasons() == ()  # the first time confirms
    many = [document(f"t{number}", f"Tekst over onderwerp {number}.") for number in range(20)]
    room.library.apply(COLLECTION, "vac", many)
    room.drafts.regression.check_all()
    assert room.drafts.regression.calibration_reasons() == ()
    confirmed = room.choices.get("calibration").value
    assert confirmed["revision"] == room.library.version(COLLECTION)  # it held: that confirms anew
    room.library.apply(
        COLLECTION, "vac", [LOUDER, *(document(f"u{each}", f"Iets {each}.") for each in range(9))]
    )
    room.drafts.regression.check_all()
    assert room.drafts.regression.calibration_reasons() == (FAILS,)
    room.library.apply(COLLECTION, "vac", withdraw=["luider"])
    room.drafts.regression.check_all()
    assert room.drafts.regression.calibration_reasons() == ()


def test_without_questions_nothing_says_that_the_calibration_fails(room: Room) -> None:
    assert room.drafts.regression.calibration_reasons() == ()
    many = [document(f"t{number}", f"Tekst over onderwerp {number}.") for number in range(20)]
    room.library.apply(COLLECTION, "vac", many)
    assert room.drafts.regression.check_all().share is None
    assert room.drafts.regression.calibration_reasons() == ()
