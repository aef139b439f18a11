"""`/zijbalk`: the page beside everything else on the screen of a contact centre agent.

Everything works as a plain form; the script only spares a page load and searches while one types.
"""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from service.domain.person import Person
from service.domain.pinned import Readers
from service.domain.question import AGENT, Asker, Channel
from service.settings import Settings
from service.storage.questions import ConversationFull, Turn
from service.web import wording, wording_desk, wording_report, wording_sidebar
from service.web.answers import Refused, Unreachable
from service.web.callbacks import callback_news
from service.web.cards import SHOWN, answer_view, cards_of, suggestion_announcement
from service.web.copying import copier_of
from service.web.desk import Desk, Reply, UnknownConversation
from service.web.forms import form_of
from service.web.house import municipality_of
from service.web.news import news_of
from service.web.pages import page
from service.web.pinned import pinned_now
from service.web.plain_text import plain
from service.web.reception import NotReady, desk_of
from service.web.rewording import rewording_address, rewords
from service.web.rising import rising_today
from service.web.sidebar_call import address_of, chosen_audience, earlier_in, for_audience
from service.web.visitors import asker_of_page, person_of_page, require

LANGUAGE = "nl"

router = APIRouter(include_in_schema=False)
Visitor = Annotated[Asker, Depends(asker_of_page)]
Form = Annotated[dict[str, str], Depends(form_of)]
Staff = Annotated[Person, Depends(require())]


@router.get("/zijbalk")
async def sidebar(request: Request, asker: Visitor, vraag: str = "", voor: str = "") -> Response:
    """The page ready for a question; with the texts that fit one that another program put in the address.

    Such a question is searched, not asked: nothing is stored, and personal data does not come back.
    """
    text = plain(vraag)[: _settings(request).maximum_question_length]
    chosen = chosen_audience({"voor": voor})
    found = await _found_for(request, text, for_audience(asker, chosen)) if text else {}
    shown = await run_in_threadpool(_without_persons, text) if text else ""
    return await show_sidebar(request, asker, text=shown, audience=chosen, **found)


@router.get("/zijbalk/vragen")
async def reloaded() -> Response:
    """Somebody reloaded an answer by its address: give the empty page."""
    return RedirectResponse("/zijbalk", 303)


@router.get("/zijbalk/vragen/{id}")
async def asked_before(request: Request, id: uuid.UUID, person: Staff) -> Response:
    """An answer of this call once more, as it was kept: by its button, a reload, or the way back."""
    turn = await run_in_threadpool(desk_of(request).read, id, AGENT, None)
    if turn is None:
        return await show_sidebar(request, AGENT, 404, notice=wording_sidebar.GONE)
    return await show_sidebar(request, AGENT, turn=turn)


@router.post("/zijbalk/vragen")
async def ask(request: Request, asker: Visitor, form: Form) -> Response:
    """The answer, as a whole page or, for the script, as its part of the page."""
    text, chosen = plain(form.get("vraag", "")), chosen_audience(form)
    wrong = _fault_of(text, _settings(request).maximum_question_length)
    shown: dict[str, Any] = {"audience": chosen, "session_over": _session_over(form, asker)}
    if wrong:
        return await show_sidebar(request, asker, 400, text=text, wrong=wrong, **shown)
    wanting = for_audience(asker, chosen)
    try:
        reply, notice = await _reply(desk_of(request), text, wanting, form.get("gesprek", ""))
    except (NotReady, Unreachable):
        if "x-fragment" in request.headers:
            raise  # the script tries again by itself
        return await show_sidebar(request, asker, 503, text=text, wrong=wording_sidebar.SOON, **shown)
    return await show_sidebar(request, asker, turn=reply.turn, notice=notice, **shown)


@router.post("/zijbalk/kandidaten")
async def candidates(request: Request, asker: Visitor, form: Form) -> Response:
    """The best texts for words that are still being typed. Nothing is stored."""
    text = plain(form.get("vraag", ""))[: _settings(request).maximum_question_length]
    wanting = for_audience(asker, chosen_audience(form))
    found = await _found_for(request, text, wanting) if text else {}
    blanks: dict[str, Any] = {"cards": (), "degraded": False, "removed": (), "announcement": ""}
    return page(
        "parts/candidates.html", asker=asker, side=wording_sidebar, sign_in=_sign_in_link(""),
        session_over=_session_over(form, asker), **(blanks | found),
    )  # fmt: skip


async def _found_for(request: Request, text: str, asker: Asker) -> dict[str, Any]:
    """The texts for words that nobody asked yet; nothing for words of which nothing is left."""
    desk = desk_of(request)
    try:
        found = await run_in_threadpool(desk.suggest, text, asker, LANGUAGE, SHOWN)
    except Refused:
        return {}
    copier = await run_in_threadpool(copier_of, request)
    return {
        "cards": cards_of(found.candidates, copy=copier.text),
        "degraded": found.degraded,
        "removed": found.removed,
        "announcement": suggestion_announcement(found),
    }


async def _reply(desk: Desk, text: str, asker: Asker, conversation: str) -> tuple[Reply, str]:
    """The reply, in a new conversation when the old one is gone or full; the notice says so."""
    try:
        known = _uuid_of(conversation)
        return await run_in_threadpool(desk.ask, text, Channel.SIDEBAR, LANGUAGE, asker, known), ""
    except (UnknownConversation, ConversationFull):
        reply = await run_in_threadpool(desk.ask, text, Channel.SIDEBAR, LANGUAGE, asker)
        return reply, wording.CONVERSATION_GONE


async def show_sidebar(
    request: Request, asker: Asker, status: int = 200, turn: Turn | None = None, **values: Any
) -> Response:
    """The page with a turn or other `values`, or for the script the part below the field."""
    municipality = await run_in_threadpool(municipality_of, request)
    blanks: dict[str, Any] = {
        "view": None, "text": "", "conversation": "", "notice": "", "wrong": "", "news": (),
        "callback_news": (), "rising": (), "pinned": (),
        "cards": None, "degraded": False, "removed": (), "announcement": "", "audience": "",
        "session_over": False, "copy": None, "earlier": (), "rewording": "", "kept_at": "",
        "sign_in": _sign_in_link(""),
    }  # fmt: skip
    if turn:
        blanks |= await run_in_threadpool(_of_turn, request, asker, turn)
    readers = Readers.AGENTS if asker.staff else Readers.WEBSITE
    template = "parts/results.html" if "x-fragment" in request.headers else "sidebar.html"
    if template == "sidebar.html":
        blanks |= await run_in_threadpool(_news, request)
        blanks["pinned"] = await run_in_threadpool(pinned_now, request, readers)
    return page(
        template, status, asker=asker, settings=_settings(request), municipality=municipality,
        report=wording_report, side=wording_sidebar, desk=wording_desk,
        rewords=asker.staff and rewords(request), **(blanks | values),
    )  # fmt: skip


def _of_turn(request: Request, asker: Asker, turn: Turn) -> dict[str, Any]:
    """What the page shows of a turn. Its words are the redacted ones: in the field too."""
    copier, desk, question = copier_of(request), desk_of(request), turn.question
    view = answer_view(turn, copier.text)
    kept = desk.retention_days > 0
    address = address_of(question.id)
    return {
        "view": view,
        "text": view.question,
        "conversation": str(question.conversation),
        "copy": copier.answer(turn.answer),
        "earlier": earlier_in(desk, question.conversation, question.id) if asker.staff else (),
        "rewording": rewording_address(request, turn, "/zijbalk") if asker.staff else "",
        "kept_at": address if asker.staff and kept else "",
        "sign_in": _sign_in_link(address if kept else ""),
    }


def _sign_in_link(address: str) -> str:
    """To the sign-in page, and from there back to this answer."""
    return f"/aanmelden?verder={address or '/zijbalk'}"


def _session_over(form: dict[str, str], asker: Asker) -> bool:
    """Whether the page was made for somebody whose session has ended since."""
    return bool(form.get("medewerker")) and not asker.staff


def _news(request: Request) -> dict[str, Any]:
    """How it ended what this agent brought to others, and what is asked much today; nothing while the
    models are still loading."""
    try:
        desk, person = desk_of(request), person_of_page(request)
    except NotReady:
        return {}
    return {
        "news": news_of(desk, person),
        "callback_news": callback_news(desk, person),
        "rising": rising_today(desk) if person else (),
    }


def _without_persons(text: str) -> str:
    # imported late: it brings the redactor's lists, and the site has to listen before that
    from service.answering.redaction import redact

    return redact(text).text


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
