"""Stopping a text everywhere in an emergency, letting it go again; and the duos' texts for their sources."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.domain.person import Person
from service.duos.draft_texts import key_of
from service.duos.drafting import UnknownText
from service.duos.review import ReviewRefused
from service.web import wording_duo as wording
from service.web.dates import local_date
from service.web.duo.moments import moment_in_words
from service.web.duo.texts import find_texts, text_of
from service.web.duo.work import Work, Worker, duo_page, work_of
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
    found = [
        asdict(each) | {"published_at": each.published_at.isoformat() if each.published_at else None}
        for each in work.drafts.for_sources()
    ]
    name = wording.EXPORT_FILE.format(day=local_date(work.now()).isoformat())
    content = json.dumps({"count": len(found), "results": found}, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/json", headers=headers)


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
