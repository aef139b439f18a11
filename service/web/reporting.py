"""Under an answer: an agent says that it is right or what is wrong, asks the duo, or offers better words;
and later sees how it ended."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from service.domain.gap import Fault, Gap
from service.domain.person import Person
from service.domain.question import AGENT
from service.storage.approvals import Approvals
from service.storage.questions import Turn
from service.web import wording_report as wording
from service.web import wording_sidebar
from service.web.copying import copier_of
from service.web.dates import local_date
from service.web.desk import Desk
from service.web.forms import form_of
from service.web.pages import page
from service.web.plain_text import plain
from service.web.problems import Problem
from service.web.reception import desk_of
from service.web.sidebar import show_sidebar
from service.web.visitors import require

ASK_DUO = "duo"
ONLY_SAID = "bericht"  # the script wants what became of it, not the answer once more

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]
Reporter = Annotated[Person, Depends(require())]


@router.post("/zijbalk/vragen/{id}/signaal")
async def report(request: Request, id: uuid.UUID, person: Reporter, form: Form) -> Response:
    """Bring a question to the duo, and show the answer again with what became of that."""
    desk = desk_of(request)
    turn = await _turn(desk, id)
    kind, remark = form.get("soort", ""), plain(form.get("toelichting", ""))
    if kind != ASK_DUO and kind not in set(Fault):
        return await _said(request, turn, wording.SENT_UNKNOWN, 400)
    gap = await run_in_threadpool(_bring, desk, id, kind, remark, person)
    return await _said(request, turn, _sent(desk, gap))


@router.post("/zijbalk/vragen/{id}/klopt")
async def approve(request: Request, id: uuid.UUID, person: Reporter, form: Form) -> Response:
    """The agent says that the answer is right: counted for the texts it was quoted from, without a name."""
    desk = desk_of(request)
    turn = await _turn(desk, id)
    cited = [source.document for source in turn.answer.sources]
    if not cited:
        raise Problem(404)
    await run_in_threadpool(approvals_of(desk).approve, id, cited, local_date(desk.now()))
    return await _said(request, turn, wording_sidebar.SAID_RIGHT)


@router.post("/zijbalk/vragen/{id}/bewerkt")
async def offer_words(request: Request, id: uuid.UUID, person: Reporter, form: Form) -> Response:
    """The duo gets the words in which the agent sent the answer, personal data taken out."""
    desk = desk_of(request)
    turn = await _turn(desk, id)
    words = plain(form.get("bewerkt", ""))
    copied = await run_in_threadpool(lambda: copier_of(request).answer(turn.answer))
    if not words or (copied and _same(words, copied.words)):
        return await _said(request, turn, wording_sidebar.EDIT_SAME, 400)
    remark = wording.EDITED.format(words=words)
    gap = await run_in_threadpool(_bring, desk, id, ASK_DUO, remark, person)
    return await _said(request, turn, _sent(desk, gap))


@router.get("/zijbalk/vragen/{id}/signaal")
@router.get("/zijbalk/vragen/{id}/klopt")
@router.get("/zijbalk/vragen/{id}/bewerkt")
async def reloaded() -> Response:
    """Somebody reloaded it by its address: give the empty page."""
    return RedirectResponse("/zijbalk", 303)


@router.post("/zijbalk/berichten/{id}")
async def read(request: Request, id: uuid.UUID, person: Reporter, form: Form) -> Response:
    """The agent has read how it ended."""
    desk = desk_of(request)
    await run_in_threadpool(desk.signals.told, [id], person)
    return RedirectResponse("/zijbalk", 303)


def approvals_of(desk: Desk) -> Approvals:
    """What agents said was right. Raises NoLoop."""
    return Approvals(desk.signals.gaps.engine, desk.collection)


async def _turn(desk: Desk, id: uuid.UUID) -> Turn:
    turn = await run_in_threadpool(desk.read, id, AGENT, None)
    if turn is None:
        raise Problem(404)
    return turn


async def _said(request: Request, turn: Turn, notice: str, status: int = 200) -> Response:
    """What became of it: alone for the script, with the answer for a page."""
    if request.headers.get("x-fragment") == ONLY_SAID:
        return page("parts/said.html", status, notice=notice, wrong=status != 200)
    return await show_sidebar(request, AGENT, status, turn=turn, notice=notice)


def _same(words: str, copied: str) -> bool:
    return words.split() == copied.split()


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
