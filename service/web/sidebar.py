"""`/zijbalk`: the page beside everything else on the screen of a contact centre agent.

Everything works as a plain form; the script only spares a page load and searches while one types.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from service.domain.question import Asker, Channel
from service.settings import Settings
from service.storage.questions import ConversationFull
from service.web import wording, wording_report
from service.web.cards import SHOWN, answer_view, cards_of, suggestion_announcement
from service.web.desk import Desk, Reply, UnknownConversation
from service.web.forms import form_of
from service.web.house import municipality_of
from service.web.news import News, news_of
from service.web.pages import page
from service.web.plain_text import plain
from service.web.reception import NotReady, desk_of
from service.web.visitors import asker_of_page, person_of_page

LANGUAGE = "nl"

router = APIRouter(include_in_schema=False)
Visitor = Annotated[Asker, Depends(asker_of_page)]
Form = Annotated[dict[str, str], Depends(form_of)]


@router.get("/")
async def home() -> Response:
    return RedirectResponse("/zijbalk", 303)


@router.get("/zijbalk")
async def sidebar(request: Request, asker: Visitor) -> Response:
    """The empty page, ready for a question."""
    return await show_sidebar(request, asker)


@router.get("/zijbalk/vragen")
async def reloaded() -> Response:
    """Somebody reloaded an answer by its address: give the empty page."""
    return RedirectResponse("/zijbalk", 303)


@router.post("/zijbalk/vragen")
async def ask(request: Request, asker: Visitor, form: Form) -> Response:
    """The answer, as a whole page or, for the script, as its part of the page."""
    text = plain(form.get("vraag", ""))
    wrong = _fault_of(text, _settings(request).maximum_question_length)
    if wrong:
        return await show_sidebar(request, asker, 400, text=text, wrong=wrong)
    reply, notice = await _reply(desk_of(request), text, asker, form.get("gesprek", ""))
    conversation = str(reply.turn.question.conversation)
    view = answer_view(reply.turn)
    # the redacted words: what was taken out does not come back in the field either
    return await show_sidebar(
        request, asker, view=view, text=view.question, conversation=conversation, notice=notice
    )


@router.post("/zijbalk/kandidaten")
async def candidates(request: Request, asker: Visitor, form: Form) -> Response:
    """The best texts for words that are still being typed. Nothing is stored."""
    text = plain(form.get("vraag", ""))[: _settings(request).maximum_question_length]
    desk = desk_of(request)
    found = await run_in_threadpool(desk.suggest, text, asker, LANGUAGE, SHOWN) if text else None
    return page(
        "parts/candidates.html",
        asker=asker,
        cards=cards_of(found.candidates) if found else (),
        degraded=bool(found and found.degraded),
        removed=found.removed if found else (),
        announcement=suggestion_announcement(found) if found else "",
    )


async def _reply(desk: Desk, text: str, asker: Asker, conversation: str) -> tuple[Reply, str]:
    """The reply, in a new conversation when the old one is gone or full; the notice says so."""
    try:
        known = _uuid_of(conversation)
        return await run_in_threadpool(desk.ask, text, Channel.SIDEBAR, LANGUAGE, asker, known), ""
    except (UnknownConversation, ConversationFull):
        reply = await run_in_threadpool(desk.ask, text, Channel.SIDEBAR, LANGUAGE, asker)
        return reply, wording.CONVERSATION_GONE


async def show_sidebar(request: Request, asker: Asker, status: int = 200, **values: Any) -> Response:
    """The page with `values`, or for the script the part below the field."""
    blanks: dict[str, Any] = {
        "view": None, "text": "", "conversation": "", "notice": "", "wrong": "", "news": (),
    }  # fmt: skip
    if "x-fragment" in request.headers:
        template = "parts/results.html"
    else:
        template = "sidebar.html"
        blanks["news"] = await run_in_threadpool(_news, request)
    municipality = await run_in_threadpool(municipality_of, request)
    return page(
        template, status, asker=asker, settings=_settings(request), municipality=municipality,
        report=wording_report, **(blanks | values),
    )  # fmt: skip


def _news(request: Request) -> Sequence[News]:
    """What became of what this agent brought to a duo; nothing while the models are still loading."""
    try:
        return news_of(desk_of(request), person_of_page(request))
    except NotReady:
        return ()


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _fault_of(text: str, maximum: int) -> str:
    if not text:
        return wording.QUESTION_EMPTY
    return wording.QUESTION_LONG.format(maximum=maximum) if len(text) > maximum else ""


def _uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
