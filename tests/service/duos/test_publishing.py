"""From approval to an answer: at once, in every process, in the place of the text that was mended."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from embeddings.document import Section
from embeddings.library import Library, Search
from embeddings.store.database import open_engine
from service.domain.draft import DraftState
from service.domain.gap import GapState
from service.domain.question import Channel
from service.duos.drafts import MendedMeanwhile
from service.duos.publishing import Publishing
from service.storage.gaps import forget_closed_before
from tests.factories import CountingEncoder, database_url
from tests.service.duos.houses import COLLECTION
from tests.service.duos.writing_room import (
    ANNA,
    BERT,
    CHECKS,
    HOW_LONG,
    TEXTS,
    Room,
    as_delivered,
    changes,
    key,
    open_room,
)

DEAR = "Een paspoort kost € 90,00. U haalt het op bij de balie."
PRICE: dict[str, Any] = {
    "title": "Paspoort aanvragen", "text": DEAR, "fact": "€ 90,00",
    "checks": ("Een paspoort kost?", "Hoeveel euro kost een paspoort?"),
}  # fmt: skip
LITERALLY = "Een kinderpaspoort is jaar geldig?"
PRICED = "Wat kost een paspoort?"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return open_room(tmp_path)


def found_elsewhere(library: Library, question: str) -> list[str]:
    found = library.search(Search(question, COLLECTION), 5)
    return [f"{each.key.source}:{each.key.id}" for each in found.documents]


def test_an_approved_text_answers_and_its_signal_is_solved_with_proof(room: Room) -> None:
    gap = room.gap()
    published = room.drafts.approve(room.submitted(gap), BERT)
    assert published.draft.state is DraftState.PUBLISHED
    assert room.first(HOW_LONG) == f"redactie:{published.draft.document.id}"
    assert "5 jaar" in room.ask(LITERALLY, Channel.SIDEBAR).answer.text
    assert published.proof.solved
    assert published.gap.state is GapState.SOLVED
    assert room.hall.signals.gaps.proofs(gap.id) == [published.proof]
    assert room.actions(gap)[-4:] == ["submitted", "approved", "published", "proven"]
    approved = (str(BERT.id), "draft.approved", str(published.draft.id))
    assert approved in room.hall.told.audit


def test_another_process_answers_with_it_within_two_seconds(room: Room, tmp_path: Path) -> None:
    other = Library(open_engine(database_url(tmp_path)), CountingEncoder(), tmp_path / "other")
    other.refresh(COLLECTION)
    other.follower(COLLECTION).watch()
    try:
        draft = room.submitted(room.gap())
        started = time.monotonic()
        room.drafts.approve(draft, BERT)
        wanted = f"redactie:{draft.document.id}"
        while found_elsewhere(other, HOW_LONG)[:1] != [wanted]:
            assert time.monotonic() - started < 2.0
            time.sleep(0.02)
    finally:
        other.follower(COLLECTION).stop()


def test_the_wordings_of_a_draft_are_known_wordings_of_its_text(room: Room) -> None:
    draft = room.submitted(room.gap(), wordings=("Pas van mijn zoon nog goed?",))
    published = room.drafts.approve(draft, BERT).draft
    (known,) = room.library.wordings(COLLECTION).values()
    assert (known.text, known.document.id) == ("Pas van mijn zoon nog goed?", published.document.id)
    again = room.gap("Hoe lang geldig is een kinderpaspoort precies?")
    mending = room.submitted(again, mends=f"redactie:{published.document.id}", wordings=("Pas nog goed?",))
    room.drafts.approve(mending, BERT)
    assert [each.text for each in room.library.wordings(COLLECTION).values()] == ["Pas nog goed?"]


def test_a_mended_text_takes_the_place_of_the_one_of_the_source(room: Room) -> None:
    gap = room.gap(PRICED)
    published = room.drafts.approve(room.submitted(gap, mends="vac:paspoort", **PRICE), BERT)
    assert room.first(PRICED) == f"redactie:{published.draft.document.id}"
    assert "vac:paspoort" not in room.ask(PRICED).ranked
    assert room.library.document(key("vac:paspoort")) is None


def test_it_stays_so_when_the_source_delivers_its_text_again(room: Room) -> None:
    room.drafts.approve(room.submitted(room.gap(PRICED), mends="vac:paspoort", **PRICE), BERT)
    room.library.apply(COLLECTION, "vac", [as_delivered(keywords=("pas",))])
    assert "vac:paspoort" not in room.ask(PRICED).ranked


def test_a_new_version_of_the_source_goes_to_the_duo_once(room: Room) -> None:
    gap = room.gap(PRICED)
    room.drafts.approve(room.submitted(gap, mends="vac:paspoort", **PRICE), BERT)
    assert room.drafts.follow_sources() == []
    newer = as_delivered(sections=(Section("", "Een paspoort kost € 95,00."),))
    room.library.apply(COLLECTION, "vac", [newer])
    assert len(room.drafts.follow_sources()) == 1
    assert room.hall.again(gap).state is GapState.OPEN
    assert "nieuwe versie" in room.hall.signals.gaps.history(gap.id)[-1].note
    assert room.drafts.follow_sources() == []
    assert room.first(PRICED).startswith("redactie:")


def test_a_text_that_its_source_withdraws_goes_to_the_duo_too(room: Room) -> None:
    gap = room.gap(PRICED)
    room.drafts.approve(room.submitted(gap, mends="vac:paspoort", **PRICE), BERT)
    room.library.apply(COLLECTION, "vac", withdraw=["paspoort"])
    room.drafts.follow_sources()
    assert "weggehaald" in room.hall.signals.gaps.history(gap.id)[-1].note
    assert room.drafts.follow_sources() == []


def test_a_text_outlives_the_words_of_its_signal(room: Room) -> None:
    gap = room.gap(PRICED)
    published = room.drafts.approve(room.submitted(gap, mends="vac:paspoort", **PRICE), BERT).draft
    room.hall.later(days=400)
    assert forget_closed_before(room.hall.engine, COLLECTION, room.hall.now) == 1
    own = f"redactie:{published.document.id}"
    assert [(each.document, each.replaces) for each in room.drafts.for_sources()] == [(own, "vac:paspoort")]
    newer = as_delivered(sections=(Section("", "Een paspoort kost € 95,00."),))
    room.library.apply(COLLECTION, "vac", [newer])
    (followed,) = room.drafts.follow_sources()
    assert (followed.document, followed.gap, followed.ended) == (own, gap.id, False)
    assert "nieuwe versie" in followed.note
    assert room.drafts.follow_sources() == []


def test_what_the_source_took_over_ends_here(room: Room) -> None:
    published = room.drafts.approve(
        room.submitted(room.gap(PRICED), mends="vac:paspoort", **PRICE), BERT
    ).draft
    assert [each.replaces for each in room.drafts.for_sources()] == ["vac:paspoort"]
    taken_over = as_delivered(sections=(Section("Geldigheid", f"{DEAR}\n"),))
    room.library.apply(COLLECTION, "vac", [taken_over])
    room.drafts.follow_sources()
    assert room.first(PRICED) == "vac:paspoort"
    assert room.library.document(key(f"redactie:{published.document.id}")) is None
    assert room.drafts.for_sources() == []
    assert {each.document for each in room.drafts.regression.questions()} == {"vac:paspoort"}


def test_a_text_that_changes_while_its_mending_is_approved_stops_the_approval(room: Room) -> None:
    gap = room.gap(PRICED)
    draft = room.submitted(gap, mends="vac:paspoort", **PRICE)
    room.library.apply(COLLECTION, "vac", [as_delivered(sections=(Section("", "Gratis."),))])
    with pytest.raises(MendedMeanwhile) as caught:
        room.drafts.approve(draft, BERT)
    assert caught.value.mended.was.sections == TEXTS[0].sections
    assert caught.value.mended.now
    assert caught.value.mended.now.sections[0].text == "Gratis."
    assert room.again(draft).state is DraftState.SUBMITTED
    published = room.drafts.approve(draft, BERT, knowingly=True)
    assert published.proof.solved
    (approved,) = [each for each in room.hall.signals.gaps.history(gap.id) if each.action == "approved"]
    assert "intussen veranderd" in approved.note
    assert room.drafts.follow_sources() == []


def test_a_text_that_is_withdrawn_while_its_mending_is_approved_stops_it_too(room: Room) -> None:
    draft = room.submitted(room.gap(PRICED), mends="vac:paspoort", **PRICE)
    room.library.apply(COLLECTION, "vac", withdraw=["paspoort"])
    with pytest.raises(MendedMeanwhile) as caught:
        room.drafts.approve(draft, BERT)
    assert caught.value.mended.now is None
    assert room.drafts.approve(draft, BERT, knowingly=True).proof.solved
    room.library.apply(COLLECTION, "vac", [TEXTS[0]])  # the source thinks better of it
    assert "vac:paspoort" not in room.ask(PRICED).ranked


def test_a_process_that_dies_after_the_approval_loses_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    gap = room.gap()
    draft = room.submitted(gap)
    with monkeypatch.context() as patch:
        patch.setattr(Publishing, "publish", _dies)
        with pytest.raises(KeyboardInterrupt):
            room.drafts.approve(draft, BERT)
    assert room.drafts.resume() == 0  # it may still be at work
    room.hall.later(minutes=1)
    assert room.drafts.resume() == 1
    assert room.hall.again(gap).state is GapState.SOLVED
    assert room.again(draft).state is DraftState.PUBLISHED
    assert room.drafts.resume() == 0


def test_a_process_that_dies_before_the_proof_loses_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    gap = room.gap()
    with monkeypatch.context() as patch:
        patch.setattr(type(room.drafts), "prove", _dies)
        with pytest.raises(KeyboardInterrupt):
            room.drafts.approve(room.submitted(gap), BERT)
    room.hall.later(minutes=1)
    assert room.drafts.resume() == 1
    assert room.hall.again(gap).state is GapState.SOLVED


def test_a_linked_question_becomes_a_known_wording_of_the_text(room: Room) -> None:
    strange = "Hoeveel tikt zo'n reisboekje af?"
    gap = room.hall.signals.ask_duo(room.hall.kept(f"{strange} paspoort").id, ANNA)
    gap = room.hall.signals.rename(gap, strange, ANNA)
    checks = ("Hoeveel euro kost een paspoort?", "Een paspoort kost?")
    link = room.drafts.link(gap, "vac:paspoort", strange, ANNA, "€ 86,20", checks)
    published = room.drafts.approve(link, BERT)
    assert [each.text for each in room.library.wordings(COLLECTION).values()] == [strange]
    assert room.first(strange) == "vac:paspoort"
    assert published.proof.document == "vac:paspoort"
    assert [each.question for each in published.proof.checks if each.paraphrase] == list(checks)
    assert "linked" in room.actions(gap)
    assert room.library.document(key("vac:paspoort")) == TEXTS[0]


def test_a_link_to_a_text_that_is_gone_is_not_approved_at_all(room: Room) -> None:
    gap = room.gap(PRICED)
    checks = ("Hoeveel euro kost een paspoort?", "Een paspoort kost?")
    link = room.drafts.link(gap, "vac:paspoort", PRICED, ANNA, "€ 86,20", checks)
    room.library.apply(COLLECTION, "vac", withdraw=["paspoort"])
    with pytest.raises(MendedMeanwhile):
        room.drafts.approve(link, BERT, knowingly=True)


def test_a_link_of_which_the_text_goes_amid_the_approval_is_sent_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    gap = room.gap(PRICED)
    checks = ("Hoeveel euro kost een paspoort?", "Een paspoort kost?")
    link = room.drafts.link(gap, "vac:paspoort", "Reisboekje?", ANNA, "€ 86,20", checks)
    with monkeypatch.context() as patch:
        patch.setattr(Publishing, "publish", _dies)
        with pytest.raises(KeyboardInterrupt):
            room.drafts.approve(link, BERT)
    room.library.apply(COLLECTION, "vac", withdraw=["paspoort"])
    other = room.submitted(room.gap("Geldt mijn kinderpaspoort nog wel?"))
    with monkeypatch.context() as patch:
        patch.setattr(Publishing, "publish", _dies)
        with pytest.raises(KeyboardInterrupt):
            room.drafts.approve(other, BERT)
    room.hall.later(minutes=1)
    room.drafts.resume()
    back = room.again(link)
    assert (back.state, back.reviewed_at) == (DraftState.RETURNED, None)
    assert "niet meer gepubliceerd" in back.remark
    assert room.hall.again(gap).state is GapState.OPEN
    assert room.again(other).state is DraftState.PUBLISHED
    assert room.drafts.resume() == 0


def test_texts_for_the_source_are_valid_vacs(room: Room, shared: Path) -> None:
    room.drafts.approve(room.submitted(room.gap()), BERT)
    (text,) = room.drafts.for_sources()
    schema = json.loads((shared / "data/objecttypes/vac-schema.json").read_text("utf-8"))
    jsonschema.validate(text.vac, schema)
    assert text.replaces == ""
    assert text.published_at == room.hall.now


def test_a_proof_that_fails_sends_the_text_back_with_what_came_first(room: Room) -> None:
    gap = room.gap()
    draft = room.submitted(gap, checks=(CHECKS[0], "Grofvuil halen wij op?"))
    published = room.drafts.approve(draft, BERT)
    assert not published.proof.solved
    assert published.gap.state is GapState.OPEN
    assert "Grofvuil laten ophalen" in room.hall.signals.gaps.history(gap.id)[-1].note
    assert room.drafts.regression.questions() == []
    assert room.first(HOW_LONG).startswith("redactie:")  # the text is right, and stays


def test_a_draft_after_publishing_is_mended_by_a_new_one(room: Room) -> None:
    first = room.drafts.approve(room.submitted(room.gap()), BERT).draft
    again = room.gap("Hoe lang geldig is een kinderpaspoort?")
    draft = room.drafts.begin(again, BERT, f"redactie:{first.document.id}")
    assert draft.document.id == first.document.id
    typed = changes(draft, text="Een kinderpaspoort is 10 jaar geldig.", fact="10 jaar")
    draft = room.drafts.submit(room.drafts.save(draft, typed, BERT), BERT)
    published = room.drafts.approve(draft, ANNA)
    assert "10 jaar" in room.ask(LITERALLY, Channel.SIDEBAR).answer.text
    assert published.proof.solved


def _dies(*arguments: object, **named: object) -> None:
    raise KeyboardInterrupt
