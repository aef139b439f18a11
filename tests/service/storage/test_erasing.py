"""A conversation goes with all its words, and no byte of them stays; what is counted stays (guard P6)."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, select

from service.domain.answer import Answer, Status
from service.domain.conversation import Conversation, new_conversation
from service.domain.gap import GapState
from service.domain.question import VISITOR, Channel, Question
from service.duos.signals import Signals
from service.storage.conversations import Conversations
from service.storage.erasing import Erasing, without
from service.storage.gap_tables import FORGOTTEN, addresses
from service.storage.questions import Turn
from tests.service.duos.houses import AGENT, BERT, COLLECTION, TownHall, town_hall

QUESTION = "Mag een kanariekwekerij aan de Zilverreigerlaan blijven?"
REMARK = "Mevrouw noemde een purperen paraplubak"
WORDS = ("kanariekwekerij", "paraplubak", "bo@merelveen.example")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def hall(tmp_path: Path) -> TownHall:
    return town_hall(tmp_path)


def asked(hall: TownHall, text: str, conversation: Conversation, opens: bool = True) -> Question:
    question = Question(text, Channel.WEBSITE, COLLECTION, conversation=conversation.id, asked_at=hall.now)
    hall.questions.keep(Turn(question, Answer(Status.NO_SOURCE), False), conversation if opens else None)
    return question


def words_in(folder: Path) -> set[str]:
    """Which of the words stand in any file of the folder, byte for byte."""
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {word for word in WORDS if word.encode() in content}


def test_a_conversation_is_read_back_in_its_order(hall: TownHall) -> None:
    conversation, _ = new_conversation(COLLECTION)
    texts = [f"vraag {number}" for number in range(5)]
    for number, text in enumerate(texts):
        asked(hall, text, conversation, opens=number == 0)
    erasing = Erasing(hall.engine, COLLECTION)
    turns = erasing.conversation(conversation.id, LONG_AGO)
    assert [turn.question.text for turn in turns] == texts
    assert erasing.conversation(conversation.id, hall.now.replace(year=2100)) == ()
    assert erasing.conversation(uuid.uuid4(), LONG_AGO) == ()
    assert Erasing(hall.engine, "elders").conversation(conversation.id, LONG_AGO) == ()


def test_all_its_words_go_and_its_count_stays(hall: TownHall, tmp_path: Path) -> None:
    conversation, _ = new_conversation(COLLECTION)
    question = asked(hall, QUESTION, conversation)
    gap = hall.signals.ask_duo(question.id, AGENT, REMARK)
    hall.signals.leave_address(question.id, "bo@merelveen.example")
    hall.signals.rename(hall.again(gap), "Mag een vogelkwekerij blijven?", BERT)
    assert words_in(tmp_path) == set(WORDS)
    noted: list[Connection] = []
    assert Erasing(hall.engine, COLLECTION).erase(conversation.id, hall.now, noted.append) == 1
    assert len(noted) == 1
    assert words_in(tmp_path) == set()
    assert Conversations(hall.engine, COLLECTION).find(conversation.id, LONG_AGO) is None
    assert hall.questions.find(question.id) is None
    kept = hall.again(gap)
    assert (kept.state, kept.asked, kept.question) == (GapState.OPEN, 1, "Mag een vogelkwekerij blijven?")
    assert [asking.text for asking in hall.signals.gaps.askings(gap.id)] == [FORGOTTEN]
    with hall.engine.connect() as connection:
        assert connection.execute(select(addresses)).all() == []


def test_a_signal_of_others_takes_their_words(hall: TownHall) -> None:
    conversation, _ = new_conversation(COLLECTION)
    question = asked(hall, QUESTION, conversation)
    gap = hall.signals.ask_duo(question.id, AGENT)
    other = asked(hall, "Mag een kanariekwekerij blijven?", new_conversation(COLLECTION)[0])
    assert hall.signals.ask_duo(other.id, AGENT).id == gap.id
    Erasing(hall.engine, COLLECTION).erase(conversation.id, hall.now)
    assert hall.again(gap).question == other.text
    assert hall.questions.find(other.id) is not None


def test_who_used_the_very_same_words_keeps_them(hall: TownHall) -> None:
    conversation, _ = new_conversation(COLLECTION)
    gap = hall.signals.ask_duo(asked(hall, QUESTION, conversation).id, AGENT)
    other = asked(hall, QUESTION, new_conversation(COLLECTION)[0])
    assert hall.signals.ask_duo(other.id, AGENT).id == gap.id
    Erasing(hall.engine, COLLECTION).erase(conversation.id, hall.now)
    assert hall.again(gap).question == QUESTION


def test_a_signal_that_nobody_saw_goes_off_the_list(hall: TownHall) -> None:
    conversation, _ = new_conversation(COLLECTION)
    question = asked(hall, QUESTION, conversation)
    (gap,) = hall.signals.heard(question, [hall.look(QUESTION, "nl", VISITOR)])
    Erasing(hall.engine, COLLECTION).erase(conversation.id, hall.now)
    kept = hall.again(gap)
    assert (kept.state, kept.question, kept.asked) == (GapState.DISMISSED, FORGOTTEN, 1)


def test_what_is_erased_is_joined_by_nothing_in_a_process_that_knew_it(hall: TownHall) -> None:
    conversation, _ = new_conversation(COLLECTION)
    question = asked(hall, QUESTION, conversation)
    (gap,) = hall.signals.heard(question, [hall.look(QUESTION, "nl", VISITOR)])
    Erasing(hall.engine, COLLECTION).erase(conversation.id, hall.now)
    assert hall.said(QUESTION).id != gap.id


def test_what_is_erased_goes_out_of_the_memory_of_every_process(hall: TownHall) -> None:
    conversation, _ = new_conversation(COLLECTION)
    kept = hall.said("Wanneer komt het grofvuil?")
    question = asked(hall, QUESTION, conversation)
    hall.signals.heard(question, [hall.look(QUESTION, "nl", VISITOR)])
    vector = hall.encoder.encode_query(QUESTION).vector.tobytes()
    both = [hall.signals, hall.another_process()]
    for signals in both:
        signals.likely(hall.again(kept))  # it looks, and so knows all askings
        assert vector in known_to(signals)
        assert signals.forget_erased() == 0
    Erasing(hall.engine, COLLECTION).erase(conversation.id, hall.now)
    for signals in both:
        assert signals.forget_erased() == 1
        assert vector not in known_to(signals)
        assert len(known_to(signals)) == 1
        assert signals.forget_erased() == 0
    assert hall.said("Wanneer komt het grofvuil?").id == kept.id


def known_to(signals: Signals) -> list[bytes]:
    """The vectors that a process holds, wherever it holds them."""
    joiner = signals._joiner
    assert joiner._matrix is None or len(joiner._matrix) == len(joiner._vectors)
    return [vector.tobytes() for vector in joiner._vectors]


def test_looking_for_what_was_erased_reads_an_index_alone(hall: TownHall) -> None:
    asked_of: list[str] = []
    event.listen(hall.engine, "before_cursor_execute", lambda *call: asked_of.append(call[2]))
    assert (hall.signals.gaps.count_erased(), hall.signals.gaps.erased()) == (0, frozenset())
    queries = [one for one in asked_of if "service_askings" in one]
    assert len(queries) == 2
    with hall.engine.connect() as connection:
        for query in queries:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("merelveen",)).all()
            assert "COVERING INDEX service_askings_erased" in str(plan)


def test_another_municipality_erases_nothing_here(hall: TownHall) -> None:
    conversation, _ = new_conversation(COLLECTION)
    question = asked(hall, QUESTION, conversation)
    noted: list[Connection] = []
    assert Erasing(hall.engine, "elders").erase(conversation.id, hall.now, noted.append) == 0
    assert Erasing(hall.engine, COLLECTION).erase(uuid.uuid4(), hall.now, noted.append) == 0
    assert noted == []
    assert hall.questions.find(question.id) is not None


def test_words_go_out_of_json_wherever_they_stand() -> None:
    value = {"a": ["een vraag, en meer", 3, None], "b": {"c": "een vraag"}}
    erased = {"a": [f"{FORGOTTEN}, en meer", 3, None], "b": {"c": FORGOTTEN}}
    assert without(value, ["een vraag"]) == erased
    assert without(value, ["een", "een vraag"]) == erased
    assert without(value, []) == value
