"""What may happen to a signal, by whom, and what is written down."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from service.domain.draft import Check, Proof
from service.domain.gap import Gap, GapState, Urgency
from service.domain.person import Person, Role
from service.domain.productduo import Owner
from service.duos.transitions import NotPossible
from service.storage.gaps import Changed
from tests.service.duos.houses import (
    AGENT,
    ANNA,
    BERT,
    CARLA,
    COORDINATOR,
    HEAD,
    TownHall,
    person,
    proof_that_holds,
    town_hall,
)

ABOUT_PASSPORTS = "Hoe lang is een paspoort geldig voor mijn kind?"
ABOUT_WASTE = "Hoeveel grofvuil mag er in een keer buiten staan?"


@pytest.fixture
def hall(tmp_path: Path) -> TownHall:
    return town_hall(tmp_path)


@pytest.fixture
def gap(hall: TownHall) -> Gap:
    return hall.signals.ask_duo(hall.kept(ABOUT_PASSPORTS).id, AGENT)


def actions(hall: TownHall, gap: Gap) -> list[str]:
    return [event.action for event in hall.signals.gaps.history(gap.id)]


@pytest.mark.parametrize(
    ("who", "may"),
    [(ANNA, True), (BERT, True), (CARLA, False), (HEAD, True), (COORDINATOR, True), (AGENT, False)],
)
def test_a_signal_is_for_its_duo_its_department_and_the_coordinator(
    hall: TownHall, gap: Gap, who: Person, may: bool
) -> None:
    assert hall.signals.may_work_on(gap, who) is may


def test_a_list_shows_what_is_ones_own(hall: TownHall, gap: Gap) -> None:
    hall.said(ABOUT_WASTE)
    states = [GapState.PROPOSED, GapState.OPEN]

    def listed(who: Person) -> list[str]:
        duos, departments = hall.signals.lists_of(who)
        return [each.owner.duo for each in hall.signals.gaps.listed(states, duos, departments)[0]]

    assert listed(BERT) == ["reis"]
    assert sorted(listed(ANNA)) == ["afval", "reis"]
    assert listed(HEAD) == ["reis"]
    assert sorted(listed(COORDINATOR)) == ["afval", "reis"]
    assert listed(AGENT) == []


def test_the_counts_of_a_list_are_those_of_all_its_pages(hall: TownHall, gap: Gap) -> None:
    hall.said(ABOUT_WASTE)
    hall.later(days=60)
    late = {GapState.OPEN: 1}, 1
    assert hall.signals.gaps.counted({"reis"}, set(), hall.now) == late
    assert hall.signals.gaps.counted(None, None, hall.now) == ({**late[0], GapState.PROPOSED: 1}, 1)
    hall.signals.dismiss(gap, "klaar", BERT)
    assert hall.signals.gaps.counted({"reis"}, set(), hall.now) == ({GapState.DISMISSED: 1}, 0)
    assert hall.signals.gaps.counted(set(), set(), hall.now) == ({}, 0)


def test_a_head_sees_what_no_duo_of_the_department_has(hall: TownHall, gap: Gap) -> None:
    moved = hall.signals.hand_over(gap, Owner("", "Burgerzaken"), "geen duo", COORDINATOR)
    duos, departments = hall.signals.lists_of(HEAD)
    assert hall.signals.gaps.listed([GapState.OPEN], duos, departments)[1] == 1
    assert hall.signals.may_work_on(moved, HEAD)
    assert not hall.signals.may_work_on(moved, BERT)


def test_handing_over_moves_it_with_a_note(hall: TownHall, gap: Gap) -> None:
    moved = hall.signals.hand_over(gap, Owner("afval", "Beheer"), "Gaat over de container", BERT)
    assert (moved.owner.duo, moved.due_at) == ("afval", gap.due_at)
    event = hall.signals.gaps.history(gap.id)[-1]
    assert (event.action, event.actor, event.note) == ("handed_over", "Bert", "Gaat over de container")
    assert hall.told.calls[-1] == ("handed_over", gap.number)


def test_a_list_that_moves_opens_nothing_and_disturbs_nobody(hall: TownHall) -> None:
    proposed = hall.said(ABOUT_WASTE)
    moved = hall.signals.hand_over(proposed, Owner("", "Beheer"), "duo opgeheven", COORDINATOR, opens=False)
    assert (moved.state, moved.owner.department, moved.due_at) == (GapState.PROPOSED, "Beheer", None)
    assert hall.told.calls == []
    assert hall.signals.hand_over(moved, Owner("afval", "Beheer"), "", COORDINATOR).state is GapState.OPEN


def test_who_saves_second_hears_what_the_first_did(hall: TownHall, gap: Gap) -> None:
    hall.signals.set_urgency(gap, Urgency.HIGH, ANNA)
    with pytest.raises(Changed) as late:
        hall.signals.dismiss(gap, "dubbel", BERT)
    assert late.value.now.urgency is Urgency.HIGH
    assert hall.again(gap).state is GapState.OPEN
    assert hall.told.calls == [("opened", gap.number)]


def test_urgency_moves_the_deadline_and_the_place_on_the_list(hall: TownHall, gap: Gap) -> None:
    other = hall.signals.ask_duo(hall.kept(ABOUT_WASTE).id, AGENT)
    first = hall.signals.set_urgency(gap, Urgency.LOW, BERT)
    assert first.due_at
    assert gap.due_at
    assert first.due_at > gap.due_at
    assert [each.id for each in hall.signals.gaps.listed([GapState.OPEN])[0]] == [other.id, gap.id]
    hall.signals.set_urgency(first, Urgency.HIGH, BERT)
    assert [each.id for each in hall.signals.gaps.listed([GapState.OPEN])[0]] == [gap.id, other.id]


def test_dismissing_closes_with_a_reason(hall: TownHall, gap: Gap) -> None:
    closed = hall.signals.dismiss(gap, "Staat op de site van het Rijk", BERT)
    assert (closed.state, closed.reason, closed.closed_at) == (
        GapState.DISMISSED,
        "Staat op de site van het Rijk",
        hall.now,
    )
    assert hall.told.calls[-1] == ("closed", gap.number)
    with pytest.raises(NotPossible, match="already_closed"):
        hall.signals.dismiss(closed, "nog eens", BERT)


def test_the_agent_who_asked_finds_how_it_ended(hall: TownHall, gap: Gap) -> None:
    assert hall.signals.gaps.untold(AGENT.id) == []
    hall.signals.dismiss(gap, "Staat er al", BERT)
    ((asking, told),) = hall.signals.gaps.untold(AGENT.id)
    assert (asking.text, told.reason) == (ABOUT_PASSPORTS, "Staat er al")


def test_merging_adds_up(hall: TownHall, gap: Gap) -> None:
    other = hall.said(ABOUT_WASTE)
    kept = hall.signals.merge(other, gap, COORDINATOR)
    assert (kept.id, kept.asked) == (gap.id, 2)
    assert {asking.text for asking in hall.signals.gaps.askings(gap.id)} == {ABOUT_PASSPORTS, ABOUT_WASTE}
    gone = hall.again(other)
    assert (gone.state, gone.merged_into) == (GapState.MERGED, gap.id)
    with pytest.raises(NotPossible, match="merge_with_itself"):
        hall.signals.merge(kept, kept, COORDINATOR)


def test_an_open_signal_that_is_merged_into_a_proposed_one_opens_it(hall: TownHall, gap: Gap) -> None:
    proposed = hall.said(ABOUT_WASTE)
    kept = hall.signals.merge(gap, proposed, COORDINATOR)
    assert kept.state is GapState.OPEN
    assert kept.due_at


def test_the_earlier_promise_stays_when_two_become_one(hall: TownHall, gap: Gap) -> None:
    hall.later(days=3)
    later = hall.signals.ask_duo(hall.kept(ABOUT_WASTE).id, AGENT)
    assert hall.signals.merge(gap, later, COORDINATOR).due_at == gap.due_at


def test_what_is_left_after_a_split_is_named_after_what_is_left(hall: TownHall) -> None:
    gap = hall.signals.merge(hall.said(ABOUT_WASTE), hall.said(ABOUT_PASSPORTS), COORDINATOR)
    own = [asking.id for asking in hall.signals.gaps.askings(gap.id) if asking.text == gap.question]
    new = hall.signals.split(gap, own, BERT)
    assert (new.question, hall.again(gap).question) == (ABOUT_PASSPORTS, ABOUT_WASTE)


def test_a_solved_signal_bears_the_title_of_the_text_that_was_proven(hall: TownHall, gap: Gap) -> None:
    proof = proof_that_holds(gap, "redactie:nieuw", hall.now)
    assert hall.signals.solve(gap, proof, BERT, "Paspoort voor een kind").title == "Paspoort voor een kind"


def test_splitting_takes_askings_along(hall: TownHall) -> None:
    for _ in range(3):
        gap = hall.said(ABOUT_PASSPORTS)
    chosen = [asking.id for asking in hall.signals.gaps.askings(gap.id)][:1]
    new = hall.signals.split(gap, chosen, BERT)
    assert (new.asked, hall.again(gap).asked, new.number) == (1, 2, gap.number + 1)
    assert [asking.id for asking in hall.signals.gaps.askings(new.id)] == chosen
    with pytest.raises(NotPossible, match="split_leaves_nothing"):
        hall.signals.split(hall.again(gap), [uuid.uuid4()], BERT)


def test_a_proof_that_holds_solves_and_one_that_does_not_sends_back(hall: TownHall, gap: Gap) -> None:
    waiting = hall.signals.to_review(gap, ANNA)
    assert waiting.state is GapState.REVIEW
    right = Check(gap.question, False, True, True, False)
    wrong = Check("Parafrase?", True, False, False, False, "vac:anders")
    failed = hall.signals.solve(
        waiting, Proof(uuid.uuid4(), gap.id, "redactie:nieuw", hall.now, (right, wrong)), BERT
    )
    assert failed.state is GapState.OPEN
    solved = hall.signals.solve(
        failed, Proof(uuid.uuid4(), gap.id, "redactie:nieuw", hall.now, (right,)), BERT
    )
    assert (solved.state, solved.document) == (GapState.SOLVED, "redactie:nieuw")
    assert [proof.solved for proof in hall.signals.gaps.proofs(gap.id)].count(True) == 1
    assert actions(hall, gap) == ["opened", "submitted", "not_proven", "proven"]


def test_a_proof_without_checks_proves_nothing(hall: TownHall, gap: Gap) -> None:
    assert (
        hall.signals.solve(gap, Proof(uuid.uuid4(), gap.id, "x", hall.now, ()), None).state is GapState.OPEN
    )


def test_a_text_can_be_sent_back(hall: TownHall, gap: Gap) -> None:
    back = hall.signals.back_to_work(hall.signals.to_review(gap, ANNA), "Bedrag klopt niet", BERT)
    assert back.state is GapState.OPEN
    assert hall.told.calls[-1] == ("returned", gap.number)


def test_opening_again_gives_a_new_deadline(hall: TownHall, gap: Gap) -> None:
    closed = hall.signals.dismiss(gap, "nee", BERT)
    hall.later(days=30)
    again = hall.signals.reopen(closed, "toch wel", COORDINATOR)
    assert (again.state, again.reopened, again.closed_at, again.reason) == (GapState.OPEN, 1, None, "")
    assert again.due_at == hall.charter.due(hall.now, gap.kind, gap.urgency)
    with pytest.raises(NotPossible, match="not_closed"):
        hall.signals.reopen(again, "", COORDINATOR)


def test_every_change_stands_in_the_audit_without_words_of_a_question(hall: TownHall, gap: Gap) -> None:
    hall.signals.rename(gap, "Hoe lang is een paspoort van een kind geldig?", BERT)
    hall.signals.note(hall.again(gap), "Kijk jij even?", ANNA)
    assert [action for _, action, _ in hall.told.audit] == ["gap.opened", "gap.renamed", "gap.note"]
    assert "paspoort" not in str(hall.told.audit)


def test_somebody_without_a_duo_has_no_list(hall: TownHall, gap: Gap) -> None:
    loose = person("los", Role.DUO_MEMBER)
    assert hall.signals.lists_of(loose) == (frozenset(), frozenset())


def test_personal_data_is_taken_out_of_what_people_type(hall: TownHall, gap: Gap) -> None:
    hall.signals.note(gap, "Bel mevrouw op 06-12345678", ANNA)
    gap = hall.signals.rename(gap, "Vraag van iemand@voorbeeld.example", BERT)
    gap = hall.signals.hand_over(gap, Owner("afval", "Beheer"), "BSN 111222333", BERT)
    gap = hall.signals.dismiss(gap, "Gemaild naar iemand@voorbeeld.example", BERT)
    notes = " ".join(event.note for event in hall.signals.gaps.history(gap.id))
    for secret in ("12345678", "iemand@", "111222333"):
        assert secret not in notes + gap.question + gap.reason
