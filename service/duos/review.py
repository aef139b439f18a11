"""Who may approve a text: the other half of the duo, and never who made it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from embeddings.store.database import writing
from service.domain.draft import Draft
from service.domain.gap import Gap
from service.domain.person import Person, Role
from service.domain.productduo import Member
from service.duos import wording_drafts as wording
from service.duos.ownership import Ownership
from service.duos.transitions import Auditing
from service.storage.choices import Choice, Choices
from service.storage.gaps import Gaps

LIFTED_FOR = timedelta(hours=1)
_FOUR_EYES = "four_eyes"  # name of the choice


class ReviewRefused(Exception):
    """This person may not do this with a draft: `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class OwnText(ReviewRefused):
    """Nobody approves the version that they made themselves."""

    def __init__(self) -> None:
        super().__init__(wording.OWN_TEXT)


@dataclass(frozen=True)
class Lifted:
    """The check by a second person is lifted until then."""

    until: datetime
    by: str
    reason: str


def check_reviewer(draft: Draft, gap: Gap, by: Person, ownership: Ownership) -> None:
    """Raise ReviewRefused unless this person may approve this version of the draft.

    A complete duo approves its own texts. Where a half is missing, the head of the department or a
    coordinator may do it too.
    """
    if by.id == draft.author:
        raise OwnText
    duo = ownership.duo(gap.owner.duo) if gap.owner.duo else None
    halves = ownership.present(duo) if duo else ()
    if by.member and by.member.casefold() in (half.id.casefold() for half in halves):
        return
    if len(halves) > 1:
        raise ReviewRefused(wording.NOT_THE_OTHER_HALF)
    if by.has(Role.COORDINATOR) or _is_head(by, duo.department if duo else gap.owner.department):
        return
    raise ReviewRefused(wording.NOBODY_OF_DUO)


def asked_for_review(gap: Gap, author: str, ownership: Ownership) -> tuple[Member, ...]:
    """Whom to ask for approval of what this member wrote: the other half, else the head of the department.

    Empty when neither is there: then it is up to a coordinator.
    """
    duo = ownership.duo(gap.owner.duo) if gap.owner.duo else None
    if duo:
        halves = tuple(each for each in ownership.present(duo) if each.id.casefold() != author.casefold())
        if halves:
            return halves
    head = ownership.head_of(duo.department if duo else gap.owner.department)
    return (head,) if head and head.id.casefold() != author.casefold() else ()


def _is_head(person: Person, department: str) -> bool:
    own = {name.casefold() for name in person.departments}
    return person.has(Role.DEPARTMENT_HEAD) and bool(department) and department.casefold() in own


class FourEyes:
    """Lifts the check by a second person for an hour, in a crisis and on record."""

    def __init__(self, gaps: Gaps, choices: Choices, audit: Auditing, now: Callable[[], datetime]) -> None:
        self._gaps = gaps
        self._choices = choices
        self._audit = audit
        self._now = now

    def lift(self, by: Person, reason: str) -> Lifted:
        """Lift it from now on. Raises ReviewRefused for somebody else than a coordinator, or no reason."""
        if not by.has(Role.COORDINATOR):
            raise ReviewRefused(wording.NOT_A_COORDINATOR)
        if not reason.strip():
            raise ReviewRefused(wording.REASON_EMPTY)
        until = self._now() + LIFTED_FOR
        self._choose(by, {"until": until.isoformat(), "reason": reason.strip()}, "four_eyes.lifted")
        return Lifted(until, by.display_name, reason.strip())

    def restore(self, by: Person) -> None:
        """Ask for a second person again, before the hour is over."""
        if not by.has(Role.COORDINATOR):
            raise ReviewRefused(wording.NOT_A_COORDINATOR)
        self._choose(by, None, "four_eyes.restored")

    def lifted(self) -> Lifted | None:
        """Whether it is lifted at this moment, by whom and why."""
        choice = self._choices.get(_FOUR_EYES)
        if not choice.value:
            return None
        until = datetime.fromisoformat(choice.value["until"])
        return Lifted(until, choice.chosen_by, choice.value["reason"]) if self._now() < until else None

    def _choose(self, by: Person, value: dict[str, str] | None, action: str) -> None:
        with writing(self._gaps.engine).begin() as connection:
            version = self._choices.get(_FOUR_EYES).version
            chosen = Choice(_FOUR_EYES, value, by.display_name, self._now(), version)
            self._choices.put(connection, chosen)
            until = value["until"] if value else ""
            self._audit.note_in(connection, str(by.id), action, _FOUR_EYES, until=until)
