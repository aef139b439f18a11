"""Stopping a text everywhere in an emergency, letting it go again; and the duos' texts for their sources."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.domain.person import Person
from service.duos.draft_texts import key_of
from service.duos.drafting import UnknownText
from service.duos.publishing import ForSource
from service.duos.review import ReviewRefused
from service.web import wording_duo as wording
from service.web.dates import local_date
from service.web.duo.moments import moment_in_words
from service.web.duo.texts import find_texts, text_of
from service.web.duo.work import Work, Worker, duo_page, name_of, work_of
from service.web.forms import form_of
from service.web.plain_text import plain

LONGEST_SEARCH = 200
LONGEST_REASON = 1000

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]


@router.get("/duo/noodstop")
def stopped(request: Request, person: Worker, zoek: str = "", tekst: str = "", gedaan: str = "") -> Response:
    """What is stopped now; and a search for the text that has to go."""
    work = work_of(request)
    return _page(request, work, person, zoek=zoek, document=tekst, done=wording.DONE.get(gedaan, ""))


@router.post("/duo/noodstop")
def stop(request: Request, person: Worker, form: Form) -> Response:
    """Stop a text everywhere, now."""
    work = work_of(request)
    document, reason = form.get("tekst", ""), plain(form.get("reden", ""))[:LONGEST_REASON]
    try:
        work.drafts.withdraw_everywhere(document, reason, person)
    except ReviewRefused as refused:
        return _page(request, work, person, 400, document=document, reason=reason, wrong=refused.sentence)
    except UnknownText:
        return _page(request, work, person, 404, wrong=wording.EMERGENCY_GONE)
    return RedirectResponse("/duo/noodstop?gedaan=weggehaald", 303)


@router.post("/duo/noodstop/terug")
def undo(request: Request, person: Worker, form: Form) -> Response:
    """Let a stopped text be found again."""
    work = work_of(request)
    try:
        work.drafts.withdrawals.undo(form.get("tekst", ""), person)
    except ReviewRefused as refused:
        return _page(request, work, person, 400, wrong=refused.sentence)
    except UnknownText:
        return _page(request, work, person, 404, wrong=wording.EMERGENCY_GONE)
    return RedirectResponse("/duo/noodstop?gedaan=teruggezet", 303)


@router.get("/duo/export")
def export(request: Request, person: Worker) -> Response:
    """Every text of a duo that its source system does not have yet, as VAC's in JSON."""
    work = work_of(request)
    found = [_exported(request, each) for each in work.drafts.for_sources()]
    name = wording.EXPORT_FILE.format(day=local_date(work.now()).isoformat())
    content = json.dumps({"count": len(found), "results": found}, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/json", headers=headers)


def _exported(request: Request, text: ForSource) -> dict[str, Any]:
    """A text of a duo with who answers for it (guard A4), and whether a model began it (A2)."""
    return {
        "document": text.document,
        "replaces": text.replaces,
        "published_at": text.published_at.isoformat() if text.published_at else None,
        "aiBegonnen": text.ai_begun,
        "verantwoordelijk": name_of(request, text.author) if text.author else "",
        "goedgekeurdDoor": name_of(request, text.reviewer) if text.reviewer else "",
        "goedgekeurdOp": text.reviewed_at.isoformat() if text.reviewed_at else None,
        "vac": text.vac,
    }


def _page(
    request: Request,
    work: Work,
    person: Person,
    status: int = 200,
    zoek: str = "",
    document: str = "",
    reason: str = "",
    wrong: str = "",
    done: str = "",
) -> Response:
    collection, words = work.signals.collection, plain(zoek)[:LONGEST_SEARCH]
    text = work.drafts.library.document(key_of(collection, document)) if document else None
    listed = [
        (each, wording.EMERGENCY_BY.format(name=each.by, moment=moment_in_words(each.at, work.now())))
        for each in work.drafts.withdrawals.listed()
    ]
    return duo_page(
        request,
        person,
        "duo/emergency.html",
        status,
        words_typed=words,
        found=find_texts(work.drafts.library, collection, words) if words else (),
        text=text_of(text) if text else None,
        reason=reason,
        wrong=wrong,
        done=done,
        stopped=listed,
    )
