"""Questions with what we answered, kept once and read back as they were."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, text

from embeddings.store.database import writing
from service.domain.answer import Answer, Certainty
from service.domain.conversation import Conversation
from service.domain.local_time import AMSTERDAM
from service.domain.question import Channel, Question
from service.storage.conversations import add_conversation, delete_empty
from service.storage.daily_counts import count
from service.storage.gap_tables import askings
from service.storage.generated import note_generated
from service.storage.tables import conversations, questions

MAXIMUM_TURNS = 30  # guard S22

ANSWER = TypeAdapter(Answer)  # as it is kept: one column of JSON


class UnknownQuestion(Exception):
    """There is no such question, or not any more."""


class ConversationFull(Exception):
    """The conversation holds as many questions as it may."""


@dataclass(frozen=True)
class Turn:
    """A question with its answer. `for_staff`: it was shown to staff, so only staff may read it back."""

    question: Question
    answer: Answer
    for_staff: bool


class Questions:
    """The questions of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    @property
    def engine(self) -> Engine:
        """The database, for who reads a whole conversation or erases it."""
        return self._engine

    def keep(
        self, turn: Turn, opened: Conversation | None = None, product: str = "", form: str | None = None
    ) -> None:
        """Store a turn, and the conversation that it opened, and count it, in one transaction.

        `product` is what it is counted under: the UPL address of the first text's product. `form` is what is
        known of the form in which it was asked; a form is kept with one question.
        """
        question = turn.question
        with writing(self._engine).begin() as connection:
            if opened:
                add_conversation(connection, opened, question.asked_at, question.channel)
            # read under the write lock: two questions at once cannot take the same place
            position = _last_position(connection, question.conversation) + 1
            if position > MAXIMUM_TURNS:
                raise ConversationFull(question.conversation)
            connection.execute(insert(questions).values(position=position, form=form, **_columns_of(turn)))
            if asked := turn.answer.asked_back:
                note_generated(
                    connection, question.collection, question.id, [asked.text], asked.model, asked.made_at
                )
            _count(connection, turn, product)

    def count(self, turn: Turn, product: str = "") -> None:
        """Count a turn that may not be kept: no word of it is stored."""
        with writing(self._engine).begin() as connection:
            _count(connection, turn, product)

    def find(self, question_id: uuid.UUID) -> tuple[Turn, Conversation] | None:
        """A turn with the conversation whose token opens it."""
        query = (
            select(questions, conversations.c.token_digest)
            .join(conversations, conversations.c.id == questions.c.conversation_id)
            .where(questions.c.collection == self._collection, questions.c.id == question_id)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return turn_of(row), Conversation(row.conversation_id, row.collection, row.token_digest)

    def asked_in_form(self, form: str) -> uuid.UUID | None:
        """The question that was asked in this form, None when none was."""
        query = select(questions.c.id).where(
            questions.c.collection == self._collection, questions.c.form == form
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def texts_of(self, conversation_id: uuid.UUID) -> tuple[str, ...]:
        """What was asked in a conversation, oldest first."""
        query = (
            select(questions.c.text)
            .where(questions.c.collection == self._collection, questions.c.conversation_id == conversation_id)
            .order_by(questions.c.position)
        )
        with self._engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def asked_in(self, conversation_id: uuid.UUID) -> tuple[tuple[uuid.UUID, str], ...]:
        """The questions of a conversation with their ids, oldest first."""
        query = (
            select(questions.c.id, questions.c.text)
            .where(questions.c.collection == self._collection, questions.c.conversation_id == conversation_id)
            .order_by(questions.c.position)
        )
        with self._engine.connect() as connection:
            return tuple((row.id, row.text) for row in connection.execute(query))

    def unlisted(self, since: datetime, statuses: Sequence[str], limit: int = 200) -> list[Turn]:
        """The turns since then that ended so and brought nothing to a list, oldest first."""
        listed = select(askings.c.id).where(askings.c.question_id == questions.c.id).exists()
        query = (
            select(questions)
            .where(
                questions.c.collection == self._collection,
                questions.c.asked_at >= since,
                questions.c.status.in_(statuses),
                ~listed,
            )
            .order_by(questions.c.asked_at)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [turn_of(row) for row in connection.execute(query)]

    def delete_before(self, moment: datetime) -> int:
        """Delete older questions so that no byte of them stays in the file; return how many there were."""
        old = questions.c.collection == self._collection, questions.c.asked_at < moment
        with writing(self._engine).begin() as connection:
            _overwrite_deleted_bytes(connection)
            deleted = connection.execute(delete(questions).where(*old)).rowcount
            delete_empty(connection, self._collection, moment)
        _empty_the_log(self._engine)
        return deleted


def _count(connection: Connection, turn: Turn, product: str) -> None:
    question, answer = turn.question, turn.answer
    day = question.asked_at.astimezone(AMSTERDAM).date()
    certain = answer.certainty is Certainty.HIGH
    count(connection, question.collection, day, product, answer.status, question.channel, certain)


def _last_position(connection: Connection, conversation_id: uuid.UUID) -> int:
    query = select(func.max(questions.c.position)).where(questions.c.conversation_id == conversation_id)
    return connection.execute(query).scalar() or 0


def _columns_of(turn: Turn) -> dict[str, object]:
    question, answer = turn.question, turn.answer
    return {
        "id": question.id,
        "collection": question.collection,
        "conversation_id": question.conversation,
        "text": question.text,
        "removed": list(question.removed),
        "channel": question.channel.value,
        "language": question.language,
        "asked_at": question.asked_at,
        "for_staff": turn.for_staff,
        "status": answer.status.value,
        "probability": answer.probability,
        "certainty": answer.certainty.value,
        "degraded": answer.degraded,
        "answer": ANSWER.dump_python(answer, mode="json"),
    }


def turn_of(row: Row[tuple[object, ...]]) -> Turn:
    """A turn out of a row of the table."""
    question = Question(
        id=row.id,
        text=row.text,
        channel=Channel(row.channel),
        collection=row.collection,
        language=row.language,
        conversation=row.conversation_id,
        asked_at=row.asked_at,
        removed=tuple(row.removed),
    )
    return Turn(question, ANSWER.validate_python(row.answer), row.for_staff)


def _overwrite_deleted_bytes(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA secure_delete=ON"))


def _empty_the_log(engine: Engine) -> None:
    """Write SQLite's log back into the file: until then the deleted text still stands in the log."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
