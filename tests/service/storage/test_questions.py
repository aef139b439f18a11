"""Questions are kept once, read back as they were, and gone when their time is up."""

from __future__ import annotations

import multiprocessing
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from service.domain.answer import Answer, Candidate, Certainty, Sentence, Source, Status
from service.domain.conversation import Conversation, new_conversation
from service.domain.question import Channel, Question
from service.storage.conversations import Conversations
from service.storage.database import open_database
from service.storage.questions import MAXIMUM_TURNS, ConversationFull, Questions, Turn

NOON = datetime(2026, 7, 3, 12, tzinfo=UTC)
ANSWER = Answer(
    Status.ANSWERED,
    Certainty.HIGH,
    0.91,
    (Sentence("Een paspoort kost € 83,87.", (1,)),),
    (Source(1, "vac:1", "Paspoort", "Kosten", "Een paspoort kost € 83,87.", "https://x.example", NOON, "A"),),
    (Candidate("vac:1", "Paspoort", "Kosten", "t", ("t",), "", "A", None, Certainty.HIGH, True, "en"),),
    "hint",
    True,
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path}/q.sqlite")
    yield engine
    engine.dispose()


def turn_in(conversation: Conversation, question: str = "Wat kost het?", asked_at: datetime = NOON) -> Turn:
    asked = Question(
        question, Channel.WEBSITE, conversation.collection, conversation=conversation.id,
        asked_at=asked_at, removed=("naam",),
    )  # fmt: skip
    return Turn(asked, ANSWER, for_staff=False)


def kept(questions: Questions, collection: str = "m", **changes: object) -> Turn:
    conversation, _ = new_conversation(collection)
    turn = turn_in(conversation, **changes)  # type: ignore[arg-type]
    questions.keep(turn, conversation)
    return turn


def test_a_turn_comes_back_as_it_was(engine: Engine) -> None:
    questions = Questions(engine, "m")
    conversation, token = new_conversation("m")
    turn = turn_in(conversation)
    questions.keep(turn, conversation)
    found = questions.find(turn.question.id)
    assert found == (turn, conversation)
    assert found[1].opens_with(token)


def test_the_token_itself_is_nowhere_in_the_file(engine: Engine, tmp_path: Path) -> None:
    conversation, token = new_conversation("m")
    Questions(engine, "m").keep(turn_in(conversation), conversation)
    assert all(token.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_another_municipality_sees_nothing(engine: Engine) -> None:
    turn = kept(Questions(engine, "m"))
    other = Questions(engine, "n")
    assert other.find(turn.question.id) is None
    assert other.texts_of(turn.question.conversation) == ()
    assert Conversations(engine, "n").find(turn.question.conversation, NOON - timedelta(days=1)) is None
    assert other.delete_before(NOON + timedelta(days=1)) == 0


def test_an_unknown_question_is_none(engine: Engine) -> None:
    assert Questions(engine, "m").find(uuid.uuid4()) is None


def test_the_texts_of_a_conversation_stand_in_order(engine: Engine) -> None:
    questions = Questions(engine, "m")
    conversation, _ = new_conversation("m")
    questions.keep(turn_in(conversation, "een"), conversation)
    for word in ("twee", "drie"):
        questions.keep(turn_in(conversation, word))
    assert questions.texts_of(conversation.id) == ("een", "twee", "drie")


def test_a_full_conversation_takes_no_more(engine: Engine) -> None:
    questions = Questions(engine, "m")
    conversation, _ = new_conversation("m")
    questions.keep(turn_in(conversation), conversation)
    for _ in range(MAXIMUM_TURNS - 1):
        questions.keep(turn_in(conversation))
    with pytest.raises(ConversationFull):
        questions.keep(turn_in(conversation))


def test_a_conversation_too_old_is_not_found(engine: Engine) -> None:
    turn = kept(Questions(engine, "m"))
    conversations = Conversations(engine, "m")
    assert conversations.find(turn.question.conversation, NOON)
    assert conversations.find(turn.question.conversation, NOON + timedelta(seconds=1)) is None


def test_keeping_a_turn_commits_once(engine: Engine) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    kept(Questions(engine, "m"))
    assert len(commits) == 1


def test_a_question_that_cannot_be_kept_leaves_no_conversation(engine: Engine) -> None:
    questions = Questions(engine, "m")
    turn = kept(questions)
    conversation, _ = new_conversation("m")
    again = Turn(replace(turn.question, conversation=conversation.id), ANSWER, for_staff=False)
    with pytest.raises(Exception, match="UNIQUE"):
        questions.keep(again, conversation)
    assert Conversations(engine, "m").find(conversation.id, NOON - timedelta(days=1)) is None


@pytest.mark.parametrize(("age", "deleted"), [(29, 0), (30, 0), (31, 1)])
def test_a_question_is_deleted_after_its_days_and_not_before(engine: Engine, age: int, deleted: int) -> None:
    questions = Questions(engine, "m")
    turn = kept(questions, asked_at=NOON - timedelta(days=age))
    assert questions.delete_before(NOON - timedelta(days=30)) == deleted
    assert (questions.find(turn.question.id) is None) == bool(deleted)


def test_no_byte_of_a_deleted_question_stays(engine: Engine, tmp_path: Path) -> None:
    questions = Questions(engine, "m")
    kept(questions, question="kanarievogel " * 30, asked_at=NOON - timedelta(days=31))
    staying = kept(questions, question="blijver")
    assert questions.delete_before(NOON - timedelta(days=30)) == 1
    assert all(b"kanarievogel" not in file.read_bytes() for file in tmp_path.iterdir())
    assert questions.find(staying.question.id)


def test_a_conversation_goes_with_its_last_question(engine: Engine) -> None:
    questions = Questions(engine, "m")
    conversation, _ = new_conversation("m")
    questions.keep(turn_in(conversation, asked_at=NOON - timedelta(days=40)), conversation)
    questions.keep(turn_in(conversation, asked_at=NOON))
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    questions.delete_before(NOON - timedelta(days=30))
    assert Conversations(engine, "m").find(conversation.id, long_ago)
    questions.delete_before(NOON + timedelta(days=30))
    assert Conversations(engine, "m").find(conversation.id, long_ago) is None


def test_four_writers_at_once_lose_nothing(engine: Engine) -> None:
    url = str(engine.url)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(url, 200)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=120)
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM service_questions")).scalar_one() == 800


def write_many(url: str, count: int) -> None:
    """Runs in a process of its own: conversations of ten questions."""
    questions = Questions(open_database(url), "m")
    for _ in range(count // 10):
        conversation, _token = new_conversation("m")
        questions.keep(turn_in(conversation), conversation)
        for _ in range(9):
            questions.keep(turn_in(conversation))


def test_questions_at_once_in_one_conversation_get_places_of_their_own(engine: Engine) -> None:
    from concurrent.futures import ThreadPoolExecutor

    questions = Questions(engine, "m")
    conversation, _ = new_conversation("m")
    questions.keep(turn_in(conversation), conversation)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: questions.keep(turn_in(conversation)), range(20)))
    assert len(questions.texts_of(conversation.id)) == 21
