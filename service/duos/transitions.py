"""What may happen to a signal, each in one transaction: the change, its line of history, the audit, notices.

Personal data is taken out of what people type with it: a reason may go to a visitor (guard P1).

Who saved something that another changed meanwhile gets `service.storage.gaps.Changed` with what it is now.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import Connection

from embeddings.store.database import writing
from service.answering.redaction import redact
from service.domain.draft import Proof
from service.domain.gap import LISTED, Asking, Gap, GapEvent, GapState, Urgency
from service.domain.person import Person, Role
from service.domain.productduo import Owner
from service.duos import urgency as weights
from service.duos.charter import Charter
from service.duos.deadlines import DEFAULT_CALENDAR, WorkCalendar
from service.duos.ownership import Ownership
from service.storage import askings as asked_rows
from service.storage import gaps as rows
from service.storage.drafts import move_drafts
from service.storage.gap_tables import FORGOTTEN
from service.storage.gaps import Gaps

SYSTEM = "systeem"
EVERYWHERE = (Role.COORDINATOR, Role.ADMIN)


class NotPossible(Exception):
    """This cannot be done with a signal as it is now; `why` is a word of wording."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Heralds(Protocol):
    """Tells people, through the outbox: each call writes within the transaction of the change."""

    def opened(self, connection: Connection, gap: Gap, ownership: Ownership) -> None: ...
    def handed_over(
        self, connection: Connection, gap: Gap, ownership: Ownership, note: str, by: str
    ) -> None: ...
    def review_asked(self, connection: Connection, gap: Gap, ownership: Ownership, by: Person) -> None: ...
    def returned(
        self, connection: Connection, gap: Gap, ownership: Ownership, remark: str, by: Person
    ) -> None: ...
    def closed(self, connection: Connection, gap: Gap, waiting: list[tuple[uuid.UUID, str]]) -> None: ...


class Auditing(Protocol):
    """The part of the audit that changes of signals write to."""

    def note_in(
        self,
        connection: Connection,
        actor: str,
        action: str,
        subject: str,
        outcome: str = "ok",
        request_id: str = "",
        **details: str | int | bool,
    ) -> None: ...


@dataclass(frozen=True)
class Rules:
    """What the changes go by, as it is now."""

    ownership: Callable[[], Ownership]
    charter: Callable[[], Charter]
    calendar: WorkCalendar = DEFAULT_CALENDAR


class Transitions:
    """Changes of the signals of one municipality."""

    def __init__(
        self,
        gaps: Gaps,
        rules: Rules,
        audit: Auditing,
        heralds: Heralds,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.gaps = gaps
        self.rules = rules
        self.audit = audit
        self.heralds = heralds
        self.now = now

    @property
    def collection(self) -> str:
        return self.gaps.collection

    # -- who may ---------------------------------------------------------------------------------

    def may_work_on(self, gap: Gap, person: Person) -> bool:
        """Whether a signal is this person's: their duo's, their department's, or everybody's to a
        coordinator."""
        duos, departments = self.lists_of(person)
        if duos is None or departments is None:
            return True
        return gap.owner.duo in duos or (not gap.owner.duo and gap.owner.department in departments)

    def lists_of(self, person: Person) -> tuple[frozenset[str] | None, frozenset[str] | None]:
        """The duos and the departments whose lists are this person's; None, None: all of them."""
        if person.has(*EVERYWHERE):
            return None, None
        ownership = self.rules.ownership()
        own = {duo.id for duo in ownership.duos_of(person.member)} if person.member else set()
        departments: set[str] = set()
        if person.has(Role.DEPARTMENT_HEAD):
            known = (ownership.department(name) for name in person.departments)
            departments = {each.name for each in known if each}
            own |= {duo.id for duo in ownership.duos if duo.department in departments}
        return frozenset(own), frozenset(departments)

    # -- changes by people -----------------------------------------------------------------------

    def rename(self, gap: Gap, question: str, by: Person) -> Gap:
        """Word what is asked as a member would."""
        worded = replace(gap, question=redact(question).text)
        with self._change() as connection:
            return self._write(connection, worded, by, "renamed", gap.question)

    def set_urgency(self, gap: Gap, urgency: Urgency, by: Person) -> Gap:
        """Another urgency, and with it another deadline, counted from when the signal opened."""
        with self._change() as connection:
            changed = self._with_deadline(replace(gap, urgency=urgency))
            weight = weights.with_standing(
                rows.weight_of(connection, gap), (gap.kind, gap.urgency), (gap.kind, urgency)
            )
            return self._write(connection, changed, by, "urgency", urgency.value, weight)

    def hand_over(self, gap: Gap, owner: Owner, note: str, by: Person | None, opens: bool = True) -> Gap:
        """Put a signal on another list, with a word of why; the deadline stays.

        Somebody thought about it, so one that was only proposed is open from now on; unless not `opens`, for
        a whole list that moves.
        """
        note = redact(note, colleagues=True).text
        moved = replace(gap, owner=owner)
        with self._change() as connection:
            changed = self._opened(moved) if opens else moved
            written = self._write(connection, changed, by, "handed_over", note)
            if written.state is GapState.PROPOSED:
                return written
            self.heralds.handed_over(connection, written, self.rules.ownership(), note, _name(by))
            return written

    def dismiss(self, gap: Gap, reason: str, by: Person) -> Gap:
        """Close a signal without a text; who asked is told the reason."""
        if gap.state.is_closed:
            raise NotPossible("already_closed")
        reason = redact(reason).text
        with self._change() as connection:
            closed = replace(gap, state=GapState.DISMISSED, reason=reason, closed_at=self.now())
            written = self._write(connection, closed, by, "dismissed", reason)
            self.heralds.closed(connection, written, self._waiting(connection, gap))
            return written

    def merge(self, gap: Gap, into: Gap, by: Person) -> Gap:
        """Make one signal of two: the askings of `gap` move to `into`, which is returned."""
        if gap.id == into.id:
            raise NotPossible("merge_with_itself")
        if gap.state.is_closed or into.state.is_closed:
            raise NotPossible("already_closed")
        with self._change() as connection:
            moved = [asking.id for asking in asked_rows.askings_of(connection, self.collection, gap.id)]
            asked_rows.move_askings(connection, self.collection, moved, into.id)
            move_drafts(connection, self.collection, gap.id, into.id)
            gone = replace(gap, state=GapState.MERGED, merged_into=into.id, closed_at=self.now())
            self._write(connection, gone, by, "merged", str(into.number))
            weight = weights.together([rows.weight_of(connection, into), rows.weight_of(connection, gap)])
            kept = self._counted(replace(into, asked=into.asked + gap.asked), gap)
            return self._write(connection, kept, by, "merged", str(gap.number), weight)

    def split(self, gap: Gap, chosen: Collection[uuid.UUID], by: Person) -> Gap:
        """Make a signal of its own of some askings of another one; the new one is returned."""
        with self._change() as connection:
            every = asked_rows.askings_of(connection, self.collection, gap.id)
            parted = [asking for asking in every if asking.id in set(chosen)]
            stay = [asking for asking in every if asking.id not in set(chosen)]
            if not parted or not stay:
                raise NotPossible("split_leaves_nothing")
            weight = rows.weight_of(connection, gap)
            new = self._part_of(gap, parted)
            written = rows.add_gap(connection, new, weight)
            asked_rows.move_askings(connection, self.collection, [asking.id for asking in parted], written.id)
            self._tell(connection, written, by, "split", str(gap.number))
            left = _recounted(gap, stay)
            if gap.question in {asking.text for asking in parted} - {asking.text for asking in stay}:
                left = replace(left, question=stay[0].text)  # its name went along
            self._write(connection, left, by, "split", str(written.number), weight)
            return written

    def reopen(self, gap: Gap, note: str, by: Person | None) -> Gap:
        """Open a closed signal again, with a new deadline."""
        if gap.state is GapState.MERGED or not gap.state.is_closed:
            raise NotPossible("not_closed")
        with self._change() as connection:
            return self._reopen_in(connection, gap, note, by)

    def note(self, gap: Gap, text: str, by: Person) -> None:
        """A word for the other half; the signal itself does not change."""
        with self._change() as connection:
            self._tell(connection, gap, by, "note", redact(text, colleagues=True).text)

    # -- changes by drafts and proofs ------------------------------------------------------------

    def to_review(self, gap: Gap, by: Person) -> Gap:
        """A text waits for the other half."""
        with self._change() as connection:
            changed = self._opened(replace(gap, state=GapState.REVIEW))
            written = self._write(connection, changed, by, "submitted")
            self.heralds.review_asked(connection, written, self.rules.ownership(), by)
            return written

    def back_to_work(self, gap: Gap, remark: str, by: Person | None, action: str = "returned") -> Gap:
        """The text was sent back, or did not prove itself."""
        with self._change() as connection:
            written = self._write(connection, replace(gap, state=GapState.OPEN), by, action, remark)
            if by is not None:
                self.heralds.returned(connection, written, self.rules.ownership(), remark, by)
            return written

    def solve(self, gap: Gap, proof: Proof, by: Person | None, title: str = "") -> Gap:
        """Keep the proof; with one that holds the signal is solved and who asked is told, else it goes back
        to the duo. `title` is that of the text that was proven."""
        with self._change() as connection:
            rows.add_proof(connection, self.collection, proof)
            if not proof.solved:
                failing = "; ".join(check.question for check in proof.checks if not check.passed)
                return self._write(
                    connection, replace(gap, state=GapState.OPEN, closed_at=None), by, "not_proven", failing
                )
            closed = replace(
                gap,
                state=GapState.SOLVED,
                document=proof.document,
                title=title or gap.title,
                closed_at=self.now(),
                reason="",
            )
            written = self._write(connection, closed, by, "proven", proof.document)
            self.heralds.closed(connection, written, self._waiting(connection, gap))
            return written

    # -- what they share ---------------------------------------------------------------------------

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with writing(self.gaps.engine).begin() as connection:
            yield connection

    def _write(
        self,
        connection: Connection,
        gap: Gap,
        by: Person | None,
        action: str,
        note: str = "",
        weight: float | None = None,
    ) -> Gap:
        written = rows.change_gap(connection, gap, weight)
        self._tell(connection, written, by, action, note)
        return written

    def _tell(self, connection: Connection, gap: Gap, by: Person | None, action: str, note: str = "") -> None:
        event = GapEvent(gap.id, self.now(), _name(by), action, note)
        rows.add_event(connection, self.collection, event)
        # who is an id there, and no words of a question ever (guard S28)
        self.audit.note_in(
            connection, str(by.id) if by else SYSTEM, f"gap.{action}", str(gap.number), state=gap.state.value
        )

    def _opened(self, gap: Gap) -> Gap:
        """The same, open and with a deadline when it was only proposed."""
        if gap.opened_at is not None:
            return gap
        state = GapState.OPEN if gap.state is GapState.PROPOSED else gap.state
        return self._with_deadline(replace(gap, state=state, opened_at=self.now()))

    def _with_deadline(self, gap: Gap) -> Gap:
        if gap.opened_at is None:
            return gap
        charter, calendar = self.rules.charter(), self.rules.calendar
        due = charter.due(gap.opened_at, gap.kind, gap.urgency, calendar)
        return replace(gap, due_at=due)

    def _reopen_in(self, connection: Connection, gap: Gap, note: str, by: Person | None) -> Gap:
        opened = replace(
            gap,
            # of one that was closed for long the words are gone: the title of its text says what it is about
            question=(gap.title or gap.question) if gap.question == FORGOTTEN else gap.question,
            state=GapState.OPEN,
            opened_at=self.now(),
            closed_at=None,
            reason="",
            reopened=gap.reopened + 1,
        )
        written = self._write(connection, self._with_deadline(opened), by, "reopened", note)
        self.heralds.opened(connection, written, self.rules.ownership())
        return written

    def _waiting(self, connection: Connection, gap: Gap) -> list[tuple[uuid.UUID, str]]:
        return asked_rows.take_addresses(connection, self.collection, gap.id)

    def _counted(self, kept: Gap, gone: Gap) -> Gap:
        """The one that stays, with the moments of the one that goes: open when either was, with the earlier
        promise."""
        both = replace(
            kept,
            first_asked_at=min(kept.first_asked_at, gone.first_asked_at),
            last_asked_at=max(kept.last_asked_at, gone.last_asked_at),
        )
        promised = [due for due in (kept.due_at, gone.due_at) if due]
        both = replace(both, due_at=min(promised) if promised and both.opened_at else both.due_at)
        wanted = gone.state is not GapState.PROPOSED or both.asked >= self.rules.charter().opens_at
        return self._opened(both) if wanted and both.state is GapState.PROPOSED else both

    def _part_of(self, gap: Gap, parted: list[Asking]) -> Gap:
        new = replace(
            gap,
            id=uuid.uuid4(),
            number=0,
            question=parted[0].text,
            state=gap.state if gap.state in LISTED else GapState.OPEN,
            version=1,
            reopened=0,
        )
        return _recounted(new, parted)


def _recounted(gap: Gap, askings: list[Asking]) -> Gap:
    moments = [asking.asked_at for asking in askings]
    return replace(gap, asked=len(askings), first_asked_at=min(moments), last_asked_at=max(moments))


def _name(by: Person | None) -> str:
    return by.display_name if by else SYSTEM
