"""Who is told of a signal: the duo, else who covers for it; through the outbox, with the change itself."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from service.domain.gap import Gap, GapState
from service.domain.person import Person
from service.domain.productduo import Member
from service.duos.charter import Reminder, Step
from service.duos.ownership import Ownership
from service.notify.notices import Notices, Receiver, When
from service.storage.outbox import Notice, Outbox

# a deadline further away than this has nothing to be told about yet
HORIZON = timedelta(days=45)

Coordinators = Callable[[], Iterable[Receiver]]


@dataclass(frozen=True)
class Answer:
    """What a visitor gets who left an address: the words of the text, and where it stands."""

    quote: str
    url: str


@dataclass(frozen=True)
class OutboxHeralds:
    """Writes notices. `coordinators` are who hears when nobody else is there; `answer_of` gives what a solved
    signal's text says."""

    outbox: Outbox
    notices: Notices
    coordinators: Coordinators
    answer_of: Callable[[Gap], Answer]

    def opened(self, connection: Connection, gap: Gap, ownership: Ownership) -> None:
        """The duo has a signal with a deadline."""
        to, duo = self._step(Step.DUO, gap, ownership), _duo_name(gap, ownership)
        self._put(connection, self.notices.opened(gap, to, duo))

    def handed_over(self, connection: Connection, gap: Gap, ownership: Ownership, note: str, by: str) -> None:
        """The new owner has it now; each owner hears it once."""
        self.opened(connection, gap, ownership)

    def review_asked(self, connection: Connection, gap: Gap, ownership: Ownership, by: Person) -> None:
        """The other half, or who covers, has something to approve."""
        others = [one for one in self._step(Step.DUO, gap, ownership) if one.id != by.member]
        to = others or self._step(Step.DEPARTMENT_HEAD, gap, ownership)
        self._put(connection, self.notices.approval(gap, _occasion(gap), to))

    def returned(
        self, connection: Connection, gap: Gap, ownership: Ownership, remark: str, by: Person
    ) -> None:
        """The author's text came back."""
        to = [one for one in self._step(Step.DUO, gap, ownership) if one.id != by.member]
        self._put(connection, self.notices.returned(gap, _occasion(gap), to))

    def closed(self, connection: Connection, gap: Gap, waiting: list[tuple[uuid.UUID, str]]) -> None:
        """Who left an address gets the answer, or the reason why there is none."""
        for asking, address in waiting:
            visitor = Receiver(str(asking), "", address)
            answer = self.answer_of(gap) if gap.state is GapState.SOLVED else None
            if answer and answer.quote:
                self._put(connection, self.notices.answer(gap, visitor, answer.quote, answer.url))
            else:
                # dismissed; or solved by a text that is gone again, of which there is nothing to send
                self._put(connection, self.notices.declined(gap, visitor, gap.reason))

    def remind(self, connection: Connection, gap: Gap, reminder: Reminder, ownership: Ownership) -> None:
        """A deadline comes near or has passed; the same reminder is told once, however often this runs."""
        to, duo = self._step(reminder.to, gap, ownership), _duo_name(gap, ownership)
        if reminder.when is When.AFTER and reminder.to is not Step.DUO:
            self._put(connection, self.notices.overdue(gap, to, duo))
        else:
            self._put(connection, self.notices.reminder(gap, reminder.when, to, duo))

    def _put(self, connection: Connection, notices: Iterable[Notice]) -> None:
        for notice in notices:
            self.outbox.put(connection, notice)

    def _step(self, step: Step, gap: Gap, ownership: Ownership) -> list[Receiver]:
        """Who stands on this step; where nobody does, who stands on the next."""
        if step is Step.DUO:
            duo = ownership.duo(gap.owner.duo) if gap.owner.duo else None
            members = ownership.present(duo) if duo else ()
            return _receivers(members) or self._step(Step.DEPARTMENT_HEAD, gap, ownership)
        if step is Step.DEPARTMENT_HEAD:
            head = ownership.head_of(gap.owner.department)
            return _receivers([head] if head else []) or self._department(gap, ownership)
        return list(self.coordinators())

    def _department(self, gap: Gap, ownership: Ownership) -> list[Receiver]:
        """The department's own mailbox; without one the coordinators."""
        known = ownership.department(gap.owner.department) if gap.owner.department else None
        if known and known.email:
            return [Receiver(f"department:{known.id}", known.name, known.email)]
        return list(self.coordinators())


def _receivers(members: Iterable[Member]) -> list[Receiver]:
    return [Receiver(member.id, member.name, member.email) for member in members if member.email]


def _duo_name(gap: Gap, ownership: Ownership) -> str:
    duo = ownership.duo(gap.owner.duo) if gap.owner.duo else None
    return duo.name if duo else ""


def _occasion(gap: Gap) -> str:
    """What makes this time another one than the last: the gap's version."""
    return str(gap.version)
