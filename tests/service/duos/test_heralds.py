"""Who is told of a signal: the duo, else who covers; and of each deadline once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from service.domain.gap import Gap
from service.domain.productduo import Owner
from service.duos.heralds import Answer, OutboxHeralds
from service.duos.reminding import remind
from service.notify.notices import Channels, Notices, Receiver
from service.storage.gaps import Gaps
from service.storage.outbox import Outbox
from tests.service.duos.houses import (
    AGENT,
    ANNA,
    BERT,
    COLLECTION,
    COORDINATOR,
    TownHall,
    proof_that_holds,
    town_hall,
)

QUESTION = "Hoe lang is een paspoort geldig voor mijn kind?"


class Posted:
    """A town hall whose heralds write to a real outbox."""

    def __init__(self, folder: Path) -> None:
        self.hall: TownHall = town_hall(folder)
        self.outbox = Outbox(self.hall.engine, COLLECTION, lambda: self.hall.now)
        self.answer = Answer("Een paspoort voor een kind is 5 jaar geldig.", "https://merelveen.example/p")
        self.heralds = OutboxHeralds(
            self.outbox,
            Notices("https://antwoordduo.merelveen.example", Channels(mail=True)),
            lambda: [Receiver("cor", "Coordinator", "cor@merelveen.example")],
            lambda gap: self.answer,
        )
        self.signals = self.hall.signals
        self.signals.heralds = self.heralds

    def keys(self, gap: Gap) -> list[str]:
        return [line.key for line in self.outbox.about(str(gap.id))]

    def receivers(self, gap: Gap, event: str) -> set[str]:
        return {key.rpartition(":")[2] for key in self.keys(gap) if key.startswith(f"{event}:")}

    def told(self, gap: Gap, event: str) -> int:
        return sum(key.startswith(f"{event}:") for key in self.keys(gap))


@pytest.fixture
def posted(tmp_path: Path) -> Posted:
    return Posted(tmp_path)


@pytest.fixture
def gap(posted: Posted) -> Gap:
    return posted.signals.ask_duo(posted.hall.kept(QUESTION).id, AGENT)


def test_both_halves_hear_of_a_new_signal(posted: Posted, gap: Gap) -> None:
    assert posted.receivers(gap, "opened") == {"kcc-1", "spec-1"}


def test_a_proposed_signal_disturbs_nobody(posted: Posted) -> None:
    assert posted.keys(posted.hall.said(QUESTION)) == []


def test_without_a_duo_the_head_hears_without_a_head_the_department_and_else_the_coordinator(
    posted: Posted, gap: Gap
) -> None:
    signals = posted.signals
    gap = signals.hand_over(gap, Owner("", "Burgerzaken"), "", COORDINATOR)
    assert "hoofd" in posted.receivers(gap, "opened")
    gap = signals.hand_over(gap, Owner("parkeren", "Beheer"), "", COORDINATOR)
    assert "beheer" in posted.receivers(gap, "opened")
    gap = signals.hand_over(gap, Owner(), "", COORDINATOR)
    assert "cor" in posted.receivers(gap, "opened")


def test_only_the_other_half_is_asked_to_approve(posted: Posted, gap: Gap) -> None:
    gap = posted.signals.to_review(gap, ANNA)
    assert posted.receivers(gap, "approval") == {"spec-1"}
    gap = posted.signals.back_to_work(gap, "Nog een keer", BERT)
    assert posted.receivers(gap, "returned") == {"kcc-1"}


def test_who_left_an_address_gets_the_answer(posted: Posted) -> None:
    gap = posted.signals.leave_address(posted.hall.kept(QUESTION).id, "iemand@voorbeeld.example")
    posted.signals.solve(gap, proof_that_holds(gap, "redactie:nieuw", posted.hall.now), BERT)
    assert posted.told(gap, "answer") == 1


def test_or_the_reason(posted: Posted) -> None:
    gap = posted.signals.leave_address(posted.hall.kept(QUESTION).id, "iemand@voorbeeld.example")
    posted.signals.dismiss(gap, "Dit regelt het Rijk.", BERT)
    assert (posted.told(gap, "declined"), posted.told(gap, "answer")) == (1, 0)


def test_an_answer_without_words_is_never_sent(posted: Posted) -> None:
    posted.answer = Answer("", "")
    gap = posted.signals.leave_address(posted.hall.kept(QUESTION).id, "iemand@voorbeeld.example")
    posted.signals.solve(gap, proof_that_holds(gap, "redactie:weg", posted.hall.now), BERT)
    assert (posted.told(gap, "declined"), posted.told(gap, "answer")) == (1, 0)


def test_each_reminder_is_told_once_however_often_it_is_looked_at(posted: Posted, gap: Gap) -> None:
    hall = posted.hall
    gaps = Gaps(hall.engine, COLLECTION)
    for _ in range(40):
        hall.later(hours=12)
        remind(gaps, posted.heralds, posted.signals.rules, hall.now)
    assert posted.receivers(gap, "reminder_before") == {"kcc-1", "spec-1"}
    assert posted.receivers(gap, "reminder_on") == {"kcc-1", "spec-1"}
    assert posted.receivers(gap, "overdue") == {"hoofd", "cor"}
    once = len(posted.keys(gap))
    remind(gaps, posted.heralds, posted.signals.rules, hall.now)
    assert len(posted.keys(gap)) == once


def test_what_is_closed_is_not_reminded_of(posted: Posted, gap: Gap) -> None:
    posted.signals.dismiss(gap, "klaar", BERT)
    posted.hall.later(days=60)
    before = posted.keys(gap)
    remind(Gaps(posted.hall.engine, COLLECTION), posted.heralds, posted.signals.rules, posted.hall.now)
    assert posted.keys(gap) == before


def test_a_duo_whose_members_have_no_address_is_covered(posted: Posted) -> None:
    hall = posted.hall
    silent = tuple(
        replace(member, email="") if member.id != "hoofd" else member for member in hall.ownership.members
    )
    hall.ownership = replace(hall.ownership, members=silent)
    gap = posted.signals.ask_duo(hall.kept(QUESTION).id, AGENT)
    assert posted.receivers(gap, "opened") == {"hoofd"}
