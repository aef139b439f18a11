"""The reworded answer, asked for after the quote is on the screen: for the sidebar, the chat and the API."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from service.domain.answer import Rewording
from service.domain.person import Person
from service.domain.question import AGENT, SIDEBAR_SITE, VISITOR, WITHOUT_SITE, Asker
from service.settings import Settings
from service.storage.questions import Turn
from service.web import wording_rewording as wording
from service.web.copying import copier_of
from service.web.dates import in_words, local_date
from service.web.desk import Desk
from service.web.errors import log_crash
from service.web.pages import page
from service.web.problems import Problem, request_id_of
from service.web.reception import desk_of
from service.web.reworder import Reworder, Step, may_be_reworded
from service.web.switches import switches_of
from service.web.visitors import require
from service.web.widget.visiting import Visit, visit_of

GENERATED = "AI-Generated"  # response header, guard A2
PARTS = "application/x-ndjson"  # how a page is sent that grows
PREFIX = "bron-"  # the ids of sources on a page

router = APIRouter(include_in_schema=False)
Staff = Annotated[Person, Depends(require())]
Visiting = Annotated[Visit, Depends(visit_of)]


@dataclass(frozen=True)
class RewordedSentence:
    """A sentence with the numbers of its sources."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class LeftOut:
    """A sentence that staff may see was left out, and why."""

    text: str
    reason: str
    what: str


@dataclass(frozen=True)
class RewordingView:
    """A rewording as a page shows it. Without sentences the quote stands, and `kept` says why."""

    language: str
    sentences: tuple[RewordedSentence, ...]
    model: str
    made: str
    kept: str
    left_out: tuple[LeftOut, ...]


def rewords(request: Request) -> bool:
    """Whether answers are reworded here and now; a page asks for nothing where they are not."""
    settings: Settings = request.app.state.settings
    return settings.composer == "llm" and settings.retention_days > 0 and switches_of(request).model


def rewording_address(request: Request, turn: Turn, base: str) -> str:
    """Where the rewording of a turn is asked for; empty where there is none to come."""
    due = rewords(request) and may_be_reworded(turn.answer)
    return f"{base}/vragen/{turn.question.id}/herschreven" if due else ""


@router.post("/zijbalk/vragen/{id}/herschreven")
async def in_sidebar(request: Request, id: uuid.UUID, _person: Staff) -> Response:
    """The reworded answer for staff, with what one copies of it and what was left out.

    Who can read it in parts gets each checked sentence while the model still writes.
    """
    turn, reworder = await _to_reword(request, id, AGENT, None)
    copier = await run_in_threadpool(copier_of, request)

    def whole(made: Rewording) -> Response:
        return _shown(made, PREFIX, staff=True, copy=copier.reworded(turn.answer, made))

    if PARTS not in request.headers.get("accept", ""):
        return whole(await reworder.of(turn, SIDEBAR_SITE))
    parts = _parts(request, reworder.steps(turn, SIDEBAR_SITE), turn.question.language, whole)
    # what comes may be written by AI; the last part says whether that is what stands
    # and a proxy that keeps it together until the end would make nothing of it
    headers = {GENERATED: "true", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(parts, media_type=PARTS, headers=headers)


@router.post("/chat/vragen/{id}/herschreven")
@router.post("/vraag/vragen/{id}/herschreven")
async def in_chat(request: Request, id: uuid.UUID, visit: Visiting) -> Response:
    """The reworded answer for who holds the token of the conversation; never an unchecked word."""
    if not switches_of(request).widget or (visit.framed and visit.site is None):
        raise Problem(404, wording.NOT_HERE)
    site = visit.site.key if visit.site else WITHOUT_SITE
    _, made = await reworded(request, id, VISITOR, visit.token, site)
    return _shown(made, f"{PREFIX}{id}-", staff=False)


async def reworded(
    request: Request, id: uuid.UUID, asker: Asker, token: str | None, site: str
) -> tuple[Turn, Rewording]:
    """A turn and what a model made of it. Raises Problem 404."""
    turn, reworder = await _to_reword(request, id, asker, token)
    return turn, await reworder.of(turn, site)


async def _to_reword(
    request: Request, id: uuid.UUID, asker: Asker, token: str | None
) -> tuple[Turn, Reworder]:
    """A turn that may be reworded, and what does that. Raises Problem 404."""
    desk: Desk = desk_of(request)
    turn = await run_in_threadpool(desk.read, id, asker, token)
    reworder = desk.reworder
    if turn is None or not isinstance(reworder, Reworder) or not may_be_reworded(turn.answer):
        raise Problem(404, wording.NOT_HERE)
    return turn, reworder


async def _parts(
    request: Request, steps: AsyncIterator[Step], language: str, whole: Callable[[Rewording], Response]
) -> AsyncIterator[bytes]:
    """The parts of a page, a line of JSON each: checked sentences, and what takes their place in the end."""
    words = wording.WORDS.get(language, wording.WORDS["nl"])
    try:
        async for step in steps:
            if isinstance(step, Rewording):
                yield _part("klaar", bytes(whole(step).body).decode())
            elif step is None:
                yield _part("terug")
            else:
                one = RewordedSentence(step.text, step.sources)
                shown = page(
                    "parts/rewording_sentence.html", one=one, t=words, language=language, prefix=PREFIX
                )
                yield _part("zin", bytes(shown.body).decode())
    except Exception as error:
        # the answer has begun: no error page can be sent any more, and without its end the quote stands
        log_crash(error, request_id_of(request.scope))


def _part(kind: str, html: str = "") -> bytes:
    return f"{json.dumps({'soort': kind, 'html': html}, ensure_ascii=False)}\n".encode()


def view_of(made: Rewording, staff: bool) -> RewordingView:
    """What a page shows of a rewording."""
    left_out = tuple(
        LeftOut(one.text, wording.REASONS.get(one.reason, one.reason), one.what) for one in made.dropped
    )
    return RewordingView(
        language=made.language if made.language in wording.WORDS else "nl",
        sentences=tuple(RewordedSentence(one.text, one.sources) for one in made.sentences),
        model=made.model,
        made=in_words(local_date(made.made_at)),
        kept=wording.KEPT.get(made.kept, wording.FAULT) if made.kept else "",
        left_out=left_out if staff else (),
    )


def _shown(made: Rewording, prefix: str, staff: bool, copy: str = "") -> Response:
    view = view_of(made, staff)
    generated = "true" if view.sentences else "false"
    return page(
        "parts/rewording.html",
        headers={GENERATED: generated, "Cache-Control": "no-store"},
        view=view,
        t=wording.WORDS[view.language],
        staff_words=wording,
        staff=staff,
        prefix=prefix,
        copy=copy,
    )
