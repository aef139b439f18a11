"""What the pages of the duos work with: signals, drafts, texts and names, as the desk holds them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Protocol, cast

from fastapi import Depends, Request
from starlette.responses import HTMLResponse

from service.domain.draft import Draft, DraftState
from service.domain.gap import Gap, GapState
from service.domain.person import Person, Role
from service.duos.draft_rules import Objection
from service.duos.draft_texts import is_link, key_of
from service.web import wording_assisted, wording_duo
from service.web.answers import Answers
from service.web.duo.moments import time_in_words
from service.web.office import office_page
from service.web.problems import Problem
from service.web.reception import desk_of
from service.web.visitors import people_of, require

if TYPE_CHECKING:
    from service.duos.assisting import Assisting
    from service.duos.drafts import Drafts
    from service.duos.signals import Signals

# to whom a page shows the way; policy.py decides who may go it
WITHDRAWERS = (Role.EDITOR, Role.COORDINATOR)
EXPORTERS = (Role.EDITOR, Role.COORDINATOR, Role.ADMIN)

signed_in = require()
Worker = Annotated[Person, Depends(signed_in)]


class Work(Protocol):
    """What the desk has for a duo."""

    @property
    def answers(self) -> Answers: ...
    @property
    def signals(self) -> Signals: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def assisting(self) -> Assisting | None: ...
    @property
    def now(self) -> Callable[[], datetime]: ...


def work_of(request: Request) -> Work:
    """The work of the municipality; raises NotReady while models are loaded."""
    return cast(Work, desk_of(request))


def gap_of(work: Work, number: int, person: Person) -> Gap:
    """The signal with this number, when it is this person's to see; else there is none (guard S21)."""
    gap = work.signals.gaps.find(number)
    if gap is None or not work.signals.may_work_on(gap, person):
        raise Problem(404, wording_duo.NO_SUCH_SIGNAL)
    return gap


def draft_of(work: Work, id: uuid.UUID, person: Person) -> tuple[Draft, Gap]:
    """A text with its signal, when that is this person's to see; else there is none (guard S21)."""
    draft = work.drafts.find(id)
    gap = work.signals.gaps.get(draft.gap) if draft else None
    if draft is None or gap is None or not work.signals.may_work_on(gap, person):
        raise Problem(404, wording_duo.NO_SUCH_TEXT)
    return draft, gap


def waiting_reviews(work: Work, gaps: Iterable[Gap], person: Person) -> frozenset[uuid.UUID]:
    """Those of the signals under review whose text waits for this person."""
    return frozenset(
        gap.id
        for gap in gaps
        if gap.state is GapState.REVIEW
        and any(
            draft.state is DraftState.SUBMITTED and not work.drafts.may_approve(draft, person)
            for draft in work.drafts.of_gap(gap.id)
        )
    )


def returned_to(work: Work, person: Person) -> frozenset[uuid.UUID]:
    """The signals of which a text came back to this person, who wrote it."""
    returned = work.drafts.kept.in_state(DraftState.RETURNED)
    return frozenset(draft.gap for draft in returned if draft.author == person.id)


def replaced_by(work: Work, draft: Draft) -> Draft | None:
    """The later draft that is in force in the place of a published one; None when it is in force itself."""
    if draft.state is not DraftState.PUBLISHED or is_link(draft):
        return None
    drafts = work.drafts.kept.of_document(draft.document.id)
    placed = (each for each in drafts if each.state is DraftState.PUBLISHED and not is_link(each))
    newest = next(placed, draft)
    return None if newest.id == draft.id else newest


def title_of(work: Work, document: str) -> str:
    """The title of the text "source:id" as it stands now, or as a duo wrote it; empty when nobody knows."""
    key = key_of(work.signals.collection, document)
    text = work.drafts.library.document(key) if document else None
    if text is None:
        text = next((each.document for each in work.drafts.kept.of_document(key.id)), None)
    return text.title if text else ""


def four_eyes_note(work: Work) -> str:
    """Until when a text may be placed without a second pair of eyes, who lifted that and why; empty as a
    rule."""
    lifted = work.drafts.four_eyes.lifted()
    if lifted is None:
        return ""
    return wording_duo.FOUR_EYES_LIFTED.format(
        time=time_in_words(lifted.until), name=lifted.by, reason=lifted.reason
    )


def name_of(request: Request, person: uuid.UUID | None) -> str:
    """The name of somebody with an account here, also of one that may no longer sign in."""
    account = people_of(request).accounts.find(person) if person else None
    return account.person.display_name if account else wording_duo.SOMEBODY


def by_field(objections: Iterable[Objection]) -> dict[str, str]:
    """What is not right yet, by the field that it is about."""
    found: dict[str, str] = {}
    for each in objections:
        found[each.field] = f"{found[each.field]} {each.sentence}" if each.field in found else each.sentence
    return found


def duo_page(request: Request, person: Person, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of the duos."""
    return office_page(request, person, name, status, duo=wording_duo, ai=wording_assisted, **values)
