"""Writing: every version kept, two at once lose nothing, and nothing goes on that is not right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from embeddings.document import Section
from service.domain.draft import DraftState
from service.domain.gap import GapState
from service.duos.draft_rules import DraftRefused
from service.duos.draft_texts import is_link
from service.duos.drafting import DraftChanged, UnknownText
from service.duos.review import ReviewRefused
from tests.service.duos.houses import CARLA, COORDINATOR, PASSPORT
from tests.service.duos.writing_room import (
    ANNA,
    BERT,
    CHECKS,
    FACT,
    HOW_LONG,
    TEXT,
    TITLE,
    Room,
    as_delivered,
    changes,
    key,
    open_room,
)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return open_room(tmp_path)


def test_a_new_text_starts_empty_and_knows_its_product_and_department(room: Room) -> None:
    gap = room.gap()
    draft = room.drafts.begin(gap, ANNA)
    assert (draft.document.title, draft.document.sections) == ("", ())
    assert (draft.document.owner, draft.document.products) == ("Burgerzaken", (PASSPORT,))
    assert draft.document.id.startswith(f"signaal-{gap.number}-")
    assert room.drafts.of_gap(gap.id) == [draft]


def test_what_is_typed_is_read_back_as_it_was(room: Room) -> None:
    draft = room.written(room.gap(), wordings=("Kinderpaspoort geldig?",))
    kept = room.again(draft)
    assert kept == draft
    assert (kept.document.title, kept.document.sections[0].text) == (TITLE, TEXT)
    assert (kept.fact, kept.checks, kept.wordings) == (FACT, CHECKS, ("Kinderpaspoort geldig?",))


def test_unseen_characters_and_spare_lines_are_not_kept(room: Room) -> None:
    draft = room.drafts.begin(room.gap(), ANNA)
    typed = changes(
        draft, title=" Hoe\u200b lang? ", text="Een zin.\r\n\r\n• punt \n", checks=("a b", "a b", " ")
    )
    saved = room.drafts.save(draft, typed, ANNA)
    assert saved.document.title == "Hoe lang?"
    assert saved.document.sections[0].text == "Een zin.\n\n• punt"
    assert saved.checks == ("a b",)


def test_every_save_is_a_version(room: Room) -> None:
    draft = room.written(room.gap(), text="Eerste tekst.")
    room.drafts.save(draft, changes(draft), BERT)
    versions = room.drafts.versions(draft.id)
    assert [each.version for each in versions] == [1, 2, 3]
    assert [each.saved_by for each in versions] == [ANNA.id, ANNA.id, BERT.id]
    assert versions[1].draft.document.sections[0].text == "Eerste tekst."


def test_of_two_who_save_at_once_the_second_sees_the_first_and_loses_nothing(room: Room) -> None:
    both_saw = room.written(room.gap())
    first = room.drafts.save(both_saw, changes(both_saw, text="Van Anna, 5 jaar."), ANNA)
    with pytest.raises(DraftChanged) as caught:
        room.drafts.save(both_saw, changes(both_saw, text="Van Bert, 5 jaar."), BERT)
    assert caught.value.now == first == room.again(first)
    assert caught.value.theirs
    assert caught.value.theirs.document.sections[0].text == "Van Bert, 5 jaar."
    aside = room.drafts.versions(first.id)[-1]
    assert (aside.aside, aside.draft.document.sections[0].text) == (True, "Van Bert, 5 jaar.")
    merged = room.drafts.save(caught.value.now, changes(first, text="Van ons, 5 jaar."), BERT)
    assert merged.version == aside.version + 1
    assert room.again(first) == merged


def test_personal_data_is_not_even_kept(room: Room) -> None:
    draft = room.drafts.begin(room.gap(), ANNA)
    with pytest.raises(DraftRefused) as caught:
        room.drafts.save(draft, changes(draft, wordings=("Mijn mail is jan@voorbeeld.nl",)), ANNA)
    (objection,) = caught.value.objections
    assert objection.field == "wordings"
    assert "een e-mailadres" in objection.sentence
    assert "voorbeeld" not in objection.sentence
    assert len(room.drafts.versions(draft.id)) == 1


def test_a_copy_to_mend_is_the_published_text_with_its_wordings(room: Room) -> None:
    room.library.add_wording(key("vac:paspoort"), "Wat kost een pas?")
    draft = room.drafts.begin(room.gap(), ANNA, "vac:paspoort")
    assert draft.document.sections == as_delivered().sections
    assert (draft.document.source, draft.mends) == ("redactie", "vac:paspoort")
    assert draft.mends_digest == as_delivered().digest
    assert draft.wordings == ("Wat kost een pas?",)
    mended = room.drafts.mended(draft)
    assert mended
    assert not mended.warning


def test_what_is_not_published_cannot_be_mended(room: Room) -> None:
    with pytest.raises(UnknownText):
        room.drafts.begin(room.gap(), ANNA, "vac:nergens")


def test_a_draft_that_is_not_right_does_not_go_on(room: Room) -> None:
    draft = room.drafts.begin(room.gap(), ANNA)
    with pytest.raises(DraftRefused) as caught:
        room.drafts.submit(draft, ANNA)
    assert {each.field for each in caught.value.objections} == {"title", "sections", "fact", "checks"}
    assert room.again(draft).state is DraftState.WRITING


def test_asking_the_other_half_puts_the_signal_in_review(room: Room) -> None:
    gap = room.gap()
    draft = room.submitted(gap)
    assert (draft.state, draft.submitted_at) == (DraftState.SUBMITTED, room.hall.now)
    assert room.hall.again(gap).state is GapState.REVIEW
    assert ("review_asked", gap.number) in room.hall.told.calls


def test_a_submitted_text_is_not_changed_under_the_eyes_of_the_reviewer(room: Room) -> None:
    draft = room.submitted(room.gap())
    with pytest.raises(DraftChanged):
        room.drafts.save(draft, changes(draft, text="Snel iets anders, 5 jaar."), ANNA)
    assert room.again(draft).document == draft.document


def test_a_text_comes_back_with_a_remark(room: Room) -> None:
    gap = room.gap()
    draft = room.submitted(gap)
    with pytest.raises(ReviewRefused):
        room.drafts.give_back(draft, " ", BERT)
    returned = room.drafts.give_back(draft, "Noem ook de prijs.", BERT)
    assert (returned.state, returned.remark) == (DraftState.RETURNED, "Noem ook de prijs.")
    assert room.hall.again(gap).state is GapState.OPEN
    again = room.drafts.submit(room.drafts.save(room.again(draft), changes(draft), ANNA), ANNA)
    assert again.state is DraftState.SUBMITTED


def test_its_author_takes_a_text_back_without_a_remark(room: Room) -> None:
    draft = room.submitted(room.gap())
    assert room.drafts.give_back(draft, "", ANNA).state is DraftState.RETURNED


def test_a_draft_that_is_given_up_leaves_its_signal_open(room: Room) -> None:
    gap = room.gap()
    room.drafts.drop(room.submitted(gap), ANNA)
    assert room.hall.again(gap).state is GapState.OPEN
    assert [each.state for each in room.drafts.of_gap(gap.id)] == [DraftState.DROPPED]


def test_nobody_writes_for_a_signal_of_another_duo_or_one_that_is_closed(room: Room) -> None:
    gap = room.gap()
    with pytest.raises(ReviewRefused):
        room.drafts.begin(gap, CARLA)
    closed = room.hall.signals.dismiss(gap, "Hier gaan wij niet over.", ANNA)
    with pytest.raises(ReviewRefused):
        room.drafts.begin(closed, ANNA)


def test_a_link_waits_for_the_other_half_with_its_proof_ready(room: Room) -> None:
    gap = room.gap("Wat moet ik betalen voor een reisdocument paspoort?")
    with pytest.raises(DraftRefused):
        room.drafts.link(gap, "vac:paspoort", gap.question, ANNA)
    link = room.drafts.link(gap, "vac:paspoort", gap.question, ANNA, "€ 86,20", ("Prijs?", "Kosten pas?"))
    assert is_link(link)
    assert (link.state, link.wordings) == (DraftState.SUBMITTED, (gap.question,))
    assert room.hall.again(gap).state is GapState.REVIEW
    assert room.library.wordings("merelveen") == {}


def test_a_web_address_that_is_none_is_refused(room: Room) -> None:
    draft = room.drafts.begin(room.gap(HOW_LONG), ANNA)
    typed = changes(draft)
    odd = replace(typed, document=replace(typed.document, url="javascript:alert(1)"))
    saved = room.drafts.save(draft, odd, ANNA)
    assert [each.field for each in room.drafts.objections(saved)] == ["url"]


def test_an_empty_section_is_not_kept(room: Room) -> None:
    draft = room.drafts.begin(room.gap(), ANNA)
    typed = changes(draft)
    two = replace(typed.document, sections=(*typed.document.sections, Section(" ", "\n")))
    assert len(room.drafts.save(draft, replace(typed, document=two), ANNA).document.sections) == 1


def test_the_drafts_of_a_signal_go_along_when_it_is_merged(room: Room) -> None:
    draft = room.submitted(room.gap())
    other = room.gap("Wanneer moet ik grofvuil aanbieden?", CARLA)
    gone = room.hall.again(room.gap())
    kept = room.hall.signals.merge(gone, other, COORDINATOR)
    with pytest.raises(ReviewRefused):
        room.drafts.give_back(draft, "Niet van ons.", BERT)
    assert [each.id for each in room.drafts.of_gap(kept.id)] == [draft.id]
