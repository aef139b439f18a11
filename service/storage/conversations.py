"""Conversations by their id, as long as they may be kept."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select

from service.domain.conversation import Conversation
from service.storage.tables import conversations, questions


class Conversations:
    """The conversations of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    def find(self, conversation_id: uuid.UUID, started_after: datetime) -> Conversation | None:
        """The conversation, or None when it is unknown or older than it may be."""
        query = select(conversations).where(
            conversations.c.collection == self._collection,
            conversations.c.id == conversation_id,
            conversations.c.started_at >= started_after,
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return Conversation(row.id, row.collection, row.token_digest) if row else None


def add_conversation(
    connection: Connection, conversation: Conversation, started_at: datetime, channel: str
) -> None:
    """Write a conversation within the transaction of its first question."""
    connection.execute(
        insert(conversations).values(
            id=conversation.id,
            collection=conversation.collection,
            token_digest=conversation.token_digest,
            started_at=started_at,
            channel=channel,
        )
    )


def delete_empty(connection: Connection, collection: str, started_before: datetime) -> None:
    """Remove the conversations that have no question left."""
    in_use = select(questions.c.id).where(questions.c.conversation_id == conversations.c.id).exists()
    connection.execute(
        delete(conversations).where(
            conversations.c.collection == collection,
            conversations.c.started_at < started_before,
            ~in_use,
        )
    )
