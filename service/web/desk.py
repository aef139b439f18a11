"""Where a question is put: answered, kept once with a copy of what was cited, and read back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from service.domain.conversation import Conversation, new_conversation
from service.domain.question import Asked, Asker, Channel
from service.storage.conversations import Conversations
from service.storage.questions import MAXIMUM_TURNS, ConversationFull, Questions, Turn
from service.web.answers import Answered, Answers, Suggestions

if TYPE_CHECKING:
    from service.duos.drafts import Drafts
    from service.duos.signals import Signals
    from service.duos.steering import Steering
    from service.storage.choices import Choices
    from service.storage.outbox import Outbox


class NoLoop(Exception):
    """This desk has no signals and no duos: one of a test, or of an evaluation."""


class Post(Protocol):
    """What is told outside, as far as pages look at it."""

    @property
    def outbox(self) -> Outbox: ...


class Loop(Protocol):
    """The duo loop behind the desk."""

    @property
    def signals(self) -> Signals: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def steering(self) -> Steering: ...
    @property
    def choices(self) -> Choices: ...
    @property
    def post(self) -> Post: ...


class UnknownConversation(Exception):
    """There is no such conversation, or not any more."""


@dataclass(frozen=True)
class Reply:
    """A turn, and the token of its conversation when this question opened it; `signal` is on whose list
    the question came, None when it was answered."""

    turn: Turn
    token: str | None
    signal: uuid.UUID | None = None


@dataclass(frozen=True)
class Desk:
    """The desk of one municipality. `retention_days` 0: nothing is kept, so nothing can be read back.

    `loop` is where a question goes that the texts fell short of; without it none goes anywhere.
    """

    answers: Answers
    conversations: Conversations
    questions: Questions
    collection: str
    retention_days: int
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    loop: Loop | None = None

    @property
    def signals(self) -> Signals:
        """The signals, for pages that work with them. Raises NoLoop."""
        return self._loop().signals

    @property
    def drafts(self) -> Drafts:
        """The texts of the duos. Raises NoLoop."""
        return self._loop().drafts

    @property
    def choices(self) -> Choices:
        """What people chose on a page. Raises NoLoop."""
        return self._loop().choices

    @property
    def post(self) -> Post:
        """The notices. Raises NoLoop."""
        return self._loop().post

    @property
    def steering(self) -> Steering:
        """The figures. Raises NoLoop."""
        return self._loop().steering

    def _loop(self) -> Loop:
        if self.loop is None:
            raise NoLoop
        return self.loop

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
            self.questions.keep(turn, conversation if opened_with else None, answered.product)
        else:
            self.questions.count(turn, answered.product)
        return Reply(turn, opened_with, self._heard(answered))

    def _heard(self, answered: Answered) -> uuid.UUID | None:
        """Put what fell short on a list; returns the first signal."""
        if self.loop is None:
            return None
        gaps = self.loop.signals.heard(answered.question, answered.unanswered)
        return gaps[0].id if gaps else None

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

    def signal_of(self, question_id: uuid.UUID) -> uuid.UUID | None:
        """The signal that a kept question stands under, None when it stands under none."""
        return self.loop.signals.gaps.of_question(question_id) if self.loop else None

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
