"""Under an answer: an agent asks the duo, or says what is wrong; and later sees how it ended."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from service.domain.gap import Fault, Gap
from service.domain.person import Person
from service.web import wording_report as wording
from service.web.cards import answer_view
from service.web.desk import Desk
from service.web.forms import form_of
from service.web.plain_text import plain
from service.web.problems import Problem
from service.web.reception import desk_of
from service.web.sidebar import show_sidebar
from service.web.visitors import asker_of_page, require

ASK_DUO = "duo"

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]
Reporter = Annotated[Person, Depends(require())]


@router.post("/zijbalk/vragen/{id}/signaal")
async def report(request: Request, id: uuid.UUID, person: Reporter, form: Form) -> Response:
    """Bring a question to the duo, and show the answer again with what became of that."""
    desk = desk_of(request)
    asker = asker_of_page(request)
    turn = await run_in_threadpool(desk.read, id, asker, None)
    if turn is None:
        raise Problem(404)
    kind, remark = form.get("soort", ""), plain(form.get("toelichting", ""))
    view = answer_view(turn)
    conversation = str(turn.question.conversation)
    shown: dict[str, Any] = {"view": view, "text": view.question, "conversation": conversation}
    if kind != ASK_DUO and kind not in set(Fault):
        return await show_sidebar(request, asker, 400, notice=wording.SENT_UNKNOWN, **shown)
    gap = await run_in_threadpool(_bring, desk, id, kind, remark, person)
    return await show_sidebar(request, asker, notice=_sent(desk, gap), **shown)


@router.get("/zijbalk/vragen/{id}/signaal")
async def reloaded() -> Response:
    """Somebody reloaded it by its address: give the empty page."""
    return RedirectResponse("/zijbalk", 303)


@router.post("/zijbalk/berichten/{id}")
async def read(request: Request, id: uuid.UUID, person: Reporter, form: Form) -> Response:
    """The agent has read how it ended."""
    desk = desk_of(request)
    await run_in_threadpool(desk.signals.told, [id], person)
    return RedirectResponse("/zijbalk", 303)


def _bring(desk: Desk, id: uuid.UUID, kind: str, remark: str, person: Person) -> Gap:
    if kind == ASK_DUO:
        return desk.signals.ask_duo(id, person, remark)
    return desk.signals.reject(id, Fault(kind), remark, person)


def _sent(desk: Desk, gap: Gap) -> str:
    duo = desk.signals.rules.ownership().duo(gap.owner.duo) if gap.owner.duo else None
    if duo:
        owner = wording.DUO.format(name=duo.name)
    elif gap.owner.department:
        owner = wording.DEPARTMENT.format(name=gap.owner.department)
    else:
        owner = wording.COORDINATOR
    return wording.SENT.format(owner=owner, number=gap.number)
