"""Where a question is put: answered, kept once with a copy of what was cited, and read back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from service.domain.conversation import Conversation, new_conversation
from service.domain.question import Asked, Asker, Channel
from service.storage.conversations import Conversations
from service.storage.questions import MAXIMUM_TURNS, ConversationFull, Questions, Turn
from service.web.answers import Answers, Suggestions


class UnknownConversation(Exception):
    """There is no such conversation, or not any more."""


@dataclass(frozen=True)
class Reply:
    """A turn, and the token of its conversation when this question opened it."""

    turn: Turn
    token: str | None


@dataclass(frozen=True)
class Desk:
    """The desk of one municipality. `retention_days` 0: nothing is kept, so nothing can be read back."""

    answers: Answers
    conversations: Conversations
    questions: Questions
    collection: str
    retention_days: int
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def ask(
        self,
        text: str,
        channel: Channel,
        language: str,
        asker: Asker,
        conversation_id: uuid.UUID | None = None,
        token: str | None = None,
    ) -> Reply:
        """Answer a question and keep it. A conversation token that comes along has to be the right one."""
        conversation, opened_with, earlier = self._conversation(conversation_id, token)
        asked = Asked(text, channel, self.collection, conversation.id, language, earlier)
        answered = self.answers.answer(asked, asker)
        turn = Turn(answered.question, answered.answer, asker.staff)
        if self.retention_days:
            self.questions.keep(turn, conversation if opened_with else None)
        return Reply(turn, opened_with)

    def suggest(self, text: str, asker: Asker, language: str, limit: int) -> Suggestions:
        """Candidates for words that are still being typed; nothing is stored."""
        return self.answers.suggest(text, asker, language, limit)

    def read(self, question_id: uuid.UUID, asker: Asker, token: str | None) -> Turn | None:
        """A turn for who may see it: staff, or the holder of its conversation's token."""
        found = self.questions.find(question_id)
        if found is None:
            return None
        turn, conversation = found
        if turn.question.asked_at < self._oldest_kept():
            return None
        if asker.staff:
            return turn
        # a visitor may hold the token of a conversation in which staff asked too: not for their eyes
        allowed = token is not None and conversation.opens_with(token) and not turn.for_staff
        return turn if allowed else None

    def _conversation(
        self, conversation_id: uuid.UUID | None, token: str | None
    ) -> tuple[Conversation, str | None, tuple[str, ...]]:
        if conversation_id is None:
            conversation, new_token = new_conversation(self.collection)
            return conversation, new_token, ()
        known = self.conversations.find(conversation_id, started_after=self._oldest_kept())
        if known is None or (token is not None and not known.opens_with(token)):
            raise UnknownConversation
        earlier = self.questions.texts_of(conversation_id)
        if len(earlier) >= MAXIMUM_TURNS:
            raise ConversationFull
        return known, None, earlier

    def _oldest_kept(self) -> datetime:
        return self.now() - timedelta(days=self.retention_days)
