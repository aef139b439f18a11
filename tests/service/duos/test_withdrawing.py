"""An emergency: gone everywhere at once, whoever publishes it, until somebody lets it go again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from embeddings.library import Library, Search
from embeddings.store.database import open_engine
from service.domain.draft import DraftState
from service.domain.person import Role
from service.duos.drafting import UnknownText
from service.duos.review import ReviewRefused
from tests.factories import CountingEncoder, database_url
from tests.service.duos.houses import COLLECTION, COORDINATOR, HEAD, person
from tests.service.duos.writing_room import ANNA, BERT, TEXTS, Room, key, open_room

EDITOR = person("eva", Role.EDITOR)
PRICED = "Wat kost een paspoort?"
REASON = "Het bedrag is fout."


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return open_room(tmp_path)


def test_a_text_of_any_source_is_gone_at_once_in_every_process(room: Room, tmp_path: Path) -> None:
    other = Library(open_engine(database_url(tmp_path)), CountingEncoder(), tmp_path / "other")
    other.refresh(COLLECTION)  # and it never follows after this
    assert _ids(other) == ["paspoort"]
    started = time.monotonic()
    room.drafts.withdraw_everywhere("vac:paspoort", REASON, EDITOR)
    assert _ids(other) == []
    assert time.monotonic() - started < 5
    assert other.document(key("vac:paspoort")) is None
    assert "vac:paspoort" not in room.ask(PRICED).ranked


def test_it_stays_away_when_its_source_delivers_it_again(room: Room) -> None:
    room.drafts.withdraw_everywhere("vac:paspoort", REASON, EDITOR)
    room.library.apply(COLLECTION, "vac", withdraw=["paspoort"])
    room.library.apply(COLLECTION, "vac", TEXTS)
    assert "vac:paspoort" not in room.ask(PRICED).ranked


def test_it_is_on_record_and_listed_until_it_is_let_go(room: Room) -> None:
    room.drafts.withdraw_everywhere("vac:paspoort", f" {REASON} ", EDITOR)
    room.hall.later(minutes=5)
    room.drafts.withdraw_everywhere("vac:grofvuil", "Ook fout.", COORDINATOR)
    listed = room.drafts.withdrawals.listed()
    assert [each.document for each in listed] == ["vac:grofvuil", "vac:paspoort"]
    assert (listed[1].title, listed[1].reason, listed[1].by) == ("Paspoort aanvragen", REASON, "Eva")
    room.drafts.withdrawals.undo("vac:paspoort", EDITOR)
    assert room.first(PRICED) == "vac:paspoort"
    assert [each.document for each in room.drafts.withdrawals.listed()] == ["vac:grofvuil"]
    noted = [(actor, action) for actor, action, subject in room.hall.told.audit if subject == "vac:paspoort"]
    assert noted == [(str(EDITOR.id), "text.withdrawn"), (str(EDITOR.id), "text.restored")]


def test_a_text_can_be_stopped_again_after_it_was_let_go(room: Room) -> None:
    for _ in range(2):
        room.drafts.withdraw_everywhere("vac:paspoort", REASON, EDITOR)
        room.drafts.withdrawals.undo("vac:paspoort", EDITOR)
    assert room.first(PRICED) == "vac:paspoort"


def test_stopping_a_mended_text_brings_back_the_one_that_it_replaced(room: Room) -> None:
    gap = room.gap(PRICED)
    draft = room.submitted(
        gap, mends="vac:paspoort", text="Een paspoort kost € 90,00.", fact="€ 90,00",
        checks=("Een paspoort kost?", "Hoeveel euro kost een paspoort?"),
    )  # fmt: skip
    published = room.drafts.approve(draft, BERT).draft
    own = f"redactie:{published.document.id}"
    room.drafts.withdraw_everywhere(own, REASON, EDITOR)
    assert room.again(draft).state is DraftState.WITHDRAWN
    assert own not in room.ask(PRICED).ranked
    assert room.first(PRICED) == "vac:paspoort"
    assert room.actions(gap)[-1] == "withdrawn"
    assert room.drafts.for_sources() == []
    room.drafts.withdrawals.undo(own, EDITOR)
    assert room.again(draft).state is DraftState.PUBLISHED
    assert room.first(PRICED) == own
    assert "vac:paspoort" not in room.ask(PRICED).ranked


def test_a_solved_signal_of_which_the_text_is_stopped_opens_by_itself(room: Room) -> None:
    gap = room.gap()
    published = room.drafts.approve(room.submitted(gap), BERT).draft
    room.drafts.withdraw_everywhere(f"redactie:{published.document.id}", REASON, EDITOR)
    outcome = room.drafts.regression.check_if_changed()
    assert outcome
    assert len(outcome.failing) == 2
    assert room.hall.again(gap).state.value == "open"


def test_only_an_editor_or_coordinator_may_and_never_without_a_reason(room: Room) -> None:
    for who, reason in ((ANNA, REASON), (HEAD, REASON), (EDITOR, "  ")):
        with pytest.raises(ReviewRefused):
            room.drafts.withdraw_everywhere("vac:paspoort", reason, who)
    with pytest.raises(ReviewRefused):
        room.drafts.withdrawals.undo("vac:paspoort", ANNA)
    assert room.first(PRICED) == "vac:paspoort"


def test_what_is_not_published_or_not_stopped_cannot_be(room: Room) -> None:
    with pytest.raises(UnknownText):
        room.drafts.withdraw_everywhere("vac:nergens", REASON, EDITOR)
    with pytest.raises(UnknownText):
        room.drafts.withdrawals.undo("vac:paspoort", EDITOR)
    room.drafts.withdraw_everywhere("vac:paspoort", REASON, EDITOR)
    with pytest.raises(UnknownText):
        room.drafts.withdraw_everywhere("vac:paspoort", REASON, EDITOR)


def _ids(library: Library) -> list[str]:
    found = library.search(Search(PRICED, COLLECTION), 1)
    return [each.key.id for each in found.documents if each.key.id == "paspoort"]
