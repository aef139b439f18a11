"""How a question gets on a list: proposed, joined, opened, reopened; and never lost."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from service.domain.answer import Status
from service.domain.gap import Fault, GapKind, GapState, Origin
from service.domain.productduo import Owner
from service.domain.question import VISITOR, Channel
from service.duos.signals import UnknownQuestion
from service.storage.gap_tables import addresses, askings
from service.storage.questions import Questions
from tests.service.duos.houses import AGENT, ANNA, BERT, COORDINATOR, TownHall, proof_that_holds, town_hall

HOW_LONG = "Hoe lang is een paspoort geldig voor mijn kind?"


@pytest.fixture
def hall(tmp_path: Path) -> TownHall:
    return town_hall(tmp_path)


def test_the_first_asking_proposes_a_signal_to_the_duo_of_the_nearest_text(hall: TownHall) -> None:
    gap = hall.said(HOW_LONG)
    assert (gap.number, gap.state, gap.kind) == (1, GapState.PROPOSED, GapKind.UNCERTAIN)
    assert gap.owner == Owner("reis", "Burgerzaken")
    assert (gap.document, gap.title, gap.due_at) == ("vac:paspoort", "Paspoort aanvragen", None)
    assert hall.told.calls == []


def test_nothing_found_is_a_missing_text_for_the_coordinator(hall: TownHall) -> None:
    gap = hall.said("Mag ik een alpaca houden?")
    assert (gap.kind, gap.owner) == (GapKind.MISSING, Owner())


def test_the_third_asking_opens_it_with_a_deadline_and_tells_the_duo(hall: TownHall) -> None:
    for _ in range(2):
        assert hall.said(HOW_LONG).state is GapState.PROPOSED
    gap = hall.said(HOW_LONG)
    assert (gap.asked, gap.state, gap.opened_at) == (3, GapState.OPEN, hall.now)
    assert gap.due_at == hall.charter.due(hall.now, gap.kind, gap.urgency)
    assert hall.told.calls == [("opened", gap.number)]


def test_another_question_is_another_signal(hall: TownHall) -> None:
    assert hall.said(HOW_LONG).id != hall.said("Wanneer wordt grofvuil opgehaald in de Dorpsstraat?").id


def test_every_asking_is_kept_with_what_was_shown(hall: TownHall) -> None:
    gap = hall.said(HOW_LONG)
    hall.later(hours=1)
    hall.said(HOW_LONG)
    newest, oldest = hall.signals.gaps.askings(gap.id)
    assert newest.asked_at - oldest.asked_at == timedelta(hours=1)
    assert (oldest.origin, oldest.channel) == (Origin.OUTCOME, Channel.WEBSITE)
    assert [shown.document for shown in oldest.shown] == ["vac:paspoort"]


def test_an_agent_who_presses_opens_it_at_once(hall: TownHall) -> None:
    question = hall.kept(HOW_LONG)
    gap = hall.signals.ask_duo(question.id, AGENT, "Mevrouw belt morgen terug op 06-12345678")
    assert (gap.state, gap.asked) == (GapState.OPEN, 1)
    (asking,) = hall.signals.gaps.askings(gap.id)
    assert (asking.origin, asking.reporter) == (Origin.AGENT, AGENT.id)
    assert "12345678" not in asking.remark
    assert hall.told.calls == [("opened", gap.number)]


def test_pressing_on_a_question_that_stands_on_a_list_counts_it_once(hall: TownHall) -> None:
    question = hall.kept(HOW_LONG)
    proposed = hall.signals.heard(question, [hall.look(question.text, "nl", VISITOR)])[0]
    gap = hall.signals.ask_duo(question.id, AGENT)
    assert (gap.id, gap.asked, gap.state) == (proposed.id, 1, GapState.OPEN)
    assert len(hall.signals.gaps.askings(gap.id)) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.WRONG, GapKind.REJECTED),
        (Fault.OUTDATED, GapKind.OUTDATED),
        (Fault.INCOMPLETE, GapKind.REJECTED),
        (Fault.UNCLEAR, GapKind.REJECTED),
    ],
)
def test_what_a_reader_rejects_is_open_and_of_that_kind(hall: TownHall, fault: Fault, kind: GapKind) -> None:
    question = hall.kept(HOW_LONG, Status.LOW_CONFIDENCE)
    gap = hall.signals.reject(question.id, fault, "klopt niet", AGENT)
    assert (gap.kind, gap.state) == (kind, GapState.OPEN)


def test_a_visitor_who_was_not_helped_opens_it_too(hall: TownHall) -> None:
    gap = hall.signals.reject(hall.kept(HOW_LONG).id, Fault.UNCLEAR, "ik snap het niet")
    (asking,) = hall.signals.gaps.askings(gap.id)
    assert (gap.state, asking.origin, asking.reporter) == (GapState.OPEN, Origin.NOT_HELPED, None)


def test_an_address_is_kept_apart_and_handed_out_once_when_it_closes(hall: TownHall) -> None:
    question = hall.kept(HOW_LONG)
    gap = hall.signals.leave_address(question.id, "iemand@voorbeeld.example")
    assert gap.state is GapState.OPEN
    hall.signals.dismiss(hall.again(gap), "Hier gaat de gemeente niet over.", BERT)
    assert [address for _, address in hall.told.waiting] == ["iemand@voorbeeld.example"]
    with hall.engine.connect() as connection:
        assert connection.execute(select(addresses)).all() == []


def test_a_question_that_is_gone_cannot_be_brought(hall: TownHall) -> None:
    with pytest.raises(UnknownQuestion):
        hall.signals.ask_duo(uuid.uuid4(), AGENT)


def test_a_solved_signal_comes_back_only_when_its_text_does_not_come_first(hall: TownHall) -> None:
    gap = hall.said(HOW_LONG)
    solved = hall.signals.solve(gap, proof_that_holds(gap, "vac:paspoort", hall.now), None)
    assert solved.state is GapState.SOLVED
    still = hall.said(HOW_LONG)
    assert (still.state, still.asked) == (GapState.SOLVED, gap.asked)
    assert hall.signals.gaps.askings(gap.id)[0].origin is Origin.FOUND
    assert hall.signals.catch_up(hall.now - timedelta(days=1)) == 0
    other = hall.said(gap.question)
    lost = hall.signals.solve(
        hall.signals.reopen(other, "", COORDINATOR), proof_that_holds(gap, "redactie:nieuw", hall.now), None
    )
    assert lost.document == "redactie:nieuw"
    back = hall.said(HOW_LONG)
    assert (back.id, back.state, back.reopened) == (gap.id, GapState.OPEN, 2)


def test_a_dismissed_signal_stays_so_until_somebody_presses(hall: TownHall) -> None:
    gap = hall.signals.dismiss(hall.said(HOW_LONG), "Staat er al", BERT)
    again = hall.said(HOW_LONG)
    assert (again.id, again.state, again.asked) == (gap.id, GapState.DISMISSED, 2)
    pressed = hall.signals.ask_duo(hall.kept(HOW_LONG).id, AGENT)
    assert (pressed.id, pressed.state) == (gap.id, GapState.OPEN)


def test_after_three_months_the_same_question_is_news(hall: TownHall) -> None:
    gap = hall.signals.dismiss(hall.said(HOW_LONG), "Niet nu", BERT)
    hall.later(days=91)
    assert hall.said(HOW_LONG).id != gap.id


def test_what_joined_a_signal_that_was_merged_goes_to_the_one_that_stayed(hall: TownHall) -> None:
    one, other = hall.said(HOW_LONG), hall.said("Wat kost grofvuil?")
    kept = hall.signals.merge(one, other, COORDINATOR)
    assert hall.said(HOW_LONG).id == kept.id


def test_two_processes_see_each_others_signals(hall: TownHall) -> None:
    first = hall.said(HOW_LONG)
    second = hall.another_process()
    (joined,) = second.heard(hall.question(HOW_LONG), [hall.look(HOW_LONG, "nl", VISITOR)])
    assert joined.id == first.id
    assert hall.said(HOW_LONG).asked == 3


def test_many_at_once_make_one_signal(hall: TownHall) -> None:
    threads = [threading.Thread(target=hall.said, args=(HOW_LONG,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listed, count = hall.signals.gaps.listed([GapState.PROPOSED, GapState.OPEN])
    assert (count, listed[0].asked, hall.told.calls) == (1, 8, [("opened", 1)])


def test_a_database_that_is_away_does_not_take_the_answer_along(
    hall: TownHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = hall.kept(HOW_LONG)

    def away(after: int) -> None:
        raise OperationalError("select", {}, Exception("disk full"))

    with monkeypatch.context() as broken:
        broken.setattr(hall.signals.gaps, "joinable", away)
        assert hall.signals.heard(question, [hall.look(HOW_LONG, "nl", VISITOR)]) == []
    assert hall.signals.catch_up(hall.now - timedelta(days=1)) == 1
    assert hall.signals.catch_up(hall.now - timedelta(days=1)) == 0
    listed, _ = hall.signals.gaps.listed([GapState.PROPOSED])
    assert [gap.question for gap in listed] == [HOW_LONG]


def test_only_what_fell_short_is_caught_up(hall: TownHall) -> None:
    for status in (Status.ABUSE, Status.OUT_OF_SCOPE, Status.PERSONAL_CASE, Status.OTHER_AUTHORITY):
        hall.kept(HOW_LONG, status)
    assert hall.signals.catch_up(hall.now - timedelta(days=1)) == 0


def test_questions_of_another_municipality_are_never_joined(hall: TownHall) -> None:
    hall.said(HOW_LONG)
    with hall.engine.connect() as connection:
        assert connection.execute(select(askings.c.collection).distinct()).scalars().all() == ["merelveen"]
    assert Questions(hall.engine, "elders").unlisted(hall.now - timedelta(days=1), ["x"]) == []


def test_the_likeliest_other_signals_are_offered_for_merging(hall: TownHall) -> None:
    one = hall.said("Hoe lang is een paspoort voor mijn kind geldig?")
    other = hall.signals.split(
        hall.again(hall.said("Hoe lang is een paspoort voor mijn kind geldig?")),
        [hall.signals.gaps.askings(one.id)[0].id],
        COORDINATOR,
    )
    assert [gap.id for gap, _ in hall.signals.likely(hall.again(one))][:1] == [other.id]


def test_an_asking_names_its_kept_question(hall: TownHall) -> None:
    question = hall.kept(HOW_LONG)
    hall.signals.ask_duo(question.id, ANNA)
    with hall.engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM service_askings WHERE question_id IS NOT NULL"))
        assert found.scalar_one() == 1
