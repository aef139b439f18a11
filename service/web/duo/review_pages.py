"""The other half's part: approving a text or giving it back; in a crisis, doing without a second person."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.duos.draft_rules import DraftRefused
from service.duos.drafting import DraftChanged
from service.duos.review import ReviewRefused
from service.web import wording_duo as wording
from service.web.duo.text_views import read_page
from service.web.duo.work import Worker, draft_of, work_of
from service.web.forms import form_of
from service.web.problems import Problem

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]


@router.post("/duo/teksten/{id}/goedkeuren")
def approve(request: Request, person: Worker, id: uuid.UUID, form: Form) -> Response:
    """Place the text and ask the signal's questions again; the page then shows how that went."""
    # imported late: these bring the models' runtimes, and the site has to listen before that
    from embeddings.library import LibraryUnavailable
    from service.duos.drafts import MendedMeanwhile

    work = work_of(request)
    draft, gap = draft_of(work, id, person)
    seen = form.get("versie", "")
    looked_at = replace(draft, version=int(seen)) if seen.isdecimal() else draft
    try:
        work.drafts.approve(looked_at, person, knowingly="gezien" in form)
    except ReviewRefused as refused:
        return read_page(request, work, draft, gap, person, 403, wrong=refused.sentence)
    except DraftRefused as refused:
        wrong = " ".join(each.sentence for each in refused.objections)
        return read_page(request, work, draft, gap, person, 400, wrong=wrong)
    except MendedMeanwhile as meanwhile:
        return read_page(request, work, draft, gap, person, 409, wrong=meanwhile.mended.warning)
    except DraftChanged as changed:
        return read_page(request, work, changed.now, gap, person, 409, wrong=wording.TEXT_CHANGED)
    except LibraryUnavailable:
        return RedirectResponse(f"/duo/teksten/{id}?gedaan=geplaatst", 303)
    return RedirectResponse(f"/duo/teksten/{id}?gedaan=goedgekeurd", 303)


@router.post("/duo/teksten/{id}/terug")
def give_back(request: Request, person: Worker, id: uuid.UUID, form: Form) -> Response:
    """Give a text back with a remark; its writer takes it back without one."""
    work = work_of(request)
    draft, gap = draft_of(work, id, person)
    try:
        work.drafts.give_back(draft, form.get("opmerking", ""), person)
    except ReviewRefused as refused:
        return read_page(request, work, draft, gap, person, 400, wrong=refused.sentence, typed=form)
    except DraftChanged as changed:
        return read_page(request, work, changed.now, gap, person, 409, wrong=wording.TEXT_CHANGED, typed=form)
    return RedirectResponse(f"/duo/teksten/{id}?gedaan=teruggegeven", 303)


@router.post("/duo/teksten/{id}/weggooien")
def drop(request: Request, person: Worker, id: uuid.UUID) -> Response:
    """Give the text up; the signal stays."""
    work = work_of(request)
    draft, gap = draft_of(work, id, person)
    try:
        work.drafts.drop(draft, person)
    except ReviewRefused as refused:
        return read_page(request, work, draft, gap, person, 400, wrong=refused.sentence)
    except DraftChanged as changed:
        return read_page(request, work, changed.now, gap, person, 409, wrong=wording.TEXT_CHANGED)
    return RedirectResponse(f"/duo/signalen/{gap.number}?gedaan=weggegooid", 303)


@router.post("/duo/vier-ogen")
def lift(request: Request, person: Worker, form: Form) -> Response:
    """Do without a second pair of eyes for an hour, on record."""
    work = work_of(request)
    id = _uuid_of(form.get("tekst", ""))
    draft, gap = draft_of(work, id, person)
    try:
        work.drafts.lift_four_eyes(person, form.get("reden", ""))
    except ReviewRefused as refused:
        return read_page(request, work, draft, gap, person, 400, wrong=refused.sentence, typed=form)
    return RedirectResponse(f"/duo/teksten/{id}?gedaan=vier-ogen", 303)


def _uuid_of(text: str) -> uuid.UUID:
    """The id of a text in a form of ours; what is none names no text."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Problem(404, wording.NO_SUCH_TEXT) from None
