"""`/beheer/berichten`: notices that do not arrive, for who can do something about it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection
from starlette.responses import RedirectResponse

from embeddings.store.database import writing
from service.domain.person import Person
from service.notify.worker import failing
from service.settings import Settings
from service.storage.outbox import Progress
from service.web import wording_admin as wording
from service.web.admin.shared import Managed, Manager, admin_page, managed
from service.web.duo.moments import moment_in_words
from service.web.problems import Problem, request_id_of

ADDRESS = "/beheer/berichten"

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@dataclass(frozen=True)
class Line:
    """A notice that waits. `signal` is the number of the signal that it is about, 0 without one."""

    id: str
    title: str
    kind: str
    signal: int
    facts: tuple[str, ...]
    can_try: bool


@router.get("")
def show(request: Request, person: Manager, gedaan: str = "") -> Response:
    """The notices that fail, oldest first."""
    desk = managed(request)
    lines = tuple(_line(desk, each) for each in failing(desk.post.outbox))
    done = wording.NOTICE_DONE.get(gedaan, "")
    settings: Settings = request.app.state.settings
    roads = settings.mail_host or settings.webhook_url or settings.open_klant_url
    empty = wording.NOTICES_NONE if roads else wording.NOTICES_NO_ROAD
    return admin_page(request, person, "admin/notices.html", lines=lines, done=done, empty=empty)


@router.post("/{id}/opnieuw")
def try_again(request: Request, person: Manager, id: str) -> Response:
    """Let the worker try it at its next round."""
    return _ended(
        request, person, id, "notice.tried_again", managed(request).post.outbox.try_again, "opnieuw"
    )


@router.post("/{id}/weg")
def give_up(request: Request, person: Manager, id: str) -> Response:
    """End a notice that cannot arrive."""
    outbox = managed(request).post.outbox
    return _ended(request, person, id, "notice.given_up", outbox.give_up, "weg")


def _ended(
    request: Request,
    person: Person,
    id: str,
    action: str,
    does: Callable[[Connection, uuid.UUID], bool],
    done: str,
) -> Response:
    """Do it to the notice, with a line in the audit, or neither."""
    signals, notice = managed(request).signals, _uuid_of(id)
    if notice is None:
        raise Problem(404, wording.NO_SUCH_NOTICE)
    with writing(signals.gaps.engine).begin() as connection:
        if not does(connection, notice):
            raise Problem(404, wording.NO_SUCH_NOTICE)
        by = str(person.id)
        signals.audit.note_in(connection, by, action, str(notice), "ok", request_id_of(request.scope))
    return RedirectResponse(f"{ADDRESS}?gedaan={done}", 303)


def _line(desk: Managed, notice: Progress) -> Line:
    known = {event.value: name for event, name in wording.NOTICE_EVENTS.items()}
    gap = desk.signals.gaps.get(about) if (about := _uuid_of(notice.about)) else None
    now = desk.now()
    facts = (
        wording.NOTICE_SINCE.format(moment=moment_in_words(notice.created_at, now)),
        wording.NOTICE_TRIES.get(notice.attempts, wording.NOTICE_TRIES_MORE.format(count=notice.attempts)),
        wording.NOTICE_REFUSED if notice.refused else "",
        wording.NOTICE_ERROR.format(error=notice.last_error) if notice.last_error else "",
        wording.NOTICE_ERASED
        if notice.erased
        else wording.NOTICE_NEXT.format(moment=moment_in_words(notice.next_try, now)),
    )
    return Line(
        id=str(notice.id),
        title=known.get(notice.event, wording.NOTICE_OTHER),
        kind=wording.NOTICE_KINDS[notice.kind],
        signal=gap.number if gap else 0,
        facts=tuple(filter(None, facts)),
        can_try=not notice.erased,
    )


def _uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
