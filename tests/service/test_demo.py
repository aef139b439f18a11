"""The demo's invented questions: brought once, each at its own moment; and the loop as it is put together."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from embeddings.store.database import open_engine
from service.app import fill_demo, migrate_all, open_desk, open_library, open_people, open_rounds
from service.demo import NoQuestions, read_demo_questions
from service.domain.answer import Status
from service.domain.gap import LISTED, GapKind, GapState
from service.domain.question import AGENT, VISITOR, Channel
from service.settings import Settings
from service.storage.figure_tables import daily_counts
from service.storage.gaps import Gaps
from tests.factories import document

DEMO = Path("ingest/demo/vragen.jsonl")
QUESTIONS = "".join(
    json.dumps({"question": question, "days_ago": days_ago, "channel": channel, **more}) + "\n"
    for question, days_ago, channel, more in (
        ("Hoe lang is een paspoort geldig?", 9, "website", {}),
        ("Wanneer halen jullie grofvuil op?", 4, "sidebar", {"asked_by_agent": True}),
        ("Is het bedrag van de leges nog goed?", 2, "website", {"fault": "outdated"}),
    )
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'demo.sqlite'}", data_dir=tmp_path, encoder="hashing"
    )
    migrate_all(settings)
    texts = [
        document("paspoort", "Een paspoort is 10 jaar geldig.", title="Paspoort"),
        document("grofvuil", "Grofvuil halen wij op afspraak op.", title="Grofvuil"),
        document("leges", "De leges zijn € 12.", title="Leges"),
    ]
    open_library(settings).apply(settings.collection, "vac", texts)
    return settings


def gaps_of(settings: Settings) -> Gaps:
    return Gaps(open_engine(settings.database_url), settings.collection)


def test_the_committed_questions_can_be_read() -> None:
    asked = read_demo_questions(DEMO)
    assert len(asked) > 50
    assert any(each.pressed for each in asked)
    assert any(each.fault for each in asked)
    # a question is deleted after 30 days: none of these is older than that
    assert max(each.days_ago for each in asked) < 30


def test_a_line_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"question": "a", "days_ago": 1, "channel": "website"}\n{"question": "b"}\n', "utf-8")
    with pytest.raises(NoQuestions, match=":2:"):
        read_demo_questions(path)


def test_they_are_asked_once_each_at_its_own_moment(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(QUESTIONS, encoding="utf-8")
    assert fill_demo(settings, path) == 3
    assert fill_demo(settings, path) == 0
    listed, count = gaps_of(settings).listed(LISTED)
    assert count == 3
    by_question = {gap.question: gap for gap in listed}
    proposed = by_question["Hoe lang is een paspoort geldig?"]
    assert (proposed.state, proposed.due_at) == (GapState.PROPOSED, None)
    ago = datetime.now(UTC) - proposed.first_asked_at
    assert timedelta(days=8.9) < ago < timedelta(days=9.1)
    pressed = by_question["Wanneer halen jullie grofvuil op?"]
    assert pressed.state is GapState.OPEN
    assert pressed.opened_at
    assert by_question["Is het bedrag van de leges nog goed?"].kind is GapKind.OUTDATED


def test_the_desk_brings_what_it_does_not_know_and_counts_every_question(settings: Settings) -> None:
    desk = open_desk(settings, open_people(settings, "a-key-of-more-than-thirty-two-signs-long"))
    reply = desk.ask("Hoe lang is een paspoort geldig?", Channel.SIDEBAR, "nl", AGENT)
    assert reply.turn.answer.status in (Status.LOW_CONFIDENCE, Status.NO_SOURCE)
    assert reply.signal is not None
    assert desk.signal_of(reply.turn.question.id) == reply.signal
    assert desk.suggest("paspoort", VISITOR, "nl", 3).candidates
    assert desk.signals.gaps.listed(LISTED)[1] == 1
    with open_engine(settings.database_url).connect() as connection:
        (row,) = connection.execute(select(daily_counts)).all()
    assert (row.status, row.channel, row.questions) == (reply.turn.answer.status.value, "sidebar", 1)


def test_a_question_that_is_never_kept_is_counted_without_a_word(settings: Settings) -> None:
    never = settings.model_copy(update={"retention_days": 0})
    desk = open_desk(never, open_people(never, "a-key-of-more-than-thirty-two-signs-long"))
    reply = desk.ask("Hoe lang is een paspoort geldig?", Channel.WEBSITE, "nl", VISITOR)
    assert desk.read(reply.turn.question.id, AGENT, None) is None
    with open_engine(settings.database_url).connect() as connection:
        (row,) = connection.execute(select(daily_counts)).all()
    assert row.questions == 1


def test_the_rounds_delete_the_questions_that_are_past_their_time(settings: Settings) -> None:
    desk = open_desk(settings, open_people(settings, "a-key-of-more-than-thirty-two-signs-long"))
    kept = desk.ask("Hoe lang is een paspoort geldig?", Channel.SIDEBAR, "nl", AGENT).turn.question.id
    work, *_ = open_rounds(settings, lambda: False)
    work.turn()
    assert desk.questions.find(kept) is not None
    at_once = settings.model_copy(update={"retention_days": 0})
    work, *_ = open_rounds(at_once, lambda: False)
    assert work.turn()["forget"] >= 1
    assert desk.questions.find(kept) is None
