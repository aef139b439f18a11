"""The buttons with which a language model helps: a first version for a signal, a section in plain words."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from embeddings.document import Section
from service.composers.llm.calling import NotAsked
from service.composers.llm.checked import NotWritten
from service.domain.draft import Draft
from service.domain.person import Person
from service.duos.assisting import Assisting
from service.duos.draft_texts import EDITED
from service.duos.review import ReviewRefused
from service.web import wording_assisted as wording
from service.web.answers import Unreachable, spoken
from service.web.duo.assisted import PlainView, plain_view, reason_in_words
from service.web.duo.editor import as_typed, note_of, stored
from service.web.duo.signal_pages import Attempt, signal_page
from service.web.duo.text_pages import changes_in, with_product
from service.web.duo.text_views import editor_page
from service.web.duo.work import Work, Worker, draft_of, gap_of, work_of
from service.web.forms import form_of, long_form_of
from service.web.problems import Problem

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]
LongForm = Annotated[dict[str, str], Depends(long_form_of)]


@router.post("/duo/signalen/{number}/voorstel")
def first_version(request: Request, person: Worker, number: int, form: Form) -> Response:
    """Let a model begin a text; where nothing that it wrote can stand, the signal says so."""
    work = work_of(request)
    gap = gap_of(work, number, person)
    if work.assisting is None or not work.assisting.may_draft:
        return _nothing(request, work, number, person, reason_in_words(NotAsked.SWITCHED_OFF))
    try:
        with spoken():
            made = work.assisting.first_version(work.drafts, with_product(work, gap), person)
    except ReviewRefused as refused:
        return _nothing(request, work, number, person, refused.sentence)
    except Unreachable:
        return _nothing(request, work, number, person, wording.SEARCH_FAILED)
    if isinstance(made, NotWritten):
        return _nothing(request, work, number, person, reason_in_words(made.reason))
    return RedirectResponse(f"/duo/teksten/{made.id}", 303)


@router.post("/duo/teksten/{id}/eenvoudig")
def in_plain_words(request: Request, person: Worker, id: uuid.UUID, form: LongForm) -> Response:
    """One section as it is typed now in plain words, beside it; or that version in its place. Nothing is
    saved."""
    work = work_of(request)
    draft, gap = draft_of(work, id, person)
    assisting = work.assisting
    if draft.state not in EDITED or assisting is None:
        raise Problem(404)
    does, _, number = form.get("doe", "").partition("-")
    changes = changes_in(work, draft, gap, form)
    seen = form.get("versie", "")
    typed = as_typed(replace(draft, version=int(seen)) if seen.isdecimal() else draft, changes)
    place = _place(typed, number)
    section = typed.document.sections[place]
    if does == "neem":
        taken = _with(typed, place, stored(form.get(f"eenvoudig-{number}", "")))
        done = wording.TAKEN.format(number=number)
        by = form.get(f"eenvoudig-{number}-door", "")
        return editor_page(request, work, taken, gap, person, done=done, typed=changes, plain_by=by)
    plain = _plain(assisting, typed.document.title, section, int(number))
    return editor_page(request, work, typed, gap, person, plain=plain, typed=changes)


def _plain(assisting: Assisting, title: str, section: Section, number: int) -> PlainView:
    off = NotWritten(NotAsked.SWITCHED_OFF)
    found = assisting.in_plain_words(title, section) if assisting.may_simplify else off
    return plain_view(number, found, assisting.plain_words)


def _place(draft: Draft, number: str) -> int:
    """Where the section stands that the form shows with this number."""
    shown = [n for n, part in enumerate(draft.document.sections) if part is not note_of(draft.document)]
    if not number.isdecimal() or not 1 <= int(number) <= len(shown):
        raise Problem(404)
    return shown[int(number) - 1]


def _with(draft: Draft, place: int, text: str) -> Draft:
    sections = list(draft.document.sections)
    sections[place] = replace(sections[place], text=text)
    return replace(draft, document=replace(draft.document, sections=tuple(sections)))


def _nothing(request: Request, work: Work, number: int, person: Person, why: str) -> Response:
    """The signal, with why there is no first version."""
    attempt = Attempt({"voorstel": wording.NOTHING_MADE.format(why=why)})
    return signal_page(request, work, gap_of(work, number, person), person, attempt=attempt)
