"""Where a question is put: answered, kept once with a copy of what was cited, and read back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from service.domain.answer import Rewording, Status
from service.domain.conversation import Conversation, new_conversation
from service.domain.question import VISITOR, Asked, Asker, Channel
from service.storage.conversations import Conversations
from service.storage.erasing import Erasing
from service.storage.helped import Helped
from service.storage.questions import MAXIMUM_TURNS, ConversationFull, Questions, Turn
from service.web.answers import Answered, Answers, Suggestions
from service.web.once import Form, Forms

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from service.duos.assisting import Assisting
    from service.duos.drafts import Drafts
    from service.duos.signals import Signals
    from service.duos.steering import Steering
    from service.storage.choices import Choices
    from service.storage.outbox import Outbox
    from service.storage.rewordings import Rewordings


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


class Pace(Protocol):
    """How fast a conversation may go."""

    def turn(self, conversation: uuid.UUID) -> None: ...
    def one_at_a_time(self, conversation: uuid.UUID) -> AbstractContextManager[None]: ...


class Reworder(Protocol):
    """What rewords an answer that was shown."""

    @property
    def kept(self) -> Rewordings: ...
    async def of(self, turn: Turn, site: str) -> Rewording: ...


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

    `loop` is where a question goes that the texts fell short of; without it none goes anywhere. `pace` holds
    up who asks too fast; without it nobody does. `reworder` is the language model, where there is one, and
    `assisting` what it does for duos.
    """

    answers: Answers
    conversations: Conversations
    questions: Questions
    collection: str
    retention_days: int
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    loop: Loop | None = None
    pace: Pace | None = None
    reworder: Reworder | None = None
    assisting: Assisting | None = None
    forms: Forms = field(default_factory=Forms)

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
        form: Form | None = None,
        site: str = "",
    ) -> Reply:
        """Answer a question and keep it. A conversation token that comes along has to be the right one.
        `site` is the key of the website where it was asked.

        A form that was answered before gets that answer; where nothing is kept it is answered anew, and
        counted once.
        """
        with self.forms.one_at_a_time(form) if form else nullcontext():
            before = self.questions.asked_in_form(form.key) if form else None
            if form and before:
                known = self._read_again(before, (form.token, token))
                if known is not None:
                    return known
                form = None  # that answer is not for who sends this
            conversation, opened_with, earlier = self._conversation(conversation_id, token, form)
            with self._at_its_pace(conversation.id, asker):
                asked = Asked(text, channel, self.collection, conversation.id, language, earlier, site)
                return self._ask(asked, asker, conversation, opened_with, form)

    def _ask(
        self,
        asked: Asked,
        asker: Asker,
        conversation: Conversation,
        opened_with: str | None,
        form: Form | None,
    ) -> Reply:
        answered = self.answers.answer(asked, asker)
        turn = Turn(answered.question, answered.answer, asker.staff)
        if self.retention_days:
            # a search that failed is worth another try in the same form
            key = form.key if form and answered.answer.status is not Status.ERROR_RETRIEVAL else None
            self.questions.keep(turn, conversation if opened_with else None, answered.product, key)
        elif form is None or self.forms.counts(form):
            self.questions.count(turn, answered.product)
        else:
            return Reply(turn, opened_with)
        return Reply(turn, opened_with, self._heard(answered))

    def _read_again(self, question: uuid.UUID, tokens: Iterable[str | None]) -> Reply | None:
        """The reply to a question that was answered before, for a visitor with one of these tokens."""
        for token in tokens:
            turn = self.read(question, VISITOR, token)
            if turn is not None:
                return Reply(turn, token, self.signal_of(question))
        return None

    def _at_its_pace(self, conversation: uuid.UUID, asker: Asker) -> AbstractContextManager[None]:
        """One question at a time, and a visitor not too many in a while."""
        if self.pace is None:
            return nullcontext()
        if not asker.staff:
            self.pace.turn(conversation)
        return self.pace.one_at_a_time(conversation)

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

    def transcript(self, conversation_id: uuid.UUID, token: str) -> tuple[Turn, ...]:
        """What a visitor asked and read in a conversation, oldest first; what staff were shown is left out.

        Raises UnknownConversation, also for a wrong token.
        """
        self._opened(conversation_id, token)
        turns = self._erasing.conversation(conversation_id, self._oldest_kept())
        return tuple(turn for turn in turns if not turn.for_staff)

    def erase(self, conversation_id: uuid.UUID, token: str, request_id: str = "") -> bool:
        """Take a conversation away for good, at the wish of who holds its token; False when there is none
        that this token opens. The audit keeps its id and the moment.
        """
        try:
            self._opened(conversation_id, token)
        except UnknownConversation:
            return False
        return self._erase(conversation_id, "visitor", request_id)

    def erase_for(self, conversation_id: uuid.UUID, actor: str, request_id: str = "") -> bool:
        """The same by staff, who need no token: `actor` is the id of the person."""
        return self._erase(conversation_id, actor, request_id)

    def _erase(self, conversation_id: uuid.UUID, actor: str, request_id: str) -> bool:
        subject, audit = str(conversation_id), self.loop.signals.audit if self.loop else None

        def noted(connection: Connection) -> None:
            if audit:
                audit.note_in(connection, actor, "conversation.erased", subject, "ok", request_id)

        erased = self._erasing.erase(conversation_id, self.now(), noted) > 0
        self.forget_erased()
        return erased

    def forget_erased(self) -> None:
        """Drop what this process still knows of words that were erased, here or elsewhere."""
        if self.loop:
            self.loop.signals.forget_erased()

    @property
    def helped(self) -> Helped:
        """Which answers helped, as visitors said."""
        return Helped(self.questions.engine, self.collection)

    @property
    def _erasing(self) -> Erasing:
        return Erasing(self.questions.engine, self.collection)

    def _opened(self, conversation_id: uuid.UUID, token: str) -> Conversation:
        known = self.conversations.find(conversation_id, started_after=self._oldest_kept())
        if known is None or not known.opens_with(token):
            raise UnknownConversation
        return known

    def signal_of(self, question_id: uuid.UUID) -> uuid.UUID | None:
        """The signal that a kept question stands under, None when it stands under none."""
        return self.loop.signals.gaps.of_question(question_id) if self.loop else None

    def _conversation(
        self, conversation_id: uuid.UUID | None, token: str | None, form: Form | None
    ) -> tuple[Conversation, str | None, tuple[str, ...]]:
        if conversation_id is None:
            conversation, new_token = new_conversation(self.collection, form.token if form else None)
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
