"""Nobody approves their own text: the other half does, or whoever covers for a half that is missing."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.domain.draft import Draft, DraftState
from service.domain.gap import Gap, GapKind, GapState
from service.domain.person import Person, Role
from service.domain.productduo import Owner
from service.duos.drafting import DraftChanged
from service.duos.review import OwnText, ReviewRefused, asked_for_review, check_reviewer
from tests.factories import document
from tests.service.duos.houses import (
    AGENT,
    ANNA,
    BERT,
    CARLA,
    COORDINATOR,
    HEAD,
    MONDAY,
    OWNERSHIP,
    person,
)
from tests.service.duos.writing_room import Room, changes, open_room

OTHER_HEAD = person("ander", Role.DEPARTMENT_HEAD, departments=("Beheer",))
ALONE = replace(
    OWNERSHIP, members=tuple(replace(each, left=each.id == "spec-1") for each in OWNERSHIP.members)
)
DISSOLVED = replace(OWNERSHIP, duos=OWNERSHIP.duos[1:])


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return open_room(tmp_path)


def may(room: Room, draft: Draft, by: Person) -> bool:
    return room.drafts.may_approve(draft, by) == ""


def test_only_the_other_half_of_a_complete_duo_may_approve(room: Room) -> None:
    draft = room.submitted(room.gap())
    everybody = (ANNA, BERT, CARLA, HEAD, COORDINATOR, AGENT)
    assert [each for each in everybody if may(room, draft, each)] == [BERT]
    with pytest.raises(OwnText):
        room.drafts.approve(draft, ANNA)
    with pytest.raises(ReviewRefused):
        room.drafts.approve(draft, COORDINATOR)
    assert room.again(draft).state is DraftState.SUBMITTED


def test_who_changed_it_last_made_it(room: Room) -> None:
    draft = room.written(room.gap())
    draft = room.drafts.submit(room.drafts.save(draft, changes(draft), BERT), BERT)
    assert not may(room, draft, BERT)
    assert may(room, draft, ANNA)


def test_where_a_half_left_the_head_of_the_department_or_a_coordinator_may(room: Room) -> None:
    draft = room.submitted(room.gap())
    room.hall.ownership = ALONE
    assert [
        each for each in (ANNA, BERT, CARLA, HEAD, OTHER_HEAD, COORDINATOR) if may(room, draft, each)
    ] == [
        HEAD,
        COORDINATOR,
    ]


def test_a_duo_that_is_dissolved_midway_leaves_its_texts_to_the_department(room: Room) -> None:
    gap = room.gap()
    draft = room.submitted(gap)
    room.hall.ownership = DISSOLVED
    handed = room.hall.signals.hand_over(room.hall.again(gap), Owner("", "Burgerzaken"), "", COORDINATOR)
    assert handed.owner.duo == ""
    assert [each for each in (ANNA, BERT, HEAD, OTHER_HEAD, COORDINATOR) if may(room, draft, each)] == [
        HEAD,
        COORDINATOR,
    ]


def test_whom_to_ask_for_approval_follows_the_same_order() -> None:
    gap = signal_of(Owner("reis", "Burgerzaken"))
    assert [each.id for each in asked_for_review(gap, "KCC-1", OWNERSHIP)] == ["spec-1"]
    assert [each.id for each in asked_for_review(gap, "kcc-1", ALONE)] == ["hoofd"]
    assert asked_for_review(signal_of(Owner("parkeren", "Beheer")), "kcc-1", OWNERSHIP) == ()


def test_a_coordinator_lifts_the_four_eyes_for_an_hour_with_a_reason_on_record(room: Room) -> None:
    gap = room.gap()
    draft = room.submitted(gap)
    for who, reason in ((HEAD, "Overstroming"), (COORDINATOR, " ")):
        with pytest.raises(ReviewRefused):
            room.drafts.lift_four_eyes(who, reason)
    lifted = room.drafts.lift_four_eyes(COORDINATOR, "Overstroming")
    assert room.drafts.four_eyes.lifted() == lifted
    assert lifted.until == room.hall.now + timedelta(hours=1)
    assert may(room, draft, ANNA)
    assert not may(room, draft, CARLA)  # of another duo still
    room.drafts.approve(draft, ANNA)
    assert (str(COORDINATOR.id), "four_eyes.lifted", "four_eyes") in room.hall.told.audit
    (approved,) = [each for each in room.hall.signals.gaps.history(gap.id) if each.action == "approved"]
    assert "opgeheven" in approved.note


def test_after_the_hour_or_when_it_is_restored_the_other_half_is_needed_again(room: Room) -> None:
    draft = room.submitted(room.gap())
    room.drafts.lift_four_eyes(COORDINATOR, "Overstroming")
    room.hall.later(minutes=60)
    assert not may(room, draft, ANNA)
    room.drafts.lift_four_eyes(COORDINATOR, "Nog steeds")
    room.drafts.four_eyes.restore(COORDINATOR)
    assert room.drafts.four_eyes.lifted() is None
    assert not may(room, draft, ANNA)


def test_two_reviewers_at_once_approve_it_once(room: Room) -> None:
    draft = room.submitted(room.gap())
    room.drafts.approve(draft, BERT)
    with pytest.raises((DraftChanged, ReviewRefused)):
        room.drafts.approve(draft, BERT)


def test_a_version_that_nobody_looked_at_is_not_approved(room: Room) -> None:
    gap = room.gap()
    seen = room.submitted(gap)
    back = room.drafts.give_back(seen, "", ANNA)
    other = room.drafts.save(room.again(back), changes(back, text="Stiekem iets anders, 5 jaar."), ANNA)
    room.drafts.submit(other, ANNA)
    with pytest.raises(DraftChanged):
        room.drafts.approve(seen, BERT)
    assert room.hall.again(gap).state is GapState.REVIEW


def test_check_reviewer_says_why_not() -> None:
    draft = Draft(
        uuid.uuid4(), "merelveen", uuid.uuid4(), document("t"), DraftState.SUBMITTED, ANNA.id, MONDAY
    )
    with pytest.raises(ReviewRefused) as caught:
        check_reviewer(draft, signal_of(Owner("reis", "Burgerzaken")), COORDINATOR, OWNERSHIP)
    assert caught.value.sentence == "Alleen de ander van dit duo kan deze tekst goedkeuren."


def signal_of(owner: Owner) -> Gap:
    return Gap(
        uuid.uuid4(), "merelveen", 1, GapKind.MISSING, GapState.OPEN, "Vraag?", owner, 1, MONDAY, MONDAY
    )
