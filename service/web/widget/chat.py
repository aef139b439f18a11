"""`/chat` in a frame on a website, and `/vraag` as a plain page: one conversation, with and without script.

Every step is a form. The script of the chat sends the same forms, and asks for a part of the page in return.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from service.domain.gap import Fault
from service.domain.question import VISITOR, Channel
from service.notify.mail import is_address
from service.storage.questions import ConversationFull, Turn, UnknownQuestion
from service.web.dates import local_date
from service.web.desk import Desk, Reply, UnknownConversation
from service.web.once import form_with
from service.web.problems import Problem
from service.web.reception import desk_of
from service.web.widget import export
from service.web.widget.calm import CalmRoute
from service.web.widget.showing import After, Shown, offers_of, settings_of, show, show_after, wants_part
from service.web.widget.turns import turn_view
from service.web.widget.visiting import CHAT, PLAIN, Visit, id_of, open_visit, transcript_of, visit_of

HELPS = "helpt"
MARK = "keer"  # the field with the mark of the page: the same form asks once

Open = Annotated[Visit, Depends(open_visit)]
# to save or erase what one said has to go on working when the chat is off
Owner = Annotated[Visit, Depends(visit_of)]


async def begin(request: Request, visit: Open) -> Response:
    """The page before the first question; `?vraag=` stands in the field and is not asked yet."""
    text = visit.text("vraag")
    response = await run_in_threadpool(show, request, visit, Shown(text=text))
    if not visit.framed and not text:
        # nothing of anybody stands on it: who goes back finds the same form, which asks once
        response.headers["Cache-Control"] = "private, no-cache"
    return response


async def read_back(request: Request, visit: Open) -> Response:
    """The conversation as it is kept: after a reload, or in the other language."""
    if not visit.conversation:
        return await run_in_threadpool(show, request, visit, Shown(text=visit.text("vraag")))
    turns = await run_in_threadpool(transcript_of, desk_of(request), visit)
    return await run_in_threadpool(show, request, visit, Shown(turns, text=visit.text("vraag")))


async def reloaded() -> Response:
    """Somebody opened the address of a form: give the plain page."""
    return RedirectResponse(PLAIN, 303)


async def ask(request: Request, visit: Open) -> Response:
    """The answer: as the newest turn of the page, or for our script as that turn alone."""
    text = visit.text("vraag")
    more = len(text) - settings_of(request).maximum_question_length
    if not text or more > 0:
        wrong = visit.words.long.format(more=more) if text else visit.words.empty
        return await run_in_threadpool(show, request, visit, Shown(text=text, wrong=wrong), 400)
    desk = desk_of(request)
    reply, notice = await run_in_threadpool(_put, desk, visit, text)
    now = visit.after(reply) if desk.retention_days else visit.anew()
    latest = str(reply.turn.question.id)
    turns = (reply.turn,) if wants_part(request) else await run_in_threadpool(_whole, desk, now, reply.turn)
    return await run_in_threadpool(show, request, now, Shown(turns, latest, notice=notice))


async def judge(request: Request, id: uuid.UUID, visit: Open) -> Response:
    """Somebody says whether an answer helps; what does not help goes to the people who keep the text."""
    turn = await run_in_threadpool(_turn, desk_of(request), id, visit)
    desk, verdict, remark = desk_of(request), visit.text("oordeel"), visit.text("toelichting")
    if verdict == HELPS:
        await run_in_threadpool(desk.helped.note, id, local_date(desk.now()))
        return await _changed(request, visit, turn, After("helps"))
    if verdict not in set(Fault):
        return await _changed(request, visit, turn, After(missing=True, remark=remark), 400)
    await run_in_threadpool(desk.helped.take_back, id)
    await run_in_threadpool(desk.signals.reject, id, Fault(verdict), remark)
    return await _changed(request, visit, turn, After("helps_not"))


async def leave_address(request: Request, id: uuid.UUID, visit: Open) -> Response:
    """Somebody wants to get the answer at this address, later."""
    turn = await run_in_threadpool(_turn, desk_of(request), id, visit)
    email = visit.text("email")
    if not offers_of(request).mail:
        raise Problem(404)  # an answer is only promised where it can be sent
    if not is_address(email):
        return await _changed(request, visit, turn, After(email=email, wrong_email=True), 400)
    await run_in_threadpool(desk_of(request).signals.leave_address, id, email)
    return await _changed(request, visit, turn, After(left=True))


async def save(request: Request, visit: Owner) -> Response:
    """The whole conversation as a file: to read, or as data."""
    turns = await run_in_threadpool(transcript_of, desk_of(request), visit)
    made = export.as_data if visit.text("soort") == "json" else export.as_page
    return await run_in_threadpool(made, request, visit, turns, datetime.now(UTC))


async def erase(request: Request, visit: Owner) -> Response:
    """The conversation is gone, with all that was said in it. Raises UnknownConversation."""
    known = id_of(visit.conversation)
    if known is None or not await run_in_threadpool(desk_of(request).erase, known, visit.token):
        raise UnknownConversation
    return await run_in_threadpool(show, request, visit.anew(), Shown(notice=visit.words.erased))


def _put(desk: Desk, visit: Visit, text: str) -> tuple[Reply, str]:
    """The reply, in a new conversation when the old one is gone or full; the notice says so."""
    # where nothing is kept there is no conversation to go on with
    known = id_of(visit.conversation) if desk.retention_days else None
    language, notice, form = visit.words.language, "", form_with(visit.fields.get(MARK, ""), text)
    site = visit.site.key if visit.site else ""
    if known is not None:
        try:
            return desk.ask(text, Channel.WEBSITE, language, VISITOR, known, visit.token, form, site), ""
        except UnknownConversation:
            notice = visit.words.gone
        except ConversationFull:
            notice = visit.words.full
    return desk.ask(text, Channel.WEBSITE, language, VISITOR, form=form, site=site), notice


def _whole(desk: Desk, visit: Visit, latest: Turn) -> tuple[Turn, ...]:
    """All turns of the conversation; the newest alone where nothing is kept."""
    return transcript_of(desk, visit) if visit.conversation else (latest,)


def _turn(desk: Desk, id: uuid.UUID, visit: Visit) -> Turn:
    """A turn for the holder of its conversation's token. Raises UnknownQuestion."""
    turn = desk.read(id, VISITOR, visit.token)
    if turn is None:
        raise UnknownQuestion(id)
    return turn


async def _changed(request: Request, visit: Visit, turn: Turn, after: After, status: int = 200) -> Response:
    """What stands below the answer now: that part alone, or on the whole page."""
    view = turn_view(turn, visit.words)
    if wants_part(request):
        return await run_in_threadpool(show_after, request, visit, view, after, status)
    turns = await run_in_threadpool(transcript_of, desk_of(request), visit)
    shown = Shown(turns, view.id, after={view.id: after})
    return await run_in_threadpool(show, request, visit, shown, status)


_STEPS = (
    ("GET", "", begin),
    ("POST", "", read_back),
    ("GET", "/vragen", reloaded),
    ("POST", "/vragen", ask),
    ("GET", "/vragen/{id}/beoordeling", reloaded),
    ("POST", "/vragen/{id}/beoordeling", judge),
    ("GET", "/vragen/{id}/adres", reloaded),
    ("POST", "/vragen/{id}/adres", leave_address),
    ("POST", "/gesprek/bewaren", save),
    ("GET", "/gesprek/wissen", reloaded),
    ("POST", "/gesprek/wissen", erase),
)

router = APIRouter(route_class=CalmRoute, include_in_schema=False)
for _base in (CHAT, PLAIN):
    for _method, _path, _endpoint in _STEPS:
        router.add_api_route(f"{_base}{_path}", _endpoint, methods=[_method])
