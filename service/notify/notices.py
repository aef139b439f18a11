"""What there is to tell, to whom, and the key that makes it happen once. Data only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from service.domain.callback import Callback
from service.domain.gap import Gap
from service.storage.outbox import Kind, Notice


class Event(StrEnum):
    """What happened."""

    OPENED = "opened"
    REMINDER_BEFORE = "reminder_before"
    REMINDER_ON = "reminder_on"
    REMINDER_AFTER = "reminder_after"
    OVERDUE = "overdue"
    APPROVAL = "approval"
    RETURNED = "returned"
    SOLVED = "solved"
    DISMISSED = "dismissed"
    ANSWER = "answer"
    DECLINED = "declined"
    REPORT = "report"
    CALLBACK = "callback"
    CALLBACK_LATE = "callback_late"
    CALLBACK_EXPIRED = "callback_expired"


class When(StrEnum):
    """A reminder's place: before the deadline, on its day, after it."""

    BEFORE = "before"
    ON = "on"
    AFTER = "after"


_REMINDERS = {
    When.BEFORE: Event.REMINDER_BEFORE,
    When.ON: Event.REMINDER_ON,
    When.AFTER: Event.REMINDER_AFTER,
}
# work for a duo; the rest is news about it, which would only fill the list of tasks
_TASKS = (Event.OPENED,)


@dataclass(frozen=True)
class Receiver:
    """Who gets a mail. `id` stands in the key instead of the address: a member's, or that of an asking."""

    id: str
    name: str
    address: str = field(repr=False)


@dataclass(frozen=True)
class Channels:
    """Which roads the municipality uses. `questions`: the words of a question may go by mail.
    `callers`: number and name of who wants to be called may go to Open Klant, and nowhere else."""

    mail: bool = False
    webhook: bool = False
    open_klant: bool = False
    questions: bool = False
    callers: bool = False


class Notices:
    """Makes the notices of one municipality. `site` is its address without a slash at the end."""

    def __init__(self, site: str, channels: Channels) -> None:
        self._site = site.rstrip("/")
        self._channels = channels

    def opened(self, gap: Gap, to: Iterable[Receiver], duo: str = "") -> tuple[Notice, ...]:
        """A signal is on the list of a duo, with a deadline."""
        return self._about(Event.OPENED, gap, f"{gap.reopened}", to, duo)

    def reminder(self, gap: Gap, when: When, to: Iterable[Receiver], duo: str = "") -> tuple[Notice, ...]:
        """A deadline comes near, is today, or has passed."""
        return self._about(_REMINDERS[when], gap, _due(gap), to, duo)

    def overdue(self, gap: Gap, to: Iterable[Receiver], duo: str = "") -> tuple[Notice, ...]:
        """One step up: a signal of others is late."""
        return self._about(Event.OVERDUE, gap, _due(gap), to, duo)

    def approval(self, gap: Gap, draft: str, to: Iterable[Receiver]) -> tuple[Notice, ...]:
        """A text waits for the other half; `draft` names the text and its version."""
        return self._about(Event.APPROVAL, gap, draft, to)

    def returned(self, gap: Gap, draft: str, to: Iterable[Receiver]) -> tuple[Notice, ...]:
        """A text came back with a remark; `draft` names the text and its version."""
        return self._about(Event.RETURNED, gap, draft, to)

    def solved(self, gap: Gap, to: Iterable[Receiver]) -> tuple[Notice, ...]:
        """The question, asked again, is answered."""
        return self._about(Event.SOLVED, gap, f"{gap.reopened}", to)

    def dismissed(self, gap: Gap, to: Iterable[Receiver]) -> tuple[Notice, ...]:
        """A signal was closed without a new text."""
        return self._about(Event.DISMISSED, gap, f"{gap.reopened}", to)

    def callback(self, wanted: Callback, to: Iterable[Receiver]) -> tuple[Notice, ...]:
        """Somebody wants to be called by a department; who, stands on its page only."""
        key, facts = f"{Event.CALLBACK}:{wanted.id}:{wanted.version}", self._callback_facts(wanted)
        mails = self._mails(Event.CALLBACK, key, facts, to, str(wanted.id))
        payload, about = {"event": Event.CALLBACK.value, "facts": facts}, str(wanted.id)
        told = (
            (Notice(Kind.WEBHOOK, f"{key}:{Kind.WEBHOOK}", payload, about),) if self._channels.webhook else ()
        )
        return (*mails, *told, *self._callback_task(wanted, key, facts))

    def callback_late(self, wanted: Callback, to: Iterable[Receiver]) -> tuple[Notice, ...]:
        """Somebody was not called in time."""
        key, facts = f"{Event.CALLBACK_LATE}:{wanted.id}:{wanted.department}", self._callback_facts(wanted)
        return self._mails(Event.CALLBACK_LATE, key, facts, to, str(wanted.id))

    def callback_expired(self, wanted: Callback, to: Iterable[Receiver]) -> tuple[Notice, ...]:
        """Nobody called for so long that number and name are erased."""
        key, facts = f"{Event.CALLBACK_EXPIRED}:{wanted.id}", self._callback_facts(wanted)
        return self._mails(Event.CALLBACK_EXPIRED, key, facts, to, about="")

    def answer(self, gap: Gap, visitor: Receiver, answer: str, source: str) -> tuple[Notice, ...]:
        """The answer for a visitor who left an address; their id is that of the asking."""
        facts = {"title": gap.title, "answer": answer, "link": source}
        return self._to_visitor(Event.ANSWER, gap, visitor, facts)

    def declined(self, gap: Gap, visitor: Receiver, reason: str) -> tuple[Notice, ...]:
        """Why a visitor who left an address gets no answer."""
        return self._to_visitor(Event.DECLINED, gap, visitor, {"title": gap.title, "reason": reason})

    def report(
        self, department: str, month: date, lines: Sequence[str], path: str, to: Iterable[Receiver]
    ) -> tuple[Notice, ...]:
        """The figures of a month for a department head; `lines` are whole sentences."""
        facts = {
            "department": department,
            "month": month.isoformat(),
            "lines": list(lines),
            "link": self._site + path,
        }
        key = f"{Event.REPORT}:{department}:{month:%Y-%m}"
        return self._mails(Event.REPORT, key, facts, to, about="")

    # --------------------------------------------------------------------------------------------

    def _about(
        self, event: Event, gap: Gap, occasion: str, to: Iterable[Receiver], duo: str = ""
    ) -> tuple[Notice, ...]:
        key, facts = f"{event}:{gap.id}:{occasion}", self._facts(gap, duo)
        question = {"question": gap.question} if self._channels.questions else {}
        mails = self._mails(event, key, facts | question, to, str(gap.id))
        return mails + self._to_systems(event, key, facts, gap)

    def _facts(self, gap: Gap, duo: str) -> dict[str, Any]:
        return {
            "signal": str(gap.id),
            "number": gap.number,
            "title": gap.title,
            "kind": gap.kind.value,
            "urgency": gap.urgency.value,
            "asked": gap.asked,
            "due": gap.due_at.isoformat() if gap.due_at else "",
            "duo": duo,
            "department": gap.owner.department,
            "link": f"{self._site}/duo/signalen/{gap.number}",
        }

    def _callback_facts(self, wanted: Callback) -> dict[str, Any]:
        return {
            "title": "",
            "due": wanted.due_at.isoformat(),
            "duo": "",
            "department": wanted.department,
            "link": f"{self._site}/terugbellen",
        }

    def _callback_task(self, wanted: Callback, key: str, facts: dict[str, Any]) -> tuple[Notice, ...]:
        """The internal task; with number and name, where that was chosen, it is erased when sent."""
        if not self._channels.open_klant:
            return ()
        shown = self._channels.callers
        caller = {"telephone": wanted.telephone if shown else "", "caller": wanted.caller if shown else ""}
        payload = {"event": Event.CALLBACK.value, "facts": facts | caller}
        return (
            Notice(Kind.OPEN_KLANT, f"{key}:{Kind.OPEN_KLANT}", payload, str(wanted.id), sensitive=shown),
        )

    def _mails(
        self, event: Event, key: str, facts: dict[str, Any], to: Iterable[Receiver], about: str
    ) -> tuple[Notice, ...]:
        if not self._channels.mail:
            return ()
        return tuple(
            Notice(Kind.MAIL, f"{key}:{Kind.MAIL}:{one.id}", _letter(event, one, facts), about)
            for one in to
            if one.address
        )

    def _to_visitor(
        self, event: Event, gap: Gap, visitor: Receiver, facts: dict[str, Any]
    ) -> tuple[Notice, ...]:
        """Always by mail: the address was left for this."""
        key = f"{event}:{visitor.id}:{Kind.MAIL}"
        return (Notice(Kind.MAIL, key, _letter(event, visitor, facts), str(gap.id), sensitive=True),)

    def _to_systems(self, event: Event, key: str, facts: dict[str, Any], gap: Gap) -> tuple[Notice, ...]:
        wanted = {
            Kind.WEBHOOK: self._channels.webhook,
            Kind.OPEN_KLANT: self._channels.open_klant and event in _TASKS,
        }
        payload = {"event": event.value, "facts": facts}
        # the next owner gets a task of their own
        owner = gap.owner.duo or gap.owner.department
        return tuple(
            Notice(kind, f"{key}:{kind}:{owner}", payload, str(gap.id))
            for kind, is_wanted in wanted.items()
            if is_wanted
        )


def _due(gap: Gap) -> str:
    return gap.due_at.date().isoformat() if gap.due_at else ""


def _letter(event: Event, to: Receiver, facts: dict[str, Any]) -> dict[str, Any]:
    return {"event": event.value, "to": {"name": to.name, "address": to.address}, "facts": facts}
