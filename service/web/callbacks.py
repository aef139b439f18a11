"""`/terugbellen`: an agent asks a department to call somebody back; it calls, and the number goes.

What is typed about the caller stands on these pages and in the one table; it is never in an address or a log.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from embeddings.document import DocumentKey
from service.domain.callback import Callback, CallbackNote, CallbackState, Daypart
from service.domain.person import Person, Role
from service.domain.question import AGENT
from service.settings import Settings
from service.storage.callbacks import CallbackFigures, CallbackMeanwhile, KeptCallbacks
from service.web import wording_desk as wording
from service.web.dates import local_date
from service.web.desk_work import Colleague, DeskWork, Form, work_of
from service.web.duo.moments import day_in_words, moment_in_words
from service.web.office import office_page
from service.web.plain_text import plain
from service.web.problems import Problem, request_id_of
from service.web.reception import desk_of

if TYPE_CHECKING:
    from service.duos.callbacks import Callbacks, Left
    from service.duos.ownership import Ownership
    from service.storage.questions import Turn
    from service.web.desk import Desk

ADDRESS = "/terugbellen"
LONGEST_NAME, LONGEST_NUMBER = 100, 40
COORDINATING = (Role.COORDINATOR, Role.ADMIN)

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@dataclass(frozen=True)
class Row:
    """A request in the list. `telephone` as one dials it, `dial` as a link has it. `of` is the department."""

    id: str
    version: int
    telephone: str
    dial: str
    name: str
    about: str
    moment: str
    due: str
    late: bool
    of: str
    department: str
    asked: str
    tries: str
    history: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Attempt:
    """What somebody tried: with which request, what was wrong by the field's name, and what was typed."""

    id: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CallbackNews:
    """How a request ended that this agent took."""

    id: str
    about: str
    text: str


# -- the agent ---------------------------------------------------------------------------------------


@router.get("/nieuw")
def ask(request: Request, person: Colleague, vraag: str = "") -> Response:
    """The form, with the department that keeps the nearest text, and what was asked."""
    work = work_of(request)
    turn = _turn(request, vraag)
    fields = {"vraag": str(turn.question.id) if turn else "", "wanneer": Daypart.WHENEVER.value}
    if turn:
        fields |= {"over": turn.question.text, "afdeling": _proposed(work, turn)}
    return _form(request, person, Attempt(fields=fields), proposed=bool(fields.get("afdeling")))


@router.post("/nieuw")
def leave(request: Request, person: Colleague, form: Form) -> Response:
    """Keep the request, and say what to tell the caller."""
    from service.duos.callbacks import NotOurs

    callbacks = callbacks_of(request)
    left, wrong = _left_in(form)
    if left is None:
        return _form(request, person, Attempt(wrong=wrong, fields=form), 400)
    try:
        added = callbacks.leave(left, person, request_id_of(request.scope))
    except NotOurs:
        wrong = {"afdeling": wording.DEPARTMENT_WRONG}
        return _form(request, person, Attempt(wrong=wrong, fields=form), 400)
    return RedirectResponse(f"{ADDRESS}/{added.id}/staat-klaar", 303)


@router.get("/{id}/staat-klaar")
def left(request: Request, person: Colleague, id: uuid.UUID) -> Response:
    """What was promised to the caller; only whoever took it sees this."""
    callbacks = callbacks_of(request)
    kept = callbacks.rows.find(id)
    if kept is None or kept.reporter != person.id:
        raise Problem(404, wording.NO_SUCH_CALLBACK)
    day = _day(kept.due_at, callbacks.now())
    said = wording.CALLBACK_LEFT_FOR if kept.department else wording.CALLBACK_LEFT_COORDINATOR
    return _page(
        request, person, "callbacks/left.html",
        promised=said.format(department=kept.department, day=day),
        say=wording.CALLBACK_SAY.format(day=day),
        back=f"/zijbalk/vragen/{kept.question}" if kept.question else "/zijbalk",
    )  # fmt: skip


@router.post("/berichten/{id}")
def read(request: Request, person: Colleague, id: uuid.UUID, form: Form) -> Response:
    """The agent has read how it ended."""
    callbacks_of(request).told(id, person)
    return RedirectResponse("/zijbalk", 303)


def callback_news(desk: Desk, person: Person | None) -> tuple[CallbackNews, ...]:
    """How the requests ended that this agent took, and did not read about yet."""
    if person is None or desk.loop is None:
        return ()
    rows = KeptCallbacks(desk.signals.gaps.engine, desk.collection)
    now = desk.now()
    return tuple(CallbackNews(str(each.id), each.about, _ended(each, now)) for each in rows.untold(person.id))


def _ended(kept: Callback, now: datetime) -> str:
    if kept.state is CallbackState.EXPIRED:
        return wording.CALLBACK_NEWS_EXPIRED
    return wording.CALLBACK_NEWS_CALLED.format(day=_day(kept.closed_at or now, now))


# -- the department ----------------------------------------------------------------------------------


@router.get("")
def waiting(request: Request, person: Colleague, gedaan: str = "") -> Response:
    """Who waits for a call of this person's departments, the nearest deadline first."""
    return _list(request, person, done=wording.CALLBACKS_DONE.get(gedaan, ""))


@router.post("/{id}/{action}")
def act(request: Request, person: Colleague, id: uuid.UUID, action: str, form: Form) -> Response:
    """Somebody called, could not reach the caller, or hands it to another department."""
    callbacks = callbacks_of(request)
    if action not in wording.CALLBACKS_DONE:
        raise Problem(404)
    kept = callbacks.find(id, person)
    if kept is None or kept.state is not CallbackState.OPEN:
        raise Problem(404, wording.NO_SUCH_CALLBACK)
    wrong = _carry_out(callbacks, replace(kept, version=_version_in(form)), action, form, person, request)
    if wrong:
        status = 409 if "" in wrong else 400
        return _list(request, person, Attempt(str(id), wrong, form), status)
    return RedirectResponse(f"{ADDRESS}?gedaan={action}", 303)


def _carry_out(
    callbacks: Callbacks,
    seen: Callback,
    action: str,
    form: Mapping[str, str],
    person: Person,
    request: Request,
) -> dict[str, str]:
    """Do it; what is wrong with the form, by the name of the field."""
    from service.duos.callbacks import NotOurs

    note, asked_by = plain(form.get("notitie", "")), request_id_of(request.scope)
    try:
        if action == "gebeld":
            callbacks.called(seen, note, person, asked_by)
        elif action == "niet-bereikt":
            callbacks.not_reached(seen, note, person, asked_by)
        elif not note:
            return {"notitie": wording.CALLBACK_WHY_EMPTY}
        else:
            callbacks.hand_over(seen, form.get("aan", ""), note, person, asked_by)
    except NotOurs:
        return {"aan": wording.CALLBACK_TO_WRONG}
    except CallbackMeanwhile:
        return {"": wording.CALLBACK_MEANWHILE}
    return {}


def callbacks_of(request: Request) -> Callbacks:
    """The requests of the municipality. Raises NotReady, NoLoop."""
    # imported late: it brings the redactor's lists, and the site has to listen before that
    from service.duos.callbacks import Callbacks, Telling

    work, settings = work_of(request), _settings(request)
    post, signals = work.post, work.signals
    return Callbacks(
        KeptCallbacks(signals.gaps.engine, work.collection),
        signals.rules,
        signals.audit,
        Telling(post.outbox, post.notices, post.heralds.coordinators),
        work.now,
        settings.callback_days,
        timedelta(days=settings.callback_retention_days),
    )


def _list(
    request: Request, person: Person, attempt: Attempt | None = None, status: int = 200, done: str = ""
) -> Response:
    from service.duos.callbacks import departments_of

    callbacks, coordinating = callbacks_of(request), person.has(*COORDINATING)
    now, ownership = callbacks.now(), callbacks.rules.ownership()
    rows = [_row(each, now) for each in callbacks.waiting(person)]
    figures = callbacks.figures() if coordinating else ()
    expired = sum(each.expired for each in figures)
    return _page(
        request, person, "callbacks/list.html", status,
        rows=rows, done=done, attempt=attempt or Attempt(), summary=_summary(rows),
        nobodys=departments_of(person, ownership) == frozenset(),
        departments=_departments(ownership),
        coordinating=coordinating,
        figures=[_figures_row(each) for each in figures],
        expired=_counted(expired, wording.CALLBACK_EXPIRED, wording.CALLBACK_EXPIRED_MORE) if expired else "",
    )  # fmt: skip


def _row(kept: Callback, now: datetime) -> Row:
    from service.duos.callbacks import as_dialled

    late = kept.due_at < now
    return Row(
        id=str(kept.id),
        version=kept.version,
        telephone=as_dialled(kept.telephone),
        dial=kept.telephone,
        name=kept.caller or wording.CALLBACK_NO_NAME,
        about=kept.about,
        moment=wording.DAYPARTS[kept.moment],
        due=_due_in_words(kept.due_at, now),
        late=late,
        of=kept.department,
        department=wording.CALLBACK_OF.format(department=_name_of(kept.department)),
        asked=wording.CALLBACK_ASKED.format(moment=moment_in_words(kept.left_at, now)),
        tries=_counted(kept.tries, wording.CALLBACK_TRIES, wording.CALLBACK_TRIES_MORE) if kept.tries else "",
        history=tuple(_step_line(note, now) for note in kept.notes),
        notes=tuple(note.text for note in kept.notes),
    )


def _step_line(note: CallbackNote, now: datetime) -> str:
    return wording.CALLBACK_STEP_LINE.format(
        name=note.by, moment=moment_in_words(note.at, now), step=wording.CALLBACK_STEPS[note.step]
    )


def _due_in_words(due_at: datetime, now: datetime) -> str:
    day = _day(due_at, now)
    if due_at < now:
        return wording.CALLBACK_LATE.format(day=day)
    if local_date(due_at) == local_date(now):
        return wording.CALLBACK_DUE_TODAY
    return wording.CALLBACK_DUE.format(day=day)


def _summary(rows: list[Row]) -> str:
    if not rows:
        return ""
    late = sum(row.late for row in rows)
    said = (
        _counted(len(rows), wording.CALLBACKS_COUNT, wording.CALLBACKS_COUNT_MORE),
        _counted(late, wording.CALLBACKS_LATE, wording.CALLBACKS_LATE_MORE),
    )
    return " ".join(part for part in said if part)


def _figures_row(each: CallbackFigures) -> tuple[str, ...]:
    name = each.department or wording.CALLBACK_COORDINATOR_SHORT
    counts = (each.came, each.done, each.in_time, each.waiting, each.late, each.expired)
    return (name, *map(str, counts))


# -- shared ------------------------------------------------------------------------------------------


def _form(
    request: Request, person: Person, attempt: Attempt, status: int = 200, proposed: bool = False
) -> Response:
    callbacks = callbacks_of(request)
    day = _day(callbacks.deadline(), callbacks.now())
    return _page(
        request, person, "callbacks/new.html", status,
        attempt=attempt, proposed=proposed, departments=_departments(callbacks.rules.ownership()),
        dayparts=[(each.value, said) for each, said in wording.DAYPARTS.items()],
        explained=wording.CALLBACK_EXPLAINED.format(day=day),
        kept=wording.CALLBACK_KEPT.format(days=_settings(request).callback_retention_days),
        longest={"naam": LONGEST_NAME, "nummer": LONGEST_NUMBER, "over": _longest_about()},
    )  # fmt: skip


def _page(request: Request, person: Person, name: str, status: int = 200, **values: Any) -> Response:
    return office_page(request, person, name, status, desk=wording, **values)


def _left_in(form: Mapping[str, str]) -> tuple[Left | None, dict[str, str]]:
    """What the form says, or what is wrong with it by the name of the field."""
    from service.duos.callbacks import Left, telephone_of

    typed, name = plain(form.get("nummer", "")), " ".join(plain(form.get("naam", "")).split())
    about, telephone = (
        plain(form.get("over", "")),
        telephone_of(plain(form.get("nummer", ""))[:LONGEST_NUMBER]),
    )
    moment = form.get("wanneer", "")
    wrong = {
        "nummer": "" if telephone else (wording.TELEPHONE_WRONG if typed else wording.TELEPHONE_EMPTY),
        "naam": wording.NAME_LONG.format(maximum=LONGEST_NAME) if len(name) > LONGEST_NAME else "",
        "over": _fault_of_about(about),
    }
    wrong = {field: sentence for field, sentence in wrong.items() if sentence}
    if wrong or telephone is None:
        return None, wrong
    when = Daypart(moment) if moment in set(Daypart) else Daypart.WHENEVER
    question = _uuid_of(form.get("vraag", ""))
    return Left(form.get("afdeling", ""), about, telephone, name, when, question), {}


def _fault_of_about(about: str) -> str:
    if not about:
        return wording.ABOUT_EMPTY
    return wording.ABOUT_LONG.format(maximum=_longest_about()) if len(about) > _longest_about() else ""


def _longest_about() -> int:
    from service.duos.callbacks import LONGEST_ABOUT

    return LONGEST_ABOUT


def _turn(request: Request, question: str) -> Turn | None:
    """The question that nobody can answer now, in redacted words."""
    id = _uuid_of(question)
    return desk_of(request).read(id, AGENT, None) if id else None


def _proposed(work: DeskWork, turn: Turn) -> str:
    """The department that keeps the text that came nearest."""
    from service.answering.unanswered import FoundText
    from service.duos.callbacks import proposed_department

    library = work.drafts.library
    keys = (each.document.partition(":") for each in turn.answer.candidates)
    texts = (library.document(DocumentKey(work.collection, source, id)) for source, _, id in keys)
    found = [FoundText(each.id, each.title, each.products, each.owner) for each in texts if each]
    return proposed_department(found, work.signals.rules.ownership())


def _departments(ownership: Ownership) -> list[tuple[str, str]]:
    names = sorted(each.name for each in ownership.departments)
    return [*((name, name) for name in names), ("", wording.CALLBACK_COORDINATOR)]


def _name_of(department: str) -> str:
    return department or wording.CALLBACK_COORDINATOR_SHORT


def _day(moment: datetime, now: datetime) -> str:
    return day_in_words(local_date(moment), local_date(now))


def _counted(count: int, words: Mapping[int, str], more: str) -> str:
    return words.get(count, more.format(count=count))


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _version_in(form: Mapping[str, str]) -> int:
    seen = form.get("versie", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
