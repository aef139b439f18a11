"""Requests to be called back: to which department, by when, who may see them, and what is told of them.

The number and the name stand in the request alone. Notices, audit and figures never get them; only a task in
Open Klant does, where the municipality chose so. Both are erased when somebody has called.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import phonenumbers
from sqlalchemy import Connection

from embeddings.store.database import writing
from service.answering.redaction import redact
from service.answering.unanswered import FoundText
from service.domain.callback import Callback, CallbackNote, CallbackState, CallbackStep, Daypart
from service.domain.person import Person, Role
from service.duos.deadlines import due
from service.duos.ownership import Ownership
from service.duos.routing import owner_for
from service.duos.transitions import EVERYWHERE, Auditing, Rules
from service.notify.notices import Notices, Receiver
from service.storage.callbacks import CallbackFigures, CallbackMeanwhile, KeptCallbacks
from service.storage.outbox import Notice, Outbox

COUNTRY = "NL"  # of a number without a country code
LONGEST_ABOUT = 500
LONGEST_NOTE = 1000
FIGURES_OF = timedelta(days=90)
_DIGITS = re.compile(r"\+?\d[\d .\-/()]{5,}\d")
_SAME_END = 8  # digits that make a number the same one, with or without its country


class NotOurs(Exception):
    """There is no such department, or it is the one that has the request."""


@dataclass(frozen=True)
class Left:
    """What an agent filled in. `telephone` is E.164."""

    department: str
    about: str
    telephone: str
    caller: str
    moment: Daypart
    question: uuid.UUID | None = None


def telephone_of(typed: str) -> str | None:
    """The number that was typed as E.164, Dutch or foreign; None when nobody can have it."""
    try:
        number = phonenumbers.parse(typed, COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_dialled(telephone: str) -> str:
    """An E.164 number as one dials it from the Netherlands, in groups."""
    number = phonenumbers.parse(telephone, COUNTRY)
    home = phonenumbers.region_code_for_number(number) == COUNTRY
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def without_caller(text: str, telephone: str, caller: str) -> str:
    """A text without personal data, and surely without this number and this name."""
    end = telephone[-_SAME_END:]

    def hidden(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match[0])
        return "[TELEFOON]" if end and digits.endswith(end) else match[0]

    for part in sorted(_parts_of(caller), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "[NAAM]", text, flags=re.IGNORECASE)
    return redact(_DIGITS.sub(hidden, text)).text


def _parts_of(caller: str) -> set[str]:
    """The name, and each part of it that begins with a capital: "de" would hide half a sentence."""
    whole = " ".join(caller.split())
    return {
        part for part in (whole, *whole.split()) if len(part) > 1 and (part == whole or part[0].isupper())
    }


def proposed_department(found: Sequence[FoundText], ownership: Ownership) -> str:
    """Whose text came nearest; empty for the coordinator."""
    return owner_for(found, ownership).department


def departments_of(person: Person, ownership: Ownership) -> frozenset[str] | None:
    """The departments whose requests this person sees; None for all of them."""
    if person.has(*EVERYWHERE):
        return None
    own = (
        {duo.department for duo in ownership.duos_of(person.member)} if person.has(Role.DUO_MEMBER) else set()
    )
    if person.has(Role.DEPARTMENT_HEAD):
        own |= {known.name for name in person.departments if (known := ownership.department(name))}
    return frozenset(own - {""})


@dataclass(frozen=True)
class Telling:
    """By which road a department hears of a request; `coordinators` hear where it has no address."""

    outbox: Outbox
    notices: Notices
    coordinators: Callable[[], Iterable[Receiver]]


class Callbacks:
    """The requests of one municipality. `days`: working days to call in; `kept`: how long a number stays."""

    def __init__(
        self,
        rows: KeptCallbacks,
        rules: Rules,
        audit: Auditing,
        telling: Telling,
        now: Callable[[], datetime],
        days: int,
        kept: timedelta,
    ) -> None:
        self.rows = rows
        self.rules = rules
        self.now = now
        self._audit = audit
        self._telling = telling
        self._days = days
        self._kept = kept

    def deadline(self) -> datetime:
        """By when somebody who asks now is called."""
        return due(self.now(), self._days, self.rules.calendar)

    def leave(self, left: Left, by: Person, request_id: str = "") -> Callback:
        """Keep a request and tell the department. Raises NotOurs for a department that is not there."""
        new = Callback(
            id=uuid.uuid4(),
            department=self._department(left.department),
            about=without_caller(left.about[:LONGEST_ABOUT], left.telephone, left.caller),
            telephone=left.telephone,
            caller=left.caller,
            moment=left.moment,
            left_at=self.now(),
            due_at=self.deadline(),
            question=left.question,
            reporter=by.id,
        )
        with writing(self.rows.engine).begin() as connection:
            added = self.rows.add(connection, new)
            self._put(connection, self._telling.notices.callback(added, self._receivers(added.department)))
            self._audit.note_in(connection, str(by.id), "callback.left", str(added.id), "ok", request_id)
        return added

    def waiting(self, person: Person) -> tuple[Callback, ...]:
        """The requests that wait for this person's departments, the nearest deadline first."""
        return self.rows.open(departments_of(person, self.rules.ownership()))

    def find(self, id: uuid.UUID, person: Person) -> Callback | None:
        """A request that is this person's to see; of others it is as if there were none (guard S21)."""
        found = self.rows.find(id)
        own = departments_of(person, self.rules.ownership())
        return found if found and (own is None or found.department in own) else None

    def called(self, seen: Callback, note: str, by: Person, request_id: str = "") -> Callback:
        """Somebody called: number and name are gone at once. Raises CallbackMeanwhile."""
        done = replace(seen, state=CallbackState.DONE, closed_at=self.now())
        return self._step(seen, done, CallbackStep.CALLED, note, by, request_id)

    def not_reached(self, seen: Callback, note: str, by: Person, request_id: str = "") -> Callback:
        """Nobody answered; it stays open. Raises CallbackMeanwhile."""
        again = replace(seen, tries=seen.tries + 1)
        return self._step(seen, again, CallbackStep.NOT_REACHED, note, by, request_id)

    def hand_over(
        self, seen: Callback, department: str, note: str, by: Person, request_id: str = ""
    ) -> Callback:
        """Another department calls, by the same deadline. Raises NotOurs, CallbackMeanwhile."""
        to = self._department(department)
        if to == seen.department:
            raise NotOurs(to)
        moved = replace(seen, department=to)
        return self._step(seen, moved, CallbackStep.HANDED_OVER, note, by, request_id)

    def remind(self) -> int:
        """Tell of what is late, once a department; returns how many notices that were."""
        now = self.now()
        late = [each for each in self.rows.open() if each.due_at < now]
        told = 0
        if late:
            with writing(self.rows.engine).begin() as connection:
                for each in late:
                    to = self._receivers(each.department)
                    told += self._put(connection, self._telling.notices.callback_late(each, to))
        return told

    def forget(self) -> int:
        """Erase the numbers that waited too long, and tell the coordinators; and later the words of what is
        closed. Returns how many."""
        before = self.now() - self._kept
        gone = 0
        for each in self.rows.open():
            if each.left_at < before:
                gone += self._expire(each)
        return gone + self.rows.forget_words_before(before)

    def figures(self) -> tuple[CallbackFigures, ...]:
        """What came in the last ninety days, by department."""
        return self.rows.figures(self.now() - FIGURES_OF, self.now())

    def told(self, id: uuid.UUID, by: Person) -> None:
        """Who took it has read how it ended."""
        with writing(self.rows.engine).begin() as connection:
            self.rows.mark_told(connection, id, by.id, self.now())

    # ----------------------------------------------------------------------------------------------

    def _step(
        self, seen: Callback, after: Callback, step: CallbackStep, note: str, by: Person, request_id: str
    ) -> Callback:
        text = without_caller(note[:LONGEST_NOTE], seen.telephone, seen.caller)
        line = CallbackNote(self.now(), by.display_name, step, text)

        def noted(connection: Connection, saved: Callback) -> None:
            if step is CallbackStep.HANDED_OVER:
                self._put(
                    connection, self._telling.notices.callback(saved, self._receivers(saved.department))
                )
            self._audit.note_in(
                connection, str(by.id), f"callback.{step.value}", str(saved.id), "ok", request_id
            )

        return self.rows.change(seen, replace(after, notes=(*seen.notes, line)), noted)

    def _expire(self, late: Callback) -> int:
        over = replace(late, state=CallbackState.EXPIRED, closed_at=self.now())
        coordinators = tuple(self._telling.coordinators())

        def noted(connection: Connection, saved: Callback) -> None:
            self._put(connection, self._telling.notices.callback_expired(saved, coordinators))
            self._audit.note_in(connection, "system", "callback.expired", str(saved.id))

        try:
            self.rows.change(late, over, noted)
        except CallbackMeanwhile:
            return 0  # somebody called just now
        return 1

    def _department(self, name: str) -> str:
        if not name:
            return ""
        known = self.rules.ownership().department(name)
        if known is None:
            raise NotOurs(name)
        return known.name

    def _receivers(self, department: str) -> tuple[Receiver, ...]:
        """The department's own post, else its head, else the coordinators."""
        ownership = self.rules.ownership()
        known = ownership.department(department) if department else None
        if known and known.email:
            return (Receiver(f"department-{known.id}", "", known.email),)
        head = ownership.head_of(department) if known else None
        if head and head.email:
            return (Receiver(head.id, head.name, head.email),)
        return tuple(self._telling.coordinators())

    def _put(self, connection: Connection, notices: Iterable[Notice]) -> int:
        return sum(self._telling.outbox.put(connection, notice) for notice in notices)
